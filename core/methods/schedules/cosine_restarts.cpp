/// Cosine with restarts: one half wave after another, each from a peak that may shrink.
#include <cmath>
#include <numbers>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct CosineRestarts {
  std::int64_t period = 100;
  double restart_factor = 1;

  double multiplier(ScheduleTime time) const {
    const auto k = static_cast<std::uint64_t>(period);
    const double phase = static_cast<double>(time.t % k) / static_cast<double>(k);
    return std::pow(restart_factor, static_cast<double>(time.t / k)) * 0.5 * (1 + std::cos(std::numbers::pi * phase));
  }
};

}  // namespace KAPPA_FILE

Method cosine_restarts() {
  using KAPPA_FILE::CosineRestarts;
  return schedule<CosineRestarts>(
      {.title = "Cosine with restarts",
       .idea = "Cool down, jump back to the peak, cool down again: good weights at the end of every wave.",
       .equation = "sₜ = r^⌊t/k⌋ ½(1 + cos(π (t mod k)/k))",
       .cite = {{"Loshchilov, Hutter", 2017, "SGDR: Stochastic Gradient Descent with Warm Restarts",
                 "arXiv:1608.03983"}}},
      {{&CosineRestarts::period, "period", "k", count(1, 1'000'000'000, true), "length of a wave", {.unit = "steps"}},
       {&CosineRestarts::restart_factor, "restart_factor", "r", range(0, 1), "factor on the peak at each restart"}});
}

}  // namespace kappa::schedules
