/// Cosine: half a cosine wave from the peak down to a floor.
#include <cmath>
#include <numbers>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct Cosine {
  double floor = 0.0;

  double multiplier(ScheduleTime time) const {
    return floor + (1 - floor) * 0.5 * (1 + std::cos(std::numbers::pi * time.progress()));
  }
};

}  // namespace KAPPA_FILE

Method cosine() {
  using KAPPA_FILE::Cosine;
  return schedule<Cosine>({.title = "Cosine",
                           .idea = "Half a cosine wave: slow at both ends, steep in the middle.",
                           .equation = "sₜ = f + (1 − f) ½(1 + cos(πt/T))",
                           .cite = {{"Loshchilov, Hutter", 2017, "SGDR: Stochastic Gradient Descent with Warm Restarts",
                                     "arXiv:1608.03983"}}},
                          {{&Cosine::floor, "floor", "f", range(0, 1), "multiplier at the end"}});
}

}  // namespace kappa::schedules
