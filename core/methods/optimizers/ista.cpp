/// ISTA: a gradient step on the smooth part, then the proximal map of the rest.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Ista {
  std::optional<double> learning_rate;

  struct State {
    Blocks forward;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const double eta = learning_rate ? *learning_rate : 1 / known(c.oracle.facts().smoothness, "its smoothness L");
    c.oracle.smooth_gradient(c.x, s.forward);
    s.forward.flat() = c.x.flat() - eta * s.forward.flat();
    c.oracle.prox(s.forward, eta, out);
    c.report("learning_rate", eta);
    return Step::to;
  }
  Law laws() const { return learning_rate ? Law::isometries : Law::isometries | Law::scale_f; }
};

}  // namespace KAPPA_FILE

Method ista() {
  using KAPPA_FILE::Ista;
  return optimizer<Ista>(
      {.title = "ISTA (proximal gradient)",
       .idea = "Step against the gradient of the smooth part, then shrink.",
       .equation = "x ← prox(x − η∇s(x), η) for f = s + h;  for h = λ‖x‖₁ the map is sign(z) max(|z| − ηλ, 0)",
       .cite = {{"Daubechies, Defrise, De Mol", 2004,
                 "An iterative thresholding algorithm for linear inverse problems with a sparsity constraint",
                 "arXiv:math/0307152"},
                {"Beck, Teboulle", 2009,
                 "A Fast Iterative Shrinkage-Thresholding Algorithm for Linear Inverse Problems",
                 "SIAM Journal on Imaging Sciences 2"}},
       .needs = Needs::prox | Needs::facts},
      {{&Ista::learning_rate, "learning_rate", "η", automatic(from_zero(1e-6, 1e3)),
        "step size; auto: 1/L of the smooth part"}});
}

}  // namespace kappa::optimizers
