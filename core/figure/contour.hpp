/// Level lines of values on a grid, by marching squares.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/figure/figure.hpp"
#include "core/stream/record.hpp"

namespace kappa {

/// Values row by row over given abscissas and ordinates; cells with a non-finite corner stay empty.
struct Grid {
  std::vector<double> x, y;  ///< of the columns and of the rows
  std::vector<double> values;
  double at(std::size_t row, std::size_t col) const { return values[row * x.size() + col]; }
};

/// Row and column lie in the cells; x and y are counted from them where a study gives none.
Grid grid_of(std::span<const FieldCell> cells);

/// Segments (pairs of vertices) of the line on which the grid, interpolated linearly along edges, takes `value`.
std::vector<Vertex> level_segments(const Grid& grid, double value);

/// Closed outlines, a gap behind each, of where the grid is at or above `value`: fill them by the even-odd rule.
/// Outside and in holes the grid counts as below.
std::vector<Vertex> level_region(const Grid& grid, double value);

/// `count` levels at equal distances in log(f - lowest + 1e-3), or less where f varies by less than 1, so that valleys
/// show as well as slopes.
std::vector<Level> landscape_levels(const Grid& grid, double lowest, std::size_t count = 14);
/// The same between given heights, whatever else the grid holds.
std::vector<Level> landscape_levels(const Grid& grid, double lowest, std::size_t count, double lo, double hi);

}  // namespace kappa
