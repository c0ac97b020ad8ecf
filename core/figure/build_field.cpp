/// Fields: heat maps over any two quantities, and trajectories over a landscape.
#include <cmath>
#include <map>

#include "core/figure/contour.hpp"
#include "core/figure/palette.hpp"
#include "core/figure/parts.hpp"

namespace kappa::parts {
namespace {

/// The cells of the newest step at or before the one asked for.
std::vector<FieldCell> as_of(std::vector<FieldCell> cells, std::optional<std::uint64_t> at_step) {
  std::uint64_t newest = 0;
  bool any = false;
  for (const FieldCell& cell : cells)
    if (!at_step || cell.step <= *at_step) newest = std::max(newest, cell.step), any = true;
  std::erase_if(cells, [&](const FieldCell& cell) { return !any || cell.step != newest; });
  return cells;
}

/// Row and column lie in the cells; x and y are counted from them where a study gives none.
Grid grid_of(const std::vector<FieldCell>& cells) {
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

/// From half a cell before the first middle to half a cell behind the last, on the axis's own scale.
Interval edges(const std::vector<double>& middles, Scale scale) {
  const bool log = scale == Scale::log && middles.front() > 0 && middles.back() > 0;
  const auto to = [&](double v) { return log ? std::log(v) : v; };
  const auto back = [&](double v) { return log ? std::exp(v) : v; };
  const double a = to(middles.front()), b = to(middles.back());
  const double half = middles.size() > 1 ? (b - a) / (2.0 * static_cast<double>(middles.size() - 1)) : 0.5;
  return {back(a - half), back(b + half)};
}

void colour_range(Heat& heat) {
  Extent e;
  for (double v : heat.values) e.add(v);
  if (!e.finite) return;
  const bool log = e.has_positive && !e.has_zero && !e.has_negative && e.hi > 1e3 * e.positive;
  heat.scale = log ? Scale::log : Scale::linear;
  std::tie(heat.lo, heat.hi) = nice_range(e.lo, e.hi, heat.scale);
  heat.ticks = make_ticks(heat.lo, heat.hi, heat.scale);
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

struct Track {
  ShownRun run;
  std::vector<FieldCell> cells;
};

/// The landscape decides the frame; without one the paths do, leaving out what flies off.
void set_plane_axes(Figure& figure, const Grid& grid, const std::vector<Track>& tracks, const FigureOptions& options) {
  Interval x{0, 1}, y{0, 1};
  if (!grid.values.empty()) {
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
  figure.equal_aspect = ratio > 0.25 && ratio < 4;
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

}  // namespace

Figure build_heat(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  Figure figure = blank(spec);
  const auto items = shown_items(spec, trace, options, ChannelKind::field);
  Grid grid;
  Item item;
  std::uint64_t step = 0;
  for (const Item& candidate : items) {
    const bool chosen = candidate.run.label == options.chosen_run;
    if (!grid.values.empty() && !(chosen && item.run.label != options.chosen_run)) continue;
    const auto cells = as_of(trace.field(candidate.run.run, 0, candidate.name), options.at_step);
    if (cells.empty()) continue;
    grid = grid_of(cells);
    item = candidate;
    step = cells.front().step;
  }
  if (grid.values.empty()) {
    set_axis(figure.x, figure.x.scale == Scale::log ? 0.1 : 0, 1);
    set_axis(figure.y, figure.y.scale == Scale::log ? 0.1 : 0, 1);
    figure.empty = why_empty(spec, trace, ChannelKind::field);
    figure.sentence = figure.title + ": " + figure.empty + ".";
    return figure;
  }
  // Equal cells need equal distances: a log axis holds only where no abscissa is zero or below.
  if (!(std::min(grid.x.front(), grid.x.back()) > 0)) figure.x.scale = Scale::linear;
  if (!(std::min(grid.y.front(), grid.y.back()) > 0)) figure.y.scale = Scale::linear;
  const Interval x = edges(grid.x, figure.x.scale), y = edges(grid.y, figure.y.scale);
  Heat heat{item.run.label + "/" + item.name,
            item.label,
            static_cast<std::uint32_t>(grid.y.size()),
            static_cast<std::uint32_t>(grid.x.size()),
            x.lo,
            x.hi,
            y.lo,
            y.hi,
            grid.values,
            0,
            1,
            Scale::linear,
            {}};
  colour_range(heat);
  set_axis(figure.x, std::min(x.lo, x.hi), std::max(x.lo, x.hi), {7});
  set_axis(figure.y, std::min(y.lo, y.hi), std::max(y.lo, y.hi), {7});
  FigureOptions as_is = options;
  as_is.count_by = CountBy::steps;
  add_theory(figure, theory_lines(trace, std::span(&item, 1), as_is),
             {figure.x.lo, figure.x.hi, options.pixel_columns, figure.x.scale, figure.y.scale});
  const auto known = std::count_if(grid.values.begin(), grid.values.end(), [](double v) { return !std::isnan(v); });
  figure.state =
      step > 0 ? "step " + format_count(step)
               : format_count(static_cast<std::uint64_t>(known)) + " of " + format_count(grid.values.size()) + " cells";
  Extent e;
  for (double v : grid.values) e.add(v);
  figure.sentence = figure.title + ": " + std::to_string(grid.y.size()) + " by " + std::to_string(grid.x.size()) +
                    " cells" + (e.finite ? " between " + format_value(e.lo) + " and " + format_value(e.hi) : "") + ".";
  figure.heats.push_back(std::move(heat));
  return figure;
}

Figure build_plane(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  Figure figure = blank(spec);
  figure.x.scale = figure.y.scale = Scale::linear;
  Grid grid;
  std::optional<FieldCell> optimum;
  std::vector<Track> tracks;
  for (const ShownRun& run : shown_runs(spec, trace, options)) {
    if (auto cells = trace.field(run.run, 0, "path"); !cells.empty()) tracks.push_back({run, std::move(cells)});
    if (grid.values.empty()) grid = grid_of(trace.field(run.run, 0, "landscape"));
    if (!optimum)
      if (const auto cells = trace.field(run.run, 0, "optimum"); !cells.empty()) optimum = cells.front();
  }
  set_plane_axes(figure, grid, tracks, options);
  if (!grid.values.empty()) figure.levels = landscape_levels(grid, optimum ? optimum->value : INFINITY);
  if (optimum) figure.points.push_back({"optimum", optimum->x, optimum->y, neutral});

  const double near_x = (figure.x.hi - figure.x.lo) / (2.0 * options.pixel_columns);
  const double near_y = (figure.y.hi - figure.y.lo) / (2.0 * options.pixel_columns);
  std::uint64_t step = 0;
  for (const Track& t : tracks) {
    figure.paths.push_back(
        {t.run.label + "/path", t.run.label, t.run.colour, thinned(t.cells, options.at_step, near_x, near_y)});
    figure.legend.push_back({t.run.label, "", t.run.colour, run_marker(t.run.colour), {}});
    const std::uint64_t last = t.cells.back().step;
    step = std::max(step, options.at_step ? std::min(*options.at_step, last) : last);
  }
  if (tracks.empty()) {
    if (grid.values.empty())
      figure.empty = trace.channels().empty() ? "Press Run (Space) to start" : "Nothing recorded for this picture yet";
    figure.sentence = figure.title + ": no path yet.";
  } else {
    figure.state = "step " + format_count(step);
    figure.sentence = plane_sentence(figure, tracks);
  }
  return figure;
}

}  // namespace kappa::parts
