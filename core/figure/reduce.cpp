/// Thinning is the trace's; here x is mapped to costs and the window is summed up.
#include "core/figure/reduce.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kappa {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Linear between the entries of two ascending lists, constant beyond.
double interpolate(const std::vector<double>& from, const std::vector<double>& to, double at) {
  const auto above = std::upper_bound(from.begin(), from.end(), at);
  if (above == from.begin()) return to.front();
  const auto i = static_cast<std::size_t>(above - from.begin()) - 1;
  if (above == from.end()) return to.back();
  return to[i] + (to[i + 1] - to[i]) * (at - from[i]) / (from[i + 1] - from[i]);
}

Reduced from(Decimated&& thin, const Window& window) {
  Reduced r;
  r.vertices = std::move(thin.vertices);
  r.undrawn = std::move(thin.undrawn);
  r.points = thin.points;
  r.first = r.last = nan;
  // Nothing left of zero has a place on a logarithmic axis.
  if (window.x_scale == Scale::log) std::erase_if(r.vertices, [](const Vertex& v) { return !(v.x > 0); });
  for (const Vertex& v : r.vertices) r.drawn += v.x >= window.x0 && v.x <= window.x1 && std::isfinite(v.y);
  return r;
}

}  // namespace

double counted(const Trace::Cost& cost, CountBy by) {
  switch (by) {
    case CountBy::steps:
      return static_cast<double>(cost.step);
    case CountBy::gradients:
      return static_cast<double>(cost.gradients);
    case CountBy::losses:
      return static_cast<double>(cost.losses);
    case CountBy::samples:
      return static_cast<double>(cost.samples);
    case CountBy::epochs:
      return cost.effort.epochs;
    case CountBy::seconds:
      return cost.effort.seconds;
  }
  return 0;
}

StepMap::StepMap(const std::vector<Trace::Cost>& costs, CountBy by) {
  if (by == CountBy::steps) return;
  for (const auto& cost : costs) {
    if (!steps_.empty() && static_cast<double>(cost.step) <= steps_.back()) continue;
    steps_.push_back(static_cast<double>(cost.step));
    counts_.push_back(counted(cost, by));
  }
}

StepMap step_map(const Trace& trace, std::uint32_t run, CountBy by) {
  constexpr std::size_t enough = 16384;
  return by == CountBy::steps ? StepMap() : StepMap(trace.cost(run, 0, enough), by);
}

double StepMap::x_of(double step) const { return identity() ? step : interpolate(steps_, counts_, step); }

double StepMap::step_of(double x) const {
  if (identity()) return x;
  // Steps may ask nothing of the oracle: the first step of equal counts is the one meant.
  const auto at = std::lower_bound(counts_.begin(), counts_.end(), x);
  if (at == counts_.end()) return steps_.back() + 1;
  const auto i = static_cast<std::size_t>(at - counts_.begin());
  if (i == 0) return steps_.front();
  return steps_[i - 1] + (steps_[i] - steps_[i - 1]) * (x - counts_[i - 1]) / (counts_[i] - counts_[i - 1]);
}

Reduced reduce(const Column& column, const StepMap& map, const Window& window) {
  Window in_steps = window;
  if (!map.identity()) {
    in_steps.x0 = map.step_of(window.x0);
    in_steps.x1 = map.step_of(window.x1);
    if (window.x_scale == Scale::log) in_steps.x0 = std::max(in_steps.x0, 1.0);
    in_steps.x1 = std::max(in_steps.x1, in_steps.x0 + 1);
  }
  Decimated thin = decimate(column, in_steps);
  for (Vertex& v : thin.vertices) v.x = map.x_of(v.x);
  for (Undrawn& u : thin.undrawn) u.first = map.x_of(u.first), u.last = map.x_of(u.last);
  Reduced r = from(std::move(thin), window);
  const auto step = [](double x) { return static_cast<std::uint64_t>(std::clamp(x, 0.0, 9e18)); };
  const std::uint64_t size = column.size();
  const auto first = std::min(column.lower_bound(step(std::ceil(in_steps.x0))), size);
  const auto last = std::min(column.lower_bound(step(std::floor(in_steps.x1)) + 1), size);
  if (first >= last) return r;
  r.extent = column.extent(first, last);
  r.last = column.value(last - 1);
  for (auto i = first; i < last && !std::isfinite(r.first); ++i) r.first = column.value(i);
  return r;
}

Reduced reduce(std::span<const double> x, std::span<const double> y, const Window& window) {
  Reduced r = from(decimate(x, y, window), window);
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (!(x[i] >= window.x0 && x[i] <= window.x1)) continue;
    r.extent.add(y[i]);
    r.last = y[i];
    if (!std::isfinite(r.first)) r.first = y[i];
  }
  return r;
}

std::optional<MarkKind> flaw_of(double value, Scale scale) {
  if (std::isnan(value)) return MarkKind::not_a_number;
  if (std::isinf(value)) return MarkKind::infinite;
  if (scale == Scale::linear || value > 0) return std::nullopt;
  return value == 0 ? MarkKind::zero : MarkKind::negative;
}

}  // namespace kappa
