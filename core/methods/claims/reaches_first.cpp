/// Reaches first: one run gets to a target in fewer steps than the others.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/kinds/claim.hpp"
#include "core/kinds/reading.hpp"

namespace kappa::claims {
namespace KAPPA_FILE {

constexpr double infinite = std::numeric_limits<double>::infinity();

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
    Arrivals seen;
    const Gathered all = gather(trace, {run}, over, [&](std::string_view label, std::uint32_t repeat) {
      const Reading own = arrival(trace, label, repeat);
      if (!own.missing.empty()) return own;
      Reading first{.value = infinite};
      for (const std::string& other : others) {
        const Reading one = arrival(trace, other, repeat);
        if (!one.missing.empty()) return one;
        first.value = std::min(first.value, one.value);
      }
      seen.take(own.value, first.value);
      return Reading{.value = std::isinf(own.value) ? own.value : own.value / first.value};
    });
    if (!all.missing.empty()) return verdicts.unknown("", statistic, all.missing);
    verdicts.below("", statistic, largest_of(all.values), factor);
    verdicts.say(factor == 1 ? "first" : counted(1 / factor, 3) + " times sooner", seen.in_words());
  }

 private:
  static std::string counted(double number, int digits = 15) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number, std::chars_format::general, digits).ptr};
  }

  /// Steps of the run and of the first other one; over repeats, from the fewest to the most.
  struct Arrivals {
    double own_least = infinite, own_most = 0, other_least = infinite, other_most = 0;
    void take(double own, double other) {
      own_least = std::min(own_least, own), own_most = std::max(own_most, own);
      other_least = std::min(other_least, other), other_most = std::max(other_most, other);
    }
    static std::string span(double least, double most) {
      if (std::isinf(least)) return "never";
      if (least == most) return counted(least);
      return counted(least) + " to " + (std::isinf(most) ? "never" : counted(most));
    }
    std::string in_words() const {
      const std::string own = span(own_least, own_most), other = span(other_least, other_most);
      return (own == "never" ? own : own + " steps") + ", others " + other;
    }
  };

  /// First step at the target; infinite when it is never reached.
  Reading arrival(const TraceView& trace, std::string_view label, std::uint32_t repeat) const {
    const Excerpt all = excerpt(trace, label, repeat, series);
    if (!all.missing.empty()) return missing(all.missing);
    const double wanted = relative ? target * all.xy.y.front() : target;
    for (std::size_t i = 0; i < all.xy.x.size(); ++i)
      if (rising ? all.xy.y[i] >= wanted : all.xy.y[i] <= wanted) return {.value = all.xy.x[i]};
    return {.value = infinite};
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
