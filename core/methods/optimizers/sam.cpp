/// SAM: any optimizer, fed the gradient at the worst point of a small ball.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Sam {
  double rho = 0.05;
  OptimizerSlot base;

  struct State {
    Blocks uphill, g;
    AnyState inner;
  };
  State init(const Blocks& x0) const { return {x0, zeros_like(x0), base.init(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    s.uphill.flat() = c.x.flat() + rho / (arma::norm(c.g.flat()) + 1e-12) * c.g.flat();
    const double f = c.oracle.value_gradient(s.uphill, s.g);
    return base.step(s.inner, c.with(f, s.g), out);
  }
  const Blocks& iterate(const State& s, const Blocks& x) const { return base.iterate(s.inner, x); }
  bool judges_another() const { return base.judges_another(); }
  Law laws() const { return base.laws() & (Law::isometries | Law::scale_f); }
};

}  // namespace KAPPA_FILE

Method sam() {
  using KAPPA_FILE::Sam;
  return optimizer<Sam>(
      {.title = "Sharpness-aware minimization (SAM)",
       .idea = "Climb a distance ρ along the gradient, and descend with the gradient found there.",
       .equation = "e = ρ ∇f(x) / ‖∇f(x)‖,  then a step of the base optimizer at x with ∇f(x + e)",
       .cite = {{"Foret, Kleiner, Mobahi, Neyshabur", 2021,
                 "Sharpness-Aware Minimization for Efficiently Improving Generalization", "arXiv:2010.01412"}},
       .needs = Needs::gradient | Needs::extra_gradient},
      {{&Sam::rho, "rho", "ρ", from_zero(1e-4, 10), "radius of the ball"},
       {&Sam::base, "base", "", Slot{Kind::optimizer}, "takes the step with the gradient found uphill"}});
}

}  // namespace kappa::optimizers
