/// Turns a figure's elements into pixels, each kind in its own function.
#include "ui/charts/plot_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/lab.hpp"
#include "ui/charts/heat_image.hpp"
#include "ui/charts/plot_labels.hpp"
#include "ui/charts/plot_marks.hpp"
#include "ui/charts/polyline.hpp"

namespace kappa::ui {
namespace {

struct Dashes {
  double dash, gap;
};

Dashes dashesOf(TheoryKind kind) {
  switch (kind) {
    case TheoryKind::exact:
      return {7, 4};
    case TheoryKind::bound:
      return {4.5, 4};
    case TheoryKind::guide:
      return {1.6, 3.6};
  }
  return {5, 4};
}

/// A little beyond the frame, so that a curve along the floor keeps its full width.
QRectF roomy(const QRectF& area) { return area.adjusted(-1.5, -1.5, 1.5, 1.5); }

/// Lines that lie so densely that their pixels are drawn, and the place of their stroke.
struct Dense {
  std::size_t stroke = 0;
  std::vector<QLineF> lines;
};

/// One piece of a curve, as the lines that are drawn or for their pixels; the stroke will be the next.
void addPiece(Stroke& stroke, std::size_t place, const std::vector<QPointF>& piece, const QRectF& room, bool pixels,
              std::vector<Dense>& dense) {
  std::vector<QLineF> lines;
  appendSolid(piece, room, lines);
  const bool ink = pixels && worthInk(lines);
  auto& kept = ink ? stroke.inked : stroke.lines;
  kept.insert(kept.end(), lines.begin(), lines.end());
  if (ink) dense.push_back({place, std::move(lines)});
}

/// The pixels of all dense pieces: of thousands of lines by two threads, as they wait for nothing of each other.
void addInks(PlotGeometry& out, const std::vector<Dense>& dense, double device_scale) {
  constexpr std::size_t many = 4000;
  std::size_t lines = 0;
  for (const Dense& piece : dense) lines += piece.lines.size();
  std::vector<std::vector<Ink>> inks(dense.size());
  by_two_threads(dense.size(), lines >= many, [&](std::size_t i) {
    const Stroke& stroke = out.strokes[dense[i].stroke];
    const Nib nib{stroke.width, squareCapped(stroke) ? 0.5 * stroke.width : 0};
    inks[i] = inksOf(dense[i].lines, nib, device_scale);
  });
  for (std::size_t i = 0; i < dense.size(); ++i) {
    auto& all = out.strokes[dense[i].stroke].inks;
    std::move(inks[i].begin(), inks[i].end(), std::back_inserter(all));
  }
}

void addCurve(PlotGeometry& out, const Curve& curve, int place, const GeometryOptions& options,
              std::vector<Dense>& dense) {
  const QRectF room = roomy(out.map.area);
  Stroke stroke{.colour = curve.colour,
                .width = curve.theory ? options.theory_width : options.curve_width,
                .lines = {},
                .dots = {}};
  if (curve.weight < 1) stroke.opacity = curve.weight, stroke.width = 0.6 * options.curve_width;
  if (curve.faint) stroke.opacity = 0.35, stroke.width = std::max(1.0, 0.55 * options.curve_width);
  std::vector<QPointF> markers;
  for (auto& piece : piecesOf(curve.vertices, out.map)) {
    if (curve.scatter) {
      std::copy_if(piece.begin(), piece.end(), std::back_inserter(markers),
                   [&](const QPointF& at) { return room.contains(at); });
      continue;
    }
    if (piece.size() == 1) {
      if (room.contains(piece[0])) stroke.dots.push_back(piece[0]);
      continue;
    }
    thin(piece, 0.15 / options.device_scale);
    if (curve.theory) {
      const auto [dash, gap] = dashesOf(*curve.theory);
      appendDashed(piece, room, dash, gap, stroke.lines);
      continue;
    }
    addPiece(stroke, out.strokes.size(), piece, room, options.pixels, dense);
    if (curve.marker == Marker::none || curve.faint) continue;
    appendSpaced(piece, out.map.area, 34 + 23 * (place % 5), 120, markers);
  }
  for (const QPointF& at : markers) out.glyphs.push_back({curve.colour, curve.marker, 1.3 * options.curve_width, at});
  out.strokes.push_back(std::move(stroke));
}

void addBand(PlotGeometry& out, const Band& band) {
  const std::size_t n = std::min({band.x.size(), band.lower.size(), band.upper.size()});
  const QRectF room = out.map.area.adjusted(-50, -50, 50, 50);
  const auto held = [&](double x, double y) {
    const QPointF p = out.map.pixel(x, y);
    const double floor = out.map.y.to < out.map.y.from ? room.bottom() : room.top();
    return QPointF(std::clamp(p.x(), room.left(), room.right()),
                   std::isnan(p.y()) ? floor : std::clamp(p.y(), room.top(), room.bottom()));
  };
  std::vector<QPointF> upper, lower;
  const auto close = [&] {
    if (upper.size() > 1) {
      Area area{band.colour, {}};
      for (const QPointF& p : upper) area.outline << p;
      for (auto p = lower.rbegin(); p != lower.rend(); ++p) area.outline << *p;
      out.bands.push_back(std::move(area));
    }
    upper.clear(), lower.clear();
  };
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(band.x[i]) || std::isnan(band.lower[i]) || std::isnan(band.upper[i])) {
      close();
      continue;
    }
    upper.push_back(held(band.x[i], band.upper[i]));
    lower.push_back(held(band.x[i], band.lower[i]));
  }
  close();
}

