/// The few vertices that draw exactly what all the points would: each pixel column's lowest and highest.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/figure/figure.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// Points of a kind that a curve cannot show, in neighbouring pixel columns: the x of the first and of the last.
struct Undrawn {
  MarkKind kind{};  ///< zero and negative (log scale only), not_a_number, infinite
  double first = 0, last = 0;
};

struct Decimated {
  std::vector<Vertex> vertices;  ///< x ascending; a NaN y is a gap
  std::vector<Undrawn> undrawn;  ///< by kind, then by x
  std::uint64_t points = 0;      ///< how many points of the window the vertices stand for
};

/// What is drawn: x in [x0, x1] over so many pixel columns, and whether an axis is logarithmic.
struct Window {
  double x0 = 0, x1 = 1;
  unsigned pixel_columns = 1;
  Scale x_scale = Scale::linear, y_scale = Scale::linear;
  /// The left edge of a pixel column in data units; the edge of `pixel_columns` is x1.
  double edge(unsigned column) const;
};

/// O(pixels log n). Every point where there are no more of them than pixel columns; else each pixel column's lowest and
/// highest drawable point in the order of time. Beyond either side of the window one more point, so that the curve runs
/// up to the frame.
Decimated decimate(const Column& column, const Window& window);
Decimated decimate(const Column& column, double x0, double x1, unsigned pixel_columns, Scale x_scale = Scale::linear,
                   Scale y_scale = Scale::linear);

/// The same for a curve over anything, in the order given (x need not ascend): O(n).
Decimated decimate(std::span<const double> x, std::span<const double> y, const Window& window);

}  // namespace kappa
