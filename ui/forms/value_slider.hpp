/// A slider over a number range, linear or logarithmic, with a round handle and an accent groove.
#pragma once

#include <QSlider>

#include "ui/forms/number_text.hpp"

namespace kappa::ui {

/// Keys step the value as the field beside it does: arrows, with Shift finely, Page Up and Page Down coarsely.
class ValueSlider : public QSlider {
  Q_OBJECT

 public:
  explicit ValueSlider(const NumberRange& range = {}, QWidget* parent = nullptr);

  void setNumberRange(const NumberRange& range);
  double number() const { return number_; }
  /// Values outside the range are shown at its end and kept.
  void setNumber(double value);

  QSize sizeHint() const override { return {160, 18}; }
  QSize minimumSizeHint() const override { return {40, 18}; }

 signals:
  void numberChanged(double value);  ///< by the user
  void released();                   ///< the drag or key step is over

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  double fractionOf(double value) const;
  double valueAt(double fraction) const;
  void moveBy(int steps, StepSize size);
  void take(double value);
  void follow(double x);

  NumberRange range_;
  double number_ = 0;
  bool hovered_ = false, writing_ = false;
};

}  // namespace kappa::ui
