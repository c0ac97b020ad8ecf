/// Triangular: up and down on straight lines between a quarter of the peak and the peak, again and again.
#include <cstdint>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct Triangular {
  std::int64_t half_period = 50;

  double multiplier(ScheduleTime time) const {
    const auto k = static_cast<std::uint64_t>(half_period), phase = time.t % (2 * k);
    const std::uint64_t height = phase <= k ? phase : 2 * k - phase;
    return 0.25 + 0.75 * static_cast<double>(height) / static_cast<double>(k);
  }
};

}  // namespace KAPPA_FILE

Method triangular() {
  using KAPPA_FILE::Triangular;
  return schedule<Triangular>(
      {.title = "Triangular",
       .idea = "Let the rate swing between a safe and a bold value instead of choosing one.",
       .equation = "straight lines between ¼ and 1, from ¼ at t = 0 to 1 at t = k and back at 2k",
       .cite = {{"Smith", 2017, "Cyclical Learning Rates for Training Neural Networks", "arXiv:1506.01186"}}},
      {{&Triangular::half_period,
        "half_period",
        "k",
        count(1, 1'000'000'000, true),
        "steps from ¼ up to 1",
        {.unit = "steps"}}});
}

}  // namespace kappa::schedules
