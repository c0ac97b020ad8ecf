/// Inverse square root: a linear warm-up, then a decay that knows no end of the run.
#include <algorithm>
#include <cmath>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct InverseSqrt {
  static constexpr bool owns_warmup = true;

  double multiplier(ScheduleTime time) const {
    const double t = static_cast<double>(time.t) + 1, w = std::max(time.warmup, 1.0);
    return std::min(t / w, std::sqrt(w / t));
  }
};

}  // namespace KAPPA_FILE

Method inverse_sqrt() {
  using KAPPA_FILE::InverseSqrt;
  return schedule<InverseSqrt>({.title = "Inverse square root",
                                .idea = "Decay as theory asks of a run whose end is not known.",
                                .equation = "sₜ = min((t + 1)/w, √(w/(t + 1)))",
                                .cite = {{"Nemirovski, Juditsky, Lan, Shapiro", 2009,
                                          "Robust Stochastic Approximation Approach to Stochastic Programming",
                                          "SIAM Journal on Optimization 19"}}},
                               {});
}

}  // namespace kappa::schedules
