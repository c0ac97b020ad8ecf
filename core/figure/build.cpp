/// Chooses the builder for a figure's form, and reads what each run shows at a step.
#include "core/figure/build.hpp"

#include <algorithm>
#include <cmath>

#include "core/figure/parts.hpp"
#include "core/figure/repeats.hpp"

namespace kappa {

namespace {

Figure formed(const FigureSpec& spec, const Trace& trace, const FigureOptions& checked) {
  switch (spec.form) {
    case FigureForm::series:
      return parts::build_series(spec, trace, checked);
    case FigureForm::curve:
      return parts::build_curve(spec, trace, checked);
    case FigureForm::spectrum:
      return parts::build_spectrum(spec, trace, checked);
    case FigureForm::spectrum_over_time:
      return parts::build_spectrum_over_time(spec, trace, checked);
    case FigureForm::heat:
      return parts::build_heat(spec, trace, checked);
    case FigureForm::plane:
      return parts::build_plane(spec, trace, checked);
  }
  return {};
}

/// Places that have names show them instead of numbers.
void name_ticks(Axis& axis, const std::vector<std::string>& names, double first) {
  if (names.empty()) return;
  axis.named = true;
  axis.ticks.clear();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (const double at = first + static_cast<double>(i); at >= axis.lo && at <= axis.hi)
      axis.ticks.push_back({at, names[i], true});
}

/// " Vertical lines: half time at 35, 61 and 120; p = n at 100."
std::string told_verticals(const Figure& figure) {
  std::vector<std::pair<std::string, std::vector<double>>> told;
  for (const Curve& curve : figure.curves) {
    if (!curve.upright || curve.vertices.empty()) continue;
    auto same = std::find_if(told.begin(), told.end(), [&](const auto& one) { return one.first == curve.label; });
    if (same == told.end()) same = told.insert(told.end(), {curve.label, {}});
    same->second.push_back(curve.vertices.front().x);
  }
  std::string text;
  for (auto& [label, places] : told) {
    std::sort(places.begin(), places.end());
    text += (text.empty() ? " Vertical lines: " : "; ") + label + " at ";
    for (std::size_t i = 0; i < places.size(); ++i)
      text += (i == 0 ? "" : i + 1 < places.size() ? ", " : " and ") + format_value(places[i]);
  }
  return text.empty() ? text : text + ".";
}

}  // namespace

bool EndedRepeats::has(const std::string& run, std::uint32_t repeat) const {
  return all || std::any_of(list.begin(), list.end(), [&](const One& one) {
           return one.repeat == repeat && (one.run.empty() || one.run == run);
         });
}

Figure build_figure(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  FigureOptions checked = options;
  checked.pixel_columns = std::clamp(options.pixel_columns, 16u, 16384u);
  Figure figure = formed(spec, trace, checked);
  name_ticks(figure.x, spec.x_names, spec.form == FigureForm::spectrum ? 1 : 0);
  name_ticks(figure.y, spec.y_names, 0);
  figure.sentence += told_verticals(figure);
  return figure;
}

std::optional<std::uint64_t> step_nearest(const FigureSpec& spec, const Trace& trace, double x,
                                          const FigureOptions& options) {
  std::optional<std::uint64_t> nearest;
  double least = INFINITY;
  for (const parts::Item& item : parts::shown_items(spec, trace, options, ChannelKind::series)) {
    const Column* column = trace.series(item.run.run, 0, item.name);
    std::uint64_t size = column ? column->size() : 0;
    if (options.until) size = std::min(size, column ? column->lower_bound(*options.until + 1) : 0);
    if (size == 0) continue;
    const StepMap map = step_map(trace, item.run.run, options.count_by);
    const double step = std::clamp(map.step_of(x), 0.0, static_cast<double>(column->step(size - 1)));
    const std::uint64_t above = std::min(column->lower_bound(static_cast<std::uint64_t>(std::ceil(step))), size - 1);
    for (const std::uint64_t i : {above, above > 0 ? above - 1 : 0}) {
      const double away = std::abs(map.x_of(static_cast<double>(column->step(i))) - x);
      if (away < least) least = away, nearest = column->step(i);
    }
    if (x <= map.x_of(static_cast<double>(column->step(size - 1)))) break;
  }
  return nearest;
}

std::vector<RunValue> values_at(const Trace& trace, const std::string& series, std::uint64_t step,
                                const FigureOptions& options) {
  std::vector<RunValue> out;
  FigureSpec spec;
  spec.names = {series};
  for (const auto& shown : parts::shown_runs(spec, trace, options)) {
    std::vector<double> values;
    std::uint64_t at = 0;
    for (std::uint32_t repeat = 0; repeat < shown.repeats; ++repeat) {
      const Column* column = trace.series(shown.run, repeat, series);
      if (!column) continue;
      const std::uint64_t size = column->size();
      std::uint64_t i = std::min(column->lower_bound(step), size);
      if (i == size || column->step(i) > step) {
        if (i == 0) continue;
        --i;
      }
      const double value = column->value(i);
      at = std::max(at, column->step(i));
      values.push_back(shown.repeats > 1 && std::isnan(value) ? INFINITY : value);
    }
    if (values.empty()) continue;
    std::sort(values.begin(), values.end());
    const double value = values.size() == 1 ? values[0] : quantile(values, 0.5);
    out.push_back({shown.run, shown.label, shown.colour, value, at});
  }
  return out;
}

}  // namespace kappa
