/// Reads columns and costs at a step; medians over repeats where there are several.
#include "core/figure/standings.hpp"

#include <algorithm>
#include <cmath>

#include "core/figure/overlays.hpp"
#include "core/figure/repeats.hpp"

namespace kappa {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

std::optional<double> median(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  if (values.size() == 1) return values[0];
  for (double& v : values)
    if (std::isnan(v)) v = infinite;
  std::sort(values.begin(), values.end());
  return quantile(values, 0.5);
}

/// The index recorded last at or before the step.
std::optional<std::uint64_t> index_at(const Column& column, std::uint64_t step) {
  const std::uint64_t size = column.size();
  std::uint64_t i = std::min(column.lower_bound(step), size);
  if (i < size && column.step(i) == step) return i;
  if (i == 0) return std::nullopt;
  return i - 1;
}

/// The newest step that a run may be looked at: its own last one, or where the common budget is spent.
std::uint64_t latest(const Trace& trace, std::uint32_t run, const FigureOptions& options) {
  std::uint64_t last = options.until.value_or(~std::uint64_t{0});
  if (!options.budget || options.count_by == CountBy::steps) return last;
  const StepMap map = step_map(trace, run, options.count_by);
  if (map.identity()) return last;
  const double step = std::floor(map.step_of(*options.budget) + 1e-9);
  return step >= 0 && step < 9e18 ? std::min(last, static_cast<std::uint64_t>(step)) : last;
}

void read_costs(const Trace& trace, Standing& row, std::uint64_t step) {
  std::vector<double> gradients, losses, epochs, seconds;
  for (std::uint32_t repeat = 0; repeat < row.repeats; ++repeat) {
    const auto cost = trace.cost_at(row.run, repeat, step);
    if (!cost) continue;
    gradients.push_back(counted(*cost, CountBy::gradients));
    losses.push_back(counted(*cost, CountBy::losses));
    epochs.push_back(counted(*cost, CountBy::epochs));
    seconds.push_back(counted(*cost, CountBy::seconds));
  }
  row.gradients = median(std::move(gradients));
  row.losses = median(std::move(losses));
  row.epochs = median(std::move(epochs));
  row.seconds = median(std::move(seconds));
}

}  // namespace

std::vector<Standing> standings(const Trace& trace, const std::string& series, const FigureOptions& options) {
  FigureSpec spec;
  spec.names = {series};
  FigureOptions all = options;
  all.hidden.clear();
  std::vector<Standing> rows;
  for (const auto& shown : parts::shown_runs(spec, trace, all)) {
    Standing row;
    row.run = shown.run;
    row.repeats = shown.repeats;
    row.label = shown.label;
    row.colour = shown.colour;
    row.hidden = std::find(options.hidden.begin(), options.hidden.end(), shown.label) != options.hidden.end();
    const std::uint64_t last = latest(trace, shown.run, options);
    const std::uint64_t at = std::min(last, options.at_step.value_or(last));
    std::vector<double> values, finals;
    bool recorded = false;
    for (std::uint32_t repeat = 0; repeat < shown.repeats; ++repeat) {
      const Column* column = trace.series(shown.run, repeat, series);
      if (!column || column->size() == 0) continue;
      recorded = true;
      if (const auto i = index_at(*column, last)) finals.push_back(column->value(*i));
      if (const auto i = index_at(*column, at)) {
        values.push_back(column->value(*i));
        row.step = std::max(row.step, column->step(*i));
      }
    }
    if (!recorded) continue;
    if (const auto value = median(std::move(values))) row.value = *value;
    if (const auto value = median(std::move(finals))) row.final_value = *value;
    if (options.target) {
      row.to_target = steps_to_target(trace, shown.run, shown.repeats, series, *options.target);
      if (row.to_target && *row.to_target > static_cast<double>(last)) row.to_target.reset();
    }
    read_costs(trace, row, at);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<double> common_budget(const Trace& trace, CountBy by, const std::vector<std::string>& leave_out) {
  if (by == CountBy::steps) return std::nullopt;
  std::optional<double> least, least_of_all;
  const auto runs = trace.runs();
  for (std::uint32_t run = 0; run < runs.size(); ++run)
    for (std::uint32_t repeat = 0; repeat < std::max(1u, runs[run].repeats); ++repeat) {
      const auto cost = trace.cost_at(run, repeat, ~std::uint64_t{0});
      if (!cost) continue;
      const double paid = counted(*cost, by);
      least_of_all = std::min(least_of_all.value_or(paid), paid);
      if (std::find(leave_out.begin(), leave_out.end(), runs[run].label) == leave_out.end())
        least = std::min(least.value_or(paid), paid);
    }
  return least ? least : least_of_all;
}

std::optional<double> steps_to_target(const Trace& trace, std::uint32_t run, std::uint32_t repeats,
                                      const std::string& series, double target) {
  std::vector<double> steps;
  for (std::uint32_t repeat = 0; repeat < repeats; ++repeat) {
    const Column* column = trace.series(run, repeat, series);
    if (!column || column->size() == 0) continue;
    const auto first = parts::first_at_most(*column, target);
    steps.push_back(first ? static_cast<double>(*first) : infinite);
  }
  const auto middle = median(std::move(steps));
  return middle && std::isfinite(*middle) ? middle : std::nullopt;
}

std::optional<std::uint64_t> recorded_after(const Trace& trace, const std::string& series, std::uint64_t step) {
  std::optional<std::uint64_t> next;
  for (std::uint32_t run = 0; run < trace.runs().size(); ++run) {
    const Column* column = trace.series(run, 0, series);
    if (!column) continue;
    const std::uint64_t size = column->size(), i = column->lower_bound(step + 1);
    if (i < size) next = std::min(next.value_or(column->step(i)), column->step(i));
  }
  return next;
}

std::optional<std::uint64_t> recorded_before(const Trace& trace, const std::string& series, std::uint64_t step) {
  std::optional<std::uint64_t> before;
  for (std::uint32_t run = 0; run < trace.runs().size(); ++run) {
    const Column* column = trace.series(run, 0, series);
    if (!column) continue;
    const std::uint64_t i = std::min(column->lower_bound(step), column->size());
    if (i > 0) before = std::max(before.value_or(0), column->step(i - 1));
  }
  return before;
}

}  // namespace kappa
