/// The layers at the back of an SVG picture: grid, heat maps, level lines, bands and bars.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/figure/svg_draw.hpp"

namespace kappa::svg {
namespace {

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
    if (c.figure.y.scale == Scale::log && !(value > 0)) continue;  // a mark at the floor stands for it
    double top = std::clamp(c.at(1, value).y, plot.y, plot.bottom());
    if (std::abs(base - top) < 2) top = base + (value < 0 ? 2 : -2);  // never thinner than the eye can see
    d += 'M' + number(x - width / 2) + ' ' + number(base) + 'V' + number(top) + 'h' + number(width) + 'V' +
         number(base) + 'z';
  }
  const std::string colour = bars.ghost ? to_hex(c.theme.line) : c.colour(bars.colour);
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
  if (!bars.loose)
    c.out += "<path " + stroke(colour, bars.ghost ? c.curve_width : 1.2) + " d=\"" + path_data(lines) + "\"/>\n";
  const auto all = static_cast<double>(data.size());
  const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(all * 14 / c.layout.plot.width)));
  for (std::size_t i = order % every; i < data.size(); i += every) {
    const Vertex v = c.at(data[i].x, data[i].y);
    if (std::isfinite(v.y) && within(c.layout.plot, v))
      c.out += marker(bars.marker, v, c.thumbnail ? 2.2 : 3.6, colour, to_hex(c.theme.panel));
  }
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
    const double most = std::max(1.0, 2 * c.layout.plot.width);  // columns that paper can show
    const std::uint32_t stride =
        c.thumbnail ? std::max(1u, heat.cols / 80) : static_cast<std::uint32_t>(std::ceil(heat.cols / most));
    const auto exact = [](double v) {  // a scale needs more digits than a position
      std::string text = std::to_string(std::llround(v * 1e6));
      return text + "e-6";
    };
    c.out += "<g shape-rendering=\"crispEdges\" transform=\"translate(" + number(a.x) + ' ' + number(a.y) + ") scale(" +
             exact((b.x - a.x) / heat.cols) + ' ' + exact((b.y - a.y) / heat.rows) + ")\">\n" +
             heat_paths(heat, stride) + "</g>\n";
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
             number(bar.height / shades + (s > 0 ? 0.5 : 0)) + "\" fill=\"" +
             to_hex(viridis(double(s) / (shades - 1))) + "\"/>\n";
  }
  c.out += "</g>\n";
}

void draw_levels(Canvas& c) {
  if (c.figure.levels.empty()) return;
  const auto count = static_cast<double>(c.figure.levels.size());
  for (std::size_t i = 0; i < c.figure.levels.size(); ++i) {
    std::string outlines;
    Polyline outline;
    for (const Vertex& v : c.figure.levels[i].region) {
      if (std::isfinite(v.y)) {
        outline.push_back(c.at(v.x, v.y));
        continue;
      }
      const Polyline thin = simplified(closed_clipped(outline, c.layout.plot), std::max(0.15, c.tolerance));
      if (thin.size() > 2) outlines += path_data(std::span(&thin, 1)) + 'z';
      outline.clear();
    }
    if (!outlines.empty())
      c.out += "<path fill=\"" + to_hex(level_tint(c.theme, static_cast<double>(i + 1) / count)) +
               "\" fill-rule=\"evenodd\" d=\"" + outlines + "\"/>\n";
  }
  c.out += "<g " + stroke(to_hex(mix(c.theme.muted, c.theme.panel, 0.4)), 0.8) + " stroke-linejoin=\"round\">\n";
  for (const Level& level : c.figure.levels) {
    const auto lines = joined(c.pixels(level.segments));
    std::vector<Polyline> inside;
    for (const Polyline& l : lines)
      for (const Polyline& piece : clipped(l, c.layout.plot))
        inside.push_back(simplified(piece, std::max(0.1, c.tolerance)));
    c.out += "<path d=\"" + path_data(inside) + "\"/>\n";
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
    c.out += "<path fill=\"" + c.colour(band.colour) + "\" fill-opacity=\"0.18\" d=\"" +
             path_data(std::span(&thin, 1)) + "z\"/>\n";
  }
}

void draw_bars(Canvas& c) {
  std::size_t order = 0;
  for (bool ghosts : {true, false})
    for (const Bars& bars : c.figure.bars) {
      if (bars.ghost != ghosts || (ghosts && c.thumbnail)) continue;
      if (bars.points)
        draw_point_set(c, bars, order++);
      else
        draw_bar_set(c, bars);
    }
}

}  // namespace kappa::svg
