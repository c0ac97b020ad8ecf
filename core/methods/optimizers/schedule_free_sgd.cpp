/// Schedule-free SGD: gradients between a fast sequence z and its running average x, which is the answer.
#include <algorithm>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ScheduleFreeSgd {
  double learning_rate = 0.1;
  double momentum = 0.9;
  std::int64_t warmup_steps = 0;

  struct State {
    Blocks x, z;  // c.x is y
    double largest = 0, weights = 0;
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const { return {x0, x0}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    ++s.t;
    const double warm =
        warmup_steps > 0 ? std::min(1.0, static_cast<double>(s.t) / static_cast<double>(warmup_steps)) : 1;
    const double eta = learning_rate * warm;
    s.largest = std::max(s.largest, eta);
    const double weight = s.largest * s.largest;
    s.weights += weight;
    const double share = s.weights > 0 ? weight / s.weights : 0;
    s.z.flat() -= eta * c.g.flat();
    s.x.flat() = (1 - share) * s.x.flat() + share * s.z.flat();
    out.flat() = (1 - momentum) * s.z.flat() + momentum * s.x.flat();
    c.report("learning_rate", eta);
    return Step::to;
  }
  const Blocks& iterate(const State& s, const Blocks&) const { return s.x; }
  Law laws() const { return Law::isometries; }
};

}  // namespace KAPPA_FILE

Method schedule_free_sgd() {
  using KAPPA_FILE::ScheduleFreeSgd;
  return optimizer<ScheduleFreeSgd>(
      {.title = "Schedule-free SGD",
       .idea = "Average the iterates instead of shrinking the step, with gradients taken near the average.",
       .equation = "y = (1−β)z + βx,  z ← z − η ∇f(y),  x ← (1−c)x + cz,  c = w/Σw,  w = (largest η so far)²",
       .cite = {{"Defazio, Yang, Mehta, Mishchenko, Khaled, Cutkosky", 2024, "The Road Less Scheduled",
                 "arXiv:2405.15682"}}},
      {{&ScheduleFreeSgd::learning_rate, "learning_rate", "η", from_zero(1e-6, 1e3), "step size after the warm-up"},
       {&ScheduleFreeSgd::momentum, "momentum", "β", range(0, 1),
        "how near the average gradients are taken; 0: at z, 1: at x"},
       {&ScheduleFreeSgd::warmup_steps,
        "warmup_steps",
        "w",
        count(0, 1'000'000'000),
        "linear warm-up: η is multiplied by min(1, (t+1)/w)",
        {.unit = "steps"}}});
}

}  // namespace kappa::optimizers
