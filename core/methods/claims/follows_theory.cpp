/// Follows theory: a measured series agrees with its exact prediction, or stays under its bound.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/kinds/claim.hpp"
#include "core/kinds/reading.hpp"

namespace kappa::claims {
namespace KAPPA_FILE {

/// What a distance from theory is divided by: each predicted value, or the largest of them.
enum class Relative { each, largest };

struct FollowsTheory {
  std::string run;
  std::vector<std::string> runs;
  std::string series = "loss";
  Over over = Over::every;
  std::string curve;
  double bound = 1e-6;
  Relative relative_to = Relative::each;
  std::int64_t from = 0, to = 0;
  double floor = 1e-14;

  void judge(const TraceView& trace, Verdicts& verdicts) const {
    const std::vector<std::string> judged = chosen_runs(trace, run, runs);
    const auto kind = kind_of(trace, judged);
    const std::string what = kind == TheoryKind::bound ? "largest ratio of " + series + " to its bound"
                             : relative_to == Relative::each
                                 ? "largest relative distance of " + series + " from theory"
                                 : "largest distance of " + series + " from theory, over theory's largest value";
    const std::string statistic = what + in_words(judged, over, predicted(trace, judged) ? trace.repeats() : 1);
    if (!kind) {
      verdicts.unknown("", statistic,
                       curve.empty() ? "no theory predicts \"" + series + "\" here"
                                     : "there is no theory curve \"" + curve + "\" here");
      return;
    }
    const Gathered all = gather(trace, judged, over, [&](std::string_view label, std::uint32_t repeat) {
      return departure(trace, label, repeat, *kind);
    });
    if (!all.missing.empty())
      verdicts.unknown("", statistic, all.missing);
    else if (*kind == TheoryKind::bound)
      verdicts.at_most("", statistic, largest_of(all.values), 1 + 1e-9);
    else
      verdicts.below("", statistic, largest_of(all.values), bound);
  }

 private:
  /// The named curve's kind; without a name the strictest there is.
  std::optional<TheoryKind> kind_of(const TraceView& trace, const std::vector<std::string>& judged) const {
    std::optional<TheoryKind> strictest;
    for (const std::string& label : judged)
      for (const auto& one : trace.theory(label, 0, series))
        if ((curve.empty() || one.curve == curve) && (!strictest || one.kind < *strictest)) strictest = one.kind;
    return strictest;
  }

  /// Whether later repeats have predictions of their own; else the first, whose facts were used, stands for them.
  bool predicted(const TraceView& trace, const std::vector<std::string>& judged) const {
    return std::any_of(judged.begin(), judged.end(),
                       [&](const auto& label) { return !trace.theory(label, 1, series).empty(); });
  }

  Reading departure(const TraceView& trace, std::string_view label, std::uint32_t repeat, TheoryKind kind) const {
    const auto curves = trace.theory(label, repeat, series);
    if (curves.empty() && repeat > 0) return departure(trace, label, 0, kind);
    const Excerpt measured = excerpt(trace, label, repeat, series, {from, to});
    if (!measured.missing.empty()) return missing(measured.missing);
    const auto found = std::find_if(curves.begin(), curves.end(), [&](const auto& one) {
      return one.kind == kind && (curve.empty() || one.curve == curve);
    });
    if (found == curves.end())
      return missing("no such theory of \"" + series + "\" for run \"" + std::string(label) + "\"");
    return compare(measured.xy, found->xy, kind, label);
  }

  Reading compare(const XY& measured, const XY& theory, TheoryKind kind, std::string_view label) const {
    double largest = 0;
    for (const double y : theory.y) largest = std::max(largest, std::abs(y));
    double worst = kind == TheoryKind::bound ? -std::numeric_limits<double>::infinity() : 0;
    std::size_t compared = 0;
    for (std::size_t i = 0; i < theory.x.size(); ++i) {
      const auto at = std::lower_bound(measured.x.begin(), measured.x.end(), theory.x[i]);
      if (at == measured.x.end() || *at != theory.x[i] || std::abs(theory.y[i]) <= floor * largest) continue;
      const double y = measured.y[static_cast<std::size_t>(at - measured.x.begin())];
      const double unit = relative_to == Relative::each ? std::abs(theory.y[i]) : largest;
      const double apart = kind == TheoryKind::bound ? y / theory.y[i] : std::abs(y - theory.y[i]) / unit;
      if (std::isnan(apart)) return {.value = apart};
      worst = std::max(worst, apart);
      ++compared;
    }
    if (compared == 0)
      return missing("theory and measurement of \"" + series + "\" of run \"" + std::string(label) +
                     "\" share no step");
    return {.value = worst};
  }
};

}  // namespace KAPPA_FILE

Method follows_theory() {
  using KAPPA_FILE::FollowsTheory;
  return claim<FollowsTheory>(
      {.title = "Follows theory",
       .idea = "An exact curve or a guide has to be met within a tolerance, a bound must not be crossed.",
       .equation = "exact, guide: max |y − ŷ| / |ŷ| < bound, or over max |ŷ|;  bound: max y / ŷ ≤ 1 + 10⁻⁹",
       .cite = {{"Bartz-Beielstein et al.", 2020, "Benchmarking in Optimization: Best Practice and Open Issues",
                 "arXiv:2007.03488"}}},
      run_params<FollowsTheory>() +
          Params<FollowsTheory>{
              {&FollowsTheory::curve, "curve", "", Text{},
               "name of the theory curve; empty: the exact one, else the bound"},
              {&FollowsTheory::bound, "bound", "", from_zero(1e-12, 1),
               "relative distance allowed from an exact curve or a guide"},
              {&FollowsTheory::relative_to, "relative_to", "", choices({"each", "largest"}),
               "distances are divided by each predicted value, or by the largest"},
              {&FollowsTheory::from, "from", "", any_step(), "first step compared"},
              {&FollowsTheory::to, "to", "", any_step(), "last step compared; 0: the end"},
              {&FollowsTheory::floor, "floor", "", from_zero(1e-30, 1),
               "theory below this fraction of its largest value is not compared: there rounding decides"}});
}

}  // namespace kappa::claims
