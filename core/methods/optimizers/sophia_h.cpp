/// Sophia-H: a clipped step over an averaged diagonal of the Hessian, estimated by Hutchinson's random signs.
#include <algorithm>

#include "core/kinds/optimizer.hpp"
#include "core/methods/optimizers/sophia_rule.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct SophiaH {
  double learning_rate = 1e-3;
  double beta1 = 0.96;
  double beta2 = 0.99;
  double gamma = 0.01;
  double epsilon = 1e-12;
  double weight_decay = 0.1;
  std::int64_t refresh_steps = 10;

  using State = SophiaState;
  State init(const Blocks& x0) const { return sophia_state(x0); }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    average(s.m, c.g, beta1);
    if (s.t++ % static_cast<std::uint64_t>(refresh_steps) == 0) {
      Blocks product = zeros_like(c.x);
      s.curvature.flat() = hutchinson(c.rng.child("signs"), c.x.flat().n_elem, [&](const arma::vec& z) {
        s.probe.flat() = z;
        c.oracle.hessian_product(c.x, s.probe, product);
        return product.flat();
      });
      average(s.h, s.curvature, beta2);
    }
    sophia_step(s, c, gamma, epsilon, learning_rate, weight_decay, out);
    return Step::by;
  }
  /// Permuted or with signs turned, its steps are the same in distribution only: the random signs stay where they were.
  Law laws() const { return Law::scale_f; }
};

}  // namespace KAPPA_FILE

Method sophia_h() {
  using KAPPA_FILE::SophiaH;
  return optimizer<SophiaH>(
      {.title = "Sophia-H",
       .idea = "Divide the momentum by the curvature of each coordinate, and never go further than η along any.",
       .equation =
           "m ← β₁m + (1−β₁)g,  h ← β₂h + (1−β₂) z⊙∇²f z every k steps,  x ← (1−ηλ)x − η clip(m / max(γh, ε), ±1)",
       .cite = {{"Liu, Li, Hall, Liang, Ma", 2024,
                 "Sophia: A Scalable Stochastic Second-order Optimizer for Language Model Pre-training",
                 "arXiv:2305.14342"}},
       .needs = Needs::gradient | Needs::hessian_product},
      {{&SophiaH::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "longest step of a coordinate"},
       {&SophiaH::beta1, "beta1", "β₁", below(0, 1), "memory of the mean"},
       {&SophiaH::beta2, "beta2", "β₂", below(0, 1), "memory of the curvature"},
       {&SophiaH::gamma, "gamma", "γ", from_zero(1e-4, 10), "multiplies the curvature; smaller clips more"},
       {&SophiaH::epsilon, "epsilon", "ε", Range{.lo = 0, .hi = 1, .log = true, .open_lo = true, .slider_lo = 1e-15},
        "least curvature: below it the step is the sign of m"},
       {&SophiaH::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "decoupled decay: x ← (1−ηλ)x first"},
       {&SophiaH::refresh_steps, "refresh_steps", "k", count(1, 10'000, true),
        "steps between two looks at the curvature"}});
}

}  // namespace kappa::optimizers
