/// Keeps chart, plot and overlay in step with the figure, the theme and the size.
#include "ui/charts/figure_scene.hpp"

#include <QPainter>

#include "ui/charts/axis_pair.hpp"
#include "ui/charts/plot_painter.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {

/// Paints the scene's geometry; as a child of the chart it lies above the grid.
class PlotItem : public QGraphicsItem {
 public:
  PlotItem(const FigureScene& scene, QGraphicsItem* parent) : QGraphicsItem(parent), scene_(scene) {}

  QRectF boundingRect() const override { return bounds_; }

  void refresh() {
    const QRectF area = scene_.geometry().map.area.adjusted(-8, -8, 8, 8);
    if (area != bounds_) {
      prepareGeometryChange();
      bounds_ = area;
    }
    update();
  }

  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
    const QFont font = uiFont(typeOf(scene_.theme().id).head);
    painter->save();
    painter->setClipRect(bounds_);
    paintPlot(*painter, scene_.geometry(), scene_.theme(), font);
    if (scene_.geometry().empty && !scene_.figure().empty.empty())
      paintEmpty(*painter, scene_.geometry().map.area, QString::fromStdString(scene_.figure().empty), scene_.theme(),
                 uiFont(typeOf(scene_.theme().id).body));
    painter->restore();
  }

 private:
  const FigureScene& scene_;
  QRectF bounds_;
};

FigureScene::FigureScene(bool cached, QObject* parent) : QGraphicsScene(parent), cached_(cached) {
  axes_ = std::make_unique<AxisPair>();
  addItem(axes_->item());
  plot_ = new PlotItem(*this, axes_->item());
  overlay_ = new OverlayItem(*this, axes_->item());
  plot_->setZValue(10);
  overlay_->setZValue(20);
  if (cached) plot_->setCacheMode(QGraphicsItem::DeviceCoordinateCache);
}

FigureScene::~FigureScene() = default;

void FigureScene::setTheme(ThemeId id) {
  theme_ = id;
  rebuild();
}

void FigureScene::setFigure(const Figure& figure) {
  figure_ = figure;
  rebuild();
}

void FigureScene::resize(QSizeF size, double device_scale) {
  if (size == size_ && device_scale == device_scale_) return;
  size_ = size;
  device_scale_ = device_scale;
  rebuild();
}

void FigureScene::rebuild() {
  if (size_.isEmpty()) return;
  setSceneRect(QRectF({}, size_));
  const Theme& look = theme();
  const int head = typeOf(theme_).head;
  const QRectF area = axes_->place(figure_, size_, look);
  geometry_ = layOut(figure_, area,
                     {.curve_width = look.curve_width,
                      .theory_width = look.theory_width,
                      .device_scale = device_scale_,
                      .label_font = uiFont(head),
                      .pixels = cached_});
  axes_->label(figure_, geometry_.map);
  plot_->refresh();
  overlay_->refresh();
}

}  // namespace kappa::ui
