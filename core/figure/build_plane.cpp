/// Planes: trajectories over the level lines of a landscape.
#include <bit>
#include <cmath>

#include "core/figure/contour.hpp"
#include "core/figure/palette.hpp"
#include "core/figure/parts.hpp"
#include "core/figure/plane.hpp"
#include "core/figure/plane_window.hpp"

namespace kappa::parts {
namespace {

/// The plane a run moves on, named by the first run on it. Recorders that say nothing of planes have but one.
struct PlaneOf {
  std::uint32_t first = 0;
  PlaneKind kind = PlaneKind::own;
  bool sampled = true;  ///< a landscape was to be had
  bool told = false;
  Vertex start;
  std::optional<Interval> x, y;  ///< the frame
};

PlaneOf plane_of(const Trace& trace, std::uint32_t run) {
  const auto cells = trace.field(run, 0, "plane");
  if (cells.empty()) return {};
  const FieldCell& cell = cells.front();
  const auto kind = plane_kind(cell.row);
  if (!kind || !(cell.value >= 0 && cell.value < 1e6)) return {};
  PlaneOf plane{static_cast<std::uint32_t>(cell.value), *kind, cell.col > 0, true, {cell.x, cell.y}, {}, {}};
  if (cells.size() == 3) plane.x = Interval{cells[1].x, cells[2].x}, plane.y = Interval{cells[1].y, cells[2].y};
  return plane;
}

std::vector<Vertex> thinned(const std::vector<FieldCell>& cells, std::optional<std::uint64_t> at_step, double near_x,
                            double near_y) {
  std::vector<Vertex> path;
  for (const FieldCell& cell : cells) {
    if (at_step && cell.step > *at_step) continue;
    if (!std::isfinite(cell.x) || !std::isfinite(cell.y)) continue;
    path.push_back({cell.x, cell.y});
  }
  // Steps of less than half a pixel are left out; the end is always kept.
  std::vector<Vertex> kept;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool end = i + 1 == path.size();
    if (end || kept.empty() || std::abs(path[i].x - kept.back().x) >= near_x ||
        std::abs(path[i].y - kept.back().y) >= near_y)
      kept.push_back(path[i]);
  }
  return kept;
}

/// A path that has flown off for good ends there: what lies between far corners would only hatch the picture.
bool cut_flight(std::vector<Vertex>& path, const PlaneOf& plane) {
  if (!plane.x || !plane.y) return false;
  const auto far = [](double v, const Interval& frame) {
    return std::abs(v - 0.5 * (frame.lo + frame.hi)) > 1.5 * (frame.hi - frame.lo);
  };
  std::size_t kept = path.size();
  while (kept > 0 && (far(path[kept - 1].x, *plane.x) || far(path[kept - 1].y, *plane.y))) --kept;
  if (kept + 1 >= path.size()) return kept < path.size();
  path.resize(kept + 1);
  return true;
}

/// What is shown of the frame that comes with the plane. The starts of hidden runs count, so that it stays in place.
std::optional<PlaneRect> framed(const Trace& trace, const std::optional<PlaneOf>& plane,
                                const std::optional<FieldCell>& optimum, const std::vector<ShownRun>& all,
                                const std::vector<Track>& tracks, const FigureOptions& options) {
  if (!plane || !plane->x || !plane->y) return std::nullopt;
  const PlaneRect whole{*plane->x, *plane->y};
  if (plane->kind != PlaneKind::extreme || !optimum) return whole;
  std::vector<Vertex> starts;
  for (const ShownRun& run : all)
    if (const PlaneOf own = plane_of(trace, run.run); own.told && own.first == plane->first)
      starts.push_back(own.start);
  return plane_window(whole, {optimum->x, optimum->y}, starts, tracks, options);
}

/// The plane or its landscape decides the frame; without them the paths do, leaving out what flies off.
void set_plane_axes(Figure& figure, const Grid& grid, const std::vector<Track>& tracks, const FigureOptions& options,
                    const std::optional<PlaneOf>& plane, const std::optional<PlaneRect>& frame) {
  Interval x{0, 1}, y{0, 1};
  if (frame) {
    x = frame->x, y = frame->y;
  } else if (!grid.values.empty()) {
    x = {std::min(grid.x.front(), grid.x.back()), std::max(grid.x.front(), grid.x.back())};
    y = {std::min(grid.y.front(), grid.y.back()), std::max(grid.y.front(), grid.y.back())};
  } else if (!tracks.empty()) {
    std::vector<Reach> xs, ys;
    for (const Track& t : tracks) {
      std::vector<double> px, py;
      for (const FieldCell& cell : t.cells) px.push_back(cell.x), py.push_back(cell.y);
      xs.push_back(reach_of(px)), ys.push_back(reach_of(py));
    }
    x = robust_range(xs, {}, Scale::linear, true);
    y = robust_range(ys, {}, Scale::linear, true);
  }
  if (options.x_range && options.x_range->hi > options.x_range->lo) x = *options.x_range;
  if (options.y_range && options.y_range->hi > options.y_range->lo) y = *options.y_range;
  if (!(x.hi > x.lo)) x = {x.lo - 1, x.lo + 1};
  if (!(y.hi > y.lo)) y = {y.lo - 1, y.lo + 1};
  set_axis(figure.x, x.lo, x.hi);
  set_axis(figure.y, y.lo, y.hi);
  const double ratio = (x.hi - x.lo) / (y.hi - y.lo);
  figure.equal_aspect = (!plane || plane->kind == PlaneKind::own) && ratio > 0.25 && ratio < 4;
}

/// Where nothing is known of the optimum, the lowest point of the picture may stand for it, unless it lies at the edge.
std::optional<Point> lowest_shown(const Grid& grid) {
  const auto least = std::min_element(grid.values.begin(), grid.values.end(),
                                      [](double a, double b) { return std::isnan(b) ? !std::isnan(a) : a < b; });
  if (least == grid.values.end() || !std::isfinite(*least)) return std::nullopt;
  const auto cell = static_cast<std::size_t>(least - grid.values.begin());
  const std::size_t row = cell / grid.x.size(), col = cell % grid.x.size();
  if (row == 0 || col == 0 || row + 1 == grid.y.size() || col + 1 == grid.x.size()) return std::nullopt;
  return Point{"lowest shown", grid.x[col], grid.y[row], neutral};
}

std::uint64_t key_of(const Grid& grid, double lowest, const Interval& heights) {
  std::uint64_t key = 1469598103934665603U;
  const auto mix = [&](double v) { key = (key ^ std::bit_cast<std::uint64_t>(v)) * 1099511628211U, key ^= key >> 29; };
  for (const auto* numbers : {&grid.x, &grid.y, &grid.values})
    for (double v : *numbers) mix(v);
  for (double v : {lowest, heights.lo, heights.hi}) mix(v);
  return key;
}

/// Levels are spread over what lies in the frame.
void set_levels(Figure& figure, const Grid& grid, double lowest, const Interval& x, const Interval& y,
                const Figure* before) {
  Extent extent;
  for (std::size_t i = 0; i < grid.values.size(); ++i) {
    const double at_x = grid.x[i % grid.x.size()], at_y = grid.y[i / grid.x.size()];
    if (at_x >= x.lo && at_x <= x.hi && at_y >= y.lo && at_y <= y.hi) extent.add(grid.values[i]);
  }
  if (!extent.finite) return;
  figure.levels_key = key_of(grid, lowest, {extent.lo, extent.hi});
  figure.levels = before && before->levels_key == figure.levels_key
                      ? before->levels
                      : landscape_levels(grid, lowest, 14, extent.lo, extent.hi);
}

std::string plane_sentence(const Figure& figure, const std::vector<Track>& tracks) {
  std::vector<Ending> endings;
  for (const Track& t : tracks) {
    const double value = t.cells.back().value;
    endings.push_back(
        {t.run.label, value, std::isfinite(value) ? "" : " by step " + format_count(t.cells.back().step)});
  }
  return figure.title + ": " + endings_sentence(std::move(endings), "ends") + ".";
}

/// Hidden runs stay in the legend, unless they are on another plane than the one shown.
void list_hidden_paths(Figure& figure, const FigureSpec& spec, const Trace& trace, const FigureOptions& options,
                       const std::optional<PlaneOf>& plane) {
  list_hidden(figure, spec, trace, options, ChannelKind::field, Swatch::curve);
  if (!plane) return;
  std::erase_if(figure.legend, [&](const LegendEntry& entry) {
    const auto run = trace.find_run(entry.run);
    return entry.hidden && run && plane_of(trace, *run).first != plane->first;
  });
}

/// What the plane is, and what of the document is not on it.
void name_plane(Figure& figure, const PlaneOf& plane, std::size_t elsewhere) {
  const PlaneWords words = words_of(plane.kind);
  if (!words.title.empty()) figure.title += ": " + std::string(words.title);
  if (plane.told) figure.x.label = words.x, figure.y.label = words.y;
  const auto add = [&](const std::string& text) { figure.note += (figure.note.empty() ? "" : " ") + text; };
  if (!plane.sampled) add("No level lines: a value of this problem takes too long to fill the plane with.");
  if (elsewhere > 0)
    add(format_count(elsewhere) + (elsewhere == 1 ? " run has" : " runs have") +
        " another landscape: choose one to see it.");
}

}  // namespace

