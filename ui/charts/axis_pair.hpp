/// The one place that touches Qt Charts: a chart without series, whose axes, labels and grid follow a figure.
#pragma once

#include <QGraphicsItem>
#include <memory>
#include <vector>

#include "ui/charts/plot_map.hpp"

namespace kappa::ui {

class AxisPair {
 public:
  AxisPair();
  ~AxisPair();
  AxisPair(const AxisPair&) = delete;
  AxisPair& operator=(const AxisPair&) = delete;

  /// The chart; it goes into a scene, but stays owned here.
  QGraphicsItem* item() const;
  /// Leaves room for the labels, colours everything and returns the plot area.
  QRectF place(const Figure& figure, QSizeF size, const Theme& theme);
  /// Ticks over the map, which may be wider than the figure's axes.
  void label(const Figure& figure, const PlotMap& map);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kappa::ui
