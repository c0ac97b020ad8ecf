/// Nuclear-norm proximal gradient: a gradient step on the estimate itself, then all singular values shrink by as much.
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/soft_threshold.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct NuclearProximal {
  double regularization = 1e-3;
  std::optional<double> learning_rate;
  bool acceleration = true;

  struct State {
    Blocks x;  // c.x is where it has been extrapolated to
    double momentum = 1;
  };
  State init(const Blocks& x0) const { return {x0}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    // The gradient of ½|A(X) − y|² is twice that of f, and so is its smoothness.
    const double eta = learning_rate ? *learning_rate : 0.5 / known(c.oracle.facts().smoothness, "its smoothness L");
    const arma::mat shrunk = soft_singular_values(c.x.block(0) - 2 * eta * c.g.block(0), eta * regularization);
    const double next = acceleration ? (1 + std::sqrt(1 + 4 * s.momentum * s.momentum)) / 2 : 1;
    arma::mat x = s.x.block(0), y = out.block(0);
    y = shrunk + (s.momentum - 1) / next * (shrunk - x);
    x = shrunk;
    s.momentum = next;
    c.report("learning_rate", eta);
    return Step::to;
  }
  const Blocks& iterate(const State& s, const Blocks&) const { return s.x; }
  /// Singular values do not see rotations. Where none of them shrinks it is plain descent on the entries.
  Law laws() const {
    if (regularization > 0) return Law::left_rotation | Law::right_rotation;
    return learning_rate ? Law::isometries : Law::isometries | Law::scale_f;
  }
};

}  // namespace KAPPA_FILE

Method nuclear_proximal() {
  using M = KAPPA_FILE::NuclearProximal;
  return optimizer<M>(
      {.title = "Nuclear-norm proximal gradient",
       .idea = "Not told the rank: descend on the full matrix and shrink every singular value, until few are left.",
       .equation = "min 2f(X) + τ‖X‖_*, which for f = ¼‖A(X) − y‖² is ½‖A(X) − y‖² + τ‖X‖_*:  X ← S_ητ(Y − 2η∇f(Y)), S "
                   "lowers singular values;  t₊ = (1 + √(1+4t²))/2,  Y = X + (t−1)/t₊ (X − X₋)",
       .cite =
           {{"Toh, Yun", 2010,
             "An accelerated proximal gradient algorithm for nuclear norm regularized linear least squares problems",
             "Pacific Journal of Optimization 6"},
            {"Beck, Teboulle", 2009, "A Fast Iterative Shrinkage-Thresholding Algorithm for Linear Inverse Problems",
             "SIAM Journal on Imaging Sciences 2"}},
       .needs = Needs::gradient | Needs::lifted | Needs::facts},
      {{&M::regularization, "regularization", "τ", from_zero(1e-6, 1),
        "weight of the nuclear norm; the estimate's singular values end about so much too small"},
       {&M::learning_rate, "learning_rate", "η", automatic(from_zero(1e-3, 1e3)), "step size; auto: 1/σ₁(A)²"},
       {&M::acceleration, "acceleration", "", Flag{}, "extrapolate as FISTA does; without it Y = X"}});
}

}  // namespace kappa::optimizers
