/// The layers of an SVG picture, from the grid at the back to the cursor in front.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/figure/svg_draw.hpp"

namespace kappa::svg {
namespace {

std::string line(double x1, double y1, double x2, double y2) {
  return "<path d=\"M" + number(x1) + ' ' + number(y1) + 'L' + number(x2) + ' ' + number(y2) + "\"/>\n";
}

std::string stroke(const std::string& colour, double width) {
  return "fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"" + number(width) + '"';
}

/// Markers every so often, out of step from curve to curve, or on every point where these are few.
std::vector<Vertex> marker_places(const Canvas& c, const Curve& curve, std::size_t order) {
  const Box& plot = c.layout.plot;
  const auto inside = [&](const Vertex& v) {
    return v.x >= plot.x - 1 && v.x <= plot.right() + 1 && v.y >= plot.y - 1 && v.y <= plot.bottom() + 1;
  };
  const Polyline px = c.pixels(curve.vertices);
  std::vector<Vertex> places;
  const double spacing = std::max(48.0, plot.width / 7);
  if (static_cast<double>(px.size()) * 14 <= plot.width) {
    std::copy_if(px.begin(), px.end(), std::back_inserter(places), inside);
    return places;
  }
  double next = plot.x + spacing * (0.3 + 0.37 * static_cast<double>(order) - std::floor(0.37 * static_cast<double>(order)));
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

/// Cells of one colour as one path in units of cells; neighbours in a row are merged.
std::string heat_paths(const Heat& heat, std::uint32_t stride) {
  constexpr int shades = 64;
  std::map<int, std::string> by_shade;
  for (std::uint32_t r = 0; r < heat.rows; ++r) {
    const auto shade = [&](std::uint32_t c) {
      const auto at = heat_position(heat, heat.values[std::size_t{r} * heat.cols + c]);
      return at ? static_cast<int>(std::lround(*at * (shades - 1))) : -1;
    };
    for (std::uint32_t c = 0; c < heat.cols;) {
      const int s = shade(c);
      std::uint32_t end = std::min(c + stride, heat.cols);
      while (end < heat.cols && shade(end) == s) end = std::min(end + stride, heat.cols);
      if (s >= 0) {
        const std::string width = std::to_string(end - c);
        by_shade[s] += 'M' + std::to_string(c) + ' ' + std::to_string(r) + 'h' + width + "v1h-" + width + 'z';
      }
      c = end;
    }
  }
  std::string out;
  for (const auto& [s, d] : by_shade)
    out += "<path fill=\"" + to_hex(viridis(double(s) / (shades - 1))) + "\" d=\"" + d + "\"/>\n";
  return out;
}

/// Bottom of a bar: zero on a linear axis, the floor on a logarithmic one.
double base_of(const Canvas& c) {
  const double zero = c.figure.y.scale == Scale::linear ? std::clamp(0.0, c.figure.y.lo, c.figure.y.hi) : c.figure.y.lo;
  return c.at(1, zero).y;
}

void draw_bar_set(Canvas& c, const Bars& bars) {
  const Box& plot = c.layout.plot;
  const double slot = plot.width / std::max(1.0, c.figure.x.hi - c.figure.x.lo), width = std::max(slot * 0.72, 0.5);
  const double base = base_of(c);
  std::string d;
  for (std::size_t i = 0; i < bars.values.size(); ++i) {
    const double x = c.at(static_cast<double>(i + 1), 1).x;
    const double value = bars.values[i];
    if (!std::isfinite(value) || x < plot.x || x > plot.right()) continue;
    if (c.figure.y.scale == Scale::log && !(value > 0)) continue;   // a mark at the floor stands for it
    double top = std::clamp(c.at(1, value).y, plot.y, plot.bottom());
    if (std::abs(base - top) < 2) top = base - 2;                   // never thinner than the eye can see
    d += 'M' + number(x - width / 2) + ' ' + number(base) + 'V' + number(top) + 'h' + number(width) + 'V' + number(base) + 'z';
  }
  const std::string colour = bars.ghost ? to_hex(c.theme.grid) : c.colour(bars.colour);
  c.out += "<path fill=\"" + colour + "\" d=\"" + d + "\"/>\n";
}

void draw_point_set(Canvas& c, const Bars& bars, std::size_t order) {
  std::vector<Vertex> data;
  for (std::size_t i = 0; i < bars.values.size(); ++i) {
    const bool shown = std::isfinite(bars.values[i]) && (c.figure.y.scale == Scale::linear || bars.values[i] > 0);
    data.push_back({static_cast<double>(i + 1), shown ? bars.values[i] : std::numeric_limits<double>::quiet_NaN()});
  }
  const auto lines = c.lines(data, 1);
  const std::string colour = bars.ghost ? to_hex(c.theme.line) : c.colour(bars.colour);
  c.out += "<path " + stroke(colour, bars.ghost ? c.curve_width : 1.2) + " d=\"" + path_data(lines) + "\"/>\n";
  if (bars.ghost) return;
  Curve curve;
  curve.vertices = data;
  for (const Vertex& v : marker_places(c, curve, order))
    c.out += marker(c.figure.legend.empty() ? Marker::circle : run_marker(bars.colour), v, c.thumbnail ? 2.2 : 3.6, colour, to_hex(c.theme.panel));
}

std::string mark_shape(const Canvas& c, const Mark& mark, const Vertex& v) {
  const std::string colour = c.colour(mark.colour), ground = to_hex(c.theme.panel);
  const auto triangle = [&](double tip, double base, bool solid) {
    return "<path d=\"M" + number(v.x) + ' ' + number(v.y + tip) + 'L' + number(v.x - 5) + ' ' + number(v.y + base) + ' ' +
           number(v.x + 5) + ' ' + number(v.y + base) + "z\" fill=\"" + (solid ? colour : ground) + "\" stroke=\"" +
           (solid ? ground : colour) + "\" stroke-width=\"" + (solid ? "1" : "1.5") + "\">";
  };
  const auto ring = [&](const std::string& fill, const std::string& rim) {
    return "<circle cx=\"" + number(v.x) + "\" cy=\"" + number(v.y) + "\" r=\"4\" fill=\"" + fill + "\" stroke=\"" + rim + "\" stroke-width=\"1.8\">";
  };
  const bool low = v.y > c.layout.plot.y + c.layout.plot.height / 2;
  switch (mark.kind) {
    case MarkKind::zero: return triangle(0, -8, true) + '|' + "path";
    case MarkKind::negative: return triangle(0, -8, false) + '|' + "path";
    case MarkKind::infinite: return triangle(low ? 0 : 1, low ? -8 : 9, false) + '|' + "path";
    case MarkKind::diverged: return triangle(low ? 0 : 1, low ? -8 : 9, true) + '|' + "path";
    case MarkKind::not_a_number:
      return "<path d=\"M" + number(v.x - 4) + ' ' + number(v.y + 1) + "l8 8m0-8l-8 8\" fill=\"none\" stroke=\"" + colour +
             "\" stroke-width=\"1.8\">|path";
    case MarkKind::edit:
      return "<path d=\"M" + number(v.x) + ' ' + number(v.y - 5) + "l5 5-5 5-5-5z\" fill=\"" + ground + "\" stroke=\"" + colour +
             "\" stroke-width=\"1.5\">|path";
    case MarkKind::fork: return ring(ground, colour) + "|circle";
    case MarkKind::reached: return ring(colour, ground) + "|circle";
  }
  return {};
}

}  // namespace

void draw_grid(Canvas& c) {
  const Box& p = c.layout.plot;
  c.out += "<g " + stroke(to_hex(c.theme.grid), 1) + ">\n";
  for (const Tick& tick : c.figure.y.ticks)
    if (tick.major && !tick.label.empty()) {
      const double y = c.at(0, tick.value).y;
      c.out += line(p.x, y, p.right(), y);
    }
  c.out += "</g>\n<g " + stroke(to_hex(c.theme.line), 1) + ">\n";
  for (const Tick& tick : c.figure.x.ticks) {
    const double x = c.at(tick.value, c.figure.y.lo).x;
    c.out += line(x, p.bottom(), x, p.bottom() + (tick.label.empty() ? 2.5 : 4));
  }
  c.out += "</g>\n";
}

void draw_heats(Canvas& c) {
  for (const Heat& heat : c.figure.heats) {
    if (heat.values.size() != std::size_t{heat.rows} * heat.cols || heat.values.empty()) continue;
    const Vertex a = c.at(heat.x0, heat.y0), b = c.at(heat.x1, heat.y1);
    const std::uint32_t stride = c.thumbnail ? std::max(1u, heat.cols / 80) : 1;
    const auto exact = [](double v) {   // a scale needs more digits than a position
      std::string text = std::to_string(std::llround(v * 1e6));
      return text + "e-6";
    };
    c.out += "<g shape-rendering=\"crispEdges\" transform=\"translate(" + number(a.x) + ' ' + number(a.y) + ") scale(" +
             exact((b.x - a.x) / heat.cols) + ' ' + exact((b.y - a.y) / heat.rows) + ")\">\n" + heat_paths(heat, stride) + "</g>\n";
  }
}

void draw_colour_bar(Canvas& c) {
  if (!c.layout.colour_bar) return;
  const Box& bar = *c.layout.colour_bar;
  constexpr int shades = 64;
  c.out += "<g shape-rendering=\"crispEdges\">\n";
  for (int s = 0; s < shades; ++s) {
    const double y = bar.bottom() - bar.height * (s + 1) / shades;
    c.out += "<rect x=\"" + number(bar.x) + "\" y=\"" + number(y) + "\" width=\"" + number(bar.width) + "\" height=\"" +
             number(bar.height / shades + (s > 0 ? 0.5 : 0)) + "\" fill=\"" + to_hex(viridis(double(s) / (shades - 1))) + "\"/>\n";
  }
  c.out += "</g>\n";
}

void draw_levels(Canvas& c) {
  if (c.figure.levels.empty()) return;
  c.out += "<g " + stroke(to_hex(c.theme.line), 1) + " stroke-linejoin=\"round\">\n";
  for (const Level& level : c.figure.levels) {
    auto lines = joined(c.pixels(level.segments));
    for (Polyline& l : lines) l = simplified(l, std::max(0.1, c.tolerance));
    c.out += "<path d=\"" + path_data(lines) + "\"/>\n";
  }
  c.out += "</g>\n";
}

void draw_bands(Canvas& c) {
  const Box& p = c.layout.plot;
  for (const Band& band : c.figure.bands) {
    if (band.x.empty()) continue;
    Polyline outline;
    const auto add = [&](double x, double y) {
      const Vertex v = c.at(x, y);
      if (std::isfinite(v.x) && std::isfinite(v.y))
        outline.push_back({std::clamp(v.x, p.x, p.right()), std::clamp(v.y, p.y, p.bottom())});
    };
    for (std::size_t i = 0; i < band.x.size(); ++i) add(band.x[i], band.upper[i]);
    for (std::size_t i = band.x.size(); i-- > 0;) add(band.x[i], band.lower[i]);
    const Polyline thin = simplified(outline, std::max(0.15, c.tolerance));
    c.out += "<path fill=\"" + c.colour(band.colour) + "\" fill-opacity=\"0.18\" d=\"" + path_data(std::span(&thin, 1)) + "z\"/>\n";
  }
}

void draw_bars(Canvas& c) {
  std::size_t order = 0;
  for (bool ghosts : {true, false})
    for (const Bars& bars : c.figure.bars) {
      if (bars.ghost != ghosts) continue;
      if (bars.points) draw_point_set(c, bars, order++);
      else draw_bar_set(c, bars);
    }
}

void draw_curves(Canvas& c) {
  const auto draw = [&](const Curve& curve) {
    const auto lines = c.lines(curve.vertices, c.curve_width / 2);
    if (lines.empty()) return;
    const double width = curve.theory ? c.theory_width : curve.faint ? 1 : c.curve_width;
    c.out += "<path " + stroke(c.colour(curve.colour), width) + " stroke-linejoin=\"round\" ";
    if (curve.theory) c.out += *curve.theory == TheoryKind::guide ? "stroke-dasharray=\"1.5 4\" " : "stroke-dasharray=\"6 4\" ";
    c.out += curve.theory ? "" : "stroke-linecap=\"round\" ";
    if (curve.faint) c.out += "stroke-opacity=\"0.35\" ";
    c.out += "d=\"" + path_data(lines) + "\"/>\n";
  };
  std::size_t measured = 0;
  for (const Curve& curve : c.figure.curves) measured += !curve.theory && !curve.faint;
  for (const Curve& curve : c.figure.curves)
    if (curve.theory || curve.faint) draw(curve);
  for (const Curve& curve : c.figure.curves)
    if (!curve.theory && !curve.faint) draw(curve);
  if (c.thumbnail) return;
  std::size_t order = 0;
  for (const Curve& curve : c.figure.curves) {
    if (curve.theory || curve.faint) continue;
    const bool few = curve.vertices.size() <= 30;
    if (measured > 1 || few)
      for (const Vertex& v : marker_places(c, curve, order))
        c.out += marker(curve.marker, v, 3.6, c.colour(curve.colour), to_hex(c.theme.panel));
    ++order;
  }
}

void draw_paths(Canvas& c) {
  for (const Path& path : c.figure.paths) {
    const auto lines = c.lines(path.vertices, c.curve_width / 2);
    if (lines.empty()) continue;
    const double width = c.thumbnail ? c.curve_width : c.curve_width * 0.8;
    c.out += "<path " + stroke(c.colour(path.colour), width) + " stroke-linejoin=\"round\" stroke-linecap=\"round\" d=\"" + path_data(lines) + "\"/>\n";
  }
  if (c.thumbnail) return;
  const auto inside = [&](const Vertex& v) {
    const Box& p = c.layout.plot;
    return v.x >= p.x - 1 && v.x <= p.right() + 1 && v.y >= p.y - 1 && v.y <= p.bottom() + 1;
  };
  for (const Path& path : c.figure.paths) {
    if (path.vertices.empty()) continue;
    const Vertex start = c.at(path.vertices.front().x, path.vertices.front().y);
    const Vertex now = c.at(path.vertices.back().x, path.vertices.back().y);
    if (inside(start))
      c.out += "<circle cx=\"" + number(start.x) + "\" cy=\"" + number(start.y) + "\" r=\"5\" fill=\"" + to_hex(c.theme.panel) +
               "\" stroke=\"" + to_hex(c.theme.text) + "\" stroke-width=\"1.8\"/>\n";
    if (inside(now)) c.out += marker(run_marker(path.colour), now, 4.2, c.colour(path.colour), to_hex(c.theme.panel));
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
    c.out += "<text x=\"" + number(v.x + (left ? -8 : 8)) + "\" y=\"" + number(v.y - 7) + "\" font-size=\"11\" fill=\"" +
             to_hex(c.theme.muted) + "\"" + (left ? " text-anchor=\"end\"" : "") + '>' + escaped(point.label) + "</text>\n";
  }
}

void draw_marks(Canvas& c) {
  for (const Mark& mark : c.figure.marks) {
    const Box& p = c.layout.plot;
    Vertex v = c.at(mark.x, mark.y);
    if (!std::isfinite(v.x) || !std::isfinite(v.y)) continue;
    v = {std::clamp(v.x, p.x, p.right()), std::clamp(v.y, p.y, p.bottom())};
    const std::string shape = mark_shape(c, mark, v);
    const auto split = shape.rfind('|');
    if (split == std::string::npos) continue;
    c.out += shape.substr(0, split) + "<title>" + escaped(mark.text) + "</title></" + shape.substr(split + 1) + ">\n";
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
