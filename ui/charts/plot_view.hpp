/// Shows a figure's scene and turns mouse and keys into zooms, picks and readouts.
#pragma once

#include <QGraphicsView>
#include <optional>

namespace kappa::ui {

class FigureScene;

/// Wheel over the plot zooms about the pointer (Shift: x only, Ctrl: y only), over an axis that axis alone, and is left
/// to the page elsewhere or with Alt; drag frames a zoom; middle, Shift or Alt drag pans; click picks; a double click
/// on an axis shows all of it again.
class PlotView : public QGraphicsView {
  Q_OBJECT

 public:
  explicit PlotView(FigureScene& scene, QWidget* parent = nullptr);

  /// The start of the paths, or a lone point, may be dragged: "drag the start".
  void setStartDraggable(bool on) { start_draggable_ = on; }

 signals:
  void hovered(double x);
  void left();
  void picked(double x);
  void unpicked();  ///< the click before was the first half of a double click
  /// `on`: part of a movement, so that going back undoes all of it at once.
  void zoomed(double x_lo, double x_hi, double y_lo, double y_hi, bool on);
  void reset(bool x, bool y);
  void back();
  void forward();
  void activated();
  void startDragged(double x, double y);
  void resized();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  enum class Drag : std::uint8_t { none, frame, pan, start };

  void hoverAt(QPointF at);
  void zoomAbout(QPointF at, double factor, bool x, bool y);
  void askFor(const QRectF& pixels, bool on);
  void forget();
  bool readsKey(const QKeyEvent& key) const;
  QRectF frameTo(QPointF at) const;
  bool onStart(QPointF at) const;
  void stepReadout(int vertices);
  void readAt(double pixel, int pixels);

  FigureScene& scene_;
  Drag drag_ = Drag::none;
  QPointF pressed_, last_;
  bool start_draggable_ = false, picked_ = false;
};

}  // namespace kappa::ui
