/// Cuts, thins, clips and dashes curves in pixels.
#include "ui/charts/polyline.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace kappa::ui {
namespace {

double length(QPointF v) { return std::sqrt(QPointF::dotProduct(v, v)); }

/// One side of Liang and Barsky's clip: narrows [enter, leave] to where `start + t * step` is at most `bound`.
bool narrow(double step, double room, double& enter, double& leave) {
  if (step == 0) return room >= 0;
  const double t = room / step;
  if (step < 0)
    enter = std::max(enter, t);
  else
    leave = std::min(leave, t);
  return enter <= leave;
}

}  // namespace

Pieces piecesOf(std::span<const Vertex> vertices, const PlotMap& map) {
  Pieces pieces;
  bool open = false;
  for (const Vertex& vertex : vertices) {
    const QPointF p = map.pixel(vertex);
    if (!std::isfinite(p.x()) || !std::isfinite(p.y())) {
      open = false;
      continue;
    }
    if (!open) pieces.emplace_back();
    open = true;
    pieces.back().push_back(p);
  }
  return pieces;
}

void thin(std::vector<QPointF>& points, double tolerance) {
  if (points.size() < 3) return;
  std::size_t kept = 1;
  QPointF anchor = points[0], last = points[1], towards;
  double reach = 0, low = 0, high = 0;
  // A cone from the anchor, as slopes against its axis, holds all lines that pass every skipped point closely enough.
  const auto open_cone = [&](QPointF p) {
    towards = p - anchor;
    reach = length(towards);
    high = tolerance / std::max(reach, tolerance);
    low = -high;
  };
  open_cone(last);
  for (std::size_t i = 2; i < points.size(); ++i) {
    const QPointF d = points[i] - anchor;
    const double along = QPointF::dotProduct(towards, d), far = length(d);
    const double slope = (towards.x() * d.y() - towards.y() * d.x()) / along;
    if (reach <= tolerance) {
      open_cone(points[i]);
    } else if (along > 0 && far >= reach && slope >= low && slope <= high) {
      low = std::max(low, slope - tolerance / far), high = std::min(high, slope + tolerance / far);
      reach = far;
    } else {
      points[kept++] = last;
      anchor = last;
      open_cone(points[i]);
    }
    last = points[i];
  }
  points[kept++] = last;
  points.resize(kept);
}

QLineF clipped(const QLineF& line, const QRectF& area) {
  if (area.contains(line.p1()) && area.contains(line.p2())) return line;
  double enter = 0, leave = 1;
  const double dx = line.dx(), dy = line.dy();
  const bool inside =
      narrow(-dx, line.x1() - area.left(), enter, leave) && narrow(dx, area.right() - line.x1(), enter, leave) &&
      narrow(-dy, line.y1() - area.top(), enter, leave) && narrow(dy, area.bottom() - line.y1(), enter, leave);
  return inside ? QLineF(line.pointAt(enter), line.pointAt(leave)) : QLineF();
}

void appendSolid(const std::vector<QPointF>& points, const QRectF& area, std::vector<QLineF>& out) {
  out.reserve(out.size() + points.size());
  for (std::size_t i = 1; i < points.size(); ++i) {
    const QLineF line = clipped({points[i - 1], points[i]}, area);
    if (!line.isNull()) out.push_back(line);
  }
}

void appendDashed(const std::vector<QPointF>& points, const QRectF& area, double dash, double gap,
                  std::vector<QLineF>& out) {
  const double period = dash + gap;
  double phase = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const QLineF line = clipped({points[i - 1], points[i]}, area);
    const double whole = length(points[i] - points[i - 1]);
    if (!line.isNull()) {
      const double entered = length(line.p1() - points[i - 1]), stop = entered + line.length();
      const QPointF step = (points[i] - points[i - 1]) / whole;
      for (double begin = period * std::floor((entered + phase) / period) - phase; begin < stop; begin += period) {
        const double from = std::max(begin, entered), to = std::min(begin + dash, stop);
        if (to > from) out.emplace_back(points[i - 1] + from * step, points[i - 1] + to * step);
      }
    }
    phase = std::fmod(phase + whole, period);
  }
}

std::vector<Station> stations(const std::vector<QPointF>& points, const QRectF& area, double first, double every) {
  std::vector<Station> found;
  double next = first, travelled = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const QPointF d = points[i] - points[i - 1];
    const double whole = length(d);
    if (whole == 0) continue;
    const QLineF line = clipped({points[i - 1], points[i]}, area);
    if (!line.isNull()) {
      const double entered = length(line.p1() - points[i - 1]), stop = entered + line.length();
      if (travelled + entered > next) next += every * std::ceil((travelled + entered - next) / every);
      for (; next <= travelled + stop; next += every)
        found.push_back({points[i - 1] + (next - travelled) / whole * d, d / whole});
    }
    travelled += whole;
  }
  return found;
}

void appendSpaced(const std::vector<QPointF>& points, const QRectF& area, double first, double every,
                  std::vector<QPointF>& places) {
  std::optional<QPointF> start;
  const auto near = [&](QPointF p) {  // the newest place: a dense curve stays there for long
    const QPointF d = p - places.back();
    return QPointF::dotProduct(d, d) < every * every;
  };
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (!places.empty() && near(points[i - 1]) && near(points[i])) continue;
    const QLineF line = clipped({points[i - 1], points[i]}, area);
    if (line.isNull()) continue;
    const double whole = line.length();
    const QPointF unit = (line.p2() - line.p1()) / whole;
    if (!start) start = line.p1();
    // How far along the line one gets out of the circle; each circle is left once, as it is convex.
    const auto out_of = [&](QPointF centre, double radius, double at) {
      const QPointF d = line.p1() - centre;
      const double along = QPointF::dotProduct(d, unit), away2 = QPointF::dotProduct(d, d) - along * along;
      if (away2 >= radius * radius) return at;
      const double half = std::sqrt(radius * radius - away2);
      return at > -along - half ? std::max(at, half - along) : at;
    };
    for (double at = 0, before = -1; at <= whole;) {
      for (before = -1; at != before && at <= whole;) {
        before = at;
        if (places.empty()) at = out_of(*start, first, at);
        for (const QPointF& place : places) at = out_of(place, every, at);
      }
      if (at <= whole) places.push_back(line.p1() + at * unit);
    }
  }
}

}  // namespace kappa::ui
