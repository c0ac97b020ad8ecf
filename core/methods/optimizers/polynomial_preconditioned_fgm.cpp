/// Nesterov's method with constant momentum behind a symmetric polynomial of the Hessian.
#include "core/methods/optimizers/polynomial_preconditioner.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct PolynomialPreconditionedFgm {
  double learning_rate = 1;
  std::int64_t degree = 2;
  std::optional<double> momentum;

  struct State {
    PolynomialPreconditioner p;
    Blocks x;  // c.x is y
  };
  State init(const Blocks& x0) const { return {{}, x0}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    if (s.p.scale == 0) s.p.build(c.oracle, c.x, degree);
    const double root = std::sqrt(s.p.largest / std::max(s.p.smallest, 1e-14 * s.p.largest));
    const double beta = momentum ? *momentum : (root - 1) / (root + 1);
    out.flat() = s.x.flat();
    s.x.flat() = c.x.flat() - learning_rate / (s.p.largest * s.p.scale) * s.p.apply(c.oracle, c.g.flat());
    out.flat() = s.x.flat() + beta * (s.x.flat() - out.flat());
    c.report("degree", s.p.degree());
    return Step::to;
  }
  const Blocks& iterate(const State& s, const Blocks&) const { return s.x; }
  Law laws() const { return Law::isometries | Law::scale_f; }
};

}  // namespace KAPPA_FILE

Method polynomial_preconditioned_fgm() {
  using M = KAPPA_FILE::PolynomialPreconditionedFgm;
  return optimizer<M>(
      {.title = "Polynomial preconditioning, fast gradient method",
       .idea = "Nesterov's method in the metric that the polynomial makes: its momentum follows from the condition "
               "number that is left. Degree 0 is Nesterov's method.",
       .equation = "x ← y − η P_τ ∇f(y)/λmax(P_τB),  y ← x + β(x − x₋),  β = (√κ − 1)/(√κ + 1),  κ = cond(P_τB)",
       .cite = {{"Doikov, Rodomanov", 2023, "Polynomial Preconditioning for Gradient Methods", "arXiv:2301.13194"}},
       .needs = Needs::gradient | Needs::hessian | Needs::hessian_product},
      {{&M::learning_rate, "learning_rate", "η", from_zero(1e-3, 10), "step size in units of 1/λmax(P_τB)"},
       degree_field<M>(),
       {&M::momentum, "momentum", "β", automatic(below(0, 1)),
        "extrapolation; auto: from the condition number of P_τB"}});
}

}  // namespace kappa::optimizers
