/// Ranges that follow the data and are not blown up by a run that diverges.
#include <cmath>
#include <limits>

#include "core/figure/parts.hpp"

namespace kappa::parts {
namespace {

constexpr double far = 1e6;  ///< a curve that grows so many times beyond all others' reach has left the picture

bool usable(const Reach& r, Scale scale) { return scale == Scale::log ? r.extent.has_positive : r.extent.finite; }
double low(const Reach& r, Scale scale) { return scale == Scale::log ? r.extent.positive : r.extent.lo; }
double size(const Reach& r) { return std::max(std::abs(r.extent.lo), std::abs(r.extent.hi)); }

struct Span {
  double lo = std::numeric_limits<double>::infinity(), hi = -std::numeric_limits<double>::infinity();
  void add(double a, double b) { lo = std::min(lo, a), hi = std::max(hi, b); }
  bool any() const { return lo <= hi; }
};

/// The largest value that a run starts with or that a run which settles ever takes.
double ordinary_size(std::span<const Reach> data, Scale scale) {
  double ordinary = 0;
  for (const Reach& r : data)
    if (usable(r, scale) && std::isfinite(r.first)) ordinary = std::max(ordinary, std::abs(r.first));
  double settled = ordinary;
  for (const Reach& r : data)
    if (usable(r, scale) && std::isfinite(r.last) && std::abs(r.last) <= far * ordinary)
      settled = std::max(settled, size(r));
  return settled;
}

/// What is left of a value that has fallen sixteen decades below its start is rounding.
double rounding_floor(std::span<const Reach> data) {
  double floor = std::numeric_limits<double>::infinity();
  for (const Reach& r : data) {
    if (!r.extent.has_positive) continue;
    const double start = r.first > 0 ? r.first : r.extent.hi;
    floor = std::min(floor, power_of_ten(decade_of(start) - 16));
  }
  return floor;
}

/// Theories may widen the picture by a quarter, and by a decade at least; never below what was measured.
void widen(Span& span, std::span<const Reach> theory, Scale scale) {
  Span wanted;
  for (const Reach& r : theory)
    if (usable(r, scale)) wanted.add(low(r, scale), r.extent.hi);
  if (!wanted.any()) return;
  if (!span.any()) {
    span = wanted;
    return;
  }
  const Span data = span;
  if (scale == Scale::log) {
    const double room = std::pow(10, std::max(1.0, std::log10(data.hi / data.lo) / 4));
    span.add(std::max(wanted.lo, data.lo), std::min(wanted.hi, data.hi * room));
  } else {
    const double room = (data.hi / 4 - data.lo / 4);
    span.add(std::max(wanted.lo, data.lo - room), std::min(wanted.hi, data.hi + room));
  }
}

}  // namespace

Reach reach_of(std::span<const double> y) {
  const std::vector<double> x(y.size(), 0.0);
  return reach_of(x, y, {});
}

Reach reach_of(std::span<const double> x, std::span<const double> y, const Window& window) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  Reach r{{}, nan, nan};
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (!(x[i] >= window.x0 && x[i] <= window.x1)) continue;
    r.extent.add(y[i]);
    r.last = y[i];
    if (!std::isfinite(r.first)) r.first = y[i];
  }
  return r;
}

Interval robust_range(std::span<const Reach> data, std::span<const Reach> theory, Scale scale, bool may_diverge) {
  const double ordinary = ordinary_size(data, scale);
  Span kept, lost;
  bool any_kept = false;
  for (const Reach& r : data) {
    if (!usable(r, scale)) continue;
    const bool leaves = may_diverge && ordinary > 0 && size(r) > far * ordinary;
    any_kept = any_kept || !leaves;
    (leaves ? lost : kept).add(low(r, scale), r.extent.hi);
  }
  Span span = kept;
  if (lost.any()) {
    // With nothing else to look at, the rise itself is the picture, up to a point.
    const double room = any_kept ? 100.0 : 1e30;
    if (scale == Scale::log) {
      span.add(std::min(lost.lo, ordinary), std::min(lost.hi, ordinary * room));
    } else if (any_kept) {
      const double half = kept.hi > kept.lo ? (kept.hi - kept.lo) / 2 : ordinary;
      span.add(std::max(lost.lo, kept.lo - half), std::min(lost.hi, kept.hi + half));
    } else {
      span.add(std::max(lost.lo, -ordinary * room), std::min(lost.hi, ordinary * room));
    }
  }
  if (scale == Scale::log && span.any())
    if (const double floor = rounding_floor(data); floor < span.hi) span.lo = std::max(span.lo, floor);
  widen(span, theory, scale);
  if (!span.any()) span = scale == Scale::log ? Span{0.1, 1} : Span{0, 1};
  // From zero, unless that would flatten what there is to see.
  if (scale == Scale::linear && span.lo > 0 && span.lo < span.hi / 3) span.lo = 0;
  const auto [lo, hi] = nice_range(span.lo, span.hi, scale);
  return {lo, hi};
}

}  // namespace kappa::parts
