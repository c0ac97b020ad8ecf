/// Paints the overlay and reads the curves' values under the pointer.
#include "ui/charts/overlay_item.hpp"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/figure_scene.hpp"
#include "ui/charts/glyphs.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr std::size_t most_rows = 10, most_rings = 24;

QString shown(double value) { return QString::fromStdString(format_value(value)); }

/// "step 120", or the name of the place: "symmetry: left Q".
QString placed(const Axis& axis, const char* otherwise, double value) {
  const QString label = QString::fromStdString(axis.label.empty() ? otherwise : axis.label);
  if (const auto name = place_name(axis, value))
    return axis.label.empty() ? QString::fromStdString(*name)
                              : label + QStringLiteral(": ") + QString::fromStdString(*name);
  return label + u' ' + shown(value);
}

/// Vertex of the curve nearest to `px` in pixels, or nothing when the curve has none.
const Vertex* nearest(const Curve& curve, const PlotMap& map, double px) {
  const Vertex* best = nullptr;
  double least = std::numeric_limits<double>::infinity();
  for (const Vertex& v : curve.vertices)
    if (const double away = std::abs(map.x.pixel(v.x) - px); away < least) least = away, best = &v;
  return best;
}

/// Where the curve crosses x, between its neighbouring vertices.
std::optional<QPointF> crossing(const Curve& curve, const PlotMap& map, double x) {
  for (std::size_t i = 0; i + 1 < curve.vertices.size(); ++i) {
    const Vertex &a = curve.vertices[i], &b = curve.vertices[i + 1];
    if (!(a.x <= x && x <= b.x)) continue;
    const QPointF p = map.pixel(a), q = map.pixel(b);
    const double at = map.x.pixel(x), t = q.x() > p.x() ? (at - p.x()) / (q.x() - p.x()) : 1;
    const double y = p.y() + t * (q.y() - p.y());
    if (std::isfinite(y)) return QPointF(at, y);
    if (t >= 1 && std::isfinite(q.y())) return QPointF(at, q.y());
    if (t <= 0 && std::isfinite(p.y())) return QPointF(at, p.y());
    return std::nullopt;
  }
  return std::nullopt;
}

void readBars(const Figure& figure, double x, std::vector<ReadoutRow>& rows) {
  for (const Bars& bars : figure.bars) {
    const double index = std::round(x);
    if (index < 1 || index > static_cast<double>(bars.values.size())) continue;
    rows.push_back({bars.ghost ? neutral : bars.colour, QString::fromStdString(bars.label),
                    shown(bars.values[static_cast<std::size_t>(index) - 1]), Marker::square});
  }
}

void readHeats(const Figure& figure, const PlotMap& map, double x, double y, std::vector<ReadoutRow>& rows) {
  for (const Heat& heat : figure.heats) {
    const double across = map.x.between(x, heat.x0, heat.x1), down = map.y.between(y, heat.y0, heat.y1);
    if (!(across >= 0 && across < 1 && down >= 0 && down < 1)) continue;
    const auto cell =
        static_cast<std::size_t>(down * heat.rows) * heat.cols + static_cast<std::size_t>(across * heat.cols);
    if (cell < heat.values.size())
      rows.push_back({neutral, QString::fromStdString(heat.label), shown(heat.values[cell]), Marker::square});
  }
}

}  // namespace

OverlayItem::OverlayItem(const FigureScene& scene, QGraphicsItem* parent) : QGraphicsItem(parent), scene_(scene) {}

std::optional<double> OverlayItem::cursorX() const { return own_cursor_ ? cursor_ : scene_.figure().cursor; }

void OverlayItem::setCursor(std::optional<double> x) {
  if (own_cursor_ && x == cursor_) return;
  own_cursor_ = true;
  cursor_ = x;
  update();
}

void OverlayItem::setHover(std::optional<QPointF> pixel) {
  if (pixel == hover_) return;
  hover_ = pixel;
  readOut();
  update();
}

void OverlayItem::setLinked(std::optional<double> x) {
  if (x == linked_) return;
  linked_ = x;
  readOut();
  update();
}

void OverlayItem::setFrame(std::optional<QRectF> frame) {
  frame_ = frame;
  update();
}

void OverlayItem::refresh() {
  const QRectF area = scene_.sceneRect();
  if (area != bounds_) {
    prepareGeometryChange();
    bounds_ = area;
  }
  readOut();
  update();
}

/// The recorded x nearest to the pointer; nothing where there are no curves.
std::optional<double> OverlayItem::snapped(double pixel) const {
  const PlotMap& map = scene_.geometry().map;
  double least = std::numeric_limits<double>::infinity();
  std::optional<double> x;
  for (const Curve& curve : scene_.figure().curves)
    if (const Vertex* v = curve.theory ? nullptr : nearest(curve, map, pixel))
      if (const double away = std::abs(map.x.pixel(v->x) - pixel); away < least) least = away, x = v->x;
  return x;
}

void OverlayItem::readCurves(double x, double pointer) {
  const PlotMap& map = scene_.geometry().map;
  const auto& curves = scene_.figure().curves;
  const double at = map.x.pixel(x);
  const bool smoothed = std::any_of(curves.begin(), curves.end(), [](const Curve& c) { return c.smoothed; });
  for (const Curve& curve : curves) {
    const double wanted = curve.upright ? pointer : at;
    const Vertex* v = nearest(curve, map, wanted);
    if (!v || std::abs(map.x.pixel(v->x) - wanted) >= 12) continue;
    QString label = QString::fromStdString(curve.label);
    if (smoothed && curve.faint) label = QCoreApplication::translate("OverlayItem", "%1, raw").arg(label);
    const QString value = shown(curve.upright ? v->x : v->y);
    readout_.rows.push_back({curve.colour, label, value, curve.theory ? Marker::none : curve.marker});
    if (curve.theory || curve.faint || curve.weight < 1) continue;
    QPointF ring = map.pixel(*v);
    if (!std::isfinite(ring.y())) continue;
    ring.setY(std::clamp(ring.y(), map.area.top(), map.area.bottom()));
    rings_.push_back({ring, curve.colour});
  }
}

