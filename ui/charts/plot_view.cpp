/// Interaction with a plot: everything is asked for in data units, nothing is decided here.
#include "ui/charts/plot_view.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/charts/figure_scene.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double slip = 5;  // a press that moves less is a click

}  // namespace

PlotView::PlotView(FigureScene& scene, QWidget* parent) : QGraphicsView(&scene, parent), scene_(scene) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setStyleSheet(QStringLiteral("QGraphicsView { background: transparent; border: none; }"));
  setRenderHint(QPainter::TextAntialiasing);
  setAlignment(Qt::AlignLeft | Qt::AlignTop);
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  viewport()->setMouseTracking(true);
  viewport()->setAutoFillBackground(false);
}

void PlotView::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  emit resized();
}

void PlotView::paintEvent(QPaintEvent* event) {
  QGraphicsView::paintEvent(event);
  if (!hasFocus()) return;
  QPainter painter(viewport());
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(toColour(scene_.theme().accent), 2));
  painter.drawRoundedRect(QRectF(viewport()->rect()).adjusted(2, 1, -2, -2), 5, 5);
}

void PlotView::hoverAt(QPointF at) {
  scene_.overlay().setHover(at);
  if (const auto x = scene_.overlay().hoverX()) {
    setAccessibleDescription(scene_.overlay().readoutText());
    emit hovered(*x);
  } else {
    emit left();
  }
}

void PlotView::askFor(const QRectF& pixels, bool on) {
  const PlotMap& map = scene_.geometry().map;
  const double x0 = map.x.value(pixels.left()), x1 = map.x.value(pixels.right());
  const double y0 = map.y.value(pixels.bottom()), y1 = map.y.value(pixels.top());
  emit zoomed(std::min(x0, x1), std::max(x0, x1), std::min(y0, y1), std::max(y0, y1), on);
}

void PlotView::zoomAbout(QPointF at, double factor, bool x, bool y) {
  const QRectF area = scene_.geometry().map.area;
  const QPointF c(std::clamp(at.x(), area.left(), area.right()), std::clamp(at.y(), area.top(), area.bottom()));
  QRectF wanted = area;
  if (x)
    wanted.setLeft(c.x() + (area.left() - c.x()) * factor), wanted.setRight(c.x() + (area.right() - c.x()) * factor);
  if (y)
    wanted.setTop(c.y() + (area.top() - c.y()) * factor), wanted.setBottom(c.y() + (area.bottom() - c.y()) * factor);
  askFor(wanted, true);
}

void PlotView::wheelEvent(QWheelEvent* event) {
  const QPointF turn = event->angleDelta();
  const double notches = (turn.y() != 0 ? turn.y() : turn.x()) / 120;
  if (notches == 0) return event->ignore();
  const QPointF at = event->position();
  // Off plot and axes, or with Alt, the wheel is for the page that the charts stand on.
  const QRectF area = scene_.geometry().map.area;
  const bool along = at.x() >= area.left() && at.x() <= area.right();
  const bool beside = at.y() >= area.top() && at.y() <= area.bottom();
  const bool on_x = along && at.y() > area.bottom(), on_y = beside && at.x() < area.left();
  const bool mine = ((along && beside) || on_x || on_y) && !scene_.geometry().empty;
  if (!mine || event->modifiers().testFlag(Qt::AltModifier)) return event->ignore();
  const bool only_x = on_x || (!on_y && event->modifiers().testFlag(Qt::ShiftModifier));
  const bool only_y = on_y || (!on_x && event->modifiers().testFlag(Qt::ControlModifier));
  zoomAbout(at, std::pow(0.8, notches), only_x || !only_y, only_y || !only_x);
  event->accept();
}

bool PlotView::onStart(QPointF at) const {
  if (!start_draggable_) return false;
  const auto& starts = scene_.geometry().starts;
  return std::any_of(starts.begin(), starts.end(), [&](const Glyph& g) { return QLineF(g.at, at).length() < 12; });
}

void PlotView::mousePressEvent(QMouseEvent* event) {
  picked_ = false;
  pressed_ = last_ = event->position();
  const bool left = event->button() == Qt::LeftButton;
  if (event->button() == Qt::MiddleButton || (left && event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier)))
    drag_ = Drag::pan;
  else if (left && onStart(pressed_))
    drag_ = Drag::start;
  else if (left && scene_.geometry().map.area.contains(pressed_))
    drag_ = Drag::frame;
  if (drag_ == Drag::pan) setCursor(Qt::ClosedHandCursor);
  event->setAccepted(drag_ != Drag::none);
}

/// A thin frame zooms one axis and keeps the other.
QRectF PlotView::frameTo(QPointF at) const {
  const QRectF area = scene_.geometry().map.area;
  QRectF frame = QRectF(pressed_, at).normalized().intersected(area);
  if (frame.height() < 12)
    frame.setTop(area.top()), frame.setBottom(area.bottom());
  else if (frame.width() < 12)
    frame.setLeft(area.left()), frame.setRight(area.right());
  return frame;
}

