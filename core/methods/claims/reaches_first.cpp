/// Reaches first: one run gets to a target in fewer steps than the others.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/kinds/claim.hpp"
#include "core/kinds/reading.hpp"

namespace kappa::claims {
namespace KAPPA_FILE {

struct ReachesFirst {
  std::string run;
  std::vector<std::string> against;
  std::string series = "loss";
  Over over = Over::every;
  double target = 1e-6;
  bool relative = false, rising = false;
  double factor = 1;

  void judge(const TraceView& trace, Verdicts& verdicts) const {
    std::vector<std::string> others = against;
    if (others.empty()) others = trace.runs();
    others.erase(std::remove(others.begin(), others.end(), run), others.end());
    const std::string statistic = "steps " + run + " needs for " + series + " over those of the first other run" +
                                  in_words({}, over, trace.repeats());
    if (others.empty()) {
      verdicts.unknown("", statistic, "there is no other run to compare with");
      return;
    }
    const Gathered all = gather(trace, {run}, over, [&](std::string_view label, std::uint32_t repeat) {
      const Reading own = arrival(trace, label, repeat);
      if (!own.missing.empty()) return own;
      Reading first{.value = std::numeric_limits<double>::infinity()};
      for (const std::string& other : others) {
        const Reading one = arrival(trace, other, repeat);
        if (!one.missing.empty()) return one;
        first.value = std::min(first.value, one.value);
      }
      return Reading{.value = std::isinf(own.value) ? own.value : own.value / first.value};
    });
    if (!all.missing.empty())
      verdicts.unknown("", statistic, all.missing);
    else
      verdicts.below("", statistic, largest_of(all.values), factor);
  }

 private:
  /// First step at the target; infinite when it is never reached.
  Reading arrival(const TraceView& trace, std::string_view label, std::uint32_t repeat) const {
    const Excerpt all = excerpt(trace, label, repeat, series);
    if (!all.missing.empty()) return missing(all.missing);
    const double wanted = relative ? target * all.xy.y.front() : target;
    for (std::size_t i = 0; i < all.xy.x.size(); ++i)
      if (rising ? all.xy.y[i] >= wanted : all.xy.y[i] <= wanted) return {.value = all.xy.x[i]};
    return {.value = std::numeric_limits<double>::infinity()};
  }
};

}  // namespace KAPPA_FILE

Method reaches_first() {
  using KAPPA_FILE::ReachesFirst;
  return claim<ReachesFirst>(
      {.title = "Reaches first",
       .idea = "A race to a target: the run has to be there before every other, or that many times sooner.",
       .equation = "T(run) / min T(others) < factor,  T = min{t : y(t) ≤ target}",
       .cite = {{"Dolan, Moré", 2002, "Benchmarking optimization software with performance profiles",
                 "arXiv:cs/0102001"}}},
      {{&ReachesFirst::run, "run", "", Text{}, "label of the run that is to win"},
       {&ReachesFirst::against, "against", "", Names{}, "labels of the others; empty: all others"},
       {&ReachesFirst::series, "series", "", Text{}, "the series that has to get there"},
       {&ReachesFirst::over, "over", "", over_choices(), "every repeat has to meet the bound, or their median or mean"},
       {&ReachesFirst::target, "target", "", any_number(), "the value to reach"},
       {&ReachesFirst::relative, "relative", "", Flag{}, "the target is a fraction of each run's first value"},
       {&ReachesFirst::rising, "rising", "", Flag{}, "reached from below"},
       {&ReachesFirst::factor, "factor", "", log_range(1e-6, 1), "1: sooner; 0.1: at least ten times sooner"}});
}

}  // namespace kappa::claims
