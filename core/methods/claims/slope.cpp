/// Slope: the least-squares slope of log(series) against the step, or its logarithm, lies in an interval.
#include <cmath>
#include <limits>

#include "core/kinds/claim.hpp"
#include "core/kinds/reading.hpp"

namespace kappa::claims {
namespace KAPPA_FILE {

enum class Abscissa : std::uint8_t { step, log_step };

struct Slope {
  std::string run;
  std::vector<std::string> runs;
  std::string series = "loss";
  Over over = Over::every;
  Abscissa axis = Abscissa::step;
  bool exponentiate = false;
  std::int64_t from = 0, to = 0;
  double smallest = 0, largest = 1e300;
  bool relative = false;
  double lo = -1, hi = 0;

  void judge(const TraceView& trace, Verdicts& verdicts) const {
    const std::vector<std::string> judged = chosen_runs(trace, run, runs);
    const std::string fit =
        "slope of log " + series + (axis == Abscissa::step ? " against the step" : " against the log of the step");
    const std::string statistic = (exponentiate ? "exp of the " : "") + fit + in_words(judged, over, trace.repeats());
    const Gathered all = gather(trace, judged, over, [&](std::string_view label, std::uint32_t repeat) {
      return fitted(trace, label, repeat);
    });
    if (!all.missing.empty())
      verdicts.unknown("", statistic, all.missing);
    else
      verdicts.within("", statistic, least_inside(all.values, lo, hi), lo, hi);
  }

 private:
  Reading fitted(const TraceView& trace, std::string_view label, std::uint32_t repeat) const {
    const Excerpt whole = excerpt(trace, label, repeat, series);
    if (!whole.missing.empty()) return missing(whole.missing);
    const Excerpt window = excerpt(trace, label, repeat, series, {from, to});
    if (!window.missing.empty()) return missing(window.missing);
    const double unit = relative ? whole.xy.y.front() : 1;
    std::vector<double> x, y;
    for (std::size_t i = 0; i < window.xy.x.size(); ++i) {
      const double t = window.xy.x[i], value = window.xy.y[i] / unit;
      if (std::isnan(value)) return {.value = value};  // was measured, and has no slope
      if (!(value >= smallest && value <= largest) || (axis == Abscissa::log_step && t <= 0)) continue;
      x.push_back(axis == Abscissa::step ? t : std::log(t));
      y.push_back(std::log(value));
    }
    if (x.size() < 3)
      return missing("fewer than three points of \"" + series + "\" of run \"" + std::string(label) +
                     "\" lie in the window");
    const double slope = least_squares(x, y);
    return {.value = exponentiate ? std::exp(slope) : slope};
  }

  static double least_squares(const std::vector<double>& x, const std::vector<double>& y) {
    double mx = 0, my = 0, xx = 0, xy = 0;
    const double n = static_cast<double>(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) mx += x[i] / n, my += y[i] / n;
    for (std::size_t i = 0; i < x.size(); ++i) xx += (x[i] - mx) * (x[i] - mx), xy += (x[i] - mx) * (y[i] - my);
    return xx > 0 ? xy / xx : std::numeric_limits<double>::quiet_NaN();
  }
};

}  // namespace KAPPA_FILE

Method slope() {
  using KAPPA_FILE::Slope;
  return claim<Slope>(
      {.title = "Slope",
       .idea = "The rate of a geometric decay, or the exponent of a power law, fitted over a window.",
       .equation = "log y = a + b t, or a + b log t;  lo ≤ b (or eᵇ) ≤ hi",
       .cite = {{"Clauset, Shalizi, Newman", 2009, "Power-law distributions in empirical data", "arXiv:0706.1062"}}},
      run_params<Slope>() +
          Params<Slope>{
              {&Slope::axis, "axis", "", choices({"step", "log_step"}),
               "against the step (rates) or its logarithm (exponents)"},
              {&Slope::exponentiate, "exponentiate", "", Flag{},
               "judge exp of the slope: the factor by which a step multiplies"},
              {&Slope::from, "from", "", any_step(), "first step of the window"},
              {&Slope::to, "to", "", any_step(), "last step of the window; 0: the end"},
              {&Slope::smallest, "smallest", "", range(0, 1e300), "only points with at least this value"},
              {&Slope::largest, "largest", "", range(0, 1e300), "only points with at most this value"},
              {&Slope::relative, "relative", "", Flag{}, "the two values above are fractions of the first value"},
              {&Slope::lo, "lo", "", any_number(), "smallest slope allowed"},
              {&Slope::hi, "hi", "", any_number(), "largest slope allowed"}});
}

}  // namespace kappa::claims
