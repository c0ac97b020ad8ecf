/// Marching squares; a saddle is resolved by the mean of its four corners.
#include "core/figure/contour.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace kappa {
namespace {

struct Corner {
  double x = 0, y = 0, f = 0;
};

Vertex crossing(const Corner& a, const Corner& b, double value) {
  const double t = std::clamp((value - a.f) / (b.f - a.f), 0.0, 1.0);
  return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

/// Corners run round the cell; edge i joins corner i and its successor.
void march(const std::array<Corner, 4>& corners, double value, std::vector<Vertex>& out) {
  std::array<bool, 4> above{};
  double mean = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    if (!std::isfinite(corners[i].f)) return;
    above[i] = corners[i].f >= value;
    mean += corners[i].f / 4;
  }
  std::vector<Vertex> cuts;
  std::array<std::size_t, 4> edges{};
  for (std::size_t i = 0; i < 4; ++i) {
    if (above[i] == above[(i + 1) % 4]) continue;
    edges[cuts.size()] = i;
    cuts.push_back(crossing(corners[i], corners[(i + 1) % 4], value));
  }
  if (cuts.size() == 2) out.insert(out.end(), {cuts[0], cuts[1]});
  if (cuts.size() != 4) return;
  // Cut off the corners that differ from the middle of the cell.
  if ((mean >= value) == above[0]) {
    out.insert(out.end(), {cuts[0], cuts[1], cuts[2], cuts[3]});
  } else {
    out.insert(out.end(), {cuts[3], cuts[0], cuts[1], cuts[2]});
  }
}

/// The grid with a ring of nothing around it, so that every outline closes; edges are numbered by their first corner.
class Outliner {
 public:
  Outliner(const Grid& grid, double value)
      : grid_(grid),
        value_(value),
        rows_(grid.y.size() + 2),
        cols_(grid.x.size() + 2),
        joins_(2 * rows_ * cols_),
        seen_(joins_.size()) {}

  std::vector<Vertex> outlines() {
    for (std::size_t r = 0; r + 1 < rows_; ++r)
      for (std::size_t c = 0; c + 1 < cols_; ++c) join(r, c);
    std::vector<Vertex> out;
    for (std::size_t edge = 0; edge < joins_.size(); ++edge)
      if (joins_[edge][0] != none && !seen_[edge]) walk(edge, out);
    return out;
  }

 private:
  static constexpr std::size_t none = 0;  // no outline crosses the first edge of the ring

  double value(std::size_t r, std::size_t c) const {
    if (r == 0 || c == 0 || r + 1 == rows_ || c + 1 == cols_) return -INFINITY;
    const double f = grid_.at(r - 1, c - 1);
    return std::isnan(f) ? -INFINITY : f;
  }
  Corner corner(std::size_t r, std::size_t c) const {
    const std::size_t row = std::clamp<std::size_t>(r, 1, rows_ - 2) - 1,
                      col = std::clamp<std::size_t>(c, 1, cols_ - 2) - 1;
    return {grid_.x[col], grid_.y[row], value(r, c)};
  }

  void join(std::size_t r, std::size_t c) {
    const std::array<double, 4> f{value(r, c), value(r, c + 1), value(r + 1, c + 1), value(r + 1, c)};
    const std::array<std::size_t, 4> edges{number(r, c, false), number(r, c + 1, true), number(r + 1, c, false),
                                           number(r, c, true)};
    std::array<bool, 4> above{};
    for (std::size_t i = 0; i < 4; ++i) above[i] = f[i] >= value_;
    std::array<std::size_t, 4> cuts{};
    std::size_t n = 0;
    for (std::size_t i = 0; i < 4; ++i)
      if (above[i] != above[(i + 1) % 4]) cuts[n++] = edges[i];
    if (n == 2) connect(cuts[0], cuts[1]);
    if (n != 4) return;
    const bool high = (f[0] + f[1] + f[2] + f[3]) / 4 >= value_;
    connect(cuts[high == above[0] ? 0 : 3], cuts[high == above[0] ? 1 : 0]);
    connect(cuts[high == above[0] ? 2 : 1], cuts[high == above[0] ? 3 : 2]);
  }

