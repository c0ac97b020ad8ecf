/// Readings of a trace, with a sentence for whatever is not there.
#include "core/kinds/reading.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kappa {

namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

double combine(std::vector<double> values, Over over) {
  if (std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); })) return nan_value;
  const std::size_t n = values.size();
  if (over == Over::mean) {
    double sum = 0;
    for (const double v : values) sum += v;
    return sum / static_cast<double>(n);
  }
  std::sort(values.begin(), values.end());
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

template <class Better>
double decide(const std::vector<double>& values, Better better) {
  double out = values.empty() ? nan_value : values.front();
  for (const double v : values) {
    if (std::isnan(v)) return nan_value;
    if (better(v, out)) out = v;
  }
  return out;
}

}  // namespace

Reading missing(std::string what) { return {.value = nan_value, .missing = std::move(what)}; }

std::optional<XY> points_of(const TraceView& trace, std::string_view run, std::uint32_t repeat, std::string_view name) {
  if (auto series = trace.series(run, repeat, name)) {
    XY xy;
    xy.x.assign(series->step.begin(), series->step.end());
    xy.y = std::move(series->value);
    return xy;
  }
  if (auto curve = trace.curve(run, repeat, name)) return curve;
  if (auto spectrum = trace.spectrum(run, repeat, name, std::numeric_limits<std::uint64_t>::max())) {
    XY xy;
    for (std::size_t i = 0; i < spectrum->size(); ++i) xy.x.push_back(static_cast<double>(i + 1));
    xy.y = std::move(*spectrum);
    return xy;
  }
  return std::nullopt;
}

Excerpt excerpt(const TraceView& trace, std::string_view run, std::uint32_t repeat, std::string_view name,
                Window window) {
  const std::vector<std::string> runs = trace.runs();
  if (std::find(runs.begin(), runs.end(), run) == runs.end())
    return {.missing = "there is no run \"" + std::string(run) + "\""};
  const auto all = points_of(trace, run, repeat, name);
  const std::string whose = "run \"" + std::string(run) + "\", repeat " + std::to_string(repeat) + ", ";
  if (!all || all->x.empty()) return {.missing = whose + "has no \"" + std::string(name) + "\""};
  Excerpt out;
  const double from = static_cast<double>(window.from);
  const double to = window.to > 0 ? static_cast<double>(window.to) : std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < all->x.size(); ++i) {
    if (!(all->x[i] >= from && all->x[i] <= to)) continue;
    out.xy.x.push_back(all->x[i]);
    out.xy.y.push_back(all->y[i]);
  }
  if (out.xy.x.empty()) out.missing = whose + "has no \"" + std::string(name) + "\" in the window";
  return out;
}

Reading read_at(const TraceView& trace, std::string_view run, std::uint32_t repeat, std::string_view name, At at,
                std::int64_t step) {
  const Excerpt all = excerpt(trace, run, repeat, name);
  if (!all.missing.empty()) return missing(all.missing);
  const auto& [x, y] = all.xy;
  switch (at) {
    case At::last:
      return {.value = y.back()};
    case At::first:
      return {.value = y.front()};
    case At::best:
      return {.value = smallest_of(y)};
    case At::worst:
      return {.value = largest_of(y)};
    case At::step:
      break;
  }
  const double wanted = static_cast<double>(step);
  if (wanted < x.front() || wanted > x.back())
    return missing("run \"" + std::string(run) + "\" was not measured at step " + std::to_string(step));
  return {.value = y[static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), wanted) - x.begin()) - 1]};
}

std::string in_words(At at, std::int64_t step) {
  constexpr const char* words[] = {"last", "first", "smallest", "largest"};
  return at == At::step ? "at step " + std::to_string(step) : words[static_cast<std::size_t>(at)];
}

std::string in_words(const std::vector<std::string>& runs, Over over, std::uint32_t repeats) {
  std::string out;
  for (std::size_t i = 0; i < runs.size(); ++i)
    out += (i == 0 ? " of " : i + 1 == runs.size() ? " and " : ", ") + runs[i];
  if (repeats < 2) return out;
  const std::string count = std::to_string(repeats) + " repeats";
  return out + (over == Over::every ? ", worst of " : over == Over::median ? ", median of " : ", mean of ") + count;
}

std::vector<std::string> chosen_runs(const TraceView& trace, const std::string& run,
                                     const std::vector<std::string>& runs) {
  std::vector<std::string> chosen = runs;
  if (!run.empty()) chosen.insert(chosen.begin(), run);
  return chosen.empty() ? trace.runs() : chosen;
}

Gathered gather(const TraceView& trace, const std::vector<std::string>& runs, Over over,
                const std::function<Reading(std::string_view run, std::uint32_t repeat)>& read) {
  if (runs.empty() || trace.repeats() == 0) return {.missing = "no run was recorded"};
  Gathered all;
  for (const std::string& run : runs) {
    std::vector<double> values;
    for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
      const Reading reading = read(run, repeat);
      if (!reading.missing.empty()) return {.missing = reading.missing};
      values.push_back(reading.value);
    }
    if (over == Over::every)
      all.values.insert(all.values.end(), values.begin(), values.end());
    else
      all.values.push_back(combine(std::move(values), over));
  }
  return all;
}

double largest_of(const std::vector<double>& values) {
  return decide(values, [](double a, double b) { return a > b; });
}
double smallest_of(const std::vector<double>& values) {
  return decide(values, [](double a, double b) { return a < b; });
}
double least_inside(const std::vector<double>& values, double lo, double hi) {
  const auto margin = [&](double v) { return std::min(v - lo, hi - v); };
  return decide(values, [&](double a, double b) { return margin(a) < margin(b); });
}

}  // namespace kappa
