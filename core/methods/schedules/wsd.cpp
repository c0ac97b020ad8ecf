/// Warm-up, stable, decay: the peak for most of the run, then a cool-down of a chosen shape.
#include <cmath>
#include <numbers>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

enum class Shape : std::uint8_t { linear, sqrt, cosine, square, exponential };

struct Wsd {
  double cooldown_fraction = 0.2;
  Shape shape = Shape::linear;
  double floor = 0.0;

  double multiplier(ScheduleTime time) const {
    const auto t = static_cast<double>(time.t), horizon = static_cast<double>(time.horizon);
    const double n = std::min(std::round(cooldown_fraction * horizon), horizon - std::min(time.warmup, horizon));
    const double j = t - (horizon - n) + 1;
    if (j < 1) return 1;
    return floor + (1 - floor) * cooled(std::min(j / (n + 1), 1.0));
  }

 private:
  double cooled(double u) const {
    switch (shape) {
      case Shape::linear:
        return 1 - u;
      case Shape::sqrt:
        return 1 - std::sqrt(u);
      case Shape::cosine:
        return 0.5 * (1 + std::cos(std::numbers::pi * u));
      case Shape::square:
        return 1 - u * u;
      case Shape::exponential:
        return std::pow(0.01, u);
    }
    return 1 - u;
  }
};

}  // namespace KAPPA_FILE

Method wsd() {
  using KAPPA_FILE::Wsd;
  return schedule<Wsd>(
      {.title = "Warm-up, stable, decay (WSD)",
       .idea = "Stay at the peak, and cool down only over the last part of the run.",
       .equation = "sₜ = 1 for t < T − n, n = round(cT); then f + (1 − f) q(u), u = j/(n + 1), j = 1 … n; "
                   "q = 1 − u, 1 − √u, ½(1 + cos πu), 1 − u² or 0.01ᵘ",
       .cite = {{"Hu et al.", 2024, "MiniCPM: Unveiling the Potential of Small Language Models", "arXiv:2404.06395"},
                {"Hägele et al.", 2024, "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations",
                 "arXiv:2405.18392"}}},
      {{&Wsd::cooldown_fraction, "cooldown_fraction", "c", range(0, 1), "share of the run that cools down"},
       {&Wsd::shape, "shape", "q", choices({"linear", "sqrt", "cosine", "square", "exponential"}), "how it cools down"},
       {&Wsd::floor, "floor", "f", range(0, 1), "multiplier the cool-down heads for"}});
}

}  // namespace kappa::schedules
