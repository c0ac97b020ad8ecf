/// One cycle: up to the peak over the first part of the run, then down far below the start; momentum does the reverse.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

enum class Form : std::uint8_t { rate, momentum };

struct OneCycle {
  double rise_fraction = 0.3;
  Form form = Form::rate;
  double initial_divisor = 25;
  double final_divisor = 1e4;
  double dip = 0.85 / 0.95;

  double multiplier(ScheduleTime time) const {
    const auto t = static_cast<double>(time.t), horizon = static_cast<double>(time.horizon);
    const double turn = rise_fraction * horizon - 1, start = 1 / initial_divisor;
    const bool rises = turn > 0 && t <= turn;
    const double rest = horizon - 1 - turn;
    const double q = rises ? t / turn : rest > 0 ? std::clamp((t - turn) / rest, 0.0, 1.0) : 1.0;
    if (form == Form::momentum) return rises ? wave(1, dip, q) : wave(dip, 1, q);
    return rises ? wave(start, 1, q) : wave(1, start / final_divisor, q);
  }

 private:
  /// From a to b along half a cosine.
  static double wave(double a, double b, double q) { return b + 0.5 * (a - b) * (1 + std::cos(std::numbers::pi * q)); }
};

}  // namespace KAPPA_FILE

Method one_cycle() {
  using KAPPA_FILE::OneCycle;
  return schedule<OneCycle>(
      {.title = "One cycle",
       .idea = "Rise to the largest rate that works and fall to almost nothing, while momentum does the reverse.",
       .equation = "C(1/25, 1, t/u) for t ≤ u = pT − 1, then C(1, 1/(25·10⁴), (t − u)/(T − 1 − u)); "
                   "C(a, b, q) = b + ½(a − b)(1 + cos πq);  momentum: C(1, m, ·), then C(m, 1, ·)",
       .cite = {{"Smith", 2018, "A disciplined approach to neural network hyper-parameters: Part 1",
                 "arXiv:1803.09820"}}},
      {{&OneCycle::rise_fraction, "rise_fraction", "p", range(0, 1), "share of the run that rises"},
       {&OneCycle::form, "form", "", choices({"rate", "momentum"}), "of a learning rate, or mirrored for a momentum"},
       {&OneCycle::initial_divisor,
        "initial_divisor",
        "",
        log_range(1, 1e6),
        "the rate starts at the peak over this",
        {.when = When{"form", {"rate"}}}},
       {&OneCycle::final_divisor,
        "final_divisor",
        "",
        log_range(1, 1e12),
        "the rate ends at its start over this",
        {.when = When{"form", {"rate"}}}},
       {&OneCycle::dip,
        "dip",
        "m",
        range(0, 1),
        "momentum at the turn over its peak: .85/.95 goes from .95 to .85 and back",
        {.when = When{"form", {"momentum"}}}}});
}

}  // namespace kappa::schedules
