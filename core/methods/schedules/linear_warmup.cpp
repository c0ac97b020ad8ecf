/// Linear warm-up: rises to the peak over the first steps and stays there.
#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct LinearWarmup {
  static constexpr bool owns_warmup = true;

  double multiplier(ScheduleTime time) const {
    return std::min(1.0, (static_cast<double>(time.t) + 1) / std::max(time.warmup, 1.0));
  }
};

}  // namespace KAPPA_FILE

Method linear_warmup() {
  using KAPPA_FILE::LinearWarmup;
  return schedule<LinearWarmup>(
      {.title = "Linear warm-up",
       .idea = "Small steps first, while the gradients are still wild.",
       .equation = "sₜ = min(1, (t + 1)/w)",
       .cite = {{"Goyal et al.", 2017, "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour",
                 "arXiv:1706.02677"}}},
      {});
}

}  // namespace kappa::schedules
