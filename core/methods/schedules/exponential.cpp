/// Exponential: the same factor at every step, given itself or by where the run should end.
#include <algorithm>
#include <cmath>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct Exponential {
  std::optional<double> gamma;
  double floor = 0.01;

  double multiplier(ScheduleTime time) const {
    if (!gamma) return std::pow(floor, time.progress());
    return std::min(std::pow(*gamma, static_cast<double>(time.t)), 1e300);
  }
};

}  // namespace KAPPA_FILE

Method exponential() {
  using KAPPA_FILE::Exponential;
  return schedule<Exponential>(
      {.title = "Exponential",
       .idea = "Lose the same share of the rate at every step; with γ above one, sweep upwards as a range test does.",
       .equation = "sₜ = γᵗ, or f^(t/T) so that the run ends at f",
       .cite = {{"Li, Arora", 2020, "An Exponential Learning Rate Schedule for Deep Learning", "arXiv:1910.07454"}}},
      {{&Exponential::gamma, "gamma", "γ",
        Range{.lo = 0, .hi = 10, .automatic = true, .open_lo = true, .slider_lo = 0.5, .slider_hi = 1.5},
        "factor of each step; \"auto\": such that the run ends at the floor"},
       {&Exponential::floor,
        "floor",
        "f",
        log_range(1e-12, 1),
        "multiplier at the end",
        {.when = When{"gamma", {"auto"}}}}});
}

}  // namespace kappa::schedules
