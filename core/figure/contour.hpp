/// Level lines of values on a grid, by marching squares.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/figure/figure.hpp"

namespace kappa {

/// Values row by row over given abscissas and ordinates; cells with a non-finite corner stay empty.
struct Grid {
  std::vector<double> x, y;  ///< of the columns and of the rows
  std::vector<double> values;
  double at(std::size_t row, std::size_t col) const { return values[row * x.size() + col]; }
};

/// Segments (pairs of vertices) of the line on which the grid, interpolated linearly along edges, takes `value`.
std::vector<Vertex> level_segments(const Grid& grid, double value);

/// `count` levels at equal distances in log(f - lowest + 1e-3), so that valleys show as well as slopes.
std::vector<Level> landscape_levels(const Grid& grid, double lowest, std::size_t count = 14);

}  // namespace kappa
