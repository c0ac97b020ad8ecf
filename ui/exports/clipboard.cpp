/// Fills the clipboard with every form that other programs may ask for.
#include "ui/exports/clipboard.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace kappa::ui {

void copyCharts(FileWork& work, const QString& title, const std::vector<PlannedChart>& charts,
                const ExportOptions& options, std::shared_ptr<const Trace> trace, std::function<void()> then) {
  struct Copied {
    QImage image;
    QByteArray svg;
  };
  const auto made = std::make_shared<Copied>();  // the one fills it, and when it has ended the other empties it
  work.start(
      [=, trace = std::move(trace)](const Progress& progress) {
        Sheet sheet{title, {}};
        for (const PlannedChart& chart : charts)
          if (progress(0, 0)) sheet.figures.push_back(chart.figure(*trace));
        if (!progress(0, 0)) return cancelled();
        *made = {renderSheet(sheet, options), svgBytes(sheet, options)};
        return WorkEnd{};
      },
      [made, then = std::move(then)](const WorkEnd& end) {
        if (end.how != WorkEnd::How::written) return;
        auto* data = new QMimeData;  // owned by the clipboard
        data->setImageData(made->image);
        data->setData(QStringLiteral("image/svg+xml"), made->svg);
        QGuiApplication::clipboard()->setMimeData(data);
        then();
      });
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
