/// UBA: one family from constant-then-drop to early decay, with the cosine in its middle.
#include <cmath>
#include <numbers>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct Uba {
  double phi = 1;
  double floor = 0;

  double multiplier(ScheduleTime time) const {
    const double c = 1 + std::cos(std::numbers::pi * time.progress());
    return floor + (1 - floor) * (2 * c / (2 * phi + (2 - phi) * c));
  }
};

}  // namespace KAPPA_FILE

Method uba() {
  using KAPPA_FILE::Uba;
  return schedule<Uba>(
      {.title = "Unified budget-aware (UBA)",
       .idea = "One number φ bends the decay: small φ stays high and drops late, large φ falls early, 2 is the cosine.",
       .equation = "sₜ = f + (1 − f) 2c/(2φ + (2 − φ)c),  c = 1 + cos(πt/T)",
       .cite = {{"Tang et al.", 2025,
                 "Stepsize anything: A unified learning rate schedule for budgeted-iteration "
                 "training",
                 "arXiv:2505.24452"}}},
      {{&Uba::phi, "phi", "φ",
        Range{.lo = 0, .hi = 1e6, .log = true, .open_lo = true, .slider_lo = 0.05, .slider_hi = 50},
        "2: cosine; smaller: later decay; larger: earlier decay"},
       {&Uba::floor, "floor", "f", range(0, 1), "smallest rate over the largest"}});
}

}  // namespace kappa::schedules
