/// Paints a laid out figure in a theme's colours: the same code on screen, into an image and onto paper.
#pragma once

#include <QPainter>

#include "ui/charts/plot_geometry.hpp"

namespace kappa::ui {

void paintPlot(QPainter& painter, const PlotGeometry& plot, const Theme& theme, const QFont& font);

/// What to do when there is nothing to draw yet, in the middle of the plot.
void paintEmpty(QPainter& painter, const QRectF& area, const QString& text, const Theme& theme, const QFont& font);

}  // namespace kappa::ui
