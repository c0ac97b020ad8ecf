/// A field for one number: refuses what is out of range and says why, steps by keys and wheel.
#pragma once

#include <QLineEdit>
#include <optional>

#include "ui/forms/number_text.hpp"

namespace kappa::ui {

/// Up, down and wheel step (Shift: fine, Ctrl: coarse); Page Up and Page Down step coarsely; Escape takes the edit
/// back. All digits are shown while it has the focus, six else; the value is never rounded.
class NumberField : public QLineEdit {
  Q_OBJECT

 public:
  explicit NumberField(const NumberRange& range = {}, QWidget* parent = nullptr);

  void setRange(const NumberRange& range);
  const NumberRange& range() const { return range_; }

  /// The last accepted value; nothing means automatic.
  std::optional<double> value() const { return value_; }
  void setValue(std::optional<double> value);

  /// As if typed: for a slider or a "snap to best" beside the field. `finish` then commits it.
  void edit(double value);
  void finish();

  /// Why the text is refused; empty while it is accepted.
  QString problem() const { return problem_; }
  /// A sentence from elsewhere, shown as if the text were refused; an empty one clears it.
  void setProblem(const QString& sentence);

  /// What is typed is told once it is finished, not letter by letter: half a number is no value for a run at work.
  void setPatient(bool patient) { patient_ = patient; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

  /// Return was pressed, and nothing typed since: nobody is typing it any more.
  bool isEntered() const { return entered_ && !isModified(); }

 signals:
  /// While typing and stepping, for every accepted value; nothing means automatic.
  void valueChanged(std::optional<double> value);
  /// Enter, or the focus moves on, after a change.
  void committed(std::optional<double> value);
  void problemChanged(const QString& sentence);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void read(const QString& text);
  QString textOf(bool full) const;
  void write();
  void step(int steps, StepSize size);

  NumberRange range_;
  std::optional<double> value_, committed_;
  QString problem_;
  int wheel_ = 0;
  bool patient_ = false, untold_ = false, entered_ = false;
};

}  // namespace kappa::ui
