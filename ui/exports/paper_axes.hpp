/// Axes drawn by a painter alone: on paper, and off the window's thread, where no graphics scene may go.
#pragma once

#include <QFont>
#include <QPainter>

#include "core/lab.hpp"
#include "ui/charts/plot_map.hpp"

namespace kappa::ui {

/// Looked up once, on the window's thread; painters elsewhere only use them.
struct PaperFonts {
  QFont title, body, small;
};
PaperFonts paperFonts(ThemeId id);

/// The plot's own area on a picture of `size`, with room for labels and names around it.
QRectF paperArea(const Figure& figure, QSizeF size, const QFont& font);
/// Grid, labels and names; what lies inside the plot is painted over them.
void paintAxes(QPainter& painter, const Figure& figure, const PlotMap& map, const Theme& theme, const QFont& font);
/// The shared cursor line with a ring on each curve, where the figure has one.
void paintCursorLine(QPainter& painter, const Figure& figure, const PlotMap& map, const Theme& theme);

}  // namespace kappa::ui
