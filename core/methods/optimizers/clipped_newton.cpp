/// Clipped Newton: each coordinate divided by its own curvature, and never further than η.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/methods/optimizers/sophia_rule.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ClippedNewton {
  double learning_rate = 0.5;
  double gamma = 1;
  double epsilon = 1e-12;
  bool clip = true;

  struct State {};
  State init(const Blocks&) const { return {}; }

  Step step(State&, const StepContext& c, Blocks& out) const {
    const arma::vec h = c.oracle.hessian(c.x).diag();
    double cut = 0;
    for (arma::uword i = 0; i < h.n_elem; ++i) {
      const double g = c.g.flat()[i];
      double ratio = 0;
      if (clip) {
        ratio = g / std::max(gamma * h[i], epsilon);
        if (std::abs(ratio) >= 1) ++cut;
        ratio = clipped(ratio);
      } else if (g != 0 && h[i] != 0) {
        ratio = g / (gamma * h[i]);  // uphill where the curvature is negative: that is the lesson
      }
      out.flat()[i] = -learning_rate * ratio;
    }
    if (clip) c.report("clip_fraction", cut / static_cast<double>(h.n_elem));
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign | Law::scale_f; }
};

}  // namespace KAPPA_FILE

Method clipped_newton() {
  using KAPPA_FILE::ClippedNewton;
  return optimizer<ClippedNewton>(
      {.title = "Clipped Newton, per coordinate",
       .idea = "Sophia with the exact diagonal of the Hessian and no memory: Newton where it curves up, a step of η "
               "downhill where it does not.",
       .equation = "h = diag ∇²f(x),  x ← x − η clip(g / max(γh, ε), ±1);  without the clip x ← x − η g / (γh)",
       .cite = {{"Liu, Li, Hall, Liang, Ma", 2024,
                 "Sophia: A Scalable Stochastic Second-order Optimizer for Language Model Pre-training",
                 "arXiv:2305.14342"}},
       .needs = Needs::gradient | Needs::hessian},
      {{&ClippedNewton::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "longest step of a coordinate"},
       {&ClippedNewton::gamma, "gamma", "γ",
        Range{.lo = 0, .hi = 1e300, .log = true, .open_lo = true, .slider_lo = 1e-4, .slider_hi = 10},
        "multiplies the curvature"},
       {&ClippedNewton::epsilon, "epsilon", "ε",
        Range{.lo = 0, .hi = 1, .log = true, .open_lo = true, .slider_lo = 1e-15}, "least curvature of a clipped step"},
       {&ClippedNewton::clip, "clip", "", Flag{},
        "clip the step and floor the curvature; without it every stationary point attracts, saddles included"}});
}

}  // namespace kappa::optimizers
