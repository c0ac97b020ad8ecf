/// Windows on planes, marks at their sides, and paths too long to be drawn stroke by stroke.
#include "core/figure/plane_window.hpp"

#include <array>
#include <cmath>

namespace kappa::parts {
namespace {

constexpr std::size_t sizes = 4;      // from around the starts to the whole
constexpr double most_outside = 0.2;  // of a run's steps

/// How far beyond a start the window reaches, and beyond the optimum on the side where nothing starts; in distances
/// between them.
struct Room {
  double beyond_start, beyond_optimum;
};

using Windows = std::array<Interval, sizes>;

Windows windows_of(const Interval& whole, double optimum, const std::vector<double>& starts, const Room& room) {
  double below = 0, above = 0;
  for (const double start : starts) below = std::max(below, optimum - start), above = std::max(above, start - optimum);
  Windows windows;
  windows.fill(whole);
  const double reach = std::max(below, above);
  if (!(reach > 0.02 * (whole.hi - whole.lo))) return windows;
  const double lo = std::max(room.beyond_start * below, room.beyond_optimum * reach);
  const double hi = std::max(room.beyond_start * above, room.beyond_optimum * reach);
  const Interval near{std::max(whole.lo, optimum - lo), std::min(whole.hi, optimum + hi)};
  for (std::size_t k = 0; k < sizes; ++k) {
    const double t = static_cast<double>(k) / (sizes - 1);
    windows[k] = {near.lo + t * (whole.lo - near.lo), near.hi + t * (whole.hi - near.hi)};
  }
  return windows;
}

/// The first window beyond which a run does not spend too many of its steps. What leaves even the whole plane is not
/// counted: no window holds it.
template <class Coordinate>
std::size_t size_for(const Windows& windows, const Track& track, const FigureOptions& options, Coordinate&& at) {
  std::array<double, sizes> outside{};
  const auto within = [](const Interval& window, double v) { return v >= window.lo && v <= window.hi; };
  for (std::size_t i = 0; i + 1 < track.cells.size(); ++i) {
    if (options.until && track.cells[i].step > *options.until) break;
    const double v = at(track.cells[i]);
    if (!within(windows.back(), v)) continue;
    const auto steps = static_cast<double>(track.cells[i + 1].step - track.cells[i].step);
    for (std::size_t k = 0; k + 1 < sizes && !within(windows[k], v); ++k) outside[k] += steps;
  }
  const auto all = static_cast<double>(std::max(options.total_steps, track.cells.back().step));
  std::size_t k = 0;
  while (k + 1 < sizes && outside[k] > most_outside * all) ++k;
  return k;
}

/// Cells of the picture, and some way beyond it, that a path has passed.
class Ink {
 public:
  Ink(const Axis& x, const Axis& y)
      : x_{x.lo - beyond * (x.hi - x.lo), (1 + 2 * beyond) * (x.hi - x.lo)},
        y_{y.lo - beyond * (y.hi - y.lo), (1 + 2 * beyond) * (y.hi - y.lo)},
        passed_(static_cast<std::size_t>(cols) * rows) {}

  /// Whether the segment has passed a cell that nothing had passed before.
  bool draw(const Vertex& from, const Vertex& to) {
    double ax = (from.x - x_.lo) / x_.size * cols, ay = (from.y - y_.lo) / y_.size * rows;
    double bx = (to.x - x_.lo) / x_.size * cols, by = (to.y - y_.lo) / y_.size * rows;
    if (!clip(ax, ay, bx, by)) return false;
    const int steps = std::max(1, static_cast<int>(std::ceil(std::max(std::abs(bx - ax), std::abs(by - ay)))));
    bool fresh = false;
    for (int i = 0; i <= steps; ++i) {
      const double t = static_cast<double>(i) / steps;
      const int col = std::clamp(static_cast<int>(ax + t * (bx - ax)), 0, cols - 1);
      const int row = std::clamp(static_cast<int>(ay + t * (by - ay)), 0, rows - 1);
      auto cell = passed_[static_cast<std::size_t>(row) * cols + static_cast<std::size_t>(col)];
      fresh = fresh || !cell;
      cell = true;
    }
    return fresh;
  }

