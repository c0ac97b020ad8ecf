/// A step length that lowers a function enough and leaves little slope: bracketing, then cubic interpolation.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

namespace kappa::optimizers {

/// Value and slope along the line.
struct LinePoint {
  double length = 0, f = 0, slope = 0;
};

/// Where the cubic through both points has its minimum, kept a tenth away from either end.
inline double cubic_minimum(const LinePoint& a, const LinePoint& b) {
  const double d1 = a.slope + b.slope - 3 * (a.f - b.f) / (a.length - b.length);
  const double inside = d1 * d1 - a.slope * b.slope;
  const double d2 = std::copysign(std::sqrt(std::max(inside, 0.0)), b.length - a.length);
  const double at = b.length - (b.length - a.length) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
  const double lo = std::min(a.length, b.length), hi = std::max(a.length, b.length), rim = 0.1 * (hi - lo);
  if (inside < 0 || !std::isfinite(at)) return 0.5 * (lo + hi);
  return std::clamp(at, lo + rim, hi - rim);
}

/// `at(length)` is a LinePoint. Algorithms 3.5 and 3.6 of Nocedal and Wright (2006): f <= f0 + c1 a f0', |f'| <= c2
/// |f0'|. None when 40 trials fail.
template <class PointAt>
std::optional<LinePoint> strong_wolfe(const PointAt& at, const LinePoint& zero, double first, double c1, double c2) {
  int left = 40;
  const auto too_high = [&](const LinePoint& p) { return !(p.f <= zero.f + c1 * p.length * zero.slope); };
  const auto flat = [&](const LinePoint& p) { return std::abs(p.slope) <= -c2 * zero.slope; };
  const auto zoom = [&](LinePoint lo, LinePoint hi) -> std::optional<LinePoint> {
    while (left-- > 0 && lo.length != hi.length) {
      const LinePoint p = at(cubic_minimum(lo, hi));
      if (too_high(p) || p.f >= lo.f) {
        hi = p;
        continue;
      }
      if (flat(p)) return p;
      if (p.slope * (hi.length - lo.length) >= 0) hi = lo;
      lo = p;
    }
    return lo.length > 0 ? std::optional<LinePoint>(lo) : std::nullopt;  // enough decrease, if not little slope
  };
  LinePoint before = zero;
  for (double length = first; left-- > 0; length *= 2) {
    const LinePoint p = at(length);
    if (too_high(p) || (before.length > 0 && p.f >= before.f)) return zoom(before, p);
    if (flat(p)) return p;
    if (p.slope >= 0) return zoom(p, before);
    before = p;
  }
  return std::nullopt;
}

}  // namespace kappa::optimizers
