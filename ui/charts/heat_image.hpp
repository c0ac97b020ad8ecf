/// A heat map as an image of the plot area, looked up pixel by pixel so that any axis and zoom is exact.
#pragma once

#include "ui/charts/plot_geometry.hpp"

namespace kappa::ui {

HeatTile heatTile(const Heat& heat, const PlotMap& map, double device_scale);

}  // namespace kappa::ui
