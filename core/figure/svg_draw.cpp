/// Geometry and text of SVG, free of what a figure means.
#include "core/figure/svg_draw.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "core/base/text.hpp"
#include "core/trace/decimate.hpp"

namespace kappa::svg {
namespace {

bool finite(const Vertex& v) { return std::isfinite(v.x) && std::isfinite(v.y); }

/// Liang-Barsky: the part of a segment inside the box.
bool clip(const Box& box, Vertex& a, Vertex& b) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  double enter = 0, leave = 1;
  const auto side = [&](double speed, double distance) {
    if (speed == 0) return distance >= 0;
    const double t = distance / speed;
    if (speed < 0)
      enter = std::max(enter, t);
    else
      leave = std::min(leave, t);
    return enter <= leave;
  };
  if (!side(-dx, a.x - box.x) || !side(dx, box.right() - a.x) || !side(-dy, a.y - box.y) ||
      !side(dy, box.bottom() - a.y))
    return false;
  const Vertex from = a;
  if (leave < 1) b = {from.x + leave * dx, from.y + leave * dy};
  if (enter > 0) a = {from.x + enter * dx, from.y + enter * dy};
  return true;
}

bool inside(const Box& box, const Vertex& v) {
  return v.x >= box.x && v.x <= box.right() && v.y >= box.y && v.y <= box.bottom();
}

double distance_to(const Vertex& p, const Vertex& a, const Vertex& b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

std::string point(double x, double y) { return number(x) + ' ' + number(y); }

}  // namespace

std::string number(double value) {
  if (!std::isfinite(value)) return "0";
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 2).ptr;
  std::string text(buffer.data(), end);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(text, i);
    const std::uint32_t code = length == 0 ? 0 : code_point(text.substr(i, length));
    const bool valid = (code >= 0x20 || code == '\n' || code == '\t') && code != 0xFFFE && code != 0xFFFF;
    if (!valid) {
      out += "\uFFFD";
      ++i;
      continue;
    }
    switch (text[i]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += text.substr(i, length);
    }
    i += length;
  }
  return out;
}

std::string line(double x1, double y1, double x2, double y2) {
  return "<path d=\"M" + number(x1) + ' ' + number(y1) + 'L' + number(x2) + ' ' + number(y2) + "\"/>\n";
}

std::string stroke(const std::string& colour, double width) {
  return "fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"" + number(width) + '"';
}

bool within(const Box& box, const Vertex& v) {
  return v.x >= box.x - 1 && v.x <= box.right() + 1 && v.y >= box.y - 1 && v.y <= box.bottom() + 1;
}

std::vector<Polyline> clipped(std::span<const Vertex> pixels, const Box& box) {
  std::vector<Polyline> pieces;
  bool joins = false;  // the last piece ends where the next segment begins
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    if (!finite(pixels[i])) {
      joins = false;
      continue;
    }
    const bool alone = (i == 0 || !finite(pixels[i - 1])) && (i + 1 == pixels.size() || !finite(pixels[i + 1]));
    if (alone && inside(box, pixels[i])) pieces.push_back({pixels[i]});
    if (i == 0 || !finite(pixels[i - 1])) continue;
    Vertex a = pixels[i - 1], b = pixels[i];
    if (!clip(box, a, b)) {
      joins = false;
      continue;
    }
    if (!joins) pieces.push_back({a});
    pieces.back().push_back(b);
    joins = inside(box, pixels[i]);
  }
  return pieces;
}

Polyline simplified(const Polyline& line, double tolerance) {
  if (line.size() < 3) return line;
  std::vector<bool> keep(line.size(), false);
  keep.front() = keep.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    double worst = tolerance;
    std::size_t at = 0;
    for (std::size_t i = first + 1; i < last; ++i)
      if (const double d = distance_to(line[i], line[first], line[last]); d > worst) worst = d, at = i;
    if (at == 0) continue;
    keep[at] = true;
    open.push_back({first, at});
    open.push_back({at, last});
  }
  Polyline kept;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (keep[i]) kept.push_back(line[i]);
  return kept;
}