  std::size_t number(std::size_t r, std::size_t c, bool upright) const { return 2 * (r * cols_ + c) + upright; }
  void connect(std::size_t a, std::size_t b) {
    (joins_[a][0] == none ? joins_[a][0] : joins_[a][1]) = b;
    (joins_[b][0] == none ? joins_[b][0] : joins_[b][1]) = a;
  }

  Vertex at(std::size_t edge) const {
    const std::size_t r = edge / 2 / cols_, c = edge / 2 % cols_;
    const Corner a = corner(r, c), b = edge % 2 ? corner(r + 1, c) : corner(r, c + 1);
    if (std::isfinite(a.f) && std::isfinite(b.f)) return crossing(a, b, value_);
    return std::isfinite(a.f) ? Vertex{a.x, a.y} : Vertex{b.x, b.y};
  }

  void walk(std::size_t edge, std::vector<Vertex>& out) {
    for (std::size_t before = none; !seen_[edge];) {
      seen_[edge] = true;
      out.push_back(at(edge));
      const std::size_t next = joins_[edge][0] != before ? joins_[edge][0] : joins_[edge][1];
      before = edge;
      edge = next;
    }
    out.push_back({0, std::numeric_limits<double>::quiet_NaN()});
  }

  const Grid& grid_;
  double value_;
  std::size_t rows_, cols_;
  std::vector<std::array<std::size_t, 2>> joins_;  ///< the two edges that the outline goes on to
  std::vector<bool> seen_;
};

}  // namespace

Grid grid_of(std::span<const FieldCell> cells) {
  Grid grid;
  std::size_t rows = 0, cols = 0;
  bool placed_x = false, placed_y = false;
  for (const FieldCell& c : cells) {
    rows = std::max<std::size_t>(rows, c.row + std::size_t{1});
    cols = std::max<std::size_t>(cols, c.col + std::size_t{1});
    placed_x = placed_x || c.x != 0;
    placed_y = placed_y || c.y != 0;
  }
  if (rows * cols == 0 || rows * cols > std::size_t{1} << 22) return grid;
  grid.x.resize(cols), grid.y.resize(rows);
  grid.values.assign(rows * cols, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t c = 0; c < cols; ++c) grid.x[c] = static_cast<double>(c);
  for (std::size_t r = 0; r < rows; ++r) grid.y[r] = static_cast<double>(r);
  for (const FieldCell& c : cells) {
    if (placed_x) grid.x[c.col] = c.x;
    if (placed_y) grid.y[c.row] = c.y;
    grid.values[c.row * cols + c.col] = c.value;
  }
  return grid;
}

std::vector<Vertex> level_region(const Grid& grid, double value) {
  if (grid.x.empty() || grid.y.empty()) return {};
  return Outliner(grid, value).outlines();
}

std::vector<Vertex> level_segments(const Grid& grid, double value) {
  std::vector<Vertex> out;
  for (std::size_t r = 0; r + 1 < grid.y.size(); ++r)
    for (std::size_t c = 0; c + 1 < grid.x.size(); ++c) {
      const auto corner = [&](std::size_t row, std::size_t col) {
        return Corner{grid.x[col], grid.y[row], grid.at(row, col)};
      };
      march({corner(r, c), corner(r, c + 1), corner(r + 1, c + 1), corner(r + 1, c)}, value, out);
    }
  return out;
}

std::vector<Level> landscape_levels(const Grid& grid, double lowest, std::size_t count) {
  double lo = INFINITY, hi = -INFINITY;
  for (double f : grid.values)
    if (std::isfinite(f)) lo = std::min(lo, f), hi = std::max(hi, f);
  return landscape_levels(grid, lowest, count, lo, hi);
}

std::vector<Level> landscape_levels(const Grid& grid, double lowest, std::size_t count, double lo, double hi) {
  if (!(hi > lo)) return {};
  lowest = std::isfinite(lowest) ? std::min(lowest, lo) : lo;
  const double shift = 1e-3 * std::min(1.0, hi - lowest);
  const double first = std::log(lo - lowest + shift), last = std::log(hi - lowest + shift);
  std::vector<Level> levels;
  for (std::size_t i = 1; i <= count; ++i) {
    const double at = first + (last - first) * static_cast<double>(i) / static_cast<double>(count + 1);
    const double value = lowest + std::exp(at) - shift;
    if (auto segments = level_segments(grid, value); !segments.empty())
      levels.push_back({value, std::move(segments), level_region(grid, value)});
  }
  return levels;
}

}  // namespace kappa
