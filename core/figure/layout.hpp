/// Where everything of a figure lies on a picture of a given size: pure geometry, with estimated widths of text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/figure/figure.hpp"

namespace kappa {

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
};

enum class Anchor : std::uint8_t { start, middle, end };

/// A line of text by its baseline.
struct Label {
  double x = 0, y = 0, size = 11;
  std::string text;
  Anchor anchor = Anchor::start;
  bool bold = false, muted = true;
};

struct LegendSpot {
  std::size_t entry = 0;  ///< index into the figure's legend
  Box swatch;
  Label label, note;
};

struct Layout {
  Box plot;
  std::vector<Label> labels;  ///< title, state, note, axis labels and tick labels
  std::vector<LegendSpot> legend;
  std::optional<Box> colour_bar;
};

struct LayoutOptions {
  double width = 640, height = 420;
  bool text = true;
};

Layout lay_out(const Figure& figure, const LayoutOptions& options);

/// Estimated from the widths of a common sans serif.
double text_width(std::string_view utf8, double size, bool bold = false);
/// The text, or as much of it as fits with an ellipsis.
std::string fitted(std::string_view utf8, double size, double width, bool bold = false);

/// Pixels of data values; y runs downward. Far values are held where arithmetic is still exact.
double pixel_x(const Axis& axis, const Box& plot, double value);
double pixel_y(const Axis& axis, const Box& plot, double value);

}  // namespace kappa
