/// Lays the controls out, shows any moment of the film, and follows its making.
#include "ui/exports/film_dialog.hpp"

#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSlider>

#include "ui/exports/export_choice.hpp"
#include "ui/exports/preview.hpp"
#include "ui/exports/work_foot.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"

namespace kappa::ui {
namespace {

const auto kAll = QStringLiteral("all"), kFilmFolder = QStringLiteral("export/folder");

template <class Box>
Box* filmNumber(const QString& name, double lo, double hi, double value) {
  auto* box = new Box;
  box->setLocale(QLocale::c());
  box->setRange(static_cast<int>(lo), static_cast<int>(hi));
  box->setValue(static_cast<int>(value));
  box->setButtonSymbols(QAbstractSpinBox::NoButtons);
  box->setAccessibleName(name);
  return box;
}

QWidget* filmPair(QWidget* a, const QString& between, QWidget* b) {
  auto* pair = new QWidget;
  auto* row = new QHBoxLayout(pair);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(a, 1);
  row->addWidget(new QLabel(between));
  row->addWidget(b, 1);
  return pair;
}

/// Whether the picture is another one at another step.
bool hasTime(FigureForm form) { return form != FigureForm::curve && form != FigureForm::heat; }

}  // namespace

FilmDialog::FilmDialog(Session& session, const AppTheme& theme, ChartGrid& charts, QSettings* settings, QWidget* parent)
    : QDialog(parent), session_(session), theme_(theme), charts_(charts), settings_(settings) {
  setWindowTitle(tr("Export an animation"));
  build();
  connect(&session, &Session::runnerReplaced, this, &FilmDialog::fillCharts, Qt::QueuedConnection);
  connect(&session, &Session::refreshed, this, [this] {
    if (isVisible() && session_.idle()) fitSteps();
  });
  fillCharts();
}

void FilmDialog::build() {
  controls_ = new QWidget;
  chart_ = dialogChoice(tr("Chart"));
  format_ = dialogChoice(tr("Format"));
  format_->setChoices({{QStringLiteral("gif"), tr("GIF film")}, {QStringLiteral("png"), tr("PNG frames")}});
  look_ = lookChoice();
  from_ = filmNumber<QSpinBox>(tr("From step"), 0, 0, 0);
  to_ = filmNumber<QSpinBox>(tr("To step"), 0, 0, 0);
  frames_ = filmNumber<QSpinBox>(tr("Frames"), 2, 2000, 100);
  pace_ = filmNumber<QDoubleSpinBox>(tr("Frames a second"), 1, 50, 20);
  pace_->setDecimals(0);
  width_ = filmNumber<QSpinBox>(tr("Width in pixels"), 160, 3840, 960);
  height_ = filmNumber<QSpinBox>(tr("Height in pixels"), 120, 2160, 600);
  length_ = new QLabel;
  length_->setProperty("role", "small");
  auto* form = new QFormLayout(controls_);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setVerticalSpacing(8);
  form->addRow(tr("C&hart"), chart_);
  form->addRow(tr("&Format"), format_);
  form->addRow(tr("&Steps"), filmPair(from_, tr("to"), to_));
  form->addRow(tr("F&rames"), frames_);
  form->addRow(tr("Frames a secon&d"), pace_);
  form->addRow(tr("Pi&xels"), filmPair(width_, QStringLiteral("×"), height_));
  form->addRow(tr("C&olours"), look_);
  form->addRow(QString(), length_);
  foot_ = new WorkFoot(session_, this);
  preview_ = new ExportPreview(theme_);
  moment_ = new QSlider(Qt::Horizontal);
  moment_->setRange(0, 100);
  moment_->setValue(50);
  moment_->setAccessibleName(tr("Moment of the film"));
  moment_->setToolTip(moment_->accessibleName());
  auto* right = new QVBoxLayout;
  right->addWidget(preview_, 1);
  right->addWidget(moment_);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 16, 16, 16);
  row->setSpacing(16);
  row->addWidget(dialogSide(controls_, foot_));
  row->addLayout(right, 1);
  resizeWithin(*this, {940, 560});

  for (ChoiceField* field : {chart_, format_, look_}) connect(field, &ChoiceField::chosen, this, &FilmDialog::refresh);
  for (QSpinBox* box : {from_, to_, frames_, width_, height_})
    connect(box, &QSpinBox::valueChanged, this, &FilmDialog::refresh);
  connect(pace_, &QDoubleSpinBox::valueChanged, this, &FilmDialog::refresh);
  connect(moment_, &QSlider::valueChanged, this, &FilmDialog::refresh);
  connect(preview_, &ExportPreview::resized, this, &FilmDialog::refresh);
  connect(foot_->writeButton(), &QPushButton::clicked, this, &FilmDialog::askWhere);
  connect(foot_, &WorkFoot::busyShown, this, [this](bool on) {
    controls_->setEnabled(!on);
    foot_->writeButton()->setEnabled(!on && to_->maximum() > 0);
  });
  connect(foot_, &WorkFoot::ended, this, &FilmDialog::ended);
}

void FilmDialog::present(ChartCard* card) {
  fillCharts();
  if (card && chart_->findData(QString::fromStdString(card->spec().id)) >= 0)
    chart_->choose(QString::fromStdString(card->spec().id));
  if (!busy()) foot_->tell({});
  show();
  raise();
  activateWindow();
  chart_->setFocus();
}

void FilmDialog::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  refresh();
}

