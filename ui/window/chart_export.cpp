/// Hands each format to its writer.
#include "ui/window/chart_export.hpp"

#include <QCoreApplication>
#include <QFileInfo>

#include "ui/charts/export.hpp"

namespace kappa::ui {
namespace {

constexpr QSize paper(900, 600);

Issues told(const QString& path, const QString& why) {
  if (why.isEmpty()) return {};
  return {{path.toStdString(), why.toStdString(), "", Trouble::file}};
}

Issues written(const QString& path, const std::string& bytes) {
  if (const auto issue = atomic_write(path.toStdString(), bytes)) return {*issue};
  return {};
}

}  // namespace

QString exportFilters() {
  return QCoreApplication::translate(
      "chart_export",
      "PNG picture (*.png);;SVG drawing (*.svg);;PDF (*.pdf);;pgfplots for LaTeX (*.tex);;Data as CSV (*.csv)");
}

Issues exportFigure(const Figure& figure, const QString& path, ThemeId theme, const std::string& document) {
  const QString kind = QFileInfo(path).suffix().toLower();
  ExportOptions options;
  options.size = paper;
  options.theme = theme;
  options.document = QByteArray::fromStdString(document);
  if (kind == QStringLiteral("png")) return told(path, savePng(figure, path, options));
  if (kind == QStringLiteral("pdf")) return told(path, savePdf(figure, path, options));
  if (kind == QStringLiteral("tex")) return written(path, write_pgfplots(figure, document));
  if (kind == QStringLiteral("csv")) return written(path, write_data_csv(figure));
  if (kind == QStringLiteral("svg"))
    return written(
        path,
        write_svg(figure,
                  {.width = paper.width(), .height = paper.height(), .theme = theme, .embedded_document = document}));
  return {{path.toStdString(), "the ending says no format; there are png, svg, pdf, tex and csv", "", Trouble::input}};
}

}  // namespace kappa::ui
