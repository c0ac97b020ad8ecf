/// Constant: the peak at every step.
#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct Constant {
  double multiplier(ScheduleTime) const { return 1; }
};

}  // namespace KAPPA_FILE

Method constant() {
  using KAPPA_FILE::Constant;
  return schedule<Constant>(
      {.title = "Constant",
       .idea = "The same value at every step.",
       .equation = "sₜ = 1",
       .cite = {{"Bach, Moulines", 2013,
                 "Non-strongly-convex smooth stochastic approximation with convergence rate O(1/n)",
                 "arXiv:1306.2119"}}},
      {});
}

}  // namespace kappa::schedules