void OverlayItem::readOut() {
  readout_.rows.clear();
  rings_.clear();
  readout_.head.clear();
  hover_x_.reset();
  const Figure& figure = scene_.figure();
  const PlotMap& map = scene_.geometry().map;
  if (scene_.geometry().empty) return;
  const bool own = hover_ && map.area.contains(*hover_);
  if (!own && !linked_) return;
  double x = own ? map.x.value(hover_->x()) : *linked_;
  if (own) x = snapped(hover_->x()).value_or(x);
  if (!figure.bars.empty()) x = std::round(x);
  if (const double at = map.x.pixel(x); !(at >= map.area.left() - 0.5 && at <= map.area.right() + 0.5)) return;
  hover_x_ = x;
  readCurves(x, own ? hover_->x() : map.x.pixel(x));
  readBars(figure, x, readout_.rows);
  const double y = own ? map.y.value(hover_->y()) : 0;
  if (own) readHeats(figure, map, x, y, readout_.rows);
  for (const PlacedMark& mark : scene_.geometry().marks)
    if (own && !mark.text.isEmpty() && std::abs(mark.at.x() - hover_->x()) < 8)
      readout_.rows.push_back({mark.colour, mark.text, {}, Marker::circle});
  readout_.head = placed(figure.x, "x", x);
  const bool flat = std::all_of(figure.curves.begin(), figure.curves.end(), [](const Curve& c) { return c.upright; });
  if (own && flat && figure.bars.empty()) readout_.head += QStringLiteral(", ") + placed(figure.y, "y", y);
  if (readout_.rows.size() > most_rows) {
    const auto more = static_cast<int>(readout_.rows.size() - most_rows);
    readout_.rows.resize(most_rows);
    readout_.rows.push_back(
        {neutral, QCoreApplication::translate("OverlayItem", "and %n more", nullptr, more), {}, Marker::circle});
  }
}

QString OverlayItem::readoutText() const {
  QStringList parts{readout_.head};
  for (const ReadoutRow& row : readout_.rows) parts << row.label + u' ' + row.value;
  return parts.join(QStringLiteral("; "));
}

void OverlayItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  const PlotMap& map = scene_.geometry().map;
  const Theme& look = scene_.theme();
  painter->setRenderHint(QPainter::Antialiasing);
  if (const auto x = cursorX()) paintCursor(*painter, *x);
  if (hover_x_) {
    const double at = map.x.pixel(*hover_x_);
    painter->setPen(QPen(toColour(look.muted), 1, Qt::DotLine));
    painter->drawLine(QPointF(at, map.area.top()), QPointF(at, map.area.bottom()));
    if (rings_.size() <= most_rings)
      for (const Ring& ring : rings_)
        drawRing(*painter, ring.at, 3.6, runColour(look, ring.colour), toColour(look.panel), 1.8);
    if (const auto place = readoutPlace()) paintReadout(*painter, readout_, look, *place);
  }
  if (frame_) {
    QColor fill = toColour(look.accent);
    painter->setPen(QPen(fill, 1));
    fill.setAlphaF(0.12F);
    painter->setBrush(fill);
    painter->drawRect(*frame_);
  }
}

void OverlayItem::paintCursor(QPainter& painter, double x) const {
  const PlotMap& map = scene_.geometry().map;
  const Theme& look = scene_.theme();
  const double at = map.x.pixel(x);
  if (!std::isfinite(at) || at < map.area.left() - 0.5 || at > map.area.right() + 0.5) return;
  const QLineF line(at, map.area.top(), at, map.area.bottom());
  if (!scene_.figure().heats.empty()) {
    // White over viridis, with a dark edge for its bright end.
    painter.setPen(QPen(QColor(0, 0, 0, 130), 3));
    painter.drawLine(line);
    painter.setPen(QPen(Qt::white, 1.4));
  } else {
    painter.setPen(QPen(toColour(look.accent), 1.2));
  }
  painter.drawLine(line);
  for (const Curve& curve : scene_.figure().curves) {
    if (curve.theory || curve.faint || curve.weight < 1) continue;
    if (auto p = crossing(curve, map, x)) {
      p->setY(std::clamp(p->y(), map.area.top(), map.area.bottom()));
      drawRing(painter, *p, 4, runColour(look, curve.colour), toColour(look.panel));
    }
  }
}

/// The box stands by the pointer; with the pointer in another chart, where the values are not.
std::optional<ReadoutPlace> OverlayItem::readoutPlace() const {
  if (!hover_x_ || (readout_.rows.empty() && !hover_)) return std::nullopt;
  const PlotMap& map = scene_.geometry().map;
  double values = !rings_.empty() ? 0 : hover_ ? hover_->y() : map.area.bottom();
  for (const Ring& ring : rings_) values += ring.at.y() / static_cast<double>(rings_.size());
  const double away = values < map.area.center().y() ? map.area.bottom() : map.area.top() + 20;
  return placeReadout(readout_, scene_.theme(), map.area, bounds_,
                      {map.x.pixel(*hover_x_), hover_ ? hover_->y() : away}, values);
}

}  // namespace kappa::ui
