/// Figures as a picture to keep: PNG or PDF, drawn as on screen, with the experiment's document inside.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSizeF>
#include <QString>
#include <optional>
#include <vector>

#include "core/lab.hpp"
#include "ui/exports/paper_axes.hpp"

class QPainter;

namespace kappa::ui {

struct ExportOptions {
  QSizeF size{900, 600};  ///< in layout pixels; `scale` multiplies what an image has of them
  double scale = 2;
  double paper = 1;  ///< how many times a page is as large as its layout at 96 dots an inch
  ThemeId theme = ThemeId::light;
  bool transparent = false;
  QByteArray document;                ///< the experiment; empty: none is kept
  std::optional<PaperFonts> fonts{};  ///< absent: looked up, which only the window's thread may do
};

/// What goes on one picture: a chart, or several below a title.
struct Sheet {
  QString title;
  std::vector<Figure> figures;
};

/// Where the charts of a sheet lie, in rows that fill `room`.
std::vector<QRectF> sheetCells(std::size_t figures, const QRectF& room);
/// As high as its title is; nothing for a chart alone, which has its own.
double sheetHead(const Sheet& sheet, const PaperFonts& fonts);

/// Title, state, legend and plot on `size`, through any painter and on any thread.
void paintFigure(QPainter& painter, const Figure& figure, const ExportOptions& options, double device_scale);
void paintSheet(QPainter& painter, const Sheet& sheet, const ExportOptions& options, double device_scale);
QImage renderSheet(const Sheet& sheet, const ExportOptions& options);
QImage renderFigure(const Figure& figure, const ExportOptions& options);

/// A whole file; nothing where the encoder fails.
QByteArray pngBytes(const Sheet& sheet, const ExportOptions& options);
QByteArray pdfBytes(const Sheet& sheet, const ExportOptions& options);
QByteArray svgBytes(const Sheet& sheet, const ExportOptions& options);

/// An empty string, or why it could not be written; then there is no file.
QString savePng(const Figure& figure, const QString& path, const ExportOptions& options);
QString savePdf(const Figure& figure, const QString& path, const ExportOptions& options);

/// Keeps a document in an image that is then saved as PNG: the text chunk "kappascope".
void keepDocument(QImage& image, const QByteArray& document);
/// The document inside a PNG or PDF written here, byte for byte; nothing when there is none.
std::optional<QByteArray> documentIn(const QString& path);

}  // namespace kappa::ui
