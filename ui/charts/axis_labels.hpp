/// Which labels of an axis are shown, and where: as many as have room, and never one over another.
#pragma once

#include <QFontMetricsF>
#include <QString>
#include <vector>

#include "ui/charts/plot_map.hpp"

namespace kappa::ui {

constexpr double beside_labels = 20;  ///< pixels around the labels left of a plot

struct AxisLabel {
  double fraction;  ///< of the axis, 0 where it begins
  QString text;
  bool operator==(const AxisLabel&) const = default;
};

/// Room for the labels left of a plot on a picture of that width, margins included; names are cut to a part of it.
double roomBeside(const Axis& axis, double width, const QFontMetricsF& metrics);
/// Room right of a plot of that width, for the half of the last label.
double roomBeyond(const Axis& axis, double width, const QFontMetricsF& metrics);

/// Labels below a plot; `left` and `right`: what the picture has beyond the plot.
std::vector<AxisLabel> labelsBelow(const Axis& axis, const AxisMap& map, const QFontMetricsF& metrics, double left,
                                   double right);
/// Labels left of a plot; names are cut to `room`.
std::vector<AxisLabel> labelsBeside(const Axis& axis, const AxisMap& map, const QFontMetricsF& metrics, double room);

/// Planes and bars stand without grid lines.
bool hasGrid(const Figure& figure);

}  // namespace kappa::ui