/// Bars share their slot with the other runs; a ghost has the whole slot and stands behind.
void addBars(PlotGeometry& out, const Bars& bars, int place, int sharing) {
  BarSet set{bars.colour, bars.ghost, {}};
  const AxisMap& ax = out.map.x;
  const QRectF area = out.map.area;
  const double slot = std::abs(ax.pixel(2) - ax.pixel(1));
  const double gap = slot > 5 ? std::max(1.0, 0.16 * slot) : 0, all = std::max(1.0, slot - gap);
  const double width = bars.ghost ? all : all / sharing;
  const double base = out.map.y.log ? area.bottom() : std::clamp(out.map.y.pixel(0), area.top(), area.bottom());
  for (std::size_t i = 0; i < bars.values.size(); ++i) {
    const double value = bars.values[i];
    if (std::isnan(value)) continue;
    double left = ax.pixel(static_cast<double>(i + 1)) - 0.5 * all + (bars.ghost ? 0 : place * width);
    double right = left + width;
    // Where bars touch, each ends on the pixel where the next one begins.
    if (gap == 0) left = std::floor(left + 1e-6), right = std::max(left + 1, std::floor(right + 1e-6));
    double top = out.map.y.pixel(value);
    if (std::isnan(top)) top = base;
    top = std::clamp(top, area.top(), area.bottom());
    const double height = std::max(2.0, std::abs(base - top));
    const bool up = top < base || (top == base && !(value < 0));
    QRectF bar(left, up ? base - height : base, right - left, height);
    if (!bars.ghost && value == 0) bar = {};  // a zero is a mark, not a short bar
    bar = bar.intersected(area);
    if (!bar.isEmpty()) set.bars.push_back(bar);
  }
  out.bars.push_back(std::move(set));
}

void addSpectrumPoints(PlotGeometry& out, const Bars& bars) {
  Stroke stroke{.colour = bars.colour, .width = 1.2, .opacity = bars.ghost ? 0.6 : 1.0, .lines = {}, .dots = {}};
  std::vector<Vertex> vertices;
  for (std::size_t i = 0; i < bars.values.size(); ++i) vertices.push_back({static_cast<double>(i + 1), bars.values[i]});
  for (const auto& piece : piecesOf(vertices, out.map)) {
    if (!bars.loose) appendSolid(piece, roomy(out.map.area), stroke.lines);
    if (bars.values.size() > 200 && !bars.loose) continue;
    const Marker shape = bars.marker == Marker::none ? Marker::circle : bars.marker;
    for (const QPointF& p : piece)
      if (roomy(out.map.area).contains(p)) out.glyphs.push_back({bars.colour, shape, bars.ghost ? 1.8 : 2.8, p});
  }
  out.strokes.push_back(std::move(stroke));
}

void addPath(PlotGeometry& out, const Path& path, bool at_moment, const GeometryOptions& options) {
  const QRectF room = roomy(out.map.area);
  Stroke stroke{.colour = path.colour, .width = 0.82 * options.curve_width, .lines = {}, .dots = {}, .halo = true};
  Pieces pieces = piecesOf(path.vertices, out.map);
  if (pieces.empty()) return;
  const QPointF start = pieces.front().front(), end = pieces.back().back();
  const auto before = static_cast<std::ptrdiff_t>(out.arrows.size());
  for (auto& piece : pieces) {
    thin(piece, 0.15 / options.device_scale);
    appendSolid(piece, room, stroke.lines);
    for (const Station& s : stations(piece, out.map.area, 60, 150))
      if (std::none_of(out.arrows.begin() + before, out.arrows.end(),
                       [&](const Arrow& other) { return QLineF(other.tip, s.at).length() < 28; }))
        out.arrows.push_back({path.colour, s.at, s.direction});
  }
  out.strokes.push_back(std::move(stroke));
  const auto same = std::find_if(out.starts.begin(), out.starts.end(),
                                 [&](const Glyph& g) { return QLineF(g.at, start).length() < 2; });
  if (same != out.starts.end())
    same->colour = neutral;  // where several set out together
  else if (room.contains(start))
    out.starts.push_back({path.colour, Marker::circle, 6, start});
  if (!room.contains(end)) return;
  if (at_moment)
    out.moments.push_back({path.colour, Marker::circle, 4.6, end});
  else
    out.ends.push_back({path.colour, Marker::circle, 3.6, end});
}

