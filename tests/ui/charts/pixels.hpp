/// Looks for colours in rendered pictures.
#pragma once

#include <QImage>
#include <cstdlib>

#include "ui/charts/export.hpp"
#include "ui/charts/figure_scene.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui::testing {

inline bool near(QColor a, QColor b, int tolerance = 24) {
  return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
         std::abs(a.blue() - b.blue()) <= tolerance;
}

inline int count(const QImage& image, QColor colour, QRect where = {}, int tolerance = 24) {
  if (where.isNull()) where = image.rect();
  where = where.intersected(image.rect());
  int found = 0;
  for (int y = where.top(); y <= where.bottom(); ++y)
    for (int x = where.left(); x <= where.right(); ++x) found += near(image.pixelColor(x, y), colour, tolerance);
  return found;
}

inline QColor run(ThemeId id, int index) { return runColour(theme(id), index); }

/// The plot alone, without title and legend: scene pixels are image pixels.
struct Plot {
  QImage image;
  PlotMap map;
  QRect area() const { return map.area.toRect(); }
  QPoint at(double x, double y) const { return map.pixel(x, y).toPoint(); }
  QRect around(double x, double y, int reach = 4) const {
    return QRect(at(x, y) - QPoint(reach, reach), QSize(2 * reach + 1, 2 * reach + 1));
  }
};

inline Plot draw(const Figure& figure, ThemeId id = ThemeId::light, QSize size = {480, 320}) {
  FigureScene scene(false);
  scene.setTheme(id);
  scene.resize(size, 1);
  scene.setFigure(figure);
  QImage image(size, QImage::Format_ARGB32_Premultiplied);
  image.fill(toColour(theme(id).panel));
  QPainter painter(&image);
  scene.render(&painter, QRectF(image.rect()), QRectF(image.rect()));
  painter.end();
  return {image, scene.geometry().map};
}

inline Figure blank(Scale y_scale, double y_lo, double y_hi) {
  Figure figure;
  figure.title = "Loss";
  figure.x = {"step", Scale::linear, 0, 100, make_ticks(0, 100, Scale::linear)};
  figure.y = {"loss", y_scale, y_lo, y_hi, make_ticks(y_lo, y_hi, y_scale)};
  return figure;
}

inline Curve curve(int colour, std::vector<Vertex> vertices) {
  Curve made;
  made.label = "run " + std::to_string(colour);
  made.colour = colour;
  made.vertices = std::move(vertices);
  return made;
}

}  // namespace kappa::ui::testing
