/// Stays within: every value of a series in a window of steps lies in an interval.
#include "core/kinds/claim.hpp"
#include "core/kinds/reading.hpp"

namespace kappa::claims {
namespace KAPPA_FILE {

struct StaysWithin {
  std::string run;
  std::vector<std::string> runs;
  std::string series = "loss";
  Over over = Over::every;
  std::int64_t from = 0, to = 0;
  double lo = 0, hi = 1;

  void judge(const TraceView& trace, Verdicts& verdicts) const {
    const std::vector<std::string> judged = chosen_runs(trace, run, runs);
    const std::string statistic =
        "the " + series + in_words(judged, over, trace.repeats()) + " that comes nearest to leaving";
    const Gathered all = gather(trace, judged, over, [&](std::string_view label, std::uint32_t repeat) {
      const Excerpt window = excerpt(trace, label, repeat, series, {from, to});
      if (!window.missing.empty()) return missing(window.missing);
      return Reading{.value = least_inside(window.xy.y, lo, hi)};
    });
    if (!all.missing.empty())
      verdicts.unknown("", statistic, all.missing);
    else
      verdicts.within("", statistic, least_inside(all.values, lo, hi), lo, hi);
  }
};

}  // namespace KAPPA_FILE

Method stays_within() {
  using KAPPA_FILE::StaysWithin;
  return claim<StaysWithin>(
      {.title = "Stays within",
       .idea = "What must not leave its interval: a sharpness at its edge, singular values near one.",
       .equation = "lo ≤ y(t) ≤ hi for all t in the window",
       .cite = {{"Bartz-Beielstein et al.", 2020, "Benchmarking in Optimization: Best Practice and Open Issues",
                 "arXiv:2007.03488"}}},
      run_params<StaysWithin>() +
          Params<StaysWithin>{{&StaysWithin::from, "from", "", any_step(), "first step of the window"},
                              {&StaysWithin::to, "to", "", any_step(), "last step of the window; 0: the end"},
                              {&StaysWithin::lo, "lo", "", any_number(), "smallest value allowed"},
                              {&StaysWithin::hi, "hi", "", any_number(), "largest value allowed"}});
}

}  // namespace kappa::claims
