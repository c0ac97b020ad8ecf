/// Marching squares; a saddle is resolved by the mean of its four corners.
#include "core/figure/contour.hpp"

#include <algorithm>
#include <array>
#include <cmath>

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

}  // namespace

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
  constexpr double shift = 1e-3;
  double lo = INFINITY, hi = -INFINITY;
  for (double f : grid.values)
    if (std::isfinite(f)) lo = std::min(lo, f), hi = std::max(hi, f);
  if (!(hi > lo)) return {};
  lowest = std::isfinite(lowest) ? std::min(lowest, lo) : lo;
  const double first = std::log(lo - lowest + shift), last = std::log(hi - lowest + shift);
  std::vector<Level> levels;
  for (std::size_t i = 1; i <= count; ++i) {
    const double at = first + (last - first) * static_cast<double>(i) / static_cast<double>(count + 1);
    const double value = lowest + std::exp(at) - shift;
    if (auto segments = level_segments(grid, value); !segments.empty()) levels.push_back({value, std::move(segments)});
  }
  return levels;
}

}  // namespace kappa
