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
#include "ui/exports/export_files.hpp"
#include "ui/exports/film_dialog.hpp"
#include "ui/exports/report.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"

namespace kappa::ui {
namespace {

constexpr int said_for = 2500;  // milliseconds
constexpr unsigned report_columns = 1440;
const auto kReportFolder = QStringLiteral("export/folder");

}  // namespace

Exports::Exports(Session& session, const AppTheme& theme, ChartGrid& charts, Actions& actions, QSettings* settings,
                 QWidget* window)
    : QObject(window), session_(session), theme_(theme), charts_(charts), settings_(settings), window_(window) {
  connect(actions.exportCharts, &QAction::triggered, this, [this] { askCharts(current(), false); });
  connect(actions.copyChart, &QAction::triggered, this, [this] { copyChart(current()); });
  connect(actions.copyData, &QAction::triggered, this, [this] { copyData(current()); });
  connect(actions.exportFilm, &QAction::triggered, this, [this] { askFilm(nullptr); });
  connect(actions.exportReport, &QAction::triggered, this, &Exports::askReport);
  connect(&charts, &ChartGrid::exportRequested, this, [this](ChartCard* card) { askCharts(card, true); });
  connect(&charts, &ChartGrid::copyRequested, this, &Exports::copyChart);
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
  if (!dialog_) dialog_ = new ExportDialog(session_, theme_, charts_, settings_, window_);
  dialog_->present(card, alone);
}

void Exports::askFilm(ChartCard* card) {
  if (!film_) film_ = new FilmDialog(session_, theme_, charts_, settings_, window_);
  film_->present(card);
}

void Exports::close() {
  if (dialog_) dialog_->close();
  if (film_) film_->close();
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
  copyPicture({{}, {card->figure(static_cast<unsigned>(2 * options.size.width()))}}, options);
  say(tr("Copied: the chart “%1”").arg(QString::fromStdString(card->spec().title)));
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
  if (settings_) chooser->setDirectory(settings_->value(kReportFolder).toString());
  chooser->selectFile(session_.name() + QStringLiteral("-report.html"));
  connect(chooser, &QFileDialog::fileSelected, this, &Exports::writeReport);
  chooser->open();
}

bool Exports::writeReport(const QString& path) {
  if (settings_) settings_->setValue(kReportFolder, QFileInfo(path).absolutePath());
  ReportInput input;
  input.document = session_.recorded();
  input.name = session_.name();
  for (const ChartCard* card : charts_.cards()) input.figures.push_back(card->figure(report_columns));
  input.claims = session_.claims();
  input.runs = session_.status().runs;
  input.command = commandLine(input.document, session_.name(), session_.path());
  input.date = QDateTime::currentDateTime().toString(Qt::ISODate);
  const QString trouble = writeExport(path, reportHtml(input));
  emit troubled(trouble);
  if (trouble.isEmpty()) say(tr("Written: %1").arg(QFileInfo(path).fileName()));
  return trouble.isEmpty();
}

}  // namespace kappa::ui
