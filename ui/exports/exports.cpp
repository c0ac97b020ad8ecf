/// Makes each dialog when it is first asked for.
#include "ui/exports/exports.hpp"

#include <QApplication>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>
#include <QToolTip>

#include "ui/charts/chart_view.hpp"
#include "ui/documents/command_line.hpp"
#include "ui/exports/clipboard.hpp"
#include "ui/exports/export_dialog.hpp"
#include "ui/exports/film_dialog.hpp"
#include "ui/exports/report.hpp"
#include "ui/exports/run_dialog.hpp"
#include "ui/exports/work_foot.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/message_strip.hpp"

namespace kappa::ui {
namespace {

constexpr int said_for = 2500;  // milliseconds
constexpr unsigned report_columns = 1440;
const auto kReportFolder = QStringLiteral("export/folder"), kExport = QStringLiteral("export");

}  // namespace

Exports::Exports(Session& session, const AppTheme& theme, ChartGrid& charts, Actions& actions, QSettings* settings,
                 QWidget* window)
    : QObject(window),
      session_(session),
      theme_(theme),
      charts_(charts),
      settings_(settings),
      window_(window),
      copying_(session),
      reporting_(session) {
  connect(actions.exportCharts, &QAction::triggered, this, [this] { askCharts(current(), false); });
  connect(actions.copyChart, &QAction::triggered, this, [this] { copyChart(current()); });
  connect(actions.copyData, &QAction::triggered, this, [this] { copyData(current()); });
  connect(actions.exportFilm, &QAction::triggered, this, [this] { askFilm(nullptr); });
  connect(actions.exportReport, &QAction::triggered, this, &Exports::askReport);
  connect(actions.exportRun, &QAction::triggered, this, &Exports::askRun);
  connect(&charts, &ChartGrid::exportRequested, this, [this](ChartCard* card) { askCharts(card, true); });
  connect(&charts, &ChartGrid::copyRequested, this, &Exports::copyChart);
  connect(&reporting_, &FileWork::ended, this, &Exports::tellEnd);
}

/// The chart that has the focus or the whole grid; else the first.
ChartCard* Exports::current() const {
  for (QWidget* at = QApplication::focusWidget(); at; at = at->parentWidget())
    for (ChartCard* card : charts_.cards())
      if (card == at) return card;
  if (charts_.maximised()) return charts_.maximised();
  return charts_.cards().empty() ? nullptr : charts_.cards().front();
}

void Exports::askCharts(ChartCard* card, bool alone) {
  if (!dialog_) {
    dialog_ = new ExportDialog(session_, theme_, charts_, settings_, window_);
    connect(dialog_, &ExportDialog::ended, this, &Exports::tellEnd);
  }
  dialog_->present(card, alone);
}

void Exports::askFilm(ChartCard* card) {
  if (!film_) {
    film_ = new FilmDialog(session_, theme_, charts_, settings_, window_);
    connect(film_, &FilmDialog::ended, this, &Exports::tellEnd);
  }
  film_->present(card);
}

void Exports::askRun() {
  if (!run_) {
    run_ = new RunDialog(session_, settings_, window_);
    connect(run_, &RunDialog::ended, this, &Exports::tellEnd);
  }
  run_->present();
}

void Exports::close() {
  if (dialog_) dialog_->close();
  if (film_) film_->close();
  if (run_) run_->close();
  reporting_.cancel();
  copying_.cancel();
}

/// On the strip, where it is seen when the dialog is closed or behind the window.
void Exports::tellEnd(const WorkEnd& end) {
  emit noticeGone(kExport);
  emit troubled(end.how == WorkEnd::How::failed ? end.sentence : QString());
  if (end.how == WorkEnd::How::written) emit noticed({kExport, end.sentence, false});
}

void Exports::say(const QString& sentence) const {
  QToolTip::showText(window_->mapToGlobal(QPoint(window_->width() - 280, 48)), sentence, window_, {}, said_for);
}

void Exports::copyChart(ChartCard* card) {
  if (!card) return;
  ExportOptions options;
  options.theme = theme_.id();
  options.size = QSizeF(card->size()).expandedTo({320, 220});
  options.document = QByteArray::fromStdString(write_document(session_.recorded(), true));
  options.fonts = paperFonts(options.theme);
  const QString title = QString::fromStdString(card->spec().title);
  copyCharts(copying_, {}, {planned(*card, static_cast<unsigned>(2 * options.size.width()))}, options,
             session_.sharedTrace(), [this, title] { say(tr("Copied: the chart “%1”").arg(title)); });
}

void Exports::copyData(ChartCard* card) {
  if (!card) return;
  copyTable(card->figure(card->view()->pixelColumns()));
  say(tr("Copied: the data of “%1”").arg(QString::fromStdString(card->spec().title)));
}

void Exports::askReport() {
  auto* chooser = new QFileDialog(window_, tr("Save the report as"));
  chooser->setAttribute(Qt::WA_DeleteOnClose);
  chooser->setAcceptMode(QFileDialog::AcceptSave);
  chooser->setNameFilter(tr("Web page (*.html)"));
  chooser->setDefaultSuffix(QStringLiteral("html"));
  chooser->setDirectory(folderToBegin(session_, settings_ ? settings_->value(kReportFolder).toString() : QString()));
  chooser->selectFile(session_.name() + QStringLiteral("-report.html"));
  connect(chooser, &QFileDialog::fileSelected, this, &Exports::writeReport);
  chooser->open();
}

void Exports::writeReport(const QString& path) {
  if (settings_) settings_->setValue(kReportFolder, QFileInfo(path).absolutePath());
  ReportInput input;
  input.document = session_.recorded();
  input.name = session_.name();
  input.claims = session_.claims();
  input.runs = session_.status().runs;
  input.command = commandLine(input.document, session_.name(), session_.path());
  input.date = QDateTime::currentDateTime().toString(Qt::ISODate);
  std::vector<PlannedChart> charts;
  for (const ChartCard* card : charts_.cards()) charts.push_back(planned(*card, report_columns));
  emit noticeGone(kExport);
  emit noticed({kExport, tr("Writing %1…").arg(QFileInfo(path).fileName()), false, {{tr("Cancel"), [this] {
                                                                                       reporting_.cancel();
                                                                                     }}}});
  reporting_.start([=, trace = session_.sharedTrace()](const Progress& progress) {
    const Wanted wanted = [&] { return progress(0, 0); };
    ReportInput whole = input;
    for (const PlannedChart& chart : charts)
      if (wanted()) whole.figures.push_back(chart.figure(*trace));
    return wanted() ? writeBytes(path, reportHtml(whole), wanted) : cancelled();
  });
}

}  // namespace kappa::ui
