/// Adam: each coordinate moves by its running mean over its running root mean square.
#include "core/methods/optimizers/adam_moments.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Adam : AdamSettings {
  using State = Moments;
  State init(const Blocks& x0) const { return Moments::at(x0); }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.t);
    const double c1 = 1 - std::pow(beta1, t), c2 = 1 - std::pow(beta2, t);
    const arma::vec& x = c.x.flat();
    const arma::vec& g = c.g.flat();
    for (arma::uword i = 0; i < x.n_elem; ++i) {
      s.mix(i, g[i] + weight_decay * x[i], beta1, beta2);
      out.flat()[i] = over(-learning_rate * (s.m.flat()[i] / c1), std::sqrt(s.v.flat()[i] / c2) + epsilon);
    }
    c.show("momentum", s.m);
    return Step::by;
  }
};

}  // namespace KAPPA_FILE

Method adam() {
  using KAPPA_FILE::Adam;
  return optimizer<Adam>(
      {.title = "Adam",
       .idea = "Divide a running mean of gradients by a running root mean square, per coordinate.",
       .equation =
           "m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  x ← x − η (m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε),  g ← g + λx first",
       .cite = {{"Kingma, Ba", 2015, "Adam: A Method for Stochastic Optimization", "arXiv:1412.6980"}}},
      adam_fields<Adam>(coupled_decay));
}

}  // namespace kappa::optimizers
