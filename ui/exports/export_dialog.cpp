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
#include "ui/exports/export_files.hpp"
#include "ui/exports/preview.hpp"
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

}  // namespace

ExportDialog::ExportDialog(Session& session, const AppTheme& theme, ChartGrid& charts, QSettings* settings,
                           QWidget* parent)
    : QDialog(parent),
      session_(session),
      theme_(theme),
      charts_(charts),
      settings_(settings),
      choice_(recallChoice(settings)) {
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
  tell({}, true);
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

ChartCard* ExportDialog::card() const { return card_; }

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

Sheet ExportDialog::sheetOf(const ChartCard& card, unsigned columns) const { return {{}, {card.figure(columns)}}; }

Sheet ExportDialog::sheet(unsigned columns) const {
  if (choice_.what != ExportWhat::figure) return card_ ? sheetOf(*card_, columns) : Sheet{};
  const std::string& title = session_.document().title;
  Sheet sheet{title.empty() ? session_.name() : QString::fromStdString(title), {}};
  for (const ChartCard* each : charts_.cards()) sheet.figures.push_back(each->figure(columns));
  return sheet;
}

ExportOptions ExportDialog::options() const {
  ExportOptions options = choice_.options(theme_.id());
  options.document = QByteArray::fromStdString(write_document(session_.recorded(), true));
  return options;
}

/// Draws the picture as large as the preview is; vector formats are drawn by their own writers.
void ExportDialog::refresh() {
  if (!isVisible()) return;
  since_drawn_.start();
  ExportOptions wanted = choice_.options(theme_.id());
  write_->setEnabled(card_ != nullptr);
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
      text = exportBytes(sheetOf(*card_, card_->view()->pixelColumns()), choice_.format, wanted).toStdString();
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

QString ExportDialog::message() const { return message_->text(); }

void ExportDialog::tell(const QString& sentence, bool good) {
  message_->setText(sentence);
  message_->setProperty("role", good ? "good" : "bad");
  message_->style()->unpolish(message_);
  message_->style()->polish(message_);
  message_->setAccessibleDescription(sentence);
}

QString ExportDialog::suggested() const {
  const QString ending = u'.' + endingOf(choice_.format);
  if (choice_.what == ExportWhat::figure) return session_.name() + ending;
  return session_.name() + u'-' + QString::fromStdString(card_->spec().id) + ending;
}

void ExportDialog::askWhere() {
  if (!card_) return;
  const bool folder = choice_.what == ExportWhat::each;
  const ExportOptions wanted = options();
  if (wanted.size.width() * wanted.size.height() * wanted.scale * wanted.scale > most_pixels &&
      choice_.format == ExportFormat::png)
    return tell(tr("A picture of more than 100 million pixels is not written: choose fewer."), false);
  auto* chooser = new QFileDialog(this, folder ? tr("Folder for the charts") : tr("Export as"));
  chooser->setAttribute(Qt::WA_DeleteOnClose);
  chooser->setFileMode(folder ? QFileDialog::Directory : QFileDialog::AnyFile);
  chooser->setAcceptMode(folder ? QFileDialog::AcceptOpen : QFileDialog::AcceptSave);
  if (settings_) chooser->setDirectory(settings_->value(kFolder).toString());
  if (!folder) {
    chooser->setNameFilter(QStringLiteral("%1 (*.%2)").arg(nameOf(choice_.format), endingOf(choice_.format)));
    chooser->setDefaultSuffix(endingOf(choice_.format));
    chooser->selectFile(suggested());
  }
  connect(chooser, &QFileDialog::fileSelected, this, [this](const QString& path) { writeTo(path); });
  chooser->open();
}

bool ExportDialog::writeTo(const QString& path) {
  rememberChoice(choice_, settings_);
  if (settings_) settings_->setValue(kFolder, QFileInfo(path).absolutePath());
  if (!card_) return false;
  if (choice_.what == ExportWhat::each) return writeEach(path);
  const ExportOptions wanted = options();
  const bool all = choice_.format == ExportFormat::csv && choice_.all_data;
  const bool csv = choice_.format == ExportFormat::csv;
  const QString trouble = all ? writeRecorded(path, card_->spec(), session_.trace(), wanted.document)
                              : writeExport(path, exportBytes(sheet(csv ? card_->view()->pixelColumns() : columns()),
                                                              choice_.format, wanted));
  tell(trouble.isEmpty() ? tr("%1 was written.").arg(QDir::toNativeSeparators(path)) : trouble, trouble.isEmpty());
  return trouble.isEmpty();
}

bool ExportDialog::writeEach(const QString& folder) {
  const QDir place(folder);
  const auto nameFor = [&](const ChartCard& card) {
    return place.filePath(session_.name() + u'-' + QString::fromStdString(card.spec().id) + u'.' +
                          endingOf(choice_.format));
  };
  QStringList there;
  for (const ChartCard* card : charts_.cards())
    if (QFileInfo::exists(nameFor(*card))) there << QFileInfo(nameFor(*card)).fileName();
  const QString question = folder + u'\n' + there.join(u'\n');
  if (!there.isEmpty() && asked_ != question) {
    asked_ = question;
    tell(tr("The folder already has %1: choose it once more to replace.").arg(there.join(QStringLiteral(", "))), false);
    return false;
  }
  asked_.clear();
  const ExportOptions wanted = options();
  int written = 0;
  for (const ChartCard* card : charts_.cards()) {
    const bool csv = choice_.format == ExportFormat::csv;
    const QString trouble =
        csv && choice_.all_data
            ? writeRecorded(nameFor(*card), card->spec(), session_.trace(), wanted.document)
            : writeExport(nameFor(*card), exportBytes(sheetOf(*card, csv ? card->view()->pixelColumns() : columns()),
                                                      choice_.format, wanted));
    if (!trouble.isEmpty()) {
      tell(trouble, false);
      return false;
    }
    ++written;
  }
  tell(tr("Files written to %1: %2.").arg(QDir::toNativeSeparators(folder)).arg(written), true);
  return true;
}

void ExportDialog::copy() {
  if (!card_) return;
  if (isPicture(choice_.format))
    copyPicture(sheet(columns()), options());
  else
    copyTable(sheetOf(*card_, card_->view()->pixelColumns()).figures.front());
  tell(isPicture(choice_.format) ? tr("The picture is on the clipboard.") : tr("The table is on the clipboard."), true);
}

}  // namespace kappa::ui
