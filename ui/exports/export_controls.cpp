/// The controls of the export dialog, and the way between them and the choice.
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <cmath>

#include "ui/exports/export_dialog.hpp"
#include "ui/exports/preview.hpp"
#include "ui/exports/work_foot.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/forms/flag_field.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"

namespace kappa::ui {
namespace {

/// What is being typed is not written over.
void showNumber(QDoubleSpinBox& box, double value, int decimals) {
  if (box.decimals() != decimals) box.setDecimals(decimals);
  if (std::abs(box.value() - value) > 1e-9) box.setValue(value);
}

QDoubleSpinBox* exportNumber(const QString& name, double lo, double hi) {
  auto* box = new QDoubleSpinBox;
  box->setLocale(QLocale::c());
  box->setRange(lo, hi);
  box->setDecimals(0);
  box->setButtonSymbols(QAbstractSpinBox::NoButtons);
  box->setAccessibleName(name);
  box->setMinimumWidth(64);
  return box;
}

}  // namespace

void ExportDialog::build() {
  what_ = dialogChoice(tr("What to export"));
  chart_ = dialogChoice(tr("Chart"));
  format_ = dialogChoice(tr("Format"));
  data_ = dialogChoice(tr("Which data"));
  look_ = lookChoice();
  what_->setChoices({{QStringLiteral("chart"), tr("This chart")},
                     {QStringLiteral("figure"), tr("All charts as one figure")},
                     {QStringLiteral("each"), tr("Each chart as a file")}});
  QList<ChoiceItem> formats;
  for (int i = 0; i < 5; ++i) formats << ChoiceItem{QString::number(i), nameOf(static_cast<ExportFormat>(i))};
  format_->setChoices(formats);
  data_->setChoices({{QStringLiteral("shown"), tr("Data shown")},
                     {QStringLiteral("all"), tr("All data"), tr("Every value recorded, of hidden runs too")}});
  transparent_ = new FlagField;
  transparent_->setAccessibleName(tr("Transparent ground"));
  size_ = buildSize();
  measure_ = new QLabel;
  measure_->setProperty("role", "small");
  preview_ = new ExportPreview(theme_);
  copy_ = new QPushButton(tr("&Copy"));
  foot_ = new WorkFoot(session_, this);
  foot_->addButton(copy_);

  controls_ = new QWidget;
  form_ = new QFormLayout(controls_);
  form_->setContentsMargins(0, 0, 0, 0);
  form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form_->setVerticalSpacing(8);
  form_->addRow(tr("&What"), what_);
  form_->addRow(tr("C&hart"), chart_);
  form_->addRow(tr("&Format"), format_);
  form_->addRow(tr("&Data"), data_);
  form_->addRow(tr("&Size"), preset_);
  form_->addRow(QString(), size_);
  form_->addRow(QString(), measure_);
  form_->addRow(tr("C&olours"), look_);
  form_->addRow(tr("&Transparent"), transparent_);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 16, 16, 16);
  row->setSpacing(16);
  row->addWidget(dialogSide(controls_, foot_));
  row->addWidget(preview_, 1);
  resizeWithin(*this, {940, 560});

  for (ChoiceField* field : {what_, format_, data_, look_})
    connect(field, &ChoiceField::chosen, this, &ExportDialog::take);
  connect(chart_, &ChoiceField::chosen, this, &ExportDialog::take);
  connect(preset_, &ChoiceField::chosen, this, &ExportDialog::take);
  connect(unit_, &ChoiceField::chosen, this, &ExportDialog::take);
  for (QDoubleSpinBox* box : {width_, height_, scale_})
    connect(box, &QDoubleSpinBox::valueChanged, this, &ExportDialog::take);
  connect(transparent_, &QCheckBox::toggled, this, &ExportDialog::take);
  connect(preview_, &ExportPreview::resized, this, &ExportDialog::refresh);
  connect(copy_, &QPushButton::clicked, this, &ExportDialog::copy);
  connect(foot_->writeButton(), &QPushButton::clicked, this, &ExportDialog::askWhere);
  connect(foot_, &WorkFoot::busyShown, this, [this](bool on) {
    controls_->setEnabled(!on);
    foot_->writeButton()->setEnabled(!on && card_);
  });
  connect(foot_, &WorkFoot::ended, this, &ExportDialog::ended);
}

