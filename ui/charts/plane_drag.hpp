/// Lets the start of the paths on a plane be dragged with the mouse or moved with the arrow keys.
#pragma once

#include <QObject>
#include <QPointF>
#include <optional>

class QGraphicsEllipseItem;
class QKeyEvent;
class QMouseEvent;

namespace kappa::ui {

class FigureScene;
class PlotView;

/// Looks at the view's events before the view does. Places come in data units, rounded to what a pixel can tell.
class PlaneDrag : public QObject {
  Q_OBJECT

 public:
  PlaneDrag(PlotView& view, FigureScene& scene);

  void setEnabled(bool on);
  bool isEnabled() const { return enabled_; }
  bool isDragging() const { return dragging_; }
  /// The picture shows the start where it was left: the ring under the pointer is no longer needed.
  void settle();

 signals:
  void moved(double x, double y);
  void finished();  ///< of a drag, or of a stretch of key presses

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  bool press(const QMouseEvent& event);
  bool move(const QMouseEvent& event);
  bool release();
  bool key(const QKeyEvent& event);
  void end();
  void goTo(QPointF pixel);
  std::optional<QPointF> start() const;
  void showRing(QPointF at);

  PlotView& view_;
  FigureScene& scene_;
  bool enabled_ = false, dragging_ = false, by_keys_ = false;
  QPointF grip_, at_;                     ///< from the pointer to the ring's middle; where it was put last
  QGraphicsEllipseItem* ring_ = nullptr;  // owned by the scene
};

}  // namespace kappa::ui
