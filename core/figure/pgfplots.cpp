/// One pgfplots axis with the same curves, bands, bars, heat, paths and marks as the picture on the screen.
#include "core/figure/pgfplots.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/figure/data.hpp"
#include "core/figure/embed.hpp"
#include "core/figure/palette.hpp"
#include "core/figure/svg_draw.hpp"
#include "core/trace/decimate.hpp"
#include "core/trace/number.hpp"

namespace kappa {
namespace {

std::string number(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

std::string colour_name(int index) { return index < 0 ? "muted" : "run" + std::to_string(index % 8); }

std::string_view mark_name(Marker marker) {
  switch (marker) {
    case Marker::none:
      return "none";
    case Marker::circle:
      return "*";
    case Marker::square:
      return "square*";
    case Marker::triangle:
      return "triangle*";
    case Marker::diamond:
      return "diamond*";
    case Marker::cross:
      return "x";
    case Marker::plus:
      return "+";
    case Marker::triangle_down:
      return "triangle*,mark options={rotate=180}";
    case Marker::star:
      return "asterisk";
  }
  return "none";
}

/// The axis in points of TeX: 12 cm by 8 cm.
constexpr Box paper{0, 0, 341, 228};

/// Beyond what TeX can hold on a linear axis values are cut where nobody sees them.
struct Writer {
  const Figure& figure;
  std::string out;

  double held(const Axis& axis, double v) const {
    if (axis.scale == Scale::log) return v > 0 ? v : std::numeric_limits<double>::quiet_NaN();
    const double span = axis.hi - axis.lo;
    return std::isfinite(span) ? std::clamp(v, axis.lo - 10 * span, axis.hi + 10 * span) : v;
  }
  std::string at(double x, double y) const {
    return '(' + number(held(figure.x, x)) + ',' + number(held(figure.y, y)) + ')';
  }
  void plot(const std::string& style, const std::vector<Vertex>& vertices) {
    out += "\\addplot[" + style + "] coordinates {";
    std::size_t in_line = 0;
    for (const Vertex& v : vertices) out += (in_line++ % 6 == 0 ? "\n  " : " ") + at(v.x, v.y);
    out += "\n};\n";
  }
  /// A curve's lowest and highest point in each half of a point of TeX, which cannot hold many more.
  std::vector<Vertex> thinned(const std::vector<Vertex>& vertices) const {
    constexpr unsigned columns = 2 * 341;
    if (vertices.size() <= 2 * columns) return vertices;
    std::vector<double> x, y;
    for (const Vertex& v : vertices) x.push_back(v.x), y.push_back(v.y);
    return decimate(x, y, {figure.x.lo, figure.x.hi, columns, figure.x.scale, figure.y.scale}).vertices;
  }
  void legend_entry(const std::string& label, const std::string& note) {
    out += "\\addlegendentry{" + latex(label) + (note.empty() ? "" : " (" + latex(note) + ")") + "}\n";
  }
};

std::string ticks_of(const Axis& axis, char name) {
  std::string at, labels, minor;
  for (const Tick& tick : axis.ticks) {
    if (tick.label.empty()) {
      minor += (minor.empty() ? "" : ",") + number(tick.value);
    } else {
      at += (at.empty() ? "" : ",") + number(tick.value);
      labels += (labels.empty() ? "" : ",") + ('{' + latex(tick.label) + '}');
    }
  }
  const std::string axis_name(1, name);
  return "  " + axis_name + "tick={" + at + "}, " + axis_name + "ticklabels={" + labels + "}, minor " + axis_name +
         "tick={" + minor + "},\n";
}

void define_colour(std::string& out, const std::string& name, const Rgb& colour) {
  std::string hex = to_hex(colour).substr(1);
  std::transform(hex.begin(), hex.end(), hex.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  out += "\\definecolor{" + name + "}{HTML}{" + hex + "}\n";
}

void preamble(std::string& out, const Figure& figure, std::string_view document) {
  out += "% " + latex(figure.sentence) + "\n";
  if (const std::string words = thinned_words(figure); !words.empty()) out += "% " + latex(words) + "\n";
  out += tex_comment(document);
  out +=
      "\\documentclass[tikz,border=4pt]{standalone}\n\\usepackage[T1]{fontenc}\n\\usepackage[utf8]{inputenc}\n"
      "\\usepackage{textcomp,amsmath,pgfplots}\n\\pgfplotsset{compat=1.16}\n";
  const Theme& light = theme(ThemeId::light);
  for (int i = 0; i < 8; ++i) define_colour(out, "run" + std::to_string(i), run_colour(light, i));
  for (std::size_t i = 0; i < figure.levels.size(); ++i)
    define_colour(out, "level" + std::to_string(i),
                  level_tint(light, static_cast<double>(i + 1) / static_cast<double>(figure.levels.size())));
  out +=
      "\\definecolor{muted}{HTML}{5B6673}\n\\definecolor{faint}{HTML}{DFE3E8}\n\\begin{document}\n\\begin{tikzpicture}"
      "\n";
}

void axis_options(std::string& out, const Figure& figure) {
  out +=
      "\\begin{axis}[width=12cm, height=8cm, scale only axis, axis lines=left, axis line style={faint}, clip "
      "mode=individual,\n"
      "  tick style={faint}, ticklabel style={font=\\footnotesize, text=muted}, label style={font=\\footnotesize, "
      "text=muted},\n"
      "  title style={font=\\bfseries}, ymajorgrids, grid style={faint}, unbounded coords=jump, log origin=infty,\n"
      "  legend style={draw=none, fill=none, font=\\footnotesize, at={(0.5,-0.14)}, anchor=north, legend columns=2},\n"
      "  legend cell align=left,\n";
  out += "  title={" + latex(figure.title) + "}, xlabel={" + latex(figure.x.label) + "}, ylabel={" +
         latex(figure.y.label) + "},\n";
  if (figure.x.scale == Scale::log) out += "  xmode=log,\n";
  if (figure.y.scale == Scale::log) out += "  ymode=log,\n";
  if (figure.equal_aspect) out += "  axis equal image,\n";
  out += "  xmin=" + number(figure.x.lo) + ", xmax=" + number(figure.x.hi) + ", ymin=" + number(figure.y.lo) +
         ", ymax=" + number(figure.y.hi) + ",\n";
  out += ticks_of(figure.x, 'x') + ticks_of(figure.y, 'y');
  if (!figure.heats.empty()) {
    const Heat& heat = figure.heats[0];
    const bool log = heat.scale == Scale::log;
    Axis bar{"", Scale::linear, 0, 1, heat.ticks};
    if (log)
      for (Tick& tick : bar.ticks) tick.value = std::log10(tick.value);
    out += "  colormap/viridis, colorbar, point meta min=" + number(log ? std::log10(heat.lo) : heat.lo) +
           ", point meta max=" + number(log ? std::log10(heat.hi) : heat.hi) +
           ",\n  colorbar style={axis line style={draw=none}, " + ticks_of(bar, 'y').substr(2);
    out.erase(out.size() - 2);
    out += "},\n";
  }
  out += "]\n";
}

/// TeX's memory ends at some thousand cells: of larger maps every so many columns are shown. Columns at the right that
/// hold nothing yet are left out; single unknown cells take the lowest colour.
void write_heat(Writer& w, const Heat& heat) {
  if (heat.values.size() != std::size_t{heat.rows} * heat.cols || heat.values.empty()) return;
  constexpr std::uint32_t most = 3000;
  const std::uint32_t stride = std::max(1u, heat.rows * heat.cols / most);
  const auto value = [&](std::uint32_t r, std::uint32_t c) { return heat.values[std::size_t{r} * heat.cols + c]; };
  const auto known = [&](std::uint32_t c) {
    for (std::uint32_t r = 0; r < heat.rows; ++r)
      if (!std::isnan(value(r, c))) return true;
    return false;
  };
  std::vector<std::uint32_t> cols;
  for (std::uint32_t c = stride / 2; c < heat.cols; c += stride) cols.push_back(c);
  while (!cols.empty() && !known(cols.back())) cols.pop_back();
  const double lo = heat.scale == Scale::log ? std::log10(heat.lo) : heat.lo;
  const double hi = heat.scale == Scale::log ? std::log10(heat.hi) : heat.hi;
  w.out += "\\addplot[matrix plot*, point meta=explicit, mesh/cols=" + std::to_string(cols.size()) +
           ", forget plot] coordinates {\n";
  for (std::uint32_t r = 0; r < heat.rows; ++r) {
    for (std::uint32_t c : cols) {
      const double x = heat_middle(heat.x0, heat.x1, w.figure.x.scale, c, heat.cols);
      const double y = heat_middle(heat.y0, heat.y1, w.figure.y.scale, r, heat.rows);
      const double t = heat_position(heat, value(r, c)).value_or(0);
      w.out += ' ' + w.at(x, y) + " [" + number(lo + t * (hi - lo)) + ']';
    }
    w.out += '\n';
  }
  w.out += "};\n";
}

void write_bands(Writer& w) {
  for (const Band& band : w.figure.bands) {
    std::vector<Vertex> outline;
    for (std::size_t i = 0; i < band.x.size(); ++i) outline.push_back({band.x[i], band.upper[i]});
    for (std::size_t i = band.x.size(); i-- > 0;) outline.push_back({band.x[i], band.lower[i]});
    w.plot("forget plot, draw=none, fill=" + colour_name(band.colour) + ", fill opacity=0.18", outline);
  }
}

void write_bars(Writer& w) {
  for (bool ghosts : {true, false})
    for (const Bars& bars : w.figure.bars) {
      if (bars.ghost != ghosts) continue;
      std::vector<Vertex> vertices;
      for (std::size_t i = 0; i < bars.values.size(); ++i)
        if (std::isfinite(bars.values[i]) && (w.figure.y.scale == Scale::linear || bars.values[i] > 0))
          vertices.push_back({static_cast<double>(i + 1), bars.values[i]});
      const std::string colour = bars.ghost ? "faint" : colour_name(bars.colour);
      const double width = 0.72 * 341 / std::max(1.0, w.figure.x.hi - w.figure.x.lo);  // 12 cm are 341 points
      const std::string only = bars.loose ? ", only marks" : "";
      const std::string style = bars.points ? colour + only + ", mark=" + std::string(mark_name(bars.marker))
                                            : "ybar, area legend, bar width=" + number(std::round(width * 100) / 100) +
                                                  "pt, draw=none, fill=" + colour;
      w.plot(style, vertices);
      w.legend_entry(bars.label, "");
    }
}

void write_curves(Writer& w) {
  std::vector<const Curve*> theories;  // one name for the same theory of several runs
  for (const Curve& curve : w.figure.curves) {
    if (curve.upright && curve.vertices.empty()) continue;  // beside the picture
    // On a heat map no run's colour is sure to be seen.
    std::string style = w.figure.heats.empty() ? colour_name(curve.colour) : "black";
    std::string note;
    for (const LegendEntry& entry : w.figure.legend)
      if (entry.label == curve.label && entry.theory == curve.theory) note = entry.note;
    if (curve.theory) {
      style += *curve.theory == TheoryKind::guide ? ", thin, dotted" : ", thin, dashed";
    } else if (curve.scatter) {
      style += ", only marks, mark=" + std::string(mark_name(curve.marker));
    } else if (curve.faint) {
      style += ", thin, opacity=0.35";
    } else if (curve.weight < 1) {
      style += ", thin, opacity=" + number(std::round(curve.weight * 100) / 100);
    } else {
      const std::size_t every = std::max<std::size_t>(1, curve.vertices.size() / 8);
      style += ", thick, mark=" + std::string(mark_name(curve.marker)) + ", mark repeat=" + std::to_string(every);
    }
    const bool told = curve.theory && std::any_of(theories.begin(), theories.end(), [&](const Curve* other) {
                        return other->label == curve.label && other->theory == curve.theory;
                      });
    if (curve.theory) theories.push_back(&curve);
    const bool named = !curve.faint && curve.weight == 1 && !told;
    w.plot(named ? style : "forget plot, " + style, w.thinned(curve.vertices));
    if (named) w.legend_entry(curve.label, note);
  }
}

/// What lies above each level, over what lies above the one below: outlines with gaps between them are one path, whose
/// holes stay open by the even-odd rule. They are cut at the frame, and thinned to what paper shows.
void write_regions(Writer& w) {
  const Axis &x = w.figure.x, &y = w.figure.y;
  for (std::size_t i = 0; i < w.figure.levels.size(); ++i) {
    std::vector<Vertex> region;
    svg::Polyline outline;
    for (const Vertex& v : w.figure.levels[i].region) {
      if (std::isfinite(v.y)) {
        outline.push_back({pixel_x(x, paper, v.x), pixel_y(y, paper, v.y)});
        continue;
      }
      const svg::Polyline thin = svg::simplified(svg::closed_clipped(outline, paper), 0.15);
      outline.clear();
      if (thin.size() < 3) continue;
      if (!region.empty()) region.push_back({region.back().x, std::numeric_limits<double>::quiet_NaN()});
      const auto tidy = [](double value) { return std::round(value * 1e5) / 1e5; };
      for (const Vertex& v2 : thin)
        region.push_back(
            {x.lo + tidy(v2.x / paper.width) * (x.hi - x.lo), y.lo + tidy(1 - v2.y / paper.height) * (y.hi - y.lo)});
      region.push_back(region[region.size() - thin.size()]);  // back to where it began
    }
    if (!region.empty())
      w.plot("forget plot, draw=none, mark=none, even odd rule, fill=level" + std::to_string(i), region);
  }
}

void write_plane(Writer& w) {
  write_regions(w);
  for (const Level& level : w.figure.levels) {
    std::vector<Vertex> lines;
    for (std::size_t i = 0; i + 1 < level.segments.size(); i += 2) {
      const Vertex &a = level.segments[i], &b = level.segments[i + 1];
      const bool goes_on = !lines.empty() && lines.back().x == a.x && lines.back().y == a.y;
      if (!goes_on && !lines.empty()) lines.push_back({a.x, std::numeric_limits<double>::quiet_NaN()});
      if (!goes_on) lines.push_back(a);
      lines.push_back(b);
    }
    w.plot("forget plot, thin, muted!40", lines);
  }
  for (const Path& path : w.figure.paths) {
    w.plot("thick, " + colour_name(path.colour), path.vertices);
    w.legend_entry(path.label, "");
  }
  for (const Point& point : w.figure.points)
    w.out += "\\node[circle, fill, inner sep=1.3pt, label={[font=\\footnotesize]above right:" + latex(point.label) +
             "}] at (axis cs:" + number(point.x) + ',' + number(point.y) + ") {};\n";
}

std::string_view outward_style(const Vertex& way) {
  if (way.y > 0) return "mark=triangle";
  if (way.x != 0)
    return way.x < 0 ? "mark=triangle, mark options={rotate=90}" : "mark=triangle, mark options={rotate=270}";
  return "mark=triangle, mark options={rotate=180}";
}

std::string_view mark_style(MarkKind kind) {
  switch (kind) {
    case MarkKind::zero:
      return "mark=triangle*, mark options={rotate=180}";
    case MarkKind::negative:
      return "mark=triangle, mark options={rotate=180}";
    case MarkKind::not_a_number:
      return "mark=x";
    case MarkKind::infinite:
      return "mark=triangle";
    case MarkKind::diverged:
      return "mark=triangle*";
    case MarkKind::edit:
      return "mark=diamond";
    case MarkKind::fork:
      return "mark=o";
    case MarkKind::reached:
      return "mark=*";
    case MarkKind::below:
      return "mark=triangle, mark options={rotate=180}";
  }
  return "mark=*";
}

}  // namespace

std::string write_pgfplots(const Figure& figure, std::string_view document) {
  Writer w{figure, {}};
  preamble(w.out, figure, document);
  axis_options(w.out, figure);
  for (const Heat& heat : figure.heats) write_heat(w, heat);
  write_bands(w);
  write_bars(w);
  write_curves(w);
  write_plane(w);
  for (const Mark& mark : figure.marks) {
    w.out += "% " + latex(mark.text) + '\n';
    const std::string style(mark.kind == MarkKind::below ? outward_style(outward(mark, figure))
                                                         : mark_style(mark.kind));
    w.plot("forget plot, only marks, mark size=3pt, " + style + ", " + colour_name(mark.colour), {{mark.x, mark.y}});
  }
  if (!figure.empty.empty()) w.out += "\\node[text=muted] at (rel axis cs:0.5,0.5) {" + latex(figure.empty) + "};\n";
  return std::move(w.out) + "\\end{axis}\n\\end{tikzpicture}\n\\end{document}\n";
}

}  // namespace kappa
