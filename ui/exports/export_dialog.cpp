/// Reads the controls into a choice, draws what it would give, and hands it to the writers.
#include "ui/exports/export_dialog.hpp"

#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSvgRenderer>
#include <cmath>

#include "ui/charts/chart_view.hpp"
#include "ui/exports/clipboard.hpp"
#include "ui/exports/preview.hpp"
#include "ui/exports/work_foot.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"

namespace kappa::ui {
namespace {

constexpr int between_previews = 400;  // milliseconds, while a run is at work
constexpr double most_pixels = 1e8;
constexpr qsizetype shown_text = 12000;
const auto kFolder = QStringLiteral("export/folder");

bool tooLarge(const ExportOptions& wanted) {
  return wanted.size.width() * wanted.size.height() * wanted.scale * wanted.scale > most_pixels;
}

}  // namespace

ExportDialog::ExportDialog(Session& session, const AppTheme& theme, ChartGrid& charts, QSettings* settings,
                           QWidget* parent)
    : QDialog(parent),
      session_(session),
      theme_(theme),
      charts_(charts),
      settings_(settings),
      choice_(recallChoice(settings)),
      copying_(session) {
  setWindowTitle(tr("Export charts"));
  build();
  connect(&session, &Session::runnerReplaced, this, &ExportDialog::fillCharts, Qt::QueuedConnection);
  connect(&session, &Session::viewChanged, this, &ExportDialog::refresh, Qt::QueuedConnection);
  connect(&session, &Session::refreshed, this, [this] {
    if (isVisible() && (session_.idle() || since_drawn_.elapsed() > between_previews)) refresh();
  });
  connect(&theme, &AppTheme::changed, this, &ExportDialog::refresh, Qt::QueuedConnection);
  fillCharts();
  showChoice();
}

void ExportDialog::present(ChartCard* card, bool alone) {
  if (card) card_ = card;
  if (alone) choice_.what = ExportWhat::chart;
  fillCharts();
  if (!busy()) foot_->tell({});
  showChoice();
  show();
  raise();
  activateWindow();
  what_->setFocus();
}

void ExportDialog::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  refresh();
}

void ExportDialog::fillCharts() {
  QList<ChoiceItem> items;
  int chosen = -1;
  for (const ChartCard* card : charts_.cards()) {
    if (card == card_) chosen = static_cast<int>(items.size());
    items << ChoiceItem{QString::fromStdString(card->spec().id), QString::fromStdString(card->spec().title)};
  }
  showing_ = true;
  chart_->setChoices(items);
  if (chosen < 0 && !items.isEmpty()) chosen = 0;
  chart_->setCurrentIndex(chosen);
  card_ = chosen < 0 ? nullptr : charts_.cards()[static_cast<std::size_t>(chosen)];
  showing_ = false;
  takePreset();
}

QSizeF ExportDialog::onScreen() const {
  QSizeF size = card_ ? QSizeF(card_->size()) : QSizeF(640, 420);
  if (choice_.what == ExportWhat::figure) size = QSizeF(charts_.viewport()->size());
  return size.expandedTo({160, 120});
}

/// Columns of pixels that the plot may fill: more points where the picture is finer.
unsigned ExportDialog::columns() const {
  const ExportOptions wanted = choice_.options(theme_.id());
  return static_cast<unsigned>(std::clamp(wanted.size.width() * std::max(2.0, wanted.scale), 300.0, 8000.0));
}

std::vector<PlannedChart> ExportDialog::charts(unsigned columns) const {
  std::vector<PlannedChart> all;
  if (choice_.what == ExportWhat::figure) {
    for (const ChartCard* each : charts_.cards()) all.push_back(planned(*each, columns));
  } else if (card_) {
    all.push_back(planned(*card_, columns));
  }
  return all;
}

QString ExportDialog::title() const {
  const std::string& title = session_.document().title;
  if (choice_.what != ExportWhat::figure) return {};
  return title.empty() ? session_.name() : QString::fromStdString(title);
}

Sheet ExportDialog::sheet(unsigned columns) const {
  Sheet sheet{title(), {}};
  for (const PlannedChart& chart : charts(columns)) sheet.figures.push_back(chart.figure(session_.trace()));
  return sheet;
}

ExportOptions ExportDialog::options() const {
  ExportOptions options = choice_.options(theme_.id());
  options.fonts = paperFonts(options.theme);
  options.document = QByteArray::fromStdString(write_document(session_.recorded(), true));
  return options;
}

