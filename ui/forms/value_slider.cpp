/// Maps the range to the groove and paints it from the palette.
#include "ui/forms/value_slider.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace kappa::ui {
namespace {

constexpr int resolution = 10000;  // of the integer position that assistive technology reads
constexpr double handle = 6.5;

}  // namespace

ValueSlider::ValueSlider(const NumberRange& range, QWidget* parent) : QSlider(Qt::Horizontal, parent) {
  QSlider::setRange(0, resolution);
  setSingleStep(resolution / 100);
  setPageStep(resolution / 10);
  setFocusPolicy(Qt::StrongFocus);
  setNumberRange(range);
  // Assistive technology moves the integer position directly.
  connect(this, &QSlider::valueChanged, this, [this](int position) {
    if (!writing_) take(valueAt(static_cast<double>(position) / resolution));
  });
}

void ValueSlider::setNumberRange(const NumberRange& range) {
  range_ = range;
  setNumber(number_);
}

double ValueSlider::fractionOf(double value) const {
  double t = 0;
  if (range_.log) {
    const double lo = range_.lo > 0 ? range_.lo : 1e-6 * range_.hi;
    t = value > 0 ? std::log(value / lo) / std::log(range_.hi / lo) : 0;
  } else {
    t = (value - range_.lo) / (range_.hi - range_.lo);
  }
  return std::isfinite(t) ? std::clamp(t, 0.0, 1.0) : 0;
}

/// Values are rounded to what the groove's pixels can tell apart, so that fields beside it stay short.
double ValueSlider::valueAt(double fraction) const {
  const double t = std::clamp(fraction, 0.0, 1.0);
  if (t == 0) return range_.lo;
  if (t == 1) return range_.hi;
  double value = 0;
  if (range_.log) {
    const double lo = range_.lo > 0 ? range_.lo : 1e-6 * range_.hi;
    value = QString::number(lo * std::pow(range_.hi / lo, t), 'e', 2).toDouble();
  } else {
    const double span = range_.hi - range_.lo, unit = std::pow(10.0, std::floor(std::log10(span / 300)));
    value = QString::number(std::round((range_.lo + t * span) / unit) * unit, 'g', 12).toDouble();
  }
  if (range_.integer) value = std::round(value);
  return std::clamp(value, range_.lo, range_.hi);
}

void ValueSlider::setNumber(double value) {
  number_ = value;
  writing_ = true;
  setValue(static_cast<int>(std::lround(fractionOf(value) * resolution)));
  writing_ = false;
  update();
}

void ValueSlider::take(double value) {
  if (value == number_) return;
  setNumber(value);
  emit numberChanged(number_);
}

void ValueSlider::follow(double x) { take(valueAt((x - handle - 1) / std::max(1.0, width() - 2 * (handle + 1)))); }

void ValueSlider::moveBy(int steps, StepSize size) { take(NumberText::stepped(number_, steps, size, range_)); }

void ValueSlider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  setSliderDown(true);
  follow(event->position().x());
}

void ValueSlider::mouseMoveEvent(QMouseEvent* event) {
  if (isSliderDown()) follow(event->position().x());
}

void ValueSlider::mouseReleaseEvent(QMouseEvent*) {
  if (!isSliderDown()) return;
  setSliderDown(false);
  emit released();
}

void ValueSlider::keyPressEvent(QKeyEvent* event) {
  const StepSize size = event->modifiers().testFlag(Qt::ShiftModifier) ? StepSize::fine : StepSize::usual;
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  switch (event->key()) {
    case Qt::Key_Left:
      moveBy(mirrored ? 1 : -1, size);
      break;
    case Qt::Key_Right:
      moveBy(mirrored ? -1 : 1, size);
      break;
    case Qt::Key_Up:
      moveBy(1, size);
      break;
    case Qt::Key_Down:
      moveBy(-1, size);
      break;
    case Qt::Key_PageUp:
      moveBy(1, StepSize::coarse);
      break;
    case Qt::Key_PageDown:
      moveBy(-1, StepSize::coarse);
      break;
    case Qt::Key_Home:
      take(range_.lo);
      break;
    case Qt::Key_End:
      take(range_.hi);
      break;
    default:
      return event->ignore();
  }
  emit released();
}

void ValueSlider::wheelEvent(QWheelEvent* event) {
  const int turn = event->angleDelta().y() + event->angleDelta().x();
  if (!hasFocus() || turn == 0) return event->ignore();
  moveBy(turn > 0 ? 1 : -1, event->modifiers().testFlag(Qt::ShiftModifier) ? StepSize::fine : StepSize::usual);
  event->accept();
  emit released();
}

void ValueSlider::enterEvent(QEnterEvent* event) {
  hovered_ = true;
  update();
  QSlider::enterEvent(event);
}

void ValueSlider::leaveEvent(QEvent* event) {
  hovered_ = false;
  update();
  QSlider::leaveEvent(event);
}

void ValueSlider::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPalette& p = palette();
  const double left = handle + 1, right = width() - handle - 1, middle = 0.5 * height();
  double t = fractionOf(number_);
  if (layoutDirection() == Qt::RightToLeft) t = 1 - t;
  const double x = left + t * (right - left);
  painter.setPen(Qt::NoPen);
  painter.setBrush(p.color(QPalette::Mid));
  painter.drawRoundedRect(QRectF(left - handle, middle - 1.5, right - left + 2 * handle, 3), 1.5, 1.5);
  const QColor accent = p.color(QPalette::Highlight);
  painter.setBrush(accent);
  painter.drawRoundedRect(QRectF(left - handle, middle - 1.5, x - left + handle, 3), 1.5, 1.5);
  if (hasFocus() || (hovered_ && isEnabled())) {
    QColor halo = accent;
    halo.setAlphaF(hasFocus() ? 0.35F : 0.15F);
    painter.setBrush(halo);
    painter.drawEllipse(QPointF(x, middle), handle + 2.5, handle + 2.5);
  }
  painter.setBrush(p.color(QPalette::Light));
  painter.setPen(QPen(accent, 2));
  painter.drawEllipse(QPointF(x, middle), handle - 1, handle - 1);
}

}  // namespace kappa::ui
