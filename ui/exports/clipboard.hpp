/// A chart on the clipboard: as a picture in two formats, or its data as a table.
#pragma once

#include "ui/exports/export_choice.hpp"

namespace kappa::ui {

/// PNG for programs that take images, SVG for those that draw; both carry the document.
void copyPicture(const Sheet& sheet, const ExportOptions& options);
/// Tab-separated for spreadsheets as plain text, comma-separated as text/csv.
void copyTable(const Figure& figure);

}  // namespace kappa::ui
