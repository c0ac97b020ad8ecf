/// Fields: heat maps over any two quantities.
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
    figure.empty = why_empty(spec, trace, ChannelKind::field, options);
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

}  // namespace kappa::parts
