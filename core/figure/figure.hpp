/// A picture with no renderer in sight: axes, curves, bands, bars, heat maps, paths, marks and a legend.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/figure/spec.hpp"

namespace kappa {

struct Tick {
  double value = 0;   ///< in data units, whatever the scale
  std::string label;  ///< empty for minor ticks; decades read 10⁻⁴
  bool major = true;
};

/// One axis in data units; on a log scale both ends are positive.
struct Axis {
  std::string label;
  Scale scale = Scale::linear;
  double lo = 0, hi = 1;
  std::vector<Tick> ticks;
  bool named = false;  ///< the ticks are names of places, which are shortened or left out where they have no room
};

/// Shape that repeats along a curve, so that no two curves differ by colour alone.
enum class Marker : std::uint8_t { none, circle, square, triangle, diamond, cross, plus, triangle_down, star };

/// Colours are run indices into the theme's palette; `neutral` is the muted text colour.
inline constexpr int neutral = -1;

struct Curve {
  std::string id, label;
  int colour = neutral;
  Marker marker = Marker::none;
  std::vector<Vertex> vertices;      ///< already decimated: at most two a pixel column
  std::optional<TheoryKind> theory;  ///< absent: measured
  std::uint64_t points = 0;          ///< how many recorded points the vertices stand for
  bool faint = false;                ///< raw curve under a smoothed overlay, or a ghost
  bool smoothed = false;             ///< an overlay over the raw curve
  double weight = 1;                 ///< below 1: one of many alike, paler and thinner
  bool scatter = false;              ///< markers alone, one at each vertex
  bool upright = false;              ///< a theory's place on the x axis, through the whole height of the picture
};

struct Band {
  std::string id, label;  ///< label names the statistic and n
  int colour = neutral;
  std::vector<double> x, lower, upper;
};

/// A value that a curve cannot show: never dropped, drawn at the frame.
enum class MarkKind : std::uint8_t { zero, negative, not_a_number, infinite, diverged, edit, fork, reached, below };
struct Mark {
  MarkKind kind{};
  double x = 0, y = 0;
  int colour = neutral;
  std::string text;
};

/// One spectrum drawn by index: bars or points, with the value clipped to the axis.
struct Bars {
  std::string id, label;
  int colour = neutral;
  std::vector<double> values;  ///< index from 1, descending
  bool ghost = false;          ///< the start, the truth: behind, muted
  bool points = false;         ///< points joined by a thin line rather than bars
  bool loose = false;          ///< points without the line
  Marker marker = Marker::circle;
};

/// Row-major values over a rectangle in data units; drawn in viridis with a legend.
struct Heat {
  std::string id, label;
  std::uint32_t rows = 0, cols = 0;
  double x0 = 0, x1 = 1, y0 = 0, y1 = 1;
  std::vector<double> values = {};
  double lo = 0, hi = 1;         ///< range of the colours, in the values' own units
  Scale scale = Scale::linear;   ///< log: colours go by the logarithm; NaN is left blank
  std::vector<Tick> ticks = {};  ///< of the colour legend
};

/// A trajectory in the plane, with its start and the present point.
struct Path {
  std::string id, label;
  int colour = neutral;
  std::vector<Vertex> vertices;
};

/// A named point in the plane: the optimum, a start.
struct Point {
  std::string label;
  double x = 0, y = 0;
  int colour = neutral;
};

/// Level lines of a landscape, as disjoint line segments (pairs of vertices), and what lies above them.
struct Level {
  double value = 0;
  std::vector<Vertex> segments;
  std::vector<Vertex> region = {};  ///< closed outlines, a gap behind each; filled by the even-odd rule
};

/// What stands for an entry of the legend: the shape it has on the chart.
enum class Swatch : std::uint8_t { curve, bar, points, loose_points };

struct LegendEntry {
  std::string label = {}, note = {};  ///< note: "exact", "bound", "guide", "median of 5, 10-90 %"
  int colour = neutral;
  Marker marker = Marker::none;
  std::optional<TheoryKind> theory = {};
  Swatch swatch = Swatch::curve;
  std::string run = {};  ///< the run that a click shows or hides; empty: none
  bool hidden = false;   ///< not on the picture; listed so that it can come back
  std::string id = {};   ///< of the curve it stands for; empty: not told
};

struct Figure {
  std::string id, title;
  std::string state;     ///< right of the title: "300 of 300 points", "step 120"
  std::string sentence;  ///< one generated sentence that says what the picture shows
  std::string note;      ///< small text under the title
  std::string empty;     ///< what to do when there is nothing to draw yet
  Axis x, y;
  bool equal_aspect = false;
  bool at_moment = false;  ///< paths end at a step looked back at: their ends are rings
  std::vector<Curve> curves;
  std::vector<Band> bands;
  std::vector<Bars> bars;
  std::vector<Heat> heats;
  std::vector<Level> levels;
  std::uint64_t levels_key = 0;  ///< of the landscape that they were drawn from
  std::vector<Path> paths;
  std::vector<Point> points;
  std::vector<Mark> marks;
  std::vector<LegendEntry> legend;
  std::optional<double> cursor;  ///< x of the shared cursor line
};

/// The way from a mark of the kind `below` to what lies outside: a step along one axis, upward where y grows.
Vertex outward(const Mark& mark, const Figure& figure);

}  // namespace kappa
