/// Step decay: the rate falls by a constant factor after every so many steps.
#include <cmath>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct StepDecay {
  std::int64_t period = 100;
  double gamma = 0.1;

  double multiplier(ScheduleTime time) const {
    return std::pow(gamma, static_cast<double>(time.t / static_cast<std::uint64_t>(period)));
  }
};

}  // namespace KAPPA_FILE

Method step_decay() {
  using KAPPA_FILE::StepDecay;
  return schedule<StepDecay>(
      {.title = "Step decay",
       .idea = "Stay, then drop by a factor, and again: each level lasts as long as the one before.",
       .equation = "sₜ = γ^⌊t/k⌋",
       .cite = {{"Krizhevsky, Sutskever, Hinton", 2012,
                 "ImageNet Classification with Deep Convolutional Neural Networks", "NeurIPS 25"}}},
      {{&StepDecay::period, "period", "k", count(1, 1'000'000'000, true), "length of each level", {.unit = "steps"}},
       {&StepDecay::gamma, "gamma", "γ", range(0, 1), "factor of each drop"}});
}

}  // namespace kappa::schedules
