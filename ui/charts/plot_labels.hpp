/// Names written inside the plot: of theory curves and of points, where they cover least.
#pragma once

#include "ui/charts/plot_geometry.hpp"

namespace kappa::ui {

void addLabels(PlotGeometry& out, const Figure& figure, const QFont& font);

}  // namespace kappa::ui
