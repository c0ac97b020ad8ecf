/// Encodes in memory first, so that what cannot be encoded never touches the disk.
#include "ui/exports/export_files.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "ui/forms/wording.hpp"

namespace kappa::ui {

QByteArray exportBytes(const Sheet& sheet, ExportFormat format, const ExportOptions& options) {
  if (sheet.figures.empty()) return {};
  const std::string document = options.document.toStdString();
  switch (format) {
    case ExportFormat::png:
      return pngBytes(sheet, options);
    case ExportFormat::svg:
      return svgBytes(sheet, options);
    case ExportFormat::pdf:
      return pdfBytes(sheet, options);
    case ExportFormat::tex:
      return QByteArray::fromStdString(write_pgfplots(sheet.figures.front(), document));
    case ExportFormat::csv:
      return QByteArray::fromStdString(write_data_csv(sheet.figures.front()) + csv_comment(document));
  }
  return {};
}

QString notWritten(const QString& path, const Issue& issue) {
  return QCoreApplication::translate("export_files", "%1 was not written: %2")
      .arg(QDir::toNativeSeparators(path), QString::fromStdString(issue.message));
}

QString writeExport(const QString& path, const QByteArray& bytes) {
  if (bytes.isEmpty())
    return notWritten(path, {{},
                             QCoreApplication::translate("export_files", "the picture is too large").toStdString(),
                             {},
                             Trouble::input});
  const auto issue = atomic_write(path.toStdString(), {bytes.constData(), static_cast<std::size_t>(bytes.size())});
  return issue ? notWritten(path, *issue) : QString();
}

QString writeRecorded(const QString& path, const FigureSpec& spec, const Trace& trace, const QByteArray& document) {
  NewFile file(path.toStdString());
  auto issue = file.open();
  if (!issue)
    write_recorded_csv(spec, trace, [&](std::string_view text) {
      issue = file.write(text);
      return !issue;
    });
  if (!issue) issue = file.write(csv_comment(document.toStdString()));
  if (!issue) issue = file.commit();
  return issue ? notWritten(path, *issue) : QString();
}

}  // namespace kappa::ui
