/// Encodes in memory first, so that what cannot be encoded never touches the disk.
#include "ui/exports/export_files.hpp"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImageWriter>

#include "ui/forms/wording.hpp"
#include "ui/window/chart_card.hpp"

namespace kappa::ui {
namespace {

constexpr qsizetype piece_written = 1 << 20;  // bytes between two looks at whether more is wanted

QString saidOfFiles(const char* text) { return QCoreApplication::translate("export_files", text); }

/// Takes no more once no more is wanted, which ends the encoder that writes to it.
class WantedBuffer : public QBuffer {
 public:
  explicit WantedBuffer(const Wanted& wanted) : wanted_(wanted) {}

 protected:
  qint64 writeData(const char* bytes, qint64 size) override {
    return wanted_ && !wanted_() ? -1 : QBuffer::writeData(bytes, size);
  }

 private:
  const Wanted& wanted_;
};

/// `put` hands the file's pieces on, one after the other, until it is told that no more is wanted.
WorkEnd putFile(const QString& path, const Wanted& wanted, const std::function<void(const TakeText&)>& put) {
  NewFile file(path.toStdString());
  auto issue = file.open();
  bool stopped = false;
  if (!issue)
    put([&](std::string_view piece) {
      stopped = stopped || (wanted && !wanted());
      if (!stopped && !issue) issue = file.write(piece);
      return !stopped && !issue;
    });
  if (stopped) return cancelled();
  if (!issue) issue = file.commit();
  return issue ? WorkEnd{WorkEnd::How::failed, notWritten(path, *issue)} : written(path);
}

WorkEnd writeRecorded(const QString& path, const FigureSpec& spec, const Trace& trace, const QByteArray& document,
                      const Wanted& wanted) {
  return putFile(path, wanted, [&](const TakeText& take) {
    write_recorded_csv(spec, trace, take);
    take(csv_comment(document.toStdString()));
  });
}

}  // namespace

PlannedChart planned(const ChartCard& card, unsigned columns) {
  return {withLook(card.spec(), card.look()), card.options(columns)};
}

WorkEnd writeExports(const ExportPlan& plan, const Trace& trace, const Progress& progress) {
  const int of = static_cast<int>(plan.files.size());
  int complete = 0;
  const Wanted wanted = [&] { return progress(complete, of > 1 ? of : 0); };
  WorkEnd end;
  for (const ExportPlan::File& file : plan.files) {
    Sheet sheet{plan.title, {}};
    for (const PlannedChart& chart : file.charts)
      if (wanted() && !plan.all_data) sheet.figures.push_back(chart.figure(trace));
    if (!wanted())
      end = cancelled();
    else if (plan.all_data)
      end = writeRecorded(file.path, file.charts.front().spec, trace, plan.options.document, wanted);
    else
      end = writeBytes(file.path, exportBytes(sheet, plan.format, plan.options, wanted), wanted);
    if (end.how == WorkEnd::How::cancelled && complete > 0)
      end.sentence = saidOfFiles("Cancelled; files written before: %1.").arg(complete);
    if (end.how != WorkEnd::How::written) return end;
    ++complete;
  }
  if (of > 1)
    end.sentence = saidOfFiles("Files written to %1: %2.")
                       .arg(QDir::toNativeSeparators(QFileInfo(plan.files.front().path).path()))
                       .arg(of);
  return end;
}

QByteArray exportBytes(const Sheet& sheet, ExportFormat format, const ExportOptions& options, const Wanted& wanted) {
  if (sheet.figures.empty()) return {};
  const std::string document = options.document.toStdString();
  switch (format) {
    case ExportFormat::png:
      return pngOf(renderSheet(sheet, options), wanted);
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

QByteArray pngOf(const QImage& image, const Wanted& wanted) {
  WantedBuffer file(wanted);
  return QImageWriter(&file, "png").write(image) ? file.data() : QByteArray();
}

QString notWritten(const QString& path, const Issue& issue) {
  return saidOfFiles("%1 was not written: %2")
      .arg(QDir::toNativeSeparators(path), QString::fromStdString(issue.message));
}

WorkEnd written(const QString& path) {
  return {WorkEnd::How::written, saidOfFiles("%1 was written.").arg(QDir::toNativeSeparators(path))};
}

WorkEnd cancelled() { return {WorkEnd::How::cancelled, saidOfFiles("Cancelled; nothing was written.")}; }

WorkEnd writeBytes(const QString& path, const QByteArray& bytes, const Wanted& wanted) {
  if (wanted && !wanted()) return cancelled();
  const Issue too_large{{}, saidOfFiles("the picture is too large").toStdString(), {}, Trouble::input};
  if (bytes.isEmpty()) return {WorkEnd::How::failed, notWritten(path, too_large)};
  return putFile(path, wanted, [&](const TakeText& take) {
    for (qsizetype at = 0; at < bytes.size(); at += piece_written) {
      const qsizetype size = std::min(piece_written, bytes.size() - at);
      if (!take({bytes.constData() + at, static_cast<std::size_t>(size)})) return;
    }
  });
}

QString writeExport(const QString& path, const QByteArray& bytes) {
  const WorkEnd end = writeBytes(path, bytes, {});
  return end.how == WorkEnd::How::written ? QString() : end.sentence;
}

}  // namespace kappa::ui
