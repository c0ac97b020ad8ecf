/// Least squares in one variable, and loops over repeats.
#include "core/kinds/fits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kappa {

namespace {
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return values.empty() ? nan_value : sum / static_cast<double>(values.size());
}

double median_of(std::vector<double> values) {
  if (values.empty() || std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); }))
    return nan_value;
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

double slope_of(const std::vector<double>& x, const std::vector<double>& y) {
  const double mx = mean_of(x), my = mean_of(y);
  double xx = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mx) * (x[i] - mx);
    xy += (x[i] - mx) * (y[i] - my);
  }
  return x.size() < 2 || xx == 0 ? nan_value : xy / xx;
}

double fitted_rate(const TraceView::Series& series, double lo, double hi) {
  std::vector<double> x, y;
  for (std::size_t i = 0; i < series.value.size(); ++i) {
    const double ratio = series.value[i] / series.value.front();
    if (!(ratio >= lo && ratio <= hi)) continue;
    x.push_back(static_cast<double>(series.step[i]));
    y.push_back(std::log(series.value[i]));
  }
  return std::exp(slope_of(x, y));
}

std::vector<double> over_repeats(const TraceView& trace, std::string_view run, std::string_view series,
                                 const std::function<double(const TraceView::Series&)>& f) {
  std::vector<double> values;
  for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat)
    if (const auto found = trace.series(run, repeat, series); found && !found->value.empty())
      values.push_back(f(*found));
  return values;
}

std::vector<double> curve_at(const TraceView& trace, std::string_view run, std::string_view curve, double x) {
  std::vector<double> values;
  for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
    const auto found = trace.curve(run, repeat, curve);
    for (std::size_t i = 0; found && i < found->x.size(); ++i)
      if (found->x[i] == x) values.push_back(found->y[i]);
  }
  return values;
}

}  // namespace kappa
