/// Ghosts are drawn before the present curves and count for the ranges; a target is a neutral line across.
#include "core/figure/overlays.hpp"

#include <algorithm>
#include <cmath>

#include "core/figure/standings.hpp"

namespace kappa::parts {
namespace {

struct Reached {
  std::string label;
  int colour = 0;
  std::uint64_t step = 0;
  double x = 0;
};

std::optional<Reached> first_to_reach(const Trace& trace, const FigureOptions& options) {
  FigureSpec loss;
  loss.names = {"loss"};
  std::optional<Reached> first;
  for (const ShownRun& run : shown_runs(loss, trace, options)) {
    const std::optional<double> step = steps_to_target(trace, run.run, run.repeats, "loss", *options.target);
    if (!step || (options.until && *step > static_cast<double>(*options.until))) continue;
    const double x = step_map(trace, run.run, options.count_by).x_of(*step);
    if (options.budget && x > *options.budget) continue;
    if (!first || x < first->x) first = Reached{run.label, run.colour, static_cast<std::uint64_t>(*step), x};
  }
  return first;
}

}  // namespace

std::vector<Ghost> series_ghosts(const FigureSpec& spec, const FigureOptions& options) {
  std::vector<Ghost> ghosts;
  for (const KeptResult& kept : options.kept) {
    FigureOptions of_kept;
    of_kept.hidden = kept.hidden;
    of_kept.colours = kept.colours;
    of_kept.count_by = options.count_by;
    FigureSpec all_runs = spec;
    all_runs.runs.clear();
    for (Item& item : shown_items(all_runs, *kept.trace, of_kept, ChannelKind::series)) {
      std::vector<const Column*> columns;
      std::vector<bool> ended;
      for (std::uint32_t repeat = 0; repeat < item.run.repeats; ++repeat)
        if (const Column* c = kept.trace->series(item.run.run, repeat, item.name); c && c->size() > 0) {
          columns.push_back(c);
          ended.push_back(kept.ended.has(item.run.label, repeat));
        }
      if (columns.empty()) continue;
      Ghost ghost{std::move(item), kept.trace, nullptr, step_map(*kept.trace, item.run.run, options.count_by), {}, 0};
      ghost.item.label = kept.name + ": " + ghost.item.label;
      if (columns.size() == 1) {
        ghost.column = columns[0];
        ghost.end_x = ghost.map.x_of(static_cast<double>(ghost.column->step(ghost.column->size() - 1)));
      } else {
        ghost.summary = summarise(columns, most_summarised, ended);
        for (double& x : ghost.summary->x) x = ghost.map.x_of(x);
        ghost.end_x = ghost.summary->x.back();
      }
      ghosts.push_back(std::move(ghost));
    }
  }
  return ghosts;
}

void reduce_over(std::vector<Ghost>& ghosts, const Window& window) {
  for (Ghost& ghost : ghosts)
    ghost.reduced = ghost.summary ? kappa::reduce(ghost.summary->x, ghost.summary->median, window)
                                  : kappa::reduce(*ghost.column, ghost.map, window);
}

void add_ghosts(Figure& figure, const std::vector<Ghost>& ghosts) {
  for (const Ghost& ghost : ghosts) {
    Curve curve;
    curve.id = "kept/" + ghost.item.label + "/" + ghost.item.name;
    curve.label = ghost.item.label;
    curve.colour = ghost.item.colour;
    curve.vertices = ghost.reduced.vertices;
    curve.points = ghost.reduced.points;
    curve.faint = true;
    LegendEntry entry;
    entry.label = ghost.item.label;
    entry.note = ghost.summary ? "kept, median of " + std::to_string(ghost.summary->repeats) : "kept";
    entry.colour = ghost.item.colour;
    entry.id = curve.id;
    figure.legend.push_back(std::move(entry));
    figure.curves.push_back(std::move(curve));
  }
}

bool shows_target(const FigureSpec& spec, const FigureOptions& options) {
  if (!options.target || !std::isfinite(*options.target)) return false;
  if (spec.y_scale == Scale::log && *options.target <= 0) return false;
  return std::find(spec.names.begin(), spec.names.end(), "loss") != spec.names.end();
}

void add_target(Figure& figure, const Trace& trace, const FigureOptions& options) {
  const double target = *options.target;
  if (target < figure.y.lo || target > figure.y.hi) return;
  Curve line;
  line.id = "target";
  line.label = "target " + format_value(target);
  line.theory = TheoryKind::guide;
  line.vertices = {{figure.x.lo, target}, {figure.x.hi, target}};
  LegendEntry entry;
  entry.label = line.label;
  entry.theory = TheoryKind::guide;
  entry.id = line.id;
  if (const auto first = first_to_reach(trace, options)) {
    entry.note = first->label + " first, at step " + format_count(first->step);
    if (first->x >= figure.x.lo && first->x <= figure.x.hi)
      figure.marks.push_back({MarkKind::reached, first->x, target, first->colour,
                              first->label + " first, step " + format_count(first->step)});
  }
  figure.legend.push_back(std::move(entry));
  figure.curves.push_back(std::move(line));
}

std::optional<std::uint64_t> first_at_most(const Column& column, double target) {
  const std::uint64_t n = column.size();
  const auto reached = [&](std::uint64_t first, std::uint64_t last) {
    const Extent extent = column.extent(first, last);
    return extent.finite && extent.lo <= target;
  };
  if (n == 0 || !reached(0, n)) return std::nullopt;
  std::uint64_t first = 0, last = n;  // the answer is in [first, last)
  while (last - first > 1) {
    const std::uint64_t middle = first + (last - first) / 2;
    if (reached(first, middle))
      last = middle;
    else
      first = middle;
  }
  return column.step(first);
}

}  // namespace kappa::parts
