/// Tries a few places along each theory curve and takes the one that crosses the fewest lines.
#include "ui/charts/plot_labels.hpp"

#include <QFontMetricsF>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "ui/charts/polyline.hpp"

namespace kappa::ui {
namespace {

constexpr std::size_t most_on_chart = 3;
constexpr double dash_room = 20;  // before the name of a theory

int crossings(const PlotGeometry& out, const QRectF& box) {
  int count = 0;
  for (const Stroke& stroke : out.strokes)
    for (const auto* lines : {&stroke.lines, &stroke.inked})
      for (const QLineF& line : *lines) {
        if (std::max(line.x1(), line.x2()) < box.left() || std::min(line.x1(), line.x2()) > box.right()) continue;
        if (std::max(line.y1(), line.y2()) < box.top() || std::min(line.y1(), line.y2()) > box.bottom()) continue;
        if (!clipped(line, box).isNull()) count += stroke.width > 2 ? 3 : 1;
      }
  return count;
}

int cost(const PlotGeometry& out, const QRectF& box) {
  if (!out.map.area.contains(box)) return 100000;
  int sum = crossings(out, box.adjusted(-2, 0, 2, 0));
  for (const BarSet& set : out.bars)
    if (!set.ghost)
      sum += static_cast<int>(
          std::count_if(set.bars.begin(), set.bars.end(), [&](const QRectF& bar) { return bar.intersects(box); }));
  for (const Glyph& glyph : out.glyphs) sum += box.adjusted(-3, -3, 3, 3).contains(glyph.at) ? 2 : 0;
  for (const Label& label : out.labels) sum += label.box.intersects(box) ? 1000 : 0;
  for (const PlacedMark& mark : out.marks) {
    if (box.adjusted(-6, -6, 6, 6).contains(mark.at)) sum += 20;
    if (mark.line && box.left() < mark.at.x() + 3 && box.right() > mark.at.x() - 3) sum += 5;
  }
  return sum;
}

std::vector<QPointF> around(QSizeF size) {
  return {QPointF(4, -size.height() - 3), QPointF(5, 3), QPointF(-size.width() - 4, -size.height() - 3),
          QPointF(-size.width() - 5, 3), QPointF(-0.5 * size.width(), -size.height() - 8)};
}
/// A line that stands upright is not to run through its name.
std::vector<QPointF> beside(QSizeF size) {
  return {QPointF(6, -0.5 * size.height()), QPointF(-size.width() - 6, -0.5 * size.height())};
}

bool labelTheory(PlotGeometry& out, const Curve& curve, const QString& text, const QFontMetricsF& metrics) {
  std::vector<QPointF> visible;
  for (const auto& piece : piecesOf(curve.vertices, out.map))
    for (const Station& s : stations(piece, out.map.area, 0, 16)) visible.push_back(s.at);
  if (visible.empty()) return false;
  const QRectF& area = out.map.area;
  double room = 0.55 * area.width();
  if (curve.upright)
    room = std::min(room, std::max(visible[0].x() - area.left(), area.right() - visible[0].x()) - dash_room - 10);
  const QString shown = metrics.elidedText(text, Qt::ElideRight, room);
  const QSizeF size(dash_room + metrics.horizontalAdvance(shown) + 2, metrics.height());
  QRectF best;
  // Better no name than one across the curves; the legend and the readout have it too.
  int least = curve.upright ? 1 : 4;
  for (std::size_t k = 0; k < 16; ++k) {
    // From two thirds of the way outwards.
    const double t = 0.66 + (k % 2 ? -1 : 1) * 0.04 * static_cast<double>((k + 1) / 2);
    const QPointF at = visible[static_cast<std::size_t>(t * static_cast<double>(visible.size() - 1))];
    for (const QPointF& corner : curve.upright ? beside(size) : around(size)) {
      const QRectF box(at + corner, size);
      const int price = cost(out, box);
      if (price < least) least = price, best = box;
    }
    if (least == 0) break;
  }
  if (best.isNull()) return false;
  const bool on_heat = !out.heats.empty();
  out.labels.push_back({best, shown, on_heat ? neutral : curve.colour, curve.theory, on_heat});
  return true;
}

/// With what the legend notes of it: whether the theory is exact, a bound or a guide.
QString nameOf(const Figure& figure, const Curve& curve) {
  const QString label = QString::fromStdString(curve.label);
  for (const LegendEntry& entry : figure.legend)
    if (entry.theory && entry.label == curve.label && !entry.note.empty())
      return label + QStringLiteral(" · ") + QString::fromStdString(entry.note);
  return label;
}

/// The words in lines of so many pixels; the last one takes what is left, with an ellipsis.
QStringList linesOf(const QString& text, const QFontMetricsF& metrics, double width) {
  constexpr qsizetype most_lines = 4;
  QStringList lines;
  for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
    const bool full = lines.isEmpty() || metrics.horizontalAdvance(lines.back() + u' ' + word) > width;
    full&& lines.size() < most_lines ? void(lines << word) : void(lines.back() += u' ' + word);
  }
  for (QString& line : lines) line = metrics.elidedText(line, Qt::ElideRight, width);
  return lines;
}

/// What is to be said of a plane, in its lower corner.
void labelPlane(PlotGeometry& out, const Figure& figure, const QFontMetricsF& metrics) {
  const QRectF& area = out.map.area;
  if (figure.note.empty() || figure.paths.empty() || area.width() < 80) return;
  const QStringList lines = linesOf(QString::fromStdString(figure.note), metrics, area.width() - 16);
  if (static_cast<double>(lines.size()) * metrics.height() > 0.6 * area.height()) return;  // it would hide the picture
  double y = area.bottom() - 4 - static_cast<double>(lines.size()) * metrics.height();
  for (const QString& line : lines) {
    const QSizeF size(metrics.horizontalAdvance(line) + 2, metrics.height());
    out.labels.push_back({.box = QRectF(QPointF(area.left() + 8, y), size), .text = line, .ground = true});
    y += metrics.height();
  }
}

/// The name of a point, at the side where the fewest lines and ends of paths are in its way.
void labelPoint(PlotGeometry& out, const QString& text, QPointF at, const QFontMetricsF& metrics) {
  const QSizeF size(metrics.horizontalAdvance(text) + 2, metrics.height());
  const double w = size.width(), h = size.height();
  QRectF best;
  int least = 100000;  // what lies outside the plot
  for (const QPointF& corner : {QPointF(8, -h - 2), QPointF(-w - 8, -h - 2), QPointF(8, 3), QPointF(-w - 8, 3),
                                QPointF(12, -0.5 * h), QPointF(-w - 12, -0.5 * h), QPointF(-0.5 * w, -h - 8),
                                QPointF(-0.5 * w, 8), QPointF(24, -2 * h), QPointF(-w - 24, -2 * h)}) {
    const QRectF box(at + corner, size);
    int price = cost(out, box);
    for (const auto* glyphs : {&out.ends, &out.moments, &out.starts})
      for (const Glyph& glyph : *glyphs)
        price += box.adjusted(-glyph.radius, -glyph.radius, glyph.radius, glyph.radius).contains(glyph.at) ? 20 : 0;
    if (price < least) least = price, best = box;
  }
  if (best.isNull()) return;  // a plot narrower than the word
  out.labels.push_back({.box = best, .text = text, .ground = true});
}

}  // namespace

void addLabels(PlotGeometry& out, const Figure& figure, const QFont& font) {
  const QFontMetricsF metrics(font);
  labelPlane(out, figure, metrics);
  for (const Point& point : figure.points) {
    const QPointF at = out.map.pixel(point.x, point.y);
    if (!out.map.area.contains(at)) continue;
    out.ends.push_back({point.colour, Marker::none, 3.2, at});
    if (point.label.empty()) continue;
    labelPoint(out, QString::fromStdString(point.label), at, metrics);
  }
  std::vector<std::string> places;  // several of one name are named once
  for (const Curve& curve : figure.curves) {
    if (out.named.size() == most_on_chart) break;
    if (!curve.theory || curve.label.empty()) continue;
    if (curve.upright && std::find(places.begin(), places.end(), curve.label) != places.end()) continue;
    if (!labelTheory(out, curve, nameOf(figure, curve), metrics)) continue;
    out.named.push_back(curve.id);
    if (curve.upright) places.push_back(curve.label);
  }
}

}  // namespace kappa::ui
