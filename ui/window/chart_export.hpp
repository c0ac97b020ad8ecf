/// Writes one chart to a file in the format its name asks for.
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

/// By the path's ending: png, svg, pdf, tex (pgfplots), csv (the data shown). `document` travels inside.
Issues exportFigure(const Figure& figure, const QString& path, ThemeId theme, const std::string& document);

}  // namespace kappa::ui
