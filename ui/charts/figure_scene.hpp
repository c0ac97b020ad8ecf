/// A figure as a graphics scene: Qt Charts draws axes and grid, one own item draws everything else.
#pragma once

#include <QGraphicsScene>
#include <memory>

#include "ui/charts/overlay_item.hpp"
#include "ui/charts/plot_geometry.hpp"

namespace kappa::ui {

class AxisPair;
class PlotItem;

class FigureScene : public QGraphicsScene {
  Q_OBJECT

 public:
  /// `cached`: keep the drawn plot as a pixmap between frames; off for paper and images.
  explicit FigureScene(bool cached, QObject* parent = nullptr);
  ~FigureScene() override;

  void setTheme(ThemeId id);
  void setFigure(const Figure& figure);
  void resize(QSizeF size, double device_scale);

  const Figure& figure() const { return figure_; }
  const PlotGeometry& geometry() const { return geometry_; }
  const Theme& theme() const { return kappa::theme(theme_); }
  OverlayItem& overlay() { return *overlay_; }
  const OverlayItem& overlay() const { return *overlay_; }

 private:
  void rebuild();

  Figure figure_;
  PlotGeometry geometry_;
  ThemeId theme_ = ThemeId::light;
  QSizeF size_;
  double device_scale_ = 1;
  bool cached_;
  std::unique_ptr<AxisPair> axes_;
  PlotItem* plot_ = nullptr;        // owned by the chart, as a child item
  OverlayItem* overlay_ = nullptr;  // likewise
};

}  // namespace kappa::ui
