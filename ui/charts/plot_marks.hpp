/// Marks at the frame for values that a curve cannot show: given by the figure, or found in its curves and bars.
#pragma once

#include "ui/charts/plot_geometry.hpp"

namespace kappa::ui {

void addMarks(PlotGeometry& out, const Figure& figure);

}  // namespace kappa::ui