std::vector<Polyline> joined(std::span<const Vertex> segments) {
  using Key = std::pair<std::int64_t, std::int64_t>;
  const auto key = [](const Vertex& v) { return Key{std::llround(v.x * 50), std::llround(v.y * 50)}; };
  const std::size_t count = segments.size() / 2;
  std::multimap<Key, std::size_t> ends;  // vertex index by place
  for (std::size_t v = 0; v < 2 * count; ++v) ends.insert({key(segments[v]), v});
  std::vector<bool> used(count, false);
  const auto extend = [&](Polyline& line) {
    for (bool found = true; found;) {
      found = false;
      const auto [from, to] = ends.equal_range(key(line.back()));
      for (auto it = from; it != to && !found; ++it) {
        const std::size_t segment = it->second / 2;
        if (used[segment]) continue;
        used[segment] = found = true;
        line.push_back(segments[it->second ^ 1]);
      }
    }
  };
  std::vector<Polyline> lines;
  for (std::size_t s = 0; s < count; ++s) {
    if (used[s]) continue;
    used[s] = true;
    Polyline line{segments[2 * s], segments[2 * s + 1]};
    extend(line);
    std::reverse(line.begin(), line.end());
    extend(line);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string path_data(std::span<const Polyline> lines) {
  std::string d;
  for (const Polyline& line : lines) {
    if (line.empty()) continue;
    d += 'M' + point(line[0].x, line[0].y);
    if (line.size() == 1) d += "h0";
    for (std::size_t i = 1; i < line.size(); ++i) d += (i == 1 ? 'L' : ' ') + point(line[i].x, line[i].y);
  }
  return d;
}

Polyline closed_clipped(const Polyline& outline, const Box& box) {
  Polyline shape = outline;
  const auto cut = [&](auto&& depth) {  // Sutherland and Hodgman: what lies inside one side after the other
    Polyline kept;
    for (std::size_t i = 0; i < shape.size(); ++i) {
      const Vertex &a = shape[i], &b = shape[(i + 1) % shape.size()];
      const double from = depth(a), to = depth(b);
      if (from >= 0) kept.push_back(a);
      if ((from >= 0) == (to >= 0)) continue;
      const double t = from / (from - to);
      kept.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
    }
    shape = std::move(kept);
  };
  cut([&](const Vertex& v) { return v.x - box.x; });
  cut([&](const Vertex& v) { return box.right() - v.x; });
  cut([&](const Vertex& v) { return v.y - box.y; });
  cut([&](const Vertex& v) { return box.bottom() - v.y; });
  return shape;
}

Polyline paper_thin(Polyline line, const Box& plot, double columns) {
  const auto most = static_cast<unsigned>(std::clamp(columns * plot.width, 16.0, 1e6));
  if (line.size() <= 2 * std::size_t{most}) return line;
  std::vector<double> x, y;
  for (const Vertex& v : line) {
    if (!x.empty() && v.x < x.back()) return line;
    x.push_back(v.x), y.push_back(v.y);
  }
  return decimate(x, y, {plot.x, plot.right(), most, Scale::linear, Scale::linear}).vertices;
}

Polyline Canvas::pixels(std::span<const Vertex> data) const {
  Polyline line;
  line.reserve(data.size());
  for (const Vertex& v : data) line.push_back(at(v.x, v.y));
  return line;
}

std::vector<Polyline> Canvas::lines(std::span<const Vertex> data, double overhang) const {
  const Box& p = layout.plot;
  auto pieces = clipped(paper_thin(pixels(data), p, columns),
                        {p.x - overhang, p.y - overhang, p.width + 2 * overhang, p.height + 2 * overhang});
  for (Polyline& piece : pieces) piece = simplified(piece, tolerance);
  return pieces;
}

std::string marker(Marker shape, Vertex c, double r, const std::string& colour, const std::string& ground) {
  const auto at = [&](double dx, double dy) { return point(c.x + dx * r, c.y + dy * r); };
  const std::string solid = " fill=\"" + colour + "\" stroke=\"" + ground + "\"/>\n";
  const std::string strokes = "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"1.8\"/>\n";
  switch (shape) {
    case Marker::none:
      return {};
    case Marker::circle:
      return "<circle cx=\"" + number(c.x) + "\" cy=\"" + number(c.y) + "\" r=\"" + number(r) + '"' + solid;
    case Marker::square:
      return "<path d=\"M" + at(-.9, -.9) + 'h' + number(1.8 * r) + 'v' + number(1.8 * r) + 'h' + number(-1.8 * r) +
             "z\"" + solid;
    case Marker::triangle:
      return "<path d=\"M" + at(0, -1.15) + 'L' + at(1.1, .85) + ' ' + at(-1.1, .85) + "z\"" + solid;
    case Marker::triangle_down:
      return "<path d=\"M" + at(0, 1.15) + 'L' + at(1.1, -.85) + ' ' + at(-1.1, -.85) + "z\"" + solid;
    case Marker::diamond:
      return "<path d=\"M" + at(0, -1.3) + 'L' + at(1.15, 0) + ' ' + at(0, 1.3) + ' ' + at(-1.15, 0) + "z\"" + solid;
    case Marker::cross:
      return "<path d=\"M" + at(-.9, -.9) + 'L' + at(.9, .9) + 'M' + at(-.9, .9) + 'L' + at(.9, -.9) + strokes;
    case Marker::plus:
      return "<path d=\"M" + at(-1.2, 0) + 'L' + at(1.2, 0) + 'M' + at(0, -1.2) + 'L' + at(0, 1.2) + strokes;
    case Marker::star: {
      std::string d = "M";
      for (int k = 0; k < 10; ++k) {
        const double angle = k * std::acos(-1.0) / 5, reach = k % 2 == 0 ? 1.4 : 0.62;
        d += (k == 0 ? "" : k == 1 ? "L" : " ") + at(reach * std::sin(angle), -reach * std::cos(angle));
      }
      return "<path d=\"" + d + "z\"" + solid;
    }
  }
  return {};
}

}  // namespace kappa::svg
