/// Turns mouse and arrow keys into places for the start, and shows a ring there until the paths have followed.
#include "ui/charts/plane_drag.hpp"

#include <QGraphicsEllipseItem>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPen>
#include <algorithm>
#include <cmath>

#include "ui/charts/figure_scene.hpp"
#include "ui/charts/plot_view.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double reach = 14;  // pixels from the ring's middle at which it is taken
constexpr double radius = 6, key_step = 8;

/// To the decimal that is just finer than a pixel.
double tidy(double value, double units_per_pixel) {
  const double grain = std::pow(10.0, std::floor(std::log10(std::max(std::abs(units_per_pixel), 1e-12))));
  const double rounded = std::round(value / grain) * grain;
  const double digits = std::pow(10.0, std::ceil(-std::log10(grain)));
  return grain < 1 ? std::round(rounded * digits) / digits : rounded;
}

/// Arrows move by a few pixels, with Ctrl by one; with Shift they pan and with Alt they go back, as everywhere.
QPointF stepOf(const QKeyEvent& event) {
  const auto held = event.modifiers() & ~Qt::KeypadModifier;
  if (held != Qt::NoModifier && held != Qt::ControlModifier) return {};
  const double step = held == Qt::ControlModifier ? 1 : key_step;
  switch (event.key()) {
    case Qt::Key_Left:
      return {-step, 0};
    case Qt::Key_Right:
      return {step, 0};
    case Qt::Key_Up:
      return {0, -step};
    case Qt::Key_Down:
      return {0, step};
    default:
      return {};
  }
}

}  // namespace

PlaneDrag::PlaneDrag(PlotView& view, FigureScene& scene) : QObject(&view), view_(view), scene_(scene) {
  view.installEventFilter(this);
  view.viewport()->installEventFilter(this);
}

void PlaneDrag::setEnabled(bool on) {
  if (on == enabled_) return;
  enabled_ = on;
  if (!on) end(), settle();
}

/// The start of most of the paths that begin inside the picture.
std::optional<QPointF> PlaneDrag::start() const {
  if (ring_ && ring_->isVisible()) return at_;
  const auto& starts = scene_.geometry().starts;
  if (starts.empty()) return std::nullopt;
  const auto shared =
      std::find_if(starts.begin(), starts.end(), [](const Glyph& start) { return start.colour == neutral; });
  return (shared == starts.end() ? starts.front() : *shared).at;
}

bool PlaneDrag::eventFilter(QObject* watched, QEvent* event) {
  if (!enabled_) return false;
  const bool on_picture = watched == view_.viewport();
  switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
      return on_picture && press(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseMove:
      return on_picture && move(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonRelease:
      return on_picture && release();
    case QEvent::ShortcutOverride:
      if (on_picture || stepOf(*static_cast<QKeyEvent*>(event)).isNull() || !start()) return false;
      event->accept();
      return true;
    case QEvent::KeyPress:
      return !on_picture && key(*static_cast<QKeyEvent*>(event));
    case QEvent::FocusOut:
      if (!on_picture && by_keys_) end();
      return false;
    default:
      return false;
  }
}

bool PlaneDrag::press(const QMouseEvent& event) {
  const auto from = start();
  if (event.button() != Qt::LeftButton || event.modifiers() != Qt::NoModifier || !from) return false;
  if (QLineF(*from, event.position()).length() > reach) return false;
  if (by_keys_) end();
  dragging_ = true;
  grip_ = *from - event.position();
  scene_.overlay().setHover(std::nullopt);
  view_.setFocus(Qt::MouseFocusReason);
  view_.viewport()->setCursor(Qt::ClosedHandCursor);
  showRing(*from);
  return true;
}

bool PlaneDrag::move(const QMouseEvent& event) {
  if (dragging_) {
    goTo(event.position() + grip_);
    return true;
  }
  const auto from = start();
  if (event.buttons() != Qt::NoButton || !from || QLineF(*from, event.position()).length() > reach) return false;
  view_.viewport()->setCursor(Qt::OpenHandCursor);
  scene_.overlay().setHover(std::nullopt);
  return true;
}

bool PlaneDrag::release() {
  if (!dragging_) return false;
  view_.viewport()->setCursor(Qt::OpenHandCursor);
  end();
  return true;
}

bool PlaneDrag::key(const QKeyEvent& event) {
  const QPointF by = stepOf(event);
  const auto from = start();
  if (by.isNull() || !from || dragging_) return false;
  by_keys_ = true;
  goTo(*from + by);
  return true;
}

void PlaneDrag::goTo(QPointF pixel) {
  const PlotMap& map = scene_.geometry().map;
  const QPointF held(std::clamp(pixel.x(), map.area.left(), map.area.right()),
                     std::clamp(pixel.y(), map.area.top(), map.area.bottom()));
  const double x = tidy(map.x.value(held.x()), map.x.value(held.x() + 1) - map.x.value(held.x()));
  const double y = tidy(map.y.value(held.y()), map.y.value(held.y() + 1) - map.y.value(held.y()));
  showRing(held);
  emit moved(x, y);
}

void PlaneDrag::end() {
  const bool was = dragging_ || by_keys_;
  dragging_ = by_keys_ = false;
  if (was) emit finished();
}

void PlaneDrag::showRing(QPointF at) {
  if (!ring_) {
    ring_ = new QGraphicsEllipseItem(-radius, -radius, 2 * radius, 2 * radius);
    ring_->setZValue(30);
    scene_.addItem(ring_);
  }
  const Theme& look = scene_.theme();
  ring_->setPen(QPen(toColour(look.accent), 2.4));
  ring_->setBrush(toColour(look.panel));
  ring_->setPos(at);
  ring_->show();
  at_ = at;
}

void PlaneDrag::settle() {
  if (ring_ && !dragging_) ring_->hide();
}

}  // namespace kappa::ui
