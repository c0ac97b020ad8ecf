/// Paints the groove and the step above the handle; moves by mouse and keys.
#include "ui/window/scrubber.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double handle = 7, edge = handle + 2;

}  // namespace

Scrubber::Scrubber(const AppTheme& theme, QWidget* parent) : QAbstractSlider(parent), theme_(theme) {
  setFocusPolicy(Qt::StrongFocus);
  setOrientation(Qt::Horizontal);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAccessibleName(tr("Step that is looked at"));
  connect(&theme, &AppTheme::changed, this, [this] {
    updateGeometry();
    update();
  });
}

void Scrubber::setSteps(std::uint64_t recorded, std::uint64_t total) {
  if (recorded == recorded_ && total == total_ && isEnabled()) return;
  recorded_ = recorded;
  total_ = std::max(total, recorded);
  setEnabled(total_ > 0);
  setRange(0, static_cast<int>(std::min<std::uint64_t>(recorded_, INT_MAX)));
  setAt(at_);
  update();
}

void Scrubber::setProgress(double fraction) {
  recorded_ = static_cast<std::uint64_t>(1000 * std::clamp(fraction, 0.0, 1.0));
  total_ = 1000;
  at_.reset();
  setEnabled(false);
  update();
}

void Scrubber::setAt(std::optional<std::uint64_t> step) {
  at_ = step;
  const QSignalBlocker quiet(this);
  setValue(static_cast<int>(std::min<std::uint64_t>(shown(), INT_MAX)));
  update();
}

/// High enough for the step above the handle.
QSize Scrubber::sizeHint() const {
  const QFontMetrics metrics(figureFont(typeOf(theme_.id()).head, QFont::DemiBold));
  return {320, std::max(60, 2 * (static_cast<int>(handle) + 4 + metrics.height()))};
}

double Scrubber::pixelOf(double step) const {
  return edge + (total_ > 0 ? step / static_cast<double>(total_) : 0) * (width() - 2 * edge);
}

void Scrubber::take(std::int64_t step) {
  const auto recorded = static_cast<std::int64_t>(recorded_);
  const auto at = static_cast<std::uint64_t>(std::clamp<std::int64_t>(step, 0, recorded));
  setAt(step >= recorded ? std::nullopt : std::optional(at));
  emit scrubbed(at_);
}

void Scrubber::follow(double x) {
  const double t = (x - edge) / std::max(1.0, width() - 2 * edge);
  take(static_cast<std::int64_t>(t * static_cast<double>(total_) + 0.5));
}

void Scrubber::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  setSliderDown(true);
  follow(event->position().x());
}

void Scrubber::mouseMoveEvent(QMouseEvent* event) {
  if (isSliderDown()) follow(event->position().x());
}

void Scrubber::mouseReleaseEvent(QMouseEvent*) { setSliderDown(false); }

void Scrubber::keyPressEvent(QKeyEvent* event) {
  const auto now = static_cast<std::int64_t>(shown());
  const auto far = std::max<std::int64_t>(1, static_cast<std::int64_t>(total_ / 20));
  const std::int64_t by = event->modifiers().testFlag(Qt::ShiftModifier) ? far : 1;
  switch (event->key()) {
    case Qt::Key_Left:
      return take(now - by);
    case Qt::Key_Right:
      return take(now + by);
    case Qt::Key_PageDown:
      return take(now - far);
    case Qt::Key_PageUp:
      return take(now + far);
    case Qt::Key_Home:
      return take(0);
    case Qt::Key_End:
      return take(static_cast<std::int64_t>(recorded_));
    default:
      return event->ignore();
  }
}

void Scrubber::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme_.tokens();
  const QColor accent = toColour(look.accent), line = toColour(look.line);
  const double middle = 0.5 * height(), x = pixelOf(static_cast<double>(shown()));
  const auto groove = [&](double from, double to, const QColor& colour) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(from, middle - 2, std::max(0.0, to - from), 4), 2, 2);
  };
  groove(edge - handle, width() - edge + handle, line);
  groove(edge - handle, pixelOf(static_cast<double>(recorded_)), toColour(mix(look.accent, look.panel, 0.35)));
  groove(edge - handle, isEnabled() || recorded_ < total_ ? x : width() - edge + handle, accent);
  if (!isEnabled()) return;
  painter.setBrush(toColour(look.panel));
  painter.setPen(QPen(accent, 2));
  painter.drawEllipse(QPointF(x, middle), handle, handle);
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(toColour(mix(look.accent, look.panel, 0.4)), 2));
    painter.drawEllipse(QPointF(x, middle), handle + 3, handle + 3);
  }
  const QFont font = figureFont(typeOf(look.id).head, QFont::DemiBold);
  const QString step = QString::fromStdString(format_count(shown()));
  const double half = 0.5 * QFontMetricsF(font).horizontalAdvance(step) + 1, high = QFontMetricsF(font).height();
  const double centre = std::clamp(x, half, std::max(half, width() - half));
  painter.setFont(font);
  painter.setPen(accent);
  painter.drawText(QRectF(centre - half, middle - handle - 3 - high, 2 * half, high), Qt::AlignCenter, step);
}

}  // namespace kappa::ui
