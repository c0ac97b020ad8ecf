/// The layers in front: curves and their markers, paths, points, marks and the cursor.
#include <algorithm>
#include <cmath>

#include "core/figure/svg_draw.hpp"

namespace kappa::svg {
namespace {

/// Markers every so often, out of step from curve to curve, or on every point where these are few.
std::vector<Vertex> marker_places(const Canvas& c, const Curve& curve, std::size_t order) {
  const Box& plot = c.layout.plot;
  const auto inside = [&](const Vertex& v) { return within(plot, v); };
  const Polyline px = c.pixels(curve.vertices);
  std::vector<Vertex> places;
  const double spacing = std::max(48.0, plot.width / 7);
  if (static_cast<double>(px.size()) * 14 <= plot.width) {
    std::copy_if(px.begin(), px.end(), std::back_inserter(places), inside);
    return places;
  }
  double next =
      plot.x + spacing * (0.3 + 0.37 * static_cast<double>(order) - std::floor(0.37 * static_cast<double>(order)));
  for (std::size_t i = 1; i < px.size(); ++i) {
    const Vertex &a = px[i - 1], &b = px[i];
    if (!std::isfinite(a.y) || !std::isfinite(b.y) || b.x < next) continue;
    while (next < a.x) next += spacing;
    for (; next <= b.x; next += spacing) {
      const double t = b.x > a.x ? (next - a.x) / (b.x - a.x) : 0;
      if (const Vertex v{next, a.y + t * (b.y - a.y)}; inside(v)) places.push_back(v);
    }
  }
  return places;
}

/// An element left open for its title.
struct Shape {
  std::string start;
  std::string_view element;
};

Shape mark_shape(const Canvas& c, const Mark& mark, const Vertex& v) {
  const std::string colour = c.colour(mark.colour), ground = to_hex(c.theme.panel);
  const auto triangle = [&](double tip, double base, bool solid) {
    return "<path d=\"M" + number(v.x) + ' ' + number(v.y + tip) + 'L' + number(v.x - 5) + ' ' + number(v.y + base) +
           ' ' + number(v.x + 5) + ' ' + number(v.y + base) + "z\" fill=\"" + (solid ? colour : ground) +
           "\" stroke=\"" + (solid ? ground : colour) + "\" stroke-width=\"" + (solid ? "1" : "1.5") + "\">";
  };
  const auto ring = [&](const std::string& fill, const std::string& rim) {
    return "<circle cx=\"" + number(v.x) + "\" cy=\"" + number(v.y) + "\" r=\"4\" fill=\"" + fill + "\" stroke=\"" +
           rim + "\" stroke-width=\"1.8\">";
  };
  const bool low = v.y > c.layout.plot.y + c.layout.plot.height / 2;
  switch (mark.kind) {
    case MarkKind::zero:
      return {triangle(0, -8, true), "path"};
    case MarkKind::negative:
      return {triangle(0, -8, false), "path"};
    case MarkKind::infinite:
      return {triangle(low ? 0 : 1, low ? -8 : 9, false), "path"};
    case MarkKind::diverged:
      return {triangle(low ? 0 : 1, low ? -8 : 9, true), "path"};
    case MarkKind::not_a_number:
      return {"<path d=\"M" + number(v.x - 4) + ' ' + number(v.y + 1) + "l8 8m0-8l-8 8\" fill=\"none\" stroke=\"" +
                  colour + "\" stroke-width=\"1.8\">",
              "path"};
    case MarkKind::edit:
      return {"<path d=\"M" + number(v.x) + ' ' + number(v.y - 5) + "l5 5-5 5-5-5z\" fill=\"" + ground +
                  "\" stroke=\"" + colour + "\" stroke-width=\"1.5\">",
              "path"};
    case MarkKind::fork:
      return {ring(ground, colour), "circle"};
    case MarkKind::reached:
      return {ring(colour, ground), "circle"};
    case MarkKind::below: {
      const Vertex u = outward(mark, c.figure);  // a point towards what lies outside; pixels run downward
      const auto at = [&](double out, double across) {
        return number(v.x + out * u.x - across * u.y) + ' ' + number(v.y - out * u.y - across * u.x);
      };
      return {"<path d=\"M" + at(-7, -4.5) + 'L' + at(-2, 0) + ' ' + at(-7, 4.5) + "\" fill=\"none\" stroke=\"" +
                  colour + "\" stroke-width=\"1.8\">",
              "path"};
    }
  }
  return {};
}

}  // namespace

void draw_curves(Canvas& c) {
  std::size_t measured = 0;
  for (const Curve& curve : c.figure.curves) measured += !curve.theory && !curve.faint;
  const auto draw = [&](const Curve& curve) {
    const auto lines = c.lines(curve.vertices, c.curve_width / 2);
    if (lines.empty() || curve.scatter || (c.thumbnail && curve.colour == neutral)) return;
    const double width = curve.theory                       ? c.theory_width
                         : curve.faint                      ? 1
                         : curve.weight < 1 || measured > 8 ? c.curve_width * 0.6
                                                            : c.curve_width;
    // On a heat map no run's colour is sure to be seen.
    const std::string colour = c.figure.heats.empty() ? c.colour(curve.colour) : "#ffffff";
    if (!c.figure.heats.empty())
      c.out +=
          "<path " + stroke("#000000", width + 1.6) + " stroke-opacity=\"0.45\" d=\"" + path_data(lines) + "\"/>\n";
    c.out += "<path " + stroke(colour, width) + " stroke-linejoin=\"round\" ";
    if (curve.theory)
      c.out += *curve.theory == TheoryKind::guide ? "stroke-dasharray=\"1.5 4\" " : "stroke-dasharray=\"6 4\" ";
    c.out += curve.theory ? "" : "stroke-linecap=\"round\" ";
    if (curve.faint || curve.weight < 1)
      c.out += "stroke-opacity=\"" + number(curve.faint ? 0.35 : curve.weight) + "\" ";
    c.out += "d=\"" + path_data(lines) + "\"/>\n";
  };
  for (const Curve& curve : c.figure.curves)
    if (curve.theory || curve.faint) draw(curve);
  for (const Curve& curve : c.figure.curves)
    if (!curve.theory && !curve.faint) draw(curve);
  // An exact theory lies under its curve: the gaps between its dashes are cut out of the curve.
  for (const Curve& curve : c.figure.curves)
    if (curve.theory == TheoryKind::exact && !curve.upright && c.figure.heats.empty() && !c.thumbnail)
      c.out += "<path " + stroke(to_hex(c.theme.panel), c.theory_width * 0.8) +
               " stroke-dasharray=\"4 6\" stroke-dashoffset=\"-6\" d=\"" +
               path_data(c.lines(curve.vertices, c.curve_width / 2)) + "\"/>\n";
  for (const Curve& curve : c.figure.curves)
    for (const Vertex& v : curve.scatter ? c.pixels(curve.vertices) : Polyline{})
      if (within(c.layout.plot, v))
        c.out += marker(curve.marker, v, c.thumbnail ? 2 : 3, c.colour(curve.colour), to_hex(c.theme.panel));
  if (c.thumbnail) return;
  std::size_t order = 0;
  for (const Curve& curve : c.figure.curves) {
    if (curve.theory || curve.faint || curve.scatter) continue;
    const bool few = curve.vertices.size() <= 30;
    if (measured > 1 || few)
      for (const Vertex& v : marker_places(c, curve, order))
        c.out += marker(curve.marker, v, 3.6, c.colour(curve.colour), to_hex(c.theme.panel));
    ++order;
  }
}

namespace {

/// Arrowheads along a path, one every so many pixels of its length, and none too near to another.
std::string arrows(std::span<const Polyline> lines, const std::string& colour) {
  constexpr double first = 60, every = 150, apart = 28;
  std::string heads;
  Polyline places;
  const auto crowded = [&](double x, double y) {
    return std::any_of(places.begin(), places.end(),
                       [&](const Vertex& v) { return std::hypot(v.x - x, v.y - y) < apart; });
  };
  for (const Polyline& line : lines) {
    double next = first;
    for (std::size_t i = 1; i < line.size(); ++i) {
      const double dx = line[i].x - line[i - 1].x, dy = line[i].y - line[i - 1].y, length = std::hypot(dx, dy);
      for (; next <= length; next += every) {
        const double x = line[i - 1].x + dx * next / length, y = line[i - 1].y + dy * next / length;
        if (crowded(x, y)) continue;
        places.push_back({x, y});
        const double ux = 3.5 * dx / length, uy = 3.5 * dy / length;
        heads += 'M' + number(x + ux) + ' ' + number(y + uy) + 'L' + number(x - ux - uy) + ' ' + number(y - uy + ux) +
                 ' ' + number(x - ux + uy) + ' ' + number(y - uy - ux) + 'z';
      }
      next -= length;
    }
  }
  return heads.empty() ? heads : "<path fill=\"" + colour + "\" d=\"" + heads + "\"/>\n";
}

}  // namespace

void draw_paths(Canvas& c) {
  for (const Path& path : c.figure.paths) {
    const auto lines = c.lines(path.vertices, c.curve_width / 2);
    if (lines.empty()) continue;
    const double width = c.thumbnail ? 1.6 : c.curve_width * 0.7;
    c.out += "<path " + stroke(c.colour(path.colour), width) +
             " stroke-linejoin=\"round\" stroke-linecap=\"round\" d=\"" + path_data(lines) + "\"/>\n";
    if (!c.thumbnail) c.out += arrows(lines, c.colour(path.colour));
  }
  if (c.thumbnail) return;
  const auto inside = [&](const Vertex& v) { return within(c.layout.plot, v); };
  for (const Path& path : c.figure.paths) {
    if (path.vertices.empty()) continue;
    const Vertex start = c.at(path.vertices.front().x, path.vertices.front().y);
    const Vertex now = c.at(path.vertices.back().x, path.vertices.back().y);
    if (inside(start))
      c.out += "<circle cx=\"" + number(start.x) + "\" cy=\"" + number(start.y) + "\" r=\"5\" fill=\"" +
               to_hex(c.theme.panel) + "\" stroke=\"" + to_hex(c.theme.text) + "\" stroke-width=\"1.8\"/>\n";
    if (inside(now) && c.figure.at_moment)
      c.out += "<circle cx=\"" + number(now.x) + "\" cy=\"" + number(now.y) + "\" r=\"4.6\" fill=\"" +
               to_hex(c.theme.panel) + "\" stroke=\"" + c.colour(path.colour) + "\" stroke-width=\"2.2\"/>\n";
    else if (inside(now))
      c.out += marker(run_marker(path.colour), now, 4.2, c.colour(path.colour), to_hex(c.theme.panel));
  }
}

void draw_points(Canvas& c) {
  const Box& p = c.layout.plot;
  for (const Point& point : c.figure.points) {
    const Vertex v = c.at(point.x, point.y);
    if (!(v.x >= p.x && v.x <= p.right() && v.y >= p.y && v.y <= p.bottom())) continue;
    const std::string colour = point.colour == neutral ? to_hex(c.theme.text) : c.colour(point.colour);
    c.out += "<circle cx=\"" + number(v.x) + "\" cy=\"" + number(v.y) + "\" r=\"3.2\" fill=\"" + colour + "\"/>\n";
    if (c.thumbnail || c.layout.labels.empty() || point.label.empty()) continue;
    const bool left = v.x + 8 + text_width(point.label, 11) > p.right();
    c.out += "<text x=\"" + number(v.x + (left ? -8 : 8)) + "\" y=\"" + number(v.y - 7) +
             "\" font-size=\"11\" fill=\"" + to_hex(c.theme.muted) + "\" stroke=\"" + to_hex(c.theme.panel) +
             "\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"" +
             (left ? " text-anchor=\"end\"" : "") + '>' + escaped(point.label) + "</text>\n";
  }
}

void draw_marks(Canvas& c) {
  for (const Mark& mark : c.figure.marks) {
    const Box& p = c.layout.plot;
    Vertex v = c.at(mark.x, mark.y);
    if (!std::isfinite(v.x) || !std::isfinite(v.y)) continue;
    v = {std::clamp(v.x, p.x, p.right()), std::clamp(v.y, p.y, p.bottom())};
    const Shape shape = mark_shape(c, mark, v);
    c.out += shape.start + "<title>" + escaped(mark.text) + "</title></" + std::string(shape.element) + ">\n";
  }
}

void draw_cursor(Canvas& c) {
  if (!c.figure.cursor) return;
  const Box& p = c.layout.plot;
  const double x = c.at(*c.figure.cursor, c.figure.y.lo).x;
  if (!(x >= p.x - 0.5 && x <= p.right() + 0.5)) return;
  const std::string colour = c.figure.heats.empty() ? to_hex(c.theme.accent) : "#ffffff";
  c.out += "<g " + stroke(colour, 1.4) + ">\n" + line(x, p.y, x, p.bottom()) + "</g>\n";
  for (const Curve& curve : c.figure.curves) {
    if (curve.theory || curve.faint) continue;
    const Polyline px = c.pixels(curve.vertices);
    for (std::size_t i = 0; i < px.size(); ++i) {
      const Vertex& a = px[i > 0 ? i - 1 : 0];
      const Vertex& b = px[i];
      if (!std::isfinite(a.y) || !std::isfinite(b.y) || a.x > x || b.x < x) continue;
      const double y = b.x > a.x ? a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x) : b.y;
      if (y >= p.y - 1 && y <= p.bottom() + 1)
        c.out += "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"4.4\" fill=\"" + to_hex(c.theme.panel) +
                 "\" stroke=\"" + c.colour(curve.colour) + "\" stroke-width=\"2\"/>\n";
      break;
    }
  }
}

}  // namespace kappa::svg
