/// Medians and bands over repeats, step by step.
#include "core/figure/repeats.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

namespace kappa {
namespace {

void settle(Summary& out, double x, std::vector<double>& values) {
  if (values.empty()) return;
  out.x.push_back(x);
  out.median.push_back(median_of(values));
  out.lower.push_back(quantile(values, 0.1));
  out.upper.push_back(quantile(values, 0.9));
  out.repeats = std::max(out.repeats, values.size());
}

/// One repeat's column with its end, which the recorder may move on meanwhile.
struct Part {
  const Column* column = nullptr;
  std::uint64_t size = 0, last_step = 0;
  double last = 0;
  bool ended = false;
};

Part part_of(const Column& column, bool ended) {
  const std::uint64_t size = column.size();
  return {&column, size, column.step(size - 1), column.value(size - 1), ended};
}

/// What the repeat has at `step`, which the longest one records as its `i`th: repeats mostly share their cadence.
std::optional<double> value_at(const Part& part, std::uint64_t step, std::uint64_t i) {
  if (step > part.last_step) return part.ended ? std::optional(part.last) : std::nullopt;
  std::uint64_t j = i;
  if (j >= part.size || part.column->step(j) != step) j = part.column->lower_bound(step);
  if (j < part.size && part.column->step(j) == step) return part.column->value(j);
  return std::nullopt;
}

}  // namespace

double quantile(std::span<const double> sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto i = static_cast<std::size_t>(at);
  const double part = at - static_cast<double>(i);
  if (part == 0 || i + 1 == sorted.size() || sorted[i] == sorted[i + 1]) return sorted[i];
  return std::isfinite(sorted[i]) && std::isfinite(sorted[i + 1]) ? sorted[i] + part * (sorted[i + 1] - sorted[i])
                                                                  : sorted[i + 1];
}

double median_of(std::vector<double>& values) {
  for (double& v : values)
    if (std::isnan(v)) v = std::numeric_limits<double>::infinity();
  std::sort(values.begin(), values.end());
  return quantile(values, 0.5);
}

std::vector<double> medians_of(const std::vector<std::vector<double>>& lists) {
  std::vector<double> medians, values;
  for (std::size_t i = 0;; ++i) {
    values.clear();
    for (const auto& list : lists)
      if (i < list.size()) values.push_back(list[i]);
    if (values.empty()) return medians;
    medians.push_back(median_of(values));
  }
}

Summary summarise(std::span<const Column* const> columns, std::size_t most_points, const std::vector<bool>& ended) {
  Summary out;
  std::vector<Part> parts;
  for (std::size_t k = 0; k < columns.size(); ++k)
    if (columns[k] && columns[k]->size() > 0) parts.push_back(part_of(*columns[k], k < ended.size() && ended[k]));
  if (parts.empty()) return out;
  const Part& longest =
      *std::max_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.size < b.size; });
  const std::uint64_t n = longest.size;
  const std::uint64_t stride = std::max<std::uint64_t>(1, n * columns.size() / std::max<std::size_t>(1, most_points));
  std::vector<double> values;
  for (std::uint64_t i = 0; i < n; i = i + 1 < n ? std::min(i + stride, n - 1) : n) {
    const std::uint64_t step = longest.column->step(i);
    values.clear();
    for (const Part& part : parts)
      if (const auto value = value_at(part, step, i)) values.push_back(*value);
    settle(out, static_cast<double>(step), values);
  }
  return out;
}

Summary summarise(std::span<const XY> curves) {
  std::map<double, std::vector<double>> at;
  for (const XY& curve : curves)
    for (std::size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i)
      if (!std::isnan(curve.x[i])) at[curve.x[i]].push_back(curve.y[i]);
  Summary out;
  for (auto& [x, values] : at) settle(out, x, values);
  return out;
}

Band make_band(const Summary& summary, std::size_t most) {
  Band band;
  const std::size_t n = summary.x.size();
  const std::size_t bins = std::min(n, most);
  for (std::size_t b = 0; b < bins; ++b) {
    const std::size_t from = b * n / bins, to = (b + 1) * n / bins;
    const auto at = [](const std::vector<double>& v, std::size_t i) {
      return v.begin() + static_cast<std::ptrdiff_t>(i);
    };
    band.x.push_back(summary.x[b == 0 ? from : to - 1]);
    band.lower.push_back(*std::min_element(at(summary.lower, from), at(summary.lower, to)));
    band.upper.push_back(*std::max_element(at(summary.upper, from), at(summary.upper, to)));
  }
  return band;
}

}  // namespace kappa
