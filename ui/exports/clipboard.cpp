/// Fills the clipboard with every form that other programs may ask for.
#include "ui/exports/clipboard.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace kappa::ui {

void copyPicture(const Sheet& sheet, const ExportOptions& options) {
  auto* data = new QMimeData;  // owned by the clipboard
  data->setImageData(renderSheet(sheet, options));
  data->setData(QStringLiteral("image/svg+xml"), svgBytes(sheet, options));
  QGuiApplication::clipboard()->setMimeData(data);
}

void copyTable(const Figure& figure) {
  const QByteArray csv = QByteArray::fromStdString(write_data_csv(figure));
  // Cells with commas are quoted, so the tabs go only where a comma stands outside quotes.
  QByteArray table = csv;
  bool quoted = false;
  for (char& c : table) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) c = '\t';
  }
  auto* data = new QMimeData;
  data->setText(QString::fromUtf8(table));
  data->setData(QStringLiteral("text/csv"), csv);
  QGuiApplication::clipboard()->setMimeData(data);
}

}  // namespace kappa::ui
