/// Gradient clipping: any optimizer, fed gradients whose norm is cut to a limit.
#include <algorithm>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct GradientClipping {
  double max_norm = 1.0;
  OptimizerSlot base;

  struct State {
    Blocks g;
    AnyState inner;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), base.init(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const double factor = std::min(1.0, max_norm / (arma::norm(c.g.flat()) + 1e-6));
    s.g.flat() = factor * c.g.flat();
    c.report("clip_factor", factor);
    return base.step(s.inner, c.with(c.f, s.g), out);
  }
  const Blocks& iterate(const State& s, const Blocks& x) const { return base.iterate(s.inner, x); }
  bool judges_another() const { return base.judges_another(); }
  Law laws() const { return base.laws() & Law::isometries; }
};

}  // namespace KAPPA_FILE

Method gradient_clipping() {
  using KAPPA_FILE::GradientClipping;
  return optimizer<GradientClipping>(
      {.title = "Gradient clipping",
       .idea = "Shorten every gradient that is longer than a limit, and keep its direction.",
       .equation = "g ← g · min(1, c/(‖g‖ + 10⁻⁶)),  then a step of the base optimizer",
       .cite = {{"Pascanu, Mikolov, Bengio", 2013, "On the difficulty of training recurrent neural networks",
                 "arXiv:1211.5063"}}},
      {{&GradientClipping::max_norm, "max_norm", "c", from_zero(1e-4, 1e4), "longest gradient that passes as it is"},
       {&GradientClipping::base, "base", "", Slot{Kind::optimizer}, "takes the step with the clipped gradient"}});
}

}  // namespace kappa::optimizers