void PlotView::mouseMoveEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  switch (drag_) {
    case Drag::none:
      viewport()->setCursor(onStart(at) ? Qt::OpenHandCursor : Qt::ArrowCursor);
      hoverAt(at);
      break;
    case Drag::frame:
      if (QLineF(pressed_, at).length() > slip) scene_.overlay().setFrame(frameTo(at));
      break;
    case Drag::pan:
      askFor(scene_.geometry().map.area.translated(last_ - at), true);
      break;
    case Drag::start: {
      const PlotMap& map = scene_.geometry().map;
      emit startDragged(map.x.value(at.x()), map.y.value(at.y()));
      break;
    }
  }
  last_ = at;
}

void PlotView::mouseReleaseEvent(QMouseEvent* event) {
  const Drag was = drag_;
  drag_ = Drag::none;
  scene_.overlay().setFrame(std::nullopt);
  if (was == Drag::pan) unsetCursor();
  if (was != Drag::frame) return;
  if (QLineF(pressed_, event->position()).length() > slip) return askFor(frameTo(event->position()), false);
  scene_.overlay().setHover(event->position());
  if (const auto x = scene_.overlay().hoverX()) {
    picked_ = true;
    emit picked(*x);
  }
}

/// The first click of the pair has picked a step already, without waiting for a second: that is taken back.
void PlotView::mouseDoubleClickEvent(QMouseEvent* event) {
  drag_ = Drag::none;
  if (event->button() != Qt::LeftButton) return;
  const QRectF area = scene_.geometry().map.area;
  if (std::exchange(picked_, false)) emit unpicked();
  const bool below = event->position().y() > area.bottom(), beside = event->position().x() < area.left();
  below || beside ? emit reset(below, beside) : emit activated();
}

void PlotView::forget() {
  scene_.overlay().setHover(std::nullopt);
  emit left();
}

void PlotView::leaveEvent(QEvent* event) {
  forget();
  QGraphicsView::leaveEvent(event);
}

void PlotView::focusOutEvent(QFocusEvent* event) {
  if (!underMouse() && event->reason() != Qt::PopupFocusReason) forget();
  QGraphicsView::focusOutEvent(event);
}

/// Keys that mean something on a plot are its own before they are shortcuts of the window.
bool PlotView::readsKey(const QKeyEvent& key) const {
  const auto held = key.modifiers() & ~Qt::KeypadModifier;
  switch (key.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Backspace:
      return held == Qt::NoModifier || held == Qt::ShiftModifier;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_0:
      return held == Qt::NoModifier;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
      return !(held & (Qt::ControlModifier | Qt::AltModifier));
    case Qt::Key_Escape:
      return scene_.overlay().hoverX() || drag_ != Drag::none;
    default:
      return false;
  }
}

bool PlotView::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && readsKey(*static_cast<QKeyEvent*>(event)))
    return event->accept(), true;
  return QGraphicsView::event(event);
}

void PlotView::stepReadout(int pixels) {
  const QRectF area = scene_.geometry().map.area;
  const auto x = scene_.overlay().hoverX();
  const double begin = x ? scene_.geometry().map.x.pixel(*x) : pixels > 0 ? area.left() : area.right();
  readAt(begin + (x ? pixels : 0), pixels);
}

/// On from a place until the readout lands on another vertex.
void PlotView::readAt(double at, int pixels) {
  const QRectF area = scene_.geometry().map.area;
  const auto x = scene_.overlay().hoverX();
  for (; at >= area.left() && at <= area.right(); at += pixels) {
    hoverAt({at, area.center().y()});
    if (scene_.overlay().hoverX() != x) return;
  }
}

void PlotView::keyPressEvent(QKeyEvent* event) {
  const QRectF area = scene_.geometry().map.area;
  const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
  const auto pan = [&](double x, double y) {
    askFor(area.translated(0.1 * x * area.width(), 0.1 * y * area.height()), true);
  };
  if (event->modifiers().testFlag(Qt::AltModifier)) {  // only while they do not turn a lesson
    if (event->key() == Qt::Key_Left) return emit back();
    if (event->key() == Qt::Key_Right) return emit forward();
  }
  switch (event->key()) {
    case Qt::Key_Backspace:
      return shift ? emit forward() : emit back();
    case Qt::Key_Left:
      return shift ? pan(-1, 0) : stepReadout(-1);
    case Qt::Key_Right:
      return shift ? pan(1, 0) : stepReadout(1);
    case Qt::Key_Up:
      return pan(0, -1);
    case Qt::Key_Down:
      return pan(0, 1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomAbout(area.center(), 0.8, true, true);
    case Qt::Key_Minus:
      return zoomAbout(area.center(), 1.25, true, true);
    case Qt::Key_0:
      emit reset(true, true);
      return;
    case Qt::Key_Home:
      return readAt(area.left(), 1);
    case Qt::Key_End:
      return readAt(area.right(), -1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (!event->modifiers().testFlag(Qt::ControlModifier)) return emit activated();
      if (const auto x = scene_.overlay().hoverX()) emit picked(*x);
      return;
    case Qt::Key_Escape:
      if (scene_.overlay().hoverX() || drag_ != Drag::none) {
        drag_ = Drag::none;
        scene_.overlay().setFrame(std::nullopt);
        return forget();
      }
      break;
    default:
      break;
  }
  event->ignore();
}

}  // namespace kappa::ui
