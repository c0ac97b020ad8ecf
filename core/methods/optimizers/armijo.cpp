/// Gradient descent whose step is halved until it lowers the loss enough.
#include <algorithm>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Armijo {
  std::optional<double> initial_step;
  double shrink = 0.5;
  double sufficient_decrease = 1e-4;

  struct State {
    Blocks trial;
  };
  State init(const Blocks& x0) const { return {x0}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto& smoothness = c.oracle.facts().smoothness;
    const double first = initial_step ? *initial_step : smoothness.value_or(0) > 0 ? 4 / *smoothness : 1;
    const double slope = arma::dot(c.g.flat(), c.g.flat());
    for (double a = first; a > 1e-20 * first; a *= shrink) {
      out.flat() = -a * c.g.flat();
      s.trial.flat() = c.x.flat() + out.flat();
      if (slope > 0 && is_same(s.trial, c.x)) break;
      if (!(c.oracle.value(s.trial) <= c.f - sufficient_decrease * a * slope)) continue;
      c.report("learning_rate", a);
      return Step::by;
    }
    return c.finish("no step against the gradient lowers the loss enough");
  }
  Law laws() const {
    const Law always = Law::isometries | Law::descends;
    return initial_step ? always : always | Law::scale_f;
  }

 private:
  static bool is_same(const Blocks& a, const Blocks& b) {
    return std::equal(a.flat().begin(), a.flat().end(), b.flat().begin());
  }
};

}  // namespace KAPPA_FILE

Method armijo() {
  using KAPPA_FILE::Armijo;
  return optimizer<Armijo>(
      {.title = "Armijo line search",
       .idea = "Start from a long step against the gradient and shorten it until the loss falls enough.",
       .equation = "a = a₀, τa₀, τ²a₀, … until f(x − a∇f(x)) ≤ f(x) − c₁ a ‖∇f(x)‖²;  x ← x − a∇f(x)",
       .cite = {{"Armijo", 1966, "Minimization of functions having Lipschitz continuous first partial derivatives",
                 "Pacific Journal of Mathematics 16"}},
       .needs = Needs::gradient | Needs::value | Needs::facts},
      {{&Armijo::initial_step, "initial_step", "a₀", automatic(from_zero(1e-6, 1e3)),
        "first step tried; auto: 4/L, or 1 where L is unknown"},
       {&Armijo::shrink, "shrink", "τ", Range{.lo = 0.01, .hi = 0.99}, "factor between two tries"},
       {&Armijo::sufficient_decrease, "sufficient_decrease", "c₁",
        Range{.lo = 0, .hi = 0.5, .open_lo = true, .open_hi = true},
        "share of the promised decrease that is demanded"}});
}

}  // namespace kappa::optimizers
