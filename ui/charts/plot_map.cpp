/// Builds the maps of a figure's axes.
#include "ui/charts/plot_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kappa::ui {
namespace {

AxisMap mapOf(const Axis& axis, double from, double to) {
  AxisMap map{.log = axis.scale == Scale::log, .from = from, .to = to};
  double lo = map.units(axis.lo), hi = map.units(axis.hi);
  if (!std::isfinite(lo) && !std::isfinite(hi)) lo = 0, hi = 1;
  if (!std::isfinite(lo)) lo = hi - 1;
  if (!std::isfinite(hi)) hi = lo + 1;
  if (std::abs(hi - lo) <= 1e-14 * std::max(std::abs(lo), std::abs(hi))) {
    const double half = lo == 0 ? 0.5 : 0.5 * std::max(1e-12 * std::abs(lo), map.log ? 1.0 : std::abs(lo));
    lo -= half, hi += half;
  }
  map.lo = lo, map.hi = hi;
  return map;
}

void widen(AxisMap& map, double units_per_pixel) {
  const double middle = 0.5 * (map.lo + map.hi), sign = map.hi < map.lo ? -1 : 1;
  const double half = 0.5 * sign * units_per_pixel * std::abs(map.to - map.from);
  map.lo = middle - half, map.hi = middle + half;
}

}  // namespace

double AxisMap::units(double value) const {
  if (!log) return value;
  return value > 0 ? std::log10(value) : std::numeric_limits<double>::quiet_NaN();
}

double AxisMap::value(double pixel) const {
  const double u = lo + (pixel - from) / (to - from) * (hi - lo);
  if (!log) return u;
  return std::clamp(std::pow(10.0, u), std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::max());
}

double AxisMap::between(double value, double begin, double end) const {
  if (!log || !(begin > 0 && end > 0)) return (value - begin) / (end - begin);
  return (units(value) - units(begin)) / (units(end) - units(begin));
}

PlotMap makePlotMap(const Figure& figure, const QRectF& area) {
  PlotMap map{
      .area = area, .x = mapOf(figure.x, area.left(), area.right()), .y = mapOf(figure.y, area.bottom(), area.top())};
  if (figure.equal_aspect && area.width() > 1 && area.height() > 1) {
    const double across = std::abs(map.x.hi - map.x.lo) / area.width();
    const double down = std::abs(map.y.hi - map.y.lo) / area.height();
    if (across < down)
      widen(map.x, down);
    else
      widen(map.y, across);
  }
  return map;
}

}  // namespace kappa::ui