/// The outlines of what lies above a level; what lies outside the picture is cut when it is painted.
QPainterPath regionOf(const Level& level, const PlotMap& map) {
  QPainterPath path;
  path.setFillRule(Qt::OddEvenFill);
  QPolygonF outline;
  for (const Vertex& v : level.region) {
    if (std::isfinite(v.y)) {
      const QPointF at = map.pixel(v);
      if (outline.isEmpty() || QLineF(outline.last(), at).length() > 0.4) outline << at;
      continue;
    }
    if (outline.size() > 2) path.addPolygon(outline), path.closeSubpath();
    outline.clear();
  }
  return path;
}

void addLevels(PlotGeometry& out, const Figure& figure) {
  const QRectF area = out.map.area;
  const auto count = static_cast<double>(figure.levels.size());
  for (std::size_t i = 0; i < figure.levels.size(); ++i)
    if (QPainterPath region = regionOf(figure.levels[i], out.map); !region.isEmpty())
      out.shades.push_back({static_cast<double>(i + 1) / count, std::move(region)});
  for (const Level& level : figure.levels)
    for (std::size_t i = 0; i + 1 < level.segments.size(); i += 2) {
      const QPointF a = out.map.pixel(level.segments[i]), b = out.map.pixel(level.segments[i + 1]);
      if (!std::isfinite(a.x() + a.y() + b.x() + b.y())) continue;
      const QLineF line = clipped({a, b}, area);
      if (!line.isNull()) out.levels.push_back(line);
    }
}

}  // namespace

bool namesStartOnChart(const Figure& figure) {
  const auto start = [](const Bars& bars) { return bars.ghost && !bars.points && bars.id == "start"; };
  return figure.y.label.empty() && std::any_of(figure.bars.begin(), figure.bars.end(), start);
}

PlotGeometry layOut(const Figure& figure, const QRectF& area, const GeometryOptions& options) {
  PlotGeometry out;
  out.map = makePlotMap(figure, area);
  for (const Heat& heat : figure.heats)
    if (auto tile = heatTile(heat, out.map, options.device_scale); !tile.image.isNull()) out.heats.push_back(tile);
  addLevels(out, figure);
  for (const Band& band : figure.bands) addBand(out, band);

  const auto beside = [](const Bars& bars) { return !bars.ghost && !bars.points; };
  const int sharing = static_cast<int>(std::count_if(figure.bars.begin(), figure.bars.end(), beside));
  for (const Bars& bars : figure.bars)
    if (bars.ghost && !bars.points) addBars(out, bars, 0, 1);
  int place = 0;
  for (const Bars& bars : figure.bars) {
    if (bars.points)
      addSpectrumPoints(out, bars);
    else if (!bars.ghost)
      addBars(out, bars, place++, std::max(1, sharing));
  }
  std::vector<Dense> dense;
  // Faint first and theory next, so that what was measured lies on top.
  for (int layer = 0; layer < 3; ++layer)
    for (std::size_t i = 0; i < figure.curves.size(); ++i) {
      const Curve& curve = figure.curves[i];
      if (layer == (curve.faint ? 0 : curve.theory ? 1 : 2)) addCurve(out, curve, static_cast<int>(i), options, dense);
    }
  addInks(out, dense, options.device_scale);
  for (const Path& path : figure.paths) addPath(out, path, figure.at_moment, options);
  addMarks(out, figure);
  addLabels(out, figure, options.label_font);
  out.empty =
      out.heats.empty() && out.levels.empty() && out.bands.empty() && out.starts.empty() && out.marks.empty() &&
      figure.points.empty() &&
      std::all_of(out.bars.begin(), out.bars.end(), [](const BarSet& set) { return set.bars.empty(); }) &&
      std::all_of(figure.curves.begin(), figure.curves.end(), [](const Curve& c) { return c.vertices.empty(); }) &&
      std::all_of(figure.bars.begin(), figure.bars.end(), [](const Bars& b) { return b.values.empty(); });
  return out;
}

}  // namespace kappa::ui
