/// Fields: heat maps over any two quantities.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/figure/contour.hpp"
#include "core/figure/palette.hpp"
#include "core/figure/parts.hpp"
#include "core/figure/repeats.hpp"

namespace kappa::parts {
namespace {

/// A map as of a step: one repeat's, or the median over those that have it at the same places, where NaN counts as
/// worse than any number.
struct Map {
  Grid grid;
  std::uint64_t step = 0;
  std::size_t repeats = 0;
};

std::optional<std::uint64_t> newest_step(const std::vector<FieldCell>& cells, std::optional<std::uint64_t> at_step) {
  std::optional<std::uint64_t> newest;
  for (const FieldCell& cell : cells)
    if (!at_step || cell.step <= *at_step) newest = std::max(newest.value_or(0), cell.step);
  return newest;
}

/// With what was recorded as NaN told from what was not recorded.
Grid marked_worst(Grid grid, const std::vector<FieldCell>& cells) {
  for (const FieldCell& cell : cells)
    if (const std::size_t i = cell.row * grid.x.size() + cell.col; std::isnan(cell.value) && i < grid.values.size())
      grid.values[i] = std::numeric_limits<double>::infinity();
  return grid;
}

/// Cell by cell; places that no repeat has recorded stay unknown.
std::vector<double> cell_medians(const std::vector<Grid>& grids) {
  std::vector<double> medians(grids.front().values.size(), std::numeric_limits<double>::quiet_NaN()), values;
  for (std::size_t i = 0; i < medians.size(); ++i) {
    values.clear();
    for (const Grid& grid : grids)
      if (!std::isnan(grid.values[i])) values.push_back(grid.values[i]);
    if (values.empty()) continue;
    medians[i] = median_of(values);
  }
  return medians;
}

/// As far as all repeats that have begun have come.
Map map_of(const Trace& trace, const Item& item, std::optional<std::uint64_t> at_step) {
  Map map;
  std::vector<std::vector<FieldCell>> recorded;
  for (std::uint32_t repeat = 0; repeat < item.run.repeats; ++repeat) {
    auto cells = trace.field(item.run.run, repeat, item.name);
    const auto newest = newest_step(cells, at_step);
    if (!newest) continue;
    map.step = recorded.empty() ? *newest : std::min(map.step, *newest);
    recorded.push_back(std::move(cells));
  }
  std::vector<Grid> grids, marked;
  for (auto& cells : recorded) {
    std::erase_if(cells, [&](const FieldCell& cell) { return cell.step != map.step; });
    Grid grid = grid_of(cells);
    if (!grids.empty() && (grid.x != grids.front().x || grid.y != grids.front().y)) continue;
    marked.push_back(marked_worst(grid, cells));
    grids.push_back(std::move(grid));
  }
  map.repeats = grids.size();
  if (grids.empty()) return map;
  map.grid = std::move(grids.front());
  if (marked.size() > 1) map.grid.values = cell_medians(marked);
  return map;
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

}  // namespace

Figure build_heat(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  Figure figure = blank(spec);
  Map map;
  Item item;
  for (Item& candidate : shown_items(spec, trace, options, ChannelKind::field)) {
    const bool chosen = candidate.run.label == options.chosen_run;
    if (!map.grid.values.empty() && !(chosen && item.run.label != options.chosen_run)) continue;
    Map found = map_of(trace, candidate, options.at_step);
    if (found.grid.values.empty()) continue;
    map = std::move(found);
    item = std::move(candidate);
  }
  const Grid& grid = map.grid;
  if (grid.values.empty()) {
    set_axis(figure.x, figure.x.scale == Scale::log ? 0.1 : 0, 1);
    set_axis(figure.y, figure.y.scale == Scale::log ? 0.1 : 0, 1);
    figure.empty = why_empty(spec, trace, ChannelKind::field, options);
    figure.sentence = figure.title + ": " + figure.empty + ".";
    return figure;
  }
  // Equal cells need equal distances: a log axis holds only where no abscissa is zero or below.
  if (!(std::min(grid.x.front(), grid.x.back()) > 0)) figure.x.scale = Scale::linear;
  if (!(std::min(grid.y.front(), grid.y.back()) > 0)) figure.y.scale = Scale::linear;
  const Interval x = edges(grid.x, figure.x.scale), y = edges(grid.y, figure.y.scale);
  const std::string several = map.repeats > 1 ? "median of " + std::to_string(map.repeats) : "";
  Heat heat{item.run.label + "/" + item.name,
            item.label + (several.empty() ? "" : " · " + several),
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
  const auto shown = [](const Axis& axis, const std::optional<Interval>& zoom, const Interval& whole) {
    const bool usable = zoom && zoom->hi > zoom->lo && (axis.scale == Scale::linear || zoom->lo > 0);
    return usable ? *zoom : Interval{std::min(whole.lo, whole.hi), std::max(whole.lo, whole.hi)};
  };
  const Interval across = shown(figure.x, options.x_range, x), up = shown(figure.y, options.y_range, y);
  set_axis(figure.x, across.lo, across.hi, {7});
  set_axis(figure.y, up.lo, up.hi, {7});
  FigureOptions as_is = options;
  as_is.count_by = CountBy::steps;
  add_theory(figure, theory_lines(trace, std::span(&item, 1), as_is),
             {figure.x.lo, figure.x.hi, options.pixel_columns, figure.x.scale, figure.y.scale});
  const auto known = std::count_if(grid.values.begin(), grid.values.end(), [](double v) { return !std::isnan(v); });
  figure.state = map.step > 0 ? "step " + format_count(map.step)
                              : format_count(static_cast<std::uint64_t>(known)) + " of " +
                                    format_count(grid.values.size()) + " cells";
  if (!several.empty()) figure.state = several + ", " + figure.state;
  Extent e;
  for (double v : grid.values) e.add(v);
  figure.sentence = figure.title + ": " + std::to_string(grid.y.size()) + " by " + std::to_string(grid.x.size()) +
                    " cells" + (several.empty() ? "" : ", each the " + several + " repeats,") +
                    (e.finite ? " between " + format_value(e.lo) + " and " + format_value(e.hi) : "") + ".";
  figure.heats.push_back(std::move(heat));
  return figure;
}

}  // namespace kappa::parts
