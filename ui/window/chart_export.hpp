/// Writes a chart to a file in the format its name asks for.
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

/// What a file dialog offers: PNG, SVG, PDF, pgfplots, CSV.
QString exportFilters();
/// By the path's ending: png, svg, pdf, tex (pgfplots), csv (the data). `document` travels inside pictures.
Issues exportFigure(const Figure& figure, const QString& path, ThemeId theme, const std::string& document);

}  // namespace kappa::ui
