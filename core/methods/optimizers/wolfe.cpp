/// Gradient descent whose step is neither too long nor too short: Wolfe's conditions, found by doubling and halving.
#include <limits>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Wolfe {
  double initial_step = 1;
  double sufficient_decrease = 1e-4;
  double curvature = 0.9;

  struct State {
    Blocks trial, there;
  };
  State init(const Blocks& x0) const { return {x0, zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    if (!(sufficient_decrease < curvature)) throw Refused{"Wolfe's conditions need c₁ < c₂: no step may meet both"};
    const double slope = -arma::dot(c.g.flat(), c.g.flat());  // of f along p = −g
    if (slope == 0) return c.finish("the gradient is zero");
    const std::optional<double> length = search(s, c, slope, out);
    if (!length) return c.finish("no step against the gradient lowers the loss enough");
    c.report("learning_rate", *length);
    out.flat() = -*length * c.g.flat();
    return Step::by;
  }
  Law laws() const { return Law::isometries | Law::descends; }

 private:
  /// After eighty trials the longest step that lowered the loss enough, if there was one.
  std::optional<double> search(State& s, const StepContext& c, double slope, Blocks& out) const {
    double lo = 0, hi = std::numeric_limits<double>::infinity(), a = initial_step;
    for (int trial = 0; trial < 80; ++trial) {
      out.flat() = -a * c.g.flat();
      s.trial.flat() = c.x.flat() + out.flat();
      if (!(c.oracle.value(s.trial) <= c.f + sufficient_decrease * a * slope)) {
        hi = a;
      } else {
        c.oracle.value_gradient(s.trial, s.there);
        if (!(-arma::dot(s.there.flat(), c.g.flat()) < curvature * slope)) return a;
        lo = a;
      }
      a = hi < std::numeric_limits<double>::infinity() ? (lo + hi) / 2 : 2 * lo;
    }
    return lo > 0 ? std::optional(lo) : std::nullopt;
  }
};

}  // namespace KAPPA_FILE

Method wolfe() {
  using KAPPA_FILE::Wolfe;
  const Domain share = Range{.lo = 0, .hi = 1, .open_lo = true, .open_hi = true};
  return optimizer<Wolfe>(
      {.title = "Wolfe line search",
       .idea = "Lower the loss enough, and go on until the slope has flattened: too long is halved, too short doubled.",
       .equation =
           "f(x + ap) ≤ f + c₁ a g·p,  ∇f(x + ap)·p ≥ c₂ g·p,  p = −g;  lo = 0, hi = ∞, a = a₀: a ← (lo + hi)/2, "
           "or 2 lo while hi = ∞",
       .cite = {{"Wolfe", 1969, "Convergence Conditions for Ascent Methods", "SIAM Review 11"}},
       .needs = Needs::gradient | Needs::value | Needs::extra_gradient},
      {{&Wolfe::initial_step, "initial_step", "a₀",
        Range{.lo = 0, .hi = 1e300, .log = true, .open_lo = true, .slider_lo = 1e-6, .slider_hi = 1e3},
        "first step tried"},
       {&Wolfe::sufficient_decrease, "sufficient_decrease", "c₁", share,
        "share of the promised decrease that is demanded; below c₂"},
       {&Wolfe::curvature, "curvature", "c₂", share, "share of the slope that may be left"}});
}

}  // namespace kappa::optimizers
