/// Spectra by index: bars for one run, joined points for several, the start behind them and theory over them.
#include <cmath>

#include "core/figure/palette.hpp"
#include "core/figure/parts.hpp"
#include "core/figure/repeats.hpp"

namespace kappa::parts {
namespace {

struct Shown {
  Item item;
  std::vector<double> values, start;
  std::uint64_t step = 0;
  std::size_t repeats = 1;
};

/// Index of the newest spectrum at or before the step; nothing if the first came later.
std::optional<std::uint64_t> newest(const SpectrumColumn& column, std::optional<std::uint64_t> step) {
  const std::uint64_t size = column.size();
  if (size == 0) return std::nullopt;
  if (!step) return size - 1;
  const std::uint64_t i = std::min(column.lower_bound(*step + (*step < UINT64_MAX)), size);
  return i > 0 ? std::optional(i - 1) : std::nullopt;
}

/// Index by index over the repeats.
std::vector<double> median_of(const std::vector<std::vector<double>>& all) {
  std::vector<XY> curves;
  for (const auto& values : all) {
    XY xy;
    for (std::size_t i = 0; i < values.size(); ++i) xy.x.push_back(static_cast<double>(i));
    xy.y = values;
    curves.push_back(std::move(xy));
  }
  return summarise(curves).median;
}

std::vector<Shown> gather(const std::vector<Item>& items, const Trace& trace, std::optional<std::uint64_t> at_step) {
  std::vector<Shown> all;
  for (const Item& item : items) {
    Shown shown;
    shown.item = item;
    std::vector<std::vector<double>> now, start;
    for (std::uint32_t repeat = 0; repeat < item.run.repeats; ++repeat) {
      const SpectrumColumn* column = trace.spectrum(item.run.run, repeat, item.name);
      const auto i = column ? newest(*column, at_step) : std::nullopt;
      if (!i) continue;
      now.push_back(column->values(*i));
      shown.step = std::max(shown.step, column->step(*i));
      start.push_back(column->values(0));
    }
    if (now.empty()) continue;
    shown.repeats = now.size();
    shown.values = now.size() == 1 ? now[0] : median_of(now);
    shown.start = start.size() == 1 ? start[0] : median_of(start);
    all.push_back(std::move(shown));
  }
  return all;
}

/// Over a sample of the whole history, so that scrubbing does not move the axis.
Interval y_range(const std::vector<Shown>& all, const std::vector<TheoryLine>& theory, const Trace& trace,
                 Scale scale) {
  constexpr std::uint64_t samples = 24;
  std::vector<Reach> data, predicted;
  for (const Shown& s : all) {
    data.push_back(reach_of(s.values));
    const SpectrumColumn* column = trace.spectrum(s.item.run.run, 0, s.item.name);
    const std::uint64_t size = column ? column->size() : 0;
    for (std::uint64_t k = 0; k < std::min(size, samples); ++k)
      data.push_back(reach_of(column->values(size <= samples ? k : k * (size - 1) / (samples - 1))));
  }
  for (const TheoryLine& t : theory) predicted.push_back(reach_of(t.xy.y));
  Interval y = robust_range(data, predicted, scale, false);
  if (scale == Scale::linear) {
    y.lo = std::min(y.lo, 0.0);  // bars stand on zero
  } else if (y.hi / y.lo > 1e18) {
    y.lo = power_of_ten(decade_of(y.hi) - 18);  // below it double precision tells nothing apart
  }
  return y;
}

void add_bars(Figure& figure, const Shown& s, bool points) {
  const std::string id = s.item.run.label + "/" + s.item.name;
  figure.bars.push_back({id, s.item.label, s.item.colour, s.values, false, points, run_marker(s.item.shape)});
  const std::string note = s.repeats > 1 ? "median of " + std::to_string(s.repeats) : "";
  figure.legend.push_back({s.item.label, note, s.item.colour, points ? run_marker(s.item.shape) : Marker::square, {}});
  std::vector<Undrawn> undrawn;
  for (std::size_t i = 0; i < s.values.size(); ++i) {
    const auto kind = flaw_of(s.values[i], figure.y.scale);
    if (!kind) continue;
    const double index = static_cast<double>(i + 1);
    if (!undrawn.empty() && undrawn.back().kind == *kind && undrawn.back().last == index - 1) {
      undrawn.back().last = index;
    } else {
      undrawn.push_back({*kind, index, index});
    }
  }
  add_undrawn(figure, undrawn, s.item.colour, s.item.label, "index");
  const auto below = static_cast<std::size_t>(std::count_if(
      s.values.begin(), s.values.end(), [&](double v) { return v < figure.y.lo && !flaw_of(v, figure.y.scale); }));
  if (below > 0 && points) {
    const auto first = std::find_if(s.values.begin(), s.values.end(), [&](double v) { return v < figure.y.lo; });
    figure.marks.push_back({MarkKind::zero, static_cast<double>(first - s.values.begin() + 1), figure.y.lo,
                            s.item.colour, s.item.label + ": " + std::to_string(below) + " below the picture"});
  }
}

std::string sentence(const Figure& figure, const std::vector<Shown>& all) {
  std::string text = figure.title + " at step " + format_count(all[0].step) + ": ";
  constexpr std::size_t most = 5;
  for (std::size_t i = 0; i < std::min(all.size(), most); ++i) {
    const Shown& s = all[i];
    if (i > 0) text += "; ";
    text += s.item.label;
    if (s.values.empty()) {
      text += " has none";
      continue;
    }
    const auto [lo, hi] = std::minmax_element(s.values.begin(), s.values.end());
    text += " from " + format_value(*hi) + " down to " + format_value(*lo) + " over " + std::to_string(s.values.size());
    text += s.values.size() == 1 ? " value" : " values";
  }
  if (all.size() > most) text += "; and " + std::to_string(all.size() - most) + " more";
  return text + ".";
}

}  // namespace

Figure build_spectrum(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  Figure figure = blank(spec);
  const auto items = shown_items(spec, trace, options, ChannelKind::spectrum);
  const auto all = gather(items, trace, options.at_step);
  if (figure.x.label.empty()) figure.x.label = "index";

  std::size_t n = 0;
  for (const Shown& s : all) n = std::max({n, s.values.size(), s.start.size()});
  set_index_axis(figure.x, n);
  FigureOptions by_index = options;
  by_index.count_by = CountBy::steps;
  const auto theory = theory_lines(trace, items, by_index);
  const Interval y = options.y_range && options.y_range->hi > options.y_range->lo &&
                             (figure.y.scale == Scale::linear || options.y_range->lo > 0)
                         ? *options.y_range
                         : y_range(all, theory, trace, figure.y.scale);
  set_axis(figure.y, y.lo, y.hi);

  // All runs start alike as a rule; if they do not, no single ghost would be true.
  const bool one_start = std::all_of(all.begin(), all.end(), [&](const Shown& s) { return s.start == all[0].start; });
  if (!all.empty() && one_start && !all[0].start.empty()) {
    figure.bars.push_back({"start", "at the start", neutral, all[0].start, true, all.size() > 1, Marker::none});
  }
  for (const Shown& s : all) add_bars(figure, s, all.size() > 1);
  if (!figure.bars.empty() && figure.bars[0].ghost)
    figure.legend.push_back({"at the start", "", neutral, Marker::square, {}});
  add_theory(figure, theory, {figure.x.lo, figure.x.hi, options.pixel_columns, Scale::linear, figure.y.scale});
  if (all.empty()) {
    figure.empty = why_empty(spec, trace, ChannelKind::spectrum);
    figure.sentence = figure.title + ": " + figure.empty + ".";
  } else {
    figure.state = "step " + format_count(all[0].step);
    figure.sentence = sentence(figure, all);
  }
  return figure;
}

Figure build_spectrum_over_time(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  Figure figure = blank(spec);
  figure.x.scale = Scale::linear;  // cells of equal width
  if (figure.x.label.empty()) figure.x.label = "step";
  if (figure.y.label.empty()) figure.y.label = "index";
  const SpectrumColumn* column = nullptr;
  Item item;
  for (const Item& candidate : shown_items(spec, trace, options, ChannelKind::spectrum)) {
    const SpectrumColumn* c = trace.spectrum(candidate.run.run, 0, candidate.name);
    if (!c || c->size() == 0) continue;
    const bool chosen = candidate.run.label == options.chosen_run;
    if (!column || (chosen && item.run.label != options.chosen_run)) column = c, item = candidate;
  }
  const std::uint64_t size = column ? column->size() : 0;
  const double recorded = size > 0 ? static_cast<double>(column->step(size - 1)) : 0;
  const double end = std::max({1.0, recorded, static_cast<double>(options.total_steps)});
  set_axis(figure.x, 0, end, {5, true});
  if (!column) {
    set_index_axis(figure.y, 1);
    figure.empty = why_empty(spec, trace, ChannelKind::spectrum);
    figure.sentence = figure.title + ": " + figure.empty + ".";
    return figure;
  }

  const std::size_t rows = std::min<std::size_t>(column->values(0).size(), 1024);
  const double cadence = size > 1 ? std::max(1.0, static_cast<double>(column->step(1) - column->step(0))) : end;
  const auto cols = static_cast<std::uint32_t>(
      std::clamp(std::ceil(end / cadence), 1.0, std::min(320.0, static_cast<double>(options.pixel_columns))));
  Heat heat{item.run.label + "/" + item.name,
            item.label,
            static_cast<std::uint32_t>(rows),
            cols,
            0,
            end,
            0.5,
            static_cast<double>(rows) + 0.5,
            {},
            1e-1,
            1,
            Scale::log,
            {}};
  heat.values.assign(rows * cols, std::numeric_limits<double>::quiet_NaN());
  Extent extent;
  for (std::uint32_t c = 0; c < cols; ++c) {
    const double middle = (c + 0.5) * end / cols;
    if (middle > recorded + cadence) break;
    const auto i = newest(*column, static_cast<std::uint64_t>(middle));
    if (!i) continue;
    const auto values = column->values(*i);
    for (std::size_t r = 0; r < std::min(rows, values.size()); ++r) {
      heat.values[r * cols + c] = values[r];
      extent.add(values[r]);
    }
  }
  // Sixteen decades hold everything double precision can tell apart.
  if (extent.has_positive)
    std::tie(heat.lo, heat.hi) = nice_range(std::max(extent.positive, extent.hi * 1e-16), extent.hi, Scale::log);
  heat.ticks = make_ticks(heat.lo, heat.hi, Scale::log);
  set_index_axis(figure.y, rows);
  figure.state = item.label;
  figure.cursor = cursor_x(options, {});
  figure.sentence = figure.title + " of " + item.label + " over " + format_count(static_cast<std::uint64_t>(end)) +
                    " steps: " + std::to_string(rows) + " values between " +
                    format_value(extent.finite ? extent.lo : NAN) + " and " +
                    format_value(extent.finite ? extent.hi : NAN) + ".";
  figure.heats.push_back(std::move(heat));
  return figure;
}

}  // namespace kappa::parts