QWidget* ExportDialog::buildSize() {
  preset_ = dialogChoice(tr("Size"));
  preset_->setChoices({{QStringLiteral("screen"), tr("As on screen")},
                       {QStringLiteral("column"), tr("Column, 85 mm")},
                       {QStringLiteral("page"), tr("Page, 174 mm")},
                       {QStringLiteral("slide"), tr("Slide, 1920 × 1080")},
                       {QStringLiteral("own"), tr("Own size")}});
  width_ = exportNumber(tr("Width"), 10, 16384);
  height_ = exportNumber(tr("Height"), 10, 16384);
  scale_ = exportNumber(tr("Scale of type and lines"), 0.5, 8);
  unit_ = dialogChoice(tr("Unit"));
  unit_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  unit_->setChoices({{QStringLiteral("px"), tr("pixels")}, {QStringLiteral("mm"), tr("mm")}});
  scale_name_ = new QLabel;
  scale_name_->setBuddy(scale_);
  auto* lines = new QWidget;
  auto* grid = new QGridLayout(lines);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(6);
  grid->addWidget(width_, 0, 0);
  grid->addWidget(new QLabel(QStringLiteral("×")), 0, 1);
  grid->addWidget(height_, 0, 2);
  grid->addWidget(unit_, 0, 3);
  grid->addWidget(scale_name_, 1, 0, 1, 3);
  grid->addWidget(scale_, 1, 3);
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(2, 1);
  return lines;
}

void ExportDialog::take() {
  if (showing_) return;
  if (!busy()) foot_->tell({});
  asked_.clear();
  choice_.what = static_cast<ExportWhat>(what_->currentIndex());
  const int chart = chart_->currentIndex();
  if (chart >= 0 && chart < static_cast<int>(charts_.cards().size()))
    card_ = charts_.cards()[static_cast<std::size_t>(chart)];
  choice_.format = static_cast<ExportFormat>(format_->currentIndex());
  // One figure of all charts is a picture.
  if (choice_.what == ExportWhat::figure && !isPicture(choice_.format)) {
    if (sender() == format_)
      choice_.what = ExportWhat::chart;
    else
      choice_.format = ExportFormat::png;
  }
  choice_.look = static_cast<ExportLook>(look_->currentIndex());
  choice_.transparent = transparent_->isChecked();
  choice_.all_data = data_->chosenId() == QStringLiteral("all");
  const bool sized = sender() == width_ || sender() == height_ || sender() == scale_ || sender() == unit_;
  if (sized) {
    choice_.preset = QStringLiteral("own");
    ExportSize& size = choice_.size;
    const bool millimetres = unit_->chosenId() == QStringLiteral("mm");
    if (millimetres != size.millimetres) {
      const double ratio = height_->value() / width_->value();
      size.millimetres = millimetres;
      size.width = millimetres ? 120 : 1200;
      size.height = std::round(size.width * ratio);
    } else {
      size.width = width_->value();
      size.height = height_->value();
      millimetres ? void(size.dpi = static_cast<int>(scale_->value())) : void(size.scale = scale_->value());
    }
  } else {
    choice_.preset = preset_->chosenId();
  }
  takePreset();
}

void ExportDialog::takePreset() {
  const std::size_t charts = choice_.what == ExportWhat::figure ? charts_.cards().size() : 1;
  choice_.size = presetSize(choice_.preset, onScreen(), charts, choice_.size);
  showChoice();
}

/// Only what matters for the present choice is there.
void ExportDialog::showChoice() {
  showing_ = true;
  what_->setCurrentIndex(static_cast<int>(choice_.what));
  format_->setCurrentIndex(static_cast<int>(choice_.format));
  look_->setCurrentIndex(static_cast<int>(choice_.look));
  data_->choose(choice_.all_data ? QStringLiteral("all") : QStringLiteral("shown"));
  preset_->choose(choice_.preset);
  transparent_->setChecked(choice_.transparent);
  const ExportSize& size = choice_.size;
  unit_->choose(size.millimetres ? QStringLiteral("mm") : QStringLiteral("px"));
  showNumber(*width_, size.width, size.millimetres ? 1 : 0);
  showNumber(*height_, size.height, size.millimetres ? 1 : 0);
  if (const double most = size.millimetres ? 1200 : 8; scale_->maximum() != most)
    scale_->setRange(size.millimetres ? 50 : 0.5, most);
  showNumber(*scale_, size.millimetres ? size.dpi : size.scale, size.millimetres ? 0 : 1);
  scale_name_->setText(size.millimetres ? tr("Dots an &inch") : tr("Scale of type and &lines"));
  const bool picture = isPicture(choice_.format);
  form_->setRowVisible(chart_, choice_.what != ExportWhat::figure && choice_.what != ExportWhat::each);
  form_->setRowVisible(data_, choice_.format == ExportFormat::csv);
  for (QWidget* row : {static_cast<QWidget*>(preset_), size_, static_cast<QWidget*>(measure_),
                       static_cast<QWidget*>(look_), static_cast<QWidget*>(transparent_)})
    form_->setRowVisible(row, picture);
  const bool has_dots = !size.millimetres || choice_.format == ExportFormat::png;
  scale_->setVisible(has_dots);
  scale_name_->setVisible(has_dots);
  measure_->setText(choice_.measure());
  showing_ = false;
  refresh();
}

}  // namespace kappa::ui
