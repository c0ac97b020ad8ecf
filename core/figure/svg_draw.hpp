/// Strokes and layers of an SVG picture: numbers, escaping, clipped and simplified lines, marker shapes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/figure/layout.hpp"
#include "core/figure/palette.hpp"

namespace kappa::svg {

std::string number(double value);            ///< at most two decimals, never -0, whatever the locale
std::string escaped(std::string_view text);  ///< for element content and attributes; what XML forbids becomes U+FFFD

std::string line(double x1, double y1, double x2, double y2);
std::string stroke(const std::string& colour, double width);  ///< attributes of an unfilled line
bool within(const Box& box, const Vertex& pixel);             ///< to the pixel

using Polyline = std::vector<Vertex>;  ///< in pixels

/// Pieces of a curve inside the box, split at gaps; single points stay as pieces of one.
std::vector<Polyline> clipped(std::span<const Vertex> pixels, const Box& box);
/// Ramer-Douglas-Peucker: the picture changes by no more than `tolerance` pixels.
Polyline simplified(const Polyline& line, double tolerance);
/// Segments (pairs) joined end to end where they meet.
std::vector<Polyline> joined(std::span<const Vertex> segments);
std::string path_data(std::span<const Polyline> lines);
/// The part of a closed outline inside the box; where it leaves it, it goes on along the side.
Polyline closed_clipped(const Polyline& outline, const Box& box);
/// A curve that runs to the right, thinned by pixel columns to what paper can show; any other as it is.
Polyline paper_thin(Polyline line, const Box& plot, double columns);

/// What a layer needs to know to draw.
struct Canvas {
  const Figure& figure;
  const Layout& layout;
  const Theme& theme;
  bool thumbnail = false;
  double curve_width = 2.2, theory_width = 1.2, tolerance = 0.06;
  std::string out;
  double columns = 4;  ///< of paper, in a pixel: a curve keeps the lowest and the highest point of each

  Vertex at(double x, double y) const { return {pixel_x(figure.x, layout.plot, x), pixel_y(figure.y, layout.plot, y)}; }
  std::string colour(int index) const { return to_hex(run_colour(theme, index)); }
  Polyline pixels(std::span<const Vertex> data) const;
  std::vector<Polyline> lines(std::span<const Vertex> data, double overhang) const;
};

void draw_grid(Canvas& canvas);
void draw_heats(Canvas& canvas);
void draw_colour_bar(Canvas& canvas);
void draw_levels(Canvas& canvas);
void draw_bands(Canvas& canvas);
void draw_bars(Canvas& canvas);
void draw_curves(Canvas& canvas);
void draw_paths(Canvas& canvas);
void draw_points(Canvas& canvas);
void draw_marks(Canvas& canvas);
void draw_cursor(Canvas& canvas);
/// One marker shape in a colour, with a rim of the ground so that it stands off its curve.
std::string marker(Marker shape, Vertex centre, double radius, const std::string& colour, const std::string& ground);

}  // namespace kappa::svg
