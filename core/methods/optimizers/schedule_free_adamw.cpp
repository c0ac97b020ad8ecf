/// Schedule-free AdamW: Adam's step on a fast sequence, judged at its running average.
#include <algorithm>

#include "core/methods/optimizers/adam_moments.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ScheduleFreeAdamW {
  double learning_rate = 2.5e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0.0;
  std::int64_t warmup_steps = 0;

  struct State {
    Blocks x, z, v;  // c.x is y
    double largest = 0, weights = 0;
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const { return {x0, x0, zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.t);
    const double warm = warmup_steps > 0 ? std::min(1.0, t / static_cast<double>(warmup_steps)) : 1;
    const double eta = learning_rate * warm, c2 = 1 - std::pow(beta2, t);
    s.largest = std::max(s.largest, eta);
    const double weight = s.largest * s.largest;
    s.weights += weight;
    const double share = s.weights > 0 ? weight / s.weights : 0;
    for (arma::uword i = 0; i < c.x.flat().n_elem; ++i) {
      const double g = c.g.flat()[i];
      double& v = s.v.flat()[i];
      v = beta2 * v + (1 - beta2) * g * g;
      s.z.flat()[i] -= eta * over(g, std::sqrt(v / c2) + epsilon) + eta * weight_decay * c.x.flat()[i];
    }
    s.x.flat() = (1 - share) * s.x.flat() + share * s.z.flat();
    out.flat() = (1 - beta1) * s.z.flat() + beta1 * s.x.flat();
    c.report("learning_rate", eta);
    return Step::to;
  }
  const Blocks& iterate(const State& s, const Blocks&) const { return s.x; }
  Law laws() const { return Law::permutation | Law::sign; }
};

}  // namespace KAPPA_FILE

Method schedule_free_adamw() {
  using KAPPA_FILE::ScheduleFreeAdamW;
  using M = ScheduleFreeAdamW;
  return optimizer<M>(
      {.title = "Schedule-free AdamW",
       .idea = "Adam's step without a schedule: gradients are taken near a running average, which is the answer.",
       .equation = "y = (1−β₁)z + β₁x,  z ← z − η ∇f(y)/(√(v/(1−β₂ᵗ)) + ε) − ηλy,  x ← (1−c)x + cz,  "
                   "c = w/Σw,  w = (largest η so far)²",
       .cite = {{"Defazio, Yang, Mehta, Mishchenko, Khaled, Cutkosky", 2024, "The Road Less Scheduled",
                 "arXiv:2405.15682"}}},
      {{&M::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "step size after the warm-up"},
       {&M::beta1, "beta1", "β₁", range(0, 1), "how near the average gradients are taken; 0: at z, 1: at x"},
       {&M::beta2, "beta2", "β₂", below(0, 1), "memory of the mean square"},
       {&M::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root mean square"},
       {&M::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "decoupled decay, taken at y"},
       {&M::warmup_steps,
        "warmup_steps",
        "w",
        count(0, 1'000'000'000),
        "linear warm-up: η is multiplied by min(1, (t+1)/w)",
        {.unit = "steps"}}});
}

}  // namespace kappa::optimizers
