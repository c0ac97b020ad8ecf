/// What moves over a plot without the plot being drawn again: cursor, rings, readout and zoom frame.
#pragma once

#include <QGraphicsItem>
#include <optional>
#include <vector>

#include "ui/charts/plot_map.hpp"
#include "ui/charts/readout.hpp"

namespace kappa::ui {

class FigureScene;

struct Ring {
  QPointF at;
  int colour = neutral;
};

class OverlayItem : public QGraphicsItem {
 public:
  OverlayItem(const FigureScene& scene, QGraphicsItem* parent);

  void setCursor(std::optional<double> x);  ///< in data units; the figure's own cursor when never set
  void setHover(std::optional<QPointF> pixel);
  /// The x that is pointed at in another chart: the same line and readout appear here.
  void setLinked(std::optional<double> x);
  void setFrame(std::optional<QRectF> frame);
  void refresh();

  std::optional<double> cursorX() const;
  /// The recorded x nearest to the pointer, or the pointer's own where there are no curves.
  std::optional<double> hoverX() const { return hover_x_; }
  const std::vector<ReadoutRow>& rows() const { return readout_.rows; }
  /// Where the readout's values lie on the curves.
  const std::vector<Ring>& rings() const { return rings_; }
  QString readoutText() const;
  /// Where they stand; nothing when nothing is read.
  std::optional<ReadoutPlace> readoutPlace() const;

  QRectF boundingRect() const override { return bounds_; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

 private:
  void readOut();
  std::optional<double> snapped(double pixel) const;
  void readCurves(double x, double pointer);  ///< verticals are read where one points, in pixels
  void paintCursor(QPainter& painter, double x) const;

  const FigureScene& scene_;
  QRectF bounds_;
  bool own_cursor_ = false;
  std::optional<double> cursor_, hover_x_, linked_;
  std::optional<QPointF> hover_;
  std::optional<QRectF> frame_;
  Readout readout_;
  std::vector<Ring> rings_;
};

}  // namespace kappa::ui