void FilmDialog::fillCharts() {
  showing_ = true;
  const bool first = chart_->count() == 0;
  QList<ChoiceItem> items;
  QString best;
  for (const ChartCard* card : charts_.cards()) {
    const FigureSpec& spec = card->spec();
    if (!hasTime(spec.form)) continue;
    items << ChoiceItem{QString::fromStdString(spec.id), QString::fromStdString(spec.title)};
    const bool moving = spec.form == FigureForm::spectrum || spec.form == FigureForm::plane;
    if (best.isEmpty() && moving) best = items.back().id;
  }
  if (items.size() > 1) items << ChoiceItem{kAll, tr("All charts as one figure")};
  chart_->setChoices(items);
  if (first && !best.isEmpty()) chart_->choose(best);
  if (chart_->currentIndex() < 0) chart_->setCurrentIndex(0);
  showing_ = false;
  fitSteps();
}

/// From the first recorded step to the last; what was chosen stays where it still is inside.
void FilmDialog::fitSteps() {
  const int last = static_cast<int>(std::min<std::uint64_t>(lastRecorded(session_.trace()), 2'000'000'000));
  const bool at_end = to_->value() == to_->maximum();
  showing_ = true;
  from_->setMaximum(last);
  to_->setMaximum(last);
  if (at_end) to_->setValue(last);
  showing_ = false;
  refresh();
}

std::vector<ChartCard*> FilmDialog::chosen() const {
  std::vector<ChartCard*> cards;
  for (ChartCard* card : charts_.cards())
    if (hasTime(card->spec().form) &&
        (chart_->chosenId() == kAll || chart_->chosenId() == QString::fromStdString(card->spec().id)))
      cards.push_back(card);
  return cards;
}

bool FilmDialog::gif() const { return format_->chosenId() == QStringLiteral("gif"); }

FilmPlan FilmDialog::plan() const {
  FilmPlan plan;
  plan.gif = gif();
  plan.frames_per_second = pace_->value();
  plan.steps =
      filmSteps(static_cast<std::uint64_t>(from_->value()), static_cast<std::uint64_t>(to_->value()), frames_->value());
  // Type as large as the dialogs' other pictures have it: half the pixels where there are many.
  const double scale = width_->value() >= 1400 ? 2 : width_->value() >= 1000 ? 1.5 : 1;
  plan.look.theme = themeOf(static_cast<ExportLook>(look_->currentIndex()), theme_.id());
  plan.look.size = QSizeF(width_->value(), height_->value()) / scale;
  plan.look.scale = scale;
  plan.look.fonts = paperFonts(plan.look.theme);
  const std::string& title = session_.document().title;
  plan.title = title.empty() ? session_.name() : QString::fromStdString(title);
  for (const ChartCard* card : chosen()) {
    plan.charts.push_back(planned(*card, static_cast<unsigned>(width_->value())));
    plan.charts.back().options.at_step.reset();
  }
  return plan;
}

void FilmDialog::refresh() {
  if (showing_ || !isVisible()) return;
  FilmPlan now = plan();
  const double seconds = static_cast<double>(now.steps.size()) / now.frames_per_second;
  const bool some = !now.charts.empty() && to_->maximum() > 0;
  length_->setText(some ? tr("Frames: %1, seconds: %2").arg(now.steps.size()).arg(seconds, 0, 'f', 1)
                        : tr("Nothing recorded yet: run the experiment first."));
  if (!busy()) foot_->writeButton()->setEnabled(some);
  if (now.charts.empty()) return preview_->showText(tr("No chart of this study changes with the step."));
  const QSize room = preview_->roomFor(now.look.size);
  now.look.scale = room.width() / now.look.size.width();
  const std::size_t at = static_cast<std::size_t>(moment_->value()) * (now.steps.size() - 1) / 100;
  preview_->showPicture(FilmPainter(now, session_.trace()).frame(now.steps[at]),
                        tr("The film at step %1").arg(now.steps[at]));
}

void FilmDialog::askWhere() {
  const QString ending = gif() ? QStringLiteral(".gif") : QString();
  auto* chooser = new QFileDialog(this, gif() ? tr("Export the film as") : tr("New folder for the frames"));
  chooser->setAttribute(Qt::WA_DeleteOnClose);
  chooser->setAcceptMode(QFileDialog::AcceptSave);
  chooser->setDirectory(folderToBegin(session_, settings_ ? settings_->value(kFilmFolder).toString() : QString()));
  if (gif()) {
    chooser->setNameFilter(tr("GIF film (*.gif)"));
    chooser->setDefaultSuffix(QStringLiteral("gif"));
  } else {
    chooser->setOption(QFileDialog::ShowDirsOnly);
    chooser->setOption(QFileDialog::DontConfirmOverwrite);  // a folder that holds anything is refused
  }
  chooser->selectFile(session_.name() + u'-' + chart_->chosenId() + (gif() ? ending : tr("-frames")));
  connect(chooser, &QFileDialog::fileSelected, this, &FilmDialog::writeTo);
  chooser->open();
}

void FilmDialog::writeTo(const QString& path) {
  if (busy()) return;
  if (settings_) settings_->setValue(kFilmFolder, QFileInfo(path).absolutePath());
  FilmPlan wanted = plan();
  wanted.path = path;
  wanted.look.document = QByteArray::fromStdString(write_document(session_.recorded(), true));
  foot_->start(tr("Drawing the frames…"), [plan = std::move(wanted), trace = session_.sharedTrace()](
                                              const Progress& progress) { return makeFilm(plan, *trace, progress); });
}

bool FilmDialog::busy() const { return foot_->busy(); }
QString FilmDialog::message() const { return foot_->message(); }

}  // namespace kappa::ui
