/// A figure as a picture to keep: PNG or PDF, drawn as on screen, with the experiment's document inside.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>
#include <QString>
#include <optional>

#include "core/lab.hpp"

class QPainter;

namespace kappa::ui {

struct ExportOptions {
  QSize size{900, 600};  ///< in layout pixels; `scale` multiplies what an image has of them
  double scale = 2;
  ThemeId theme = ThemeId::light;
  bool transparent = false;
  QByteArray document;  ///< the experiment; empty: none is kept
};

/// Title, state, legend and plot on `size`, through any painter.
void paintFigure(QPainter& painter, const Figure& figure, const ExportOptions& options, double device_scale);
QImage renderFigure(const Figure& figure, const ExportOptions& options);

/// An empty string, or why it could not be written.
QString savePng(const Figure& figure, const QString& path, const ExportOptions& options);
QString savePdf(const Figure& figure, const QString& path, const ExportOptions& options);

/// Keeps a document in an image that is then saved as PNG: the text chunk "kappascope".
void keepDocument(QImage& image, const QByteArray& document);
/// The document inside a PNG or PDF written here, byte for byte; nothing when there is none.
std::optional<QByteArray> documentIn(const QString& path);

}  // namespace kappa::ui
