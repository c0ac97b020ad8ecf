/// Places as many labels as have room, and never one over another.
#include "ui/exports/paper_axes.hpp"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "ui/charts/glyphs.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double beside_labels = 20, name_gap = 8;
constexpr double most_for_names = 0.35;  // of the width, left of the plot
constexpr int least_name = 5;            // characters that tell a name from its neighbours

struct PlacedTick {
  double at = 0;
  QString label;
};

bool isPlanePicture(const Figure& figure) {
  return figure.equal_aspect || !figure.heats.empty() || !figure.levels.empty() || !figure.paths.empty();
}

/// Labelled ticks, ascending along the axis.
std::vector<PlacedTick> labelledTicks(const Axis& axis, const AxisMap& map) {
  std::vector<PlacedTick> all;
  for (const Tick& tick : axis.ticks)
    if (const double t = map.fraction(tick.value); !tick.label.empty() && t >= -1e-9 && t <= 1 + 1e-9)
      all.push_back({map.pixel(tick.value), QString::fromStdString(tick.label)});
  std::sort(all.begin(), all.end(), [](const PlacedTick& a, const PlacedTick& b) { return a.at < b.at; });
  return all;
}

double widestLabel(const Axis& axis, const QFontMetricsF& metrics) {
  double widest = 0;
  for (const Tick& tick : axis.ticks)
    widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(tick.label)));
  return widest;
}

/// Room to the right of a plot of that width, for the half of the last label.
double besidePlot(const Figure& figure, double width, const QFontMetricsF& metrics) {
  double last = 0;
  if (!figure.x.ticks.empty()) last = metrics.horizontalAdvance(QString::fromStdString(figure.x.ticks.back().label));
  if (figure.x.named) last = std::min(last, name_distance(figure.x) * width);
  return std::max(16.0, std::ceil(0.5 * last + 2));
}

/// Names of places below a plot, cut to the room that each has.
std::vector<PlacedTick> namesBelow(const Axis& axis, const PlotMap& map, double width, const QFontMetricsF& metrics) {
  const std::vector<PlacedTick> all = labelledTicks(axis, map.x);
  const NameRoom names = name_room(all.size(), name_distance(axis) * map.area.width(), widestLabel(axis, metrics),
                                   name_gap, least_name * metrics.averageCharWidth());
  std::vector<PlacedTick> kept;
  for (std::size_t i = 0; i < all.size(); i += names.every) {
    const double room = std::min({names.room, 2 * all[i].at, 2 * (width - all[i].at)});
    kept.push_back({all[i].at, metrics.elidedText(all[i].label, Qt::ElideRight, room)});
  }
  return kept;
}

/// Every k-th labelled tick, with the smallest k that keeps `apart` pixels between their extents.
template <class Extent>
std::vector<PlacedTick> thinnedTicks(const Axis& axis, const AxisMap& map, Extent extent, double apart) {
  const std::vector<PlacedTick> all = labelledTicks(axis, map);
  for (std::size_t stride = 1; stride < all.size(); ++stride) {
    std::vector<PlacedTick> kept;
    bool fits = true;
    for (std::size_t i = 0; i < all.size() && fits; i += stride) {
      const double half = 0.5 * (extent(all[i].label) + (kept.empty() ? 0 : extent(kept.back().label)));
      fits = kept.empty() || all[i].at - kept.back().at >= half + apart;
      kept.push_back(all[i]);
    }
    if (fits) return kept;
  }
  return all.empty() ? all : std::vector<PlacedTick>{all.front()};
}

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
  double widest = widestLabel(figure.y, metrics);
  if (figure.y.named) widest = std::min(widest, most_for_names * size.width());
  const double left = std::max(44.0, std::ceil(widest + beside_labels));
  const double right = besidePlot(figure, size.width(), metrics);
  const double row = std::ceil(metrics.height());
  const double top = namesY(figure) ? row + 8 : 8, bottom = row + 10 + (figure.x.label.empty() ? 0 : row);
  return {left, top, std::max(20.0, size.width() - left - right), std::max(20.0, size.height() - top - bottom)};
}

void paintAxes(QPainter& painter, const Figure& figure, const PlotMap& map, const Theme& theme, const QFont& font) {
  const QFontMetricsF metrics(font);
  const QRectF area = map.area;
  const double row = std::ceil(metrics.height());
  const auto wide = [&](const QString& label) { return metrics.horizontalAdvance(label); };
  const auto tall = [&](const QString&) { return row; };
  const auto x = figure.x.named
                     ? namesBelow(figure.x, map, area.right() + besidePlot(figure, area.width(), metrics), metrics)
                     : thinnedTicks(figure.x, map.x, wide, 14);
  const auto y = thinnedTicks(figure.y, map.y, tall, figure.y.named ? 0 : std::max(12.0, area.height() / 7 - row));
  const bool grid = !isPlanePicture(figure) && figure.bars.empty();
  painter.save();
  painter.setFont(font);
  for (const PlacedTick& tick : y) {
    painter.setPen(QPen(toColour(theme.grid), 1));
    if (grid) painter.drawLine(QPointF(area.left(), tick.at), QPointF(area.right(), tick.at));
    painter.setPen(toColour(theme.muted));
    painter.drawText(QRectF(0, tick.at - row, area.left() - 8, 2 * row), Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(tick.label, Qt::ElideRight, area.left() - beside_labels + 1));
  }
  painter.setPen(toColour(theme.muted));
  for (const PlacedTick& tick : x) {
    const double half = 0.5 * wide(tick.label) + 1;
    painter.drawText(QRectF(tick.at - half, area.bottom() + 6, 2 * half, row), Qt::AlignCenter, tick.label);
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
