/// Linear decay: falls on a straight line that would reach zero just after the last step.
#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct LinearDecay {
  double multiplier(ScheduleTime time) const { return 1 - time.progress(); }
};

}  // namespace KAPPA_FILE

Method linear_decay() {
  using KAPPA_FILE::LinearDecay;
  return schedule<LinearDecay>(
      {.title = "Linear decay",
       .idea = "Fall on a straight line to zero: the best schedule for the last iterate in the worst case.",
       .equation = "sₜ = 1 − t/T",
       .cite = {{"Defazio, Cutkosky, Mehta, Mishchenko", 2023,
                 "Optimal Linear Decay Learning Rate Schedules and Further Refinements", "arXiv:2310.07831"}}},
      {});
}

}  // namespace kappa::schedules
