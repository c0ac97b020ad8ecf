/// Lays out a field's row and keeps its slider and its sentence in step.
#include "ui/forms/field_row.hpp"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <algorithm>

#include "ui/forms/choice_field.hpp"
#include "ui/forms/elided_label.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/forms/value_slider.hpp"

namespace kappa::ui {
namespace {

void setRole(QWidget& widget, const char* role) {
  widget.setProperty("role", role);
  widget.style()->unpolish(&widget);
  widget.style()->polish(&widget);
}

}  // namespace

FieldRow::FieldRow(const QString& name, QWidget* editor, QWidget* parent)
    : QWidget(parent), name_(name), editor_(editor) {
  label_ = new ElidedLabel(name);
  label_->setBuddy(editor);
  dot_ = new QLabel(QStringLiteral("●"));
  dot_->setStyleSheet(QStringLiteral("color: palette(highlight); font-size: 9px;"));
  dot_->setToolTip(tr("This may be changed while running."));
  dot_->setAccessibleName(tr("live"));
  dot_->hide();
  unit_ = new QLabel;
  setRole(*unit_, "muted");
  unit_->hide();
  sentence_ = new QLabel;
  sentence_->setWordWrap(true);
  sentence_->hide();
  action_ = new QPushButton;
  action_->setProperty("role", "link");
  action_->setProperty("small", true);
  action_->setCursor(Qt::PointingHandCursor);
  action_->hide();
  connect(action_, &QPushButton::clicked, this, &FieldRow::actionTriggered);

  top_ = new QHBoxLayout;
  top_->setSpacing(8);
  top_->addWidget(label_, 0);
  top_->addWidget(dot_);
  top_->addStretch(1);
  top_->addWidget(unit_);
  top_->addWidget(editor);
  auto* below = new QHBoxLayout;
  below->setSpacing(8);
  below->addWidget(sentence_, 1);
  below->addWidget(action_, 0, Qt::AlignRight | Qt::AlignTop);
  grid_ = new QGridLayout(this);
  grid_->setContentsMargins(0, 2, 0, 2);
  grid_->setVerticalSpacing(2);
  grid_->addLayout(top_, 0, 0);
  grid_->addLayout(below, 2, 0);

  editor->setAccessibleName(name);
  setFocusProxy(editor);
  if (auto* field = numberField()) connect(field, &NumberField::problemChanged, this, &FieldRow::setError);
}

NumberField* FieldRow::numberField() const { return qobject_cast<NumberField*>(editor_); }

void FieldRow::setUnit(const QString& unit) {
  unit_->setText(unit);
  unit_->setVisible(!unit.isEmpty());
}

void FieldRow::setHelp(const QString& help) {
  help_ = help;
  setToolTip(help);
  setWhatsThis(help);
  editor_->setWhatsThis(help);
  if (!numberField() || numberField()->problem().isEmpty()) editor_->setAccessibleDescription(help);
}

void FieldRow::setLive(bool live) { dot_->setVisible(live); }

void FieldRow::setIgnored(bool ignored, const QString& why) {
  for (QWidget* part : {static_cast<QWidget*>(label_), editor_, static_cast<QWidget*>(slider_)})
    if (part) part->setEnabled(!ignored);
  setToolTip(ignored && !why.isEmpty() ? why : help_);
}

/// A choice or a name that has no room beside the label goes below it.
void FieldRow::makeRoom() {
  const auto* line = least_ > 0 ? qobject_cast<QLineEdit*>(editor_) : nullptr;
  if (!line && !qobject_cast<ChoiceField*>(editor_)) return;
  constexpr int frame = 26;  // of a line of text, with its cursor
  const int own = line ? std::max(least_, line->fontMetrics().horizontalAdvance(line->text()) + frame)
                       : editor_->sizeHint().width();
  const int wanted = label_->sizeHint().width() + (dot_->isHidden() ? 0 : dot_->sizeHint().width() + 8) +
                     (unit_->isHidden() ? 0 : unit_->sizeHint().width() + 8) + 16 + own;
  const bool below = top_->indexOf(editor_) < 0;
  if (line) editor_->setFixedWidth(wanted > width() ? std::max(least_, width()) : own);
  if (wanted > width() && !below)
    grid_->addWidget(editor_, 1, 0, Qt::AlignRight);  // taken from the row above
  else if (wanted <= width() && below)
    top_->addWidget(editor_);
}

void FieldRow::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  makeRoom();
}

bool FieldRow::event(QEvent* event) {
  if (event->type() == QEvent::LayoutRequest) makeRoom();
  return QWidget::event(event);
}

void FieldRow::fit(int least) {
  least_ = least;
  if (auto* line = qobject_cast<QLineEdit*>(editor_)) connect(line, &QLineEdit::textChanged, this, &FieldRow::makeRoom);
  makeRoom();
}

void FieldRow::spread() {
  grid_->addWidget(editor_, 1, 0);  // taken from the row above
  editor_->setMinimumWidth(0);
  editor_->setMaximumWidth(QWIDGETSIZE_MAX);
}

void FieldRow::setSlider(ValueSlider* slider) {
  slider_ = slider;
  grid_->addWidget(slider, 1, 0);
  slider->setAccessibleName(name_);
  NumberField* field = numberField();
  if (!field) return;
  slider->setNumberRange(field->range());
  if (field->value()) slider->setNumber(*field->value());
  connect(field, &NumberField::valueChanged, slider, [slider](std::optional<double> value) {
    if (value && !slider->isSliderDown()) slider->setNumber(*value);
  });
  connect(slider, &ValueSlider::numberChanged, field, &NumberField::edit);
  connect(slider, &ValueSlider::released, field, &NumberField::finish);
}

void FieldRow::setNote(const QString& text, Tone tone) {
  if (text == note_ && tone == tone_) return;
  note_ = text;
  tone_ = tone;
  retell();
}

void FieldRow::setNoteHelp(const QString& help) { sentence_->setToolTip(help); }

void FieldRow::setAction(const QString& text, const QString& help, bool enabled) {
  if (text == action_->text() && help == action_->toolTip() && enabled == action_->isEnabled()) return;
  action_->setText(text);
  action_->setToolTip(help);
  action_->setAccessibleName(text.isEmpty() ? text : tr("%1: %2").arg(name_, text));
  action_->setAccessibleDescription(help);
  action_->setEnabled(enabled);
  action_->setVisible(!text.isEmpty());
}

void FieldRow::setError(const QString& sentence) {
  error_ = sentence;
  if (sentence.isEmpty()) editor_->setAccessibleDescription(help_);
  retell();
}

QString FieldRow::shownSentence() const { return error_.isEmpty() ? note_ : error_; }

void FieldRow::retell() {
  const QString text = shownSentence();
  const Tone tone = error_.isEmpty() ? tone_ : Tone::bad;
  sentence_->setText(text);
  setRole(*sentence_, tone == Tone::good ? "good" : tone == Tone::bad ? "bad" : "plain");
  sentence_->setVisible(!text.isEmpty());
}

}  // namespace kappa::ui
