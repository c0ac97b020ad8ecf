/// Ratio: a number of one run over a number of another lies in an interval.
#include "core/kinds/claim.hpp"
#include "core/kinds/reading.hpp"

namespace kappa::claims {
namespace KAPPA_FILE {

struct Ratio {
  std::string run, against;
  std::string series = "loss", against_series;
  Over over = Over::every;
  At at = At::last, against_at = At::last;
  std::int64_t step = 0;
  double lo = 0, hi = 1;

  void judge(const TraceView& trace, Verdicts& verdicts) const {
    const std::string other = against.empty() ? run : against,
                      below_series = against_series.empty() ? series : against_series;
    const std::string statistic = in_words(at, step) + " " + series + " of " + run + " over " +
                                  in_words(against_at, step) + " " + below_series +
                                  in_words({other}, over, trace.repeats());
    const Gathered all = gather(trace, {run}, over, [&](std::string_view label, std::uint32_t repeat) {
      const Reading top = read_at(trace, label, repeat, series, at, step);
      const Reading bottom = read_at(trace, other, repeat, below_series, against_at, step);
      if (!top.missing.empty()) return top;
      if (!bottom.missing.empty()) return bottom;
      return Reading{.value = top.value / bottom.value};
    });
    if (!all.missing.empty())
      verdicts.unknown("", statistic, all.missing);
    else
      verdicts.within("", statistic, least_inside(all.values, lo, hi), lo, hi);
  }
};

}  // namespace KAPPA_FILE

Method ratio() {
  using KAPPA_FILE::Ratio;
  return claim<Ratio>(
      {.title = "Ratio",
       .idea = "One run's number compared with another's, repeat by repeat: ten times smaller, a third of the error.",
       .equation = "lo ≤ number of run / number of against ≤ hi",
       .cite = {{"Bartz-Beielstein et al.", 2020, "Benchmarking in Optimization: Best Practice and Open Issues",
                 "arXiv:2007.03488"}}},
      {{&Ratio::run, "run", "", Text{}, "label of the run on top"},
       {&Ratio::against, "against", "", Text{}, "label of the run below; empty: the same"},
       {&Ratio::series, "series", "", Text{}, "series on top"},
       {&Ratio::against_series, "against_series", "", Text{}, "series below; empty: the same"},
       {&Ratio::over, "over", "", over_choices(), "every repeat has to meet the bound, or their median or mean"},
       {&Ratio::at, "at", "", at_choices(), "which value on top; best is the smallest, worst the largest"},
       {&Ratio::against_at, "against_at", "", at_choices(), "which value below"},
       {&Ratio::step, "step", "t", any_step(), "the step meant by \"step\""},
       {&Ratio::lo, "lo", "", any_number(), "smallest ratio allowed"},
       {&Ratio::hi, "hi", "", any_number(), "largest ratio allowed"}});
}

}  // namespace kappa::claims
