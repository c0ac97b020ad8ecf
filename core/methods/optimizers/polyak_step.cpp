/// Polyak's step: gradient descent as long as the gap to the smallest loss allows.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct PolyakStep {
  std::optional<double> minimum;
  double divisor = 1;

  struct State {};
  State init(const Blocks&) const { return {}; }

  Step step(State&, const StepContext& c, Blocks& out) const {
    const double gap = c.f - (minimum ? *minimum : known(c.oracle.facts().minimum, "its smallest loss f*"));
    const double size = arma::dot(c.g.flat(), c.g.flat());
    if (size == 0) return c.finish("the gradient is zero");
    // A minibatch may well lie below f*: then this step is left out.
    if (gap <= 0 && c.oracle.rows().empty()) return c.finish("the loss is no higher than f*");
    const double length = std::max(gap, 0.0) / (divisor * size);
    if (!std::isfinite(length)) return c.finish("the gradient is too small to divide by");
    c.report("learning_rate", length);
    out.flat() = -length * c.g.flat();
    return Step::by;
  }
  Law laws() const { return minimum ? Law::isometries : Law::isometries | Law::scale_f; }
};

}  // namespace KAPPA_FILE

Method polyak_step() {
  using KAPPA_FILE::PolyakStep;
  return optimizer<PolyakStep>(
      {.title = "Polyak's step",
       .idea =
           "Who knows how low the loss can get knows how far to go: with c = 1 no step leads away from the solution, "
           "even at kinks.",
       .equation = "x ← x − (f(x) − f*) / (c ‖g‖²) g",
       .cite = {{"Polyak", 1969, "Minimization of unsmooth functionals",
                 "USSR Computational Mathematics and Mathematical Physics 9"}},
       .needs = Needs::gradient | Needs::facts},
      {{&PolyakStep::minimum, "minimum", "f*", automatic(Range{.lo = -1e9, .hi = 1e9, .slider_lo = -1, .slider_hi = 1}),
        "smallest loss; auto: the problem's. Too low and the method stalls above it, too high and it stops there"},
       {&PolyakStep::divisor, "divisor", "c", log_range(0.01, 100), "1: classic; ½: twice as long"}});
}

}  // namespace kappa::optimizers