 private:
  static constexpr int cols = 600, rows = 400;
  static constexpr double beyond = 0.4;  // with equal units a picture may show more than its axes say
  struct Side {
    double lo, size;
  };

  static bool clip(double& ax, double& ay, double& bx, double& by) {
    const double dx = bx - ax, dy = by - ay;
    double enter = 0, leave = 1;
    const auto side = [&](double speed, double room) {
      if (speed == 0) return room >= 0;
      (speed < 0 ? enter : leave) = speed < 0 ? std::max(enter, room / speed) : std::min(leave, room / speed);
      return enter <= leave;
    };
    if (!side(-dx, ax) || !side(dx, cols - ax) || !side(-dy, ay) || !side(dy, rows - ay)) return false;
    bx = ax + leave * dx, by = ay + leave * dy;
    ax += enter * dx, ay += enter * dy;
    return true;
  }

  Side x_, y_;
  std::vector<bool> passed_;
};

}  // namespace

PlaneRect plane_window(const PlaneRect& whole, const Vertex& optimum, const std::vector<Vertex>& starts,
                       const std::vector<Track>& tracks, const FigureOptions& options) {
  std::vector<double> xs, ys;
  for (const Vertex& start : starts) xs.push_back(start.x), ys.push_back(start.y);
  // Along the valley methods come from one side; across it they swing.
  const Windows x = windows_of(whole.x, optimum.x, xs, {1.3, 0.5}), y = windows_of(whole.y, optimum.y, ys, {1.5, 1.5});
  std::size_t wide = 0, high = 0;
  for (const Track& track : tracks) {
    wide = std::max(wide, size_for(x, track, options, [](const FieldCell& cell) { return cell.x; }));
    high = std::max(high, size_for(y, track, options, [](const FieldCell& cell) { return cell.y; }));
  }
  return {x[wide], y[high]};
}

void add_outside(Figure& figure, const Path& path) {
  struct Side {
    double beyond = 0, value = 0;
    Vertex at;
  };
  std::array<Side, 4> sides;
  const auto held = [](double v, const Axis& axis) { return std::clamp(v, axis.lo, axis.hi); };
  for (const Vertex& v : path.vertices) {
    if (!std::isfinite(v.y)) continue;
    const Vertex at{held(v.x, figure.x), held(v.y, figure.y)};
    const auto take = [&](Side& side, double beyond, double value) {
      if (beyond > side.beyond) side = {beyond, value, at};
    };
    take(sides[0], figure.y.lo - v.y, v.y), take(sides[1], v.y - figure.y.hi, v.y);
    take(sides[2], figure.x.lo - v.x, v.x), take(sides[3], v.x - figure.x.hi, v.x);
  }
  for (const Side& side : sides)
    if (side.beyond > 0)
      figure.marks.push_back({MarkKind::below, side.at.x, side.at.y, path.colour,
                              path.label + " is off the picture here, as far as " + format_value(side.value)});
}

std::vector<Vertex> inked(const std::vector<Vertex>& path, const Axis& x, const Axis& y) {
  constexpr std::size_t few = 20000;
  if (path.size() <= few) return path;
  Ink ink(x, y);
  std::vector<Vertex> kept{path.front()};
  bool joins = true;
  const auto lift = [&](const Vertex& to) {
    if (!joins) kept.push_back({to.x, std::numeric_limits<double>::quiet_NaN()}), kept.push_back(to);
  };
  for (std::size_t i = 1; i < path.size(); ++i) {
    const bool fresh = ink.draw(path[i - 1], path[i]), end = i + 1 == path.size();
    if (fresh || end) {
      lift(path[i - 1]);
      kept.push_back(path[i]);
    }
    joins = fresh;
  }
  return kept;
}

}  // namespace kappa::parts
