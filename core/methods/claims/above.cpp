/// Above: a number of a series exceeds a bound, in every run and repeat asked for.
#include "core/kinds/claim.hpp"
#include "core/kinds/reading.hpp"

namespace kappa::claims {
namespace KAPPA_FILE {

struct Above {
  std::string run;
  std::vector<std::string> runs;
  std::string series = "loss";
  Over over = Over::every;
  At at = At::last;
  std::int64_t step = 0;
  double bound = 0;

  void judge(const TraceView& trace, Verdicts& verdicts) const {
    const std::vector<std::string> judged = chosen_runs(trace, run, runs);
    const std::string statistic = in_words(at, step) + " " + series + in_words(judged, over, trace.repeats());
    const Gathered all = gather(trace, judged, over, [&](std::string_view label, std::uint32_t repeat) {
      return read_at(trace, label, repeat, series, at, step);
    });
    if (!all.missing.empty())
      verdicts.unknown("", statistic, all.missing);
    else
      verdicts.above("", statistic, smallest_of(all.values), bound);
  }
};

}  // namespace KAPPA_FILE

Method above() {
  using KAPPA_FILE::Above;
  return claim<Above>(
      {.title = "Above",
       .idea = "The last, best or chosen value of a series is larger than a bound.",
       .equation = "number > bound",
       .cite = {{"Bartz-Beielstein et al.", 2020, "Benchmarking in Optimization: Best Practice and Open Issues",
                 "arXiv:2007.03488"}}},
      run_params<Above>() +
          Params<Above>{{&Above::at, "at", "", at_choices(), "which value; best is the smallest, worst the largest"},
                        {&Above::step, "step", "t", any_step(), "the step meant", {.when = When{"at", {"step"}}}},
                        {&Above::bound, "bound", "", any_number(), "what the value is compared with"}});
}

}  // namespace kappa::claims
