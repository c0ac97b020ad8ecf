/// Finds the format and leaves the rest to the writers.
#include "ui/window/chart_export.hpp"

#include <QFileInfo>

#include "ui/exports/export_files.hpp"

namespace kappa::ui {

Issues exportFigure(const Figure& figure, const QString& path, ThemeId theme, const std::string& document) {
  ExportOptions options;
  options.theme = theme;
  options.document = QByteArray::fromStdString(document);
  for (const ExportFormat format :
       {ExportFormat::png, ExportFormat::svg, ExportFormat::pdf, ExportFormat::tex, ExportFormat::csv}) {
    if (QFileInfo(path).suffix().toLower() != endingOf(format)) continue;
    const QString trouble = writeExport(path, exportBytes({{}, {figure}}, format, options));
    return trouble.isEmpty() ? Issues{} : Issues{{path.toStdString(), trouble.toStdString(), "", Trouble::file}};
  }
  return {{path.toStdString(), "the ending says no format; there are png, svg, pdf, tex and csv", "", Trouble::input}};
}

}  // namespace kappa::ui
