/// Places as many labels as have room, and never one over another.
#include "ui/exports/paper_axes.hpp"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "ui/charts/axis_labels.hpp"
#include "ui/charts/glyphs.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

bool namesY(const Figure& figure) { return !figure.y.label.empty() && figure.y.label != figure.title; }

std::optional<QPointF> curveAt(const Curve& curve, const PlotMap& map, double x) {
  for (std::size_t i = 0; i + 1 < curve.vertices.size(); ++i) {
    const Vertex &a = curve.vertices[i], &b = curve.vertices[i + 1];
    if (!(std::min(a.x, b.x) <= x && x <= std::max(a.x, b.x))) continue;
    const QPointF p = map.pixel(a), q = map.pixel(b);
    if (!std::isfinite(p.y() + q.y())) continue;
    const double at = map.x.pixel(x), t = q.x() == p.x() ? 1 : (at - p.x()) / (q.x() - p.x());
    return QPointF(at, p.y() + t * (q.y() - p.y()));
  }
  return std::nullopt;
}

}  // namespace

PaperFonts paperFonts(ThemeId id) {
  const Type type = typeOf(id);
  return {uiFont(type.body, QFont::DemiBold), uiFont(type.body), uiFont(type.head)};
}

QRectF paperArea(const Figure& figure, QSizeF size, const QFont& font) {
  const QFontMetricsF metrics(font);
  const double left = std::max(44.0, std::ceil(roomBeside(figure.y, size.width(), metrics)));
  const double right = std::max(16.0, std::ceil(roomBeyond(figure.x, size.width(), metrics)));
  const double row = std::ceil(metrics.height());
  const double top = namesY(figure) ? row + 8 : 8, bottom = row + 10 + (figure.x.label.empty() ? 0 : row);
  return {left, top, std::max(20.0, size.width() - left - right), std::max(20.0, size.height() - top - bottom)};
}

void paintAxes(QPainter& painter, const Figure& figure, const PlotMap& map, const Theme& theme, const QFont& font) {
  const QFontMetricsF metrics(font);
  const QRectF area = map.area;
  const double row = std::ceil(metrics.height());
  const double right = std::max(16.0, std::ceil(roomBeyond(figure.x, area.width(), metrics)));
  const auto x = labelsBelow(figure.x, map.x, metrics, area.left(), right);
  const auto y = labelsBeside(figure.y, map.y, metrics, area.left() - beside_labels);
  const bool grid = hasGrid(figure);
  painter.save();
  painter.setFont(font);
  for (const AxisLabel& label : y) {
    const double at = map.y.at(label.fraction);
    painter.setPen(QPen(toColour(theme.grid), 1));
    if (grid) painter.drawLine(QPointF(area.left(), at), QPointF(area.right(), at));
    painter.setPen(toColour(theme.muted));
    painter.drawText(QRectF(0, at - row, area.left() - 8, 2 * row), Qt::AlignRight | Qt::AlignVCenter, label.text);
  }
  painter.setPen(toColour(theme.muted));
  for (const AxisLabel& label : x) {
    const double at = map.x.at(label.fraction), half = 0.5 * metrics.horizontalAdvance(label.text) + 1;
    painter.drawText(QRectF(at - half, area.bottom() + 6, 2 * half, row), Qt::AlignCenter, label.text);
  }
  const auto name = [&](const std::string& text, QRectF box, Qt::Alignment side) {
    painter.drawText(box, static_cast<int>(side | Qt::AlignVCenter),
                     metrics.elidedText(QString::fromStdString(text), Qt::ElideRight, box.width()));
  };
  name(figure.x.label, {area.left(), area.bottom() + row + 7, area.width(), row}, Qt::AlignRight);
  if (namesY(figure)) name(figure.y.label, {area.left(), 1, area.width(), row}, Qt::AlignLeft);
  painter.restore();
}

void paintCursorLine(QPainter& painter, const Figure& figure, const PlotMap& map, const Theme& theme) {
  if (!figure.cursor) return;
  const double at = map.x.pixel(*figure.cursor);
  if (!std::isfinite(at) || at < map.area.left() - 0.5 || at > map.area.right() + 0.5) return;
  const QLineF line(at, map.area.top(), at, map.area.bottom());
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  if (!figure.heats.empty()) {
    // White over viridis, with a dark edge for its bright end.
    painter.setPen(QPen(QColor(0, 0, 0, 130), 3));
    painter.drawLine(line);
    painter.setPen(QPen(Qt::white, 1.4));
  } else {
    painter.setPen(QPen(toColour(theme.accent), 1.2));
  }
  painter.drawLine(line);
  for (const Curve& curve : figure.curves) {
    if (curve.theory || curve.faint) continue;
    if (auto p = curveAt(curve, map, *figure.cursor)) {
      p->setY(std::clamp(p->y(), map.area.top(), map.area.bottom()));
      drawRing(painter, *p, 4, runColour(theme, curve.colour), toColour(theme.panel));
    }
  }
  painter.restore();
}

}  // namespace kappa::ui
