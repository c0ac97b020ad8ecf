/// From data to pixels and back: two axes, linear or logarithmic, over a plot area.
#pragma once

#include <QPointF>
#include <QRectF>

#include "core/lab.hpp"

namespace kappa::ui {

/// Units are what is drawn linearly: the value itself, or its decimal logarithm. `lo` may exceed `hi`.
struct AxisMap {
  bool log = false;
  double lo = 0, hi = 1;
  double from = 0, to = 1;  ///< pixels of lo and hi

  double units(double value) const;
  double fraction(double value) const { return (units(value) - lo) / (hi - lo); }
  double at(double fraction) const { return from + fraction * (to - from); }
  double pixel(double value) const { return at(fraction(value)); }
  double value(double pixel) const;
  /// How far `value` lies from `begin` to `end` as the axis sees it: 0 at begin, 1 at end.
  double between(double value, double begin, double end) const;
};

struct PlotMap {
  QRectF area;
  AxisMap x, y;

  QPointF pixel(double vx, double vy) const { return {x.pixel(vx), y.pixel(vy)}; }
  QPointF pixel(const Vertex& v) const { return pixel(v.x, v.y); }
};

/// Degenerate ranges are widened; with equal aspect one axis is, so that a circle is round.
PlotMap makePlotMap(const Figure& figure, const QRectF& area);

}  // namespace kappa::ui