/// Draws the picture as large as the preview is; vector formats are drawn by their own writers.
void ExportDialog::refresh() {
  if (!isVisible()) return;
  since_drawn_.start();
  ExportOptions wanted = choice_.options(theme_.id());
  if (!busy()) foot_->writeButton()->setEnabled(card_ != nullptr);
  copy_->setEnabled(card_ != nullptr);
  if (!card_) return preview_->showText(tr("There is no chart yet."));
  if (!isPicture(choice_.format)) {
    const bool all = choice_.format == ExportFormat::csv && choice_.all_data;
    std::string text;
    if (all)
      write_recorded_csv(card_->spec(), session_.trace(), [&](std::string_view piece) {
        text += piece;
        return static_cast<qsizetype>(text.size()) < shown_text;
      });
    else
      text = exportBytes(sheet(card_->view()->pixelColumns()), choice_.format, wanted).toStdString();
    const QString shown = QString::fromStdString(text.substr(0, static_cast<std::size_t>(shown_text)));
    return preview_->showText(text.size() > static_cast<std::size_t>(shown_text) ? shown + u'…' : shown);
  }
  const QSize room = preview_->roomFor(wanted.size);
  wanted.scale = room.width() / wanted.size.width();
  const Sheet now = sheet(static_cast<unsigned>(room.width()));
  QString description;
  for (const Figure& figure : now.figures) description += QString::fromStdString(figure.sentence) + u' ';
  if (choice_.format != ExportFormat::svg) return preview_->showPicture(renderSheet(now, wanted), description);
  QImage image(room, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  QSvgRenderer(svgBytes(now, wanted)).render(&painter, QRectF(image.rect()));
  painter.end();
  preview_->showPicture(image, description);
}

QString ExportDialog::message() const { return foot_->message(); }
bool ExportDialog::busy() const { return foot_->busy(); }

QString ExportDialog::suggested() const {
  const QString ending = u'.' + endingOf(choice_.format);
  if (choice_.what == ExportWhat::figure) return session_.name() + ending;
  return session_.name() + u'-' + QString::fromStdString(card_->spec().id) + ending;
}

void ExportDialog::askWhere() {
  if (!card_) return;
  const bool folder = choice_.what == ExportWhat::each;
  const ExportOptions wanted = options();
  if (tooLarge(wanted) && choice_.format == ExportFormat::png)
    return foot_->tell(tr("A picture of more than 100 million pixels is not written: choose fewer."), false);
  auto* chooser = new QFileDialog(this, folder ? tr("Folder for the charts") : tr("Export as"));
  chooser->setAttribute(Qt::WA_DeleteOnClose);
  chooser->setFileMode(folder ? QFileDialog::Directory : QFileDialog::AnyFile);
  chooser->setAcceptMode(folder ? QFileDialog::AcceptOpen : QFileDialog::AcceptSave);
  chooser->setDirectory(folderToBegin(session_, settings_ ? settings_->value(kFolder).toString() : QString()));
  if (!folder) {
    chooser->setNameFilter(QStringLiteral("%1 (*.%2)").arg(nameOf(choice_.format), endingOf(choice_.format)));
    chooser->setDefaultSuffix(endingOf(choice_.format));
    chooser->selectFile(suggested());
  }
  connect(chooser, &QFileDialog::fileSelected, this, [this](const QString& path) { writeTo(path); });
  chooser->open();
}

ExportPlan ExportDialog::plan(const QString& path) const {
  ExportPlan plan{.format = choice_.format, .title = title(), .options = options(), .files = {}};
  const bool csv = choice_.format == ExportFormat::csv;
  plan.all_data = csv && choice_.all_data;
  const auto columnsOf = [&](const ChartCard& card) { return csv ? card.view()->pixelColumns() : columns(); };
  if (choice_.what != ExportWhat::each) {
    plan.files.push_back({path, charts(columnsOf(*card_))});
    return plan;
  }
  for (const ChartCard* card : charts_.cards()) {
    const QString name =
        session_.name() + u'-' + QString::fromStdString(card->spec().id) + u'.' + endingOf(choice_.format);
    plan.files.push_back({QDir(path).filePath(name), {planned(*card, columnsOf(*card))}});
  }
  return plan;
}

void ExportDialog::writeTo(const QString& path) {
  rememberChoice(choice_, settings_);
  if (settings_) settings_->setValue(kFolder, QFileInfo(path).absolutePath());
  if (!card_ || busy()) return;
  ExportPlan wanted = plan(path);
  if (choice_.what == ExportWhat::each && !mayReplace(wanted)) return;
  foot_->start(wanted.files.size() > 1 ? tr("Writing the files…") : tr("Writing %1…").arg(QFileInfo(path).fileName()),
               [plan = std::move(wanted), trace = session_.sharedTrace()](const Progress& progress) {
                 return writeExports(plan, *trace, progress);
               });
}

bool ExportDialog::mayReplace(const ExportPlan& plan) {
  QStringList paths, names;
  for (const ExportPlan::File& file : plan.files) {
    if (!QFileInfo::exists(file.path)) continue;
    paths << file.path;
    names << QFileInfo(file.path).fileName();
  }
  if (paths.isEmpty() || std::exchange(asked_, paths) == paths) {
    asked_.clear();
    return true;
  }
  foot_->tell(tr("The folder already has %1: choose it once more to replace.").arg(names.join(QStringLiteral(", "))),
              false);
  return false;
}

void ExportDialog::copy() {
  if (!card_) return;
  if (!isPicture(choice_.format)) {
    copyTable(sheet(card_->view()->pixelColumns()).figures.front());
    return foot_->tell(tr("The table is on the clipboard."));
  }
  const ExportOptions wanted = options();
  if (tooLarge(wanted)) return foot_->tell(tr("A picture of more than 100 million pixels is not copied."), false);
  copyCharts(copying_, title(), charts(columns()), wanted, session_.sharedTrace(),
             [this] { foot_->tell(tr("The picture is on the clipboard.")); });
}

}  // namespace kappa::ui