Figure build_plane(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  Figure figure = blank(spec);
  figure.x.scale = figure.y.scale = Scale::linear;
  const std::vector<ShownRun> shown = shown_runs(spec, trace, options);
  FigureOptions everyone = options;
  everyone.hidden.clear();
  const std::vector<ShownRun> all = shown_runs(spec, trace, everyone);
  std::optional<PlaneOf> plane;
  std::size_t elsewhere = 0;
  std::vector<Track> tracks;
  for (const ShownRun& run : shown)
    if (run.label == options.chosen_run)
      if (const PlaneOf own = plane_of(trace, run.run); own.told) plane = own;
  // With every run hidden the landscape stays.
  if (shown.empty())
    for (const ShownRun& run : all)
      if (const PlaneOf own = plane_of(trace, run.run); own.told && !plane) plane = own;
  for (const ShownRun& run : shown) {
    auto cells = trace.field(run.run, 0, "path");
    const PlaneOf own = plane_of(trace, run.run);
    if (cells.empty() && !own.told) continue;
    if (!plane) plane = own;
    if (own.first != plane->first)
      ++elsewhere;
    else if (!cells.empty())
      tracks.push_back({run, std::move(cells)});
  }
  Grid grid;
  std::optional<FieldCell> optimum;
  const auto take = [&](std::uint32_t run) {
    if (grid.values.empty()) grid = grid_of(trace.field(run, 0, "landscape"));
    if (!optimum)
      if (const auto cells = trace.field(run, 0, "optimum"); !cells.empty()) optimum = cells.front();
  };
  if (plane && plane->told)
    take(plane->first);
  else
    for (const ShownRun& run : shown.empty() ? all : shown) take(run.run);
  if (plane) name_plane(figure, *plane, elsewhere);
  const std::optional<PlaneRect> frame = framed(trace, plane, optimum, all, tracks, options);
  set_plane_axes(figure, grid, tracks, options, plane, frame);
  const Interval whole{-INFINITY, INFINITY};
  if (!grid.values.empty())
    set_levels(figure, grid, optimum ? optimum->value : INFINITY, frame ? frame->x : whole, frame ? frame->y : whole,
               options.before);
  if (optimum)
    figure.points.push_back({"optimum", optimum->x, optimum->y, neutral});
  else if (const auto lowest = lowest_shown(grid))
    figure.points.push_back(*lowest);

  const double near_x = (figure.x.hi - figure.x.lo) / (2.0 * options.pixel_columns);
  const double near_y = (figure.y.hi - figure.y.lo) / (2.0 * options.pixel_columns);
  const std::optional<std::uint64_t> until = options.at_step ? options.at_step : options.until;
  figure.at_moment = options.at_step.has_value();
  std::uint64_t step = 0;
  for (const Track& t : tracks) {
    std::vector<Vertex> path = thinned(t.cells, until, near_x, near_y);
    if (cut_flight(path, *plane))
      figure.note += (figure.note.empty() ? "" : " ") + t.run.label + " has left the picture.";
    path = inked(path, figure.x, figure.y);
    figure.paths.push_back({t.run.label + "/path", t.run.label, t.run.colour, std::move(path)});
    // With equal units the picture may show more than its axes say; a zoom is meant to leave things out.
    if (!figure.equal_aspect && !options.x_range && !options.y_range) add_outside(figure, figure.paths.back());
    figure.legend.push_back(legend_entry({t.run, "path", t.run.label, t.run.colour, t.run.colour}, "", Swatch::curve));
    const std::uint64_t last = t.cells.back().step;
    step = std::max(step, until ? std::min(*until, last) : last);
  }
  list_hidden_paths(figure, spec, trace, options, plane);
  if (tracks.empty()) {
    if (grid.values.empty()) figure.empty = why_empty(spec, trace, ChannelKind::field, options);
    figure.sentence = figure.title + (shown.empty() && !all.empty() ? ": every run is hidden." : ": no path yet.");
  } else {
    figure.state = "step " + format_count(step);
    figure.sentence = plane_sentence(figure, tracks);
  }
  return figure;
}

}  // namespace kappa::parts
