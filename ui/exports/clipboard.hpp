/// A chart on the clipboard: as a picture in two formats, or its data as a table.
#pragma once

#include "ui/exports/export_files.hpp"

namespace kappa::ui {

/// Drawn by `work`, and then put there: an image for programs that take images, SVG for those that draw; both with the
/// document of `options`, which must have fonts.
void copyCharts(FileWork& work, const QString& title, const std::vector<PlannedChart>& charts,
                const ExportOptions& options, std::shared_ptr<const Trace> trace, std::function<void()> then);
/// Tab-separated for spreadsheets as plain text, comma-separated as text/csv.
void copyTable(const Figure& figure);

}  // namespace kappa::ui
