/// How claims read a finished trace: a number of each run and repeat, then one number of them all.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/kinds/param.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// A number, or what was missing to read it. NaN is a number: it was measured, and it meets no bound.
struct Reading {
  double value = 0;
  std::string missing = {};
};
Reading missing(std::string what);

/// What the trace holds under this name: a series, else a curve, else the last spectrum by index.
std::optional<XY> points_of(const TraceView& trace, std::string_view run, std::uint32_t repeat, std::string_view name);
/// The same within steps [from, to] (to 0: the end), or why there is nothing.
struct Window {
  std::int64_t from = 0, to = 0;
};
struct Excerpt {
  XY xy = {};
  std::string missing = {};
};
Excerpt excerpt(const TraceView& trace, std::string_view run, std::uint32_t repeat, std::string_view name,
                Window window = {});

enum class At : std::uint8_t { last, first, best, worst, step };
inline Domain at_choices() { return choices({"last", "first", "best", "worst", "step"}); }
/// `best` is the smallest value, `worst` the largest; `step` the newest recorded at or before that step.
Reading read_at(const TraceView& trace, std::string_view run, std::uint32_t repeat, std::string_view name, At at,
                std::int64_t step);
std::string in_words(At at, std::int64_t step);  ///< "last", "at step 300"

/// `every` repeat has to meet the bound; otherwise their median or mean.
enum class Over : std::uint8_t { every, median, mean };
inline Domain over_choices() { return choices({"every", "median", "mean"}); }
std::string in_words(const std::vector<std::string>& runs, Over over,
                     std::uint32_t repeats);  ///< " of GD, median of 5 repeats"

/// `run` alone, or the listed runs, or all of them.
std::vector<std::string> chosen_runs(const TraceView& trace, const std::string& run,
                                     const std::vector<std::string>& runs);

/// One value for each run and, where every repeat counts, repeat.
struct Gathered {
  std::vector<double> values = {};
  std::string missing = {};
};
Gathered gather(const TraceView& trace, const std::vector<std::string>& runs, Over over,
                const std::function<Reading(std::string_view run, std::uint32_t repeat)>& read);

// The value that decides; NaN as soon as there is one.
double largest_of(const std::vector<double>& values);
double smallest_of(const std::vector<double>& values);
double least_inside(const std::vector<double>& values, double lo, double hi);  ///< nearest to leaving [lo, hi]

inline Domain any_number() { return range(-1e300, 1e300); }
inline Domain any_step() { return count(0, 1'000'000'000'000); }

/// Fields that claims about several runs share.
template <class C>
Params<C> run_params() {
  return {{&C::run, "run", "", Text{}, "label of the run judged"},
          {&C::runs, "runs", "", Names{}, "labels of several runs, each judged; with neither: all runs"},
          {&C::series, "series", "", Text{}, "what is judged: a series, a curve or a spectrum"},
          {&C::over, "over", "", over_choices(), "every repeat has to meet the bound, or their median or mean"}};
}
template <class C>
Params<C> operator+(Params<C> some, const Params<C>& more) {
  some.insert(some.end(), more.begin(), more.end());
  return some;
}

}  // namespace kappa
