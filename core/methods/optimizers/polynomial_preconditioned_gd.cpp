/// Gradient descent behind a symmetric polynomial of the Hessian, which flattens its few largest eigenvalues.
#include "core/methods/optimizers/polynomial_preconditioner.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct PolynomialPreconditionedGd {
  double learning_rate = 1;
  std::int64_t degree = 2;

  struct State {
    PolynomialPreconditioner p;
  };
  State init(const Blocks&) const { return {}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    if (s.p.scale == 0) s.p.build(c.oracle, c.x, degree);
    out.flat() = -learning_rate / (s.p.largest * s.p.scale) * s.p.apply(c.oracle, c.g.flat());
    c.report("degree", s.p.degree());
    return Step::by;
  }
  Law laws() const { return Law::isometries | Law::scale_f; }
};

}  // namespace KAPPA_FILE

Method polynomial_preconditioned_gd() {
  using M = KAPPA_FILE::PolynomialPreconditionedGd;
  return optimizer<M>(
      {.title = "Polynomial preconditioning, gradient method",
       .idea = "Multiply the gradient by a cheap polynomial in the Hessian that brings down the τ largest eigenvalues "
               "without knowing them. Degree 0 is gradient descent with step 1/L.",
       .equation = "x ← x − η P_τ ∇f(x)/λmax(P_τB),  P₀ = I, P_t = e_t(λ) I − B P_{t−1},  B = ∇²f(x₀)",
       .cite = {{"Doikov, Rodomanov", 2023, "Polynomial Preconditioning for Gradient Methods", "arXiv:2301.13194"}},
       .needs = Needs::gradient | Needs::hessian | Needs::hessian_product},
      {{&M::learning_rate, "learning_rate", "η", from_zero(1e-3, 10), "step size in units of 1/λmax(P_τB)"},
       degree_field<M>()});
}

}  // namespace kappa::optimizers
