/// Reads the field as it is typed and keeps the last accepted value.
#include "ui/forms/number_field.hpp"

#include <QKeyEvent>
#include <QStyle>
#include <QWheelEvent>
#include <algorithm>
#include <utility>

namespace kappa::ui {

NumberField::NumberField(const NumberRange& range, QWidget* parent) : QLineEdit(parent), range_(range) {
  value_ = committed_ = range.automatic ? std::optional<double>{} : std::clamp(0.0, range.lo, range.hi);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  write();
  connect(this, &QLineEdit::textEdited, this, &NumberField::read);
  connect(this, &QLineEdit::editingFinished, this, &NumberField::finish);
}

QSize NumberField::sizeHint() const {
  return {std::max(80, fontMetrics().horizontalAdvance(QStringLiteral("0.0000")) + 20), QLineEdit::sizeHint().height()};
}

void NumberField::setRange(const NumberRange& range) {
  range_ = range;
  if (value_) setProblem(NumberText::problem(*value_, range_));
}

void NumberField::setValue(std::optional<double> value) {
  untold_ = false;
  value_ = committed_ = value;
  setProblem(value ? NumberText::problem(*value, range_) : QString());
  write();
}

QString NumberField::textOf(bool full) const {
  if (!value_) return QStringLiteral("auto");
  return full ? NumberText::shortest(*value_) : NumberText::brief(*value_);
}

void NumberField::write() {
  const QString text = textOf(hasFocus());
  if (text == this->text()) return;
  setText(text);
  setCursorPosition(0);  // the leading digits matter most when the field is too narrow
}

void NumberField::setProblem(const QString& sentence) {
  if (sentence == problem_) return;
  problem_ = sentence;
  setProperty("invalid", !sentence.isEmpty());
  style()->unpolish(this);
  style()->polish(this);
  setAccessibleDescription(sentence);
  emit problemChanged(sentence);
}

void NumberField::read(const QString& text) {
  if (range_.automatic && NumberText::isAuto(text)) {
    setProblem({});
    if (value_) emit valueChanged(value_ = std::nullopt);
    return;
  }
  const auto number = NumberText::parse(text);
  setProblem(number ? NumberText::problem(*number, range_) : NumberText::notANumber(range_));
  if (!problem_.isEmpty() || number == value_) return;
  value_ = number;
  untold_ = patient_ && isModified();
  if (!untold_) emit valueChanged(value_);
}

void NumberField::edit(double value) {
  setText(NumberText::shortest(value));
  setCursorPosition(0);
  read(text());
}

void NumberField::finish() {
  if (!problem_.isEmpty()) return;  // the refused text stays, with its sentence, until it is mended or taken back
  if (std::exchange(untold_, false)) emit valueChanged(value_);
  write();
  setModified(false);
  entered_ = true;
  if (value_ == committed_) return;
  committed_ = value_;
  emit committed(value_);
}

void NumberField::step(int steps, StepSize size) {
  if (isReadOnly() || !isEnabled()) return;
  const double from = value_.value_or(range_.log && range_.lo > 0 ? std::sqrt(range_.lo * range_.hi) : range_.lo);
  const double next = NumberText::stepped(from, steps, size, range_);
  setProblem({});
  const bool changed = value_ != next;
  value_ = next;
  write();
  if (changed) emit valueChanged(value_);
}

void NumberField::keyPressEvent(QKeyEvent* event) {
  const auto held = event->modifiers();
  const StepSize size = held.testFlag(Qt::ShiftModifier)     ? StepSize::fine
                        : held.testFlag(Qt::ControlModifier) ? StepSize::coarse
                                                             : StepSize::usual;
  switch (event->key()) {
    case Qt::Key_Up:
      return step(1, size);
    case Qt::Key_Down:
      return step(-1, size);
    case Qt::Key_PageUp:
      return step(1, StepSize::coarse);
    case Qt::Key_PageDown:
      return step(-1, StepSize::coarse);
    case Qt::Key_Escape: {
      if (problem_.isEmpty() && value_ == committed_) break;
      const bool changed = value_ != committed_;
      setValue(committed_);
      if (changed) emit valueChanged(value_);
      return;
    }
    default:
      break;
  }
  QLineEdit::keyPressEvent(event);
}

void NumberField::wheelEvent(QWheelEvent* event) {
  if (!hasFocus()) return event->ignore();  // scrolling a form must not change it
  wheel_ += event->angleDelta().y() + event->angleDelta().x();
  const int notches = wheel_ / 120;
  wheel_ -= 120 * notches;
  if (notches != 0)
    step(notches, event->modifiers().testFlag(Qt::ShiftModifier)     ? StepSize::fine
                  : event->modifiers().testFlag(Qt::ControlModifier) ? StepSize::coarse
                                                                     : StepSize::usual);
  event->accept();
}

void NumberField::focusInEvent(QFocusEvent* event) {
  entered_ = false;
  if (text() == textOf(false)) write();  // all digits; but what was refused or half typed stays
  QLineEdit::focusInEvent(event);
  if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason) selectAll();
}

void NumberField::focusOutEvent(QFocusEvent* event) {
  QLineEdit::focusOutEvent(event);
  if (text() == textOf(true)) write();
}

}  // namespace kappa::ui
