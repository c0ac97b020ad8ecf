/// Spectra by index: bars for the run in front, points for the others, the start behind them and theory over them.
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
  bool again = false;  ///< measured more than once: the start is another one than now
};

std::vector<Shown> gather(const std::vector<Item>& items, const Trace& trace, std::optional<std::uint64_t> at_step) {
  std::vector<Shown> all;
  for (const Item& item : items) {
    Shown shown;
    shown.item = item;
    std::vector<std::vector<double>> now, start;
    for (std::uint32_t repeat = 0; repeat < item.run.repeats; ++repeat) {
      const SpectrumColumn* column = trace.spectrum(item.run.run, repeat, item.name);
      const auto i = column ? newest_spectrum(*column, at_step) : std::nullopt;
      if (!i) continue;
      now.push_back(column->values(*i));
      shown.step = std::max(shown.step, column->step(*i));
      start.push_back(column->values(0));
      shown.again = shown.again || column->size() > 1;
    }
    if (now.empty()) continue;
    shown.repeats = now.size();
    shown.values = now.size() == 1 ? now[0] : medians_of(now);
    shown.start = start.size() == 1 ? start[0] : medians_of(start);
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
  } else if (y.hi / y.lo > 1e16) {
    y.lo = power_of_ten(decade_of(y.hi) - 16);  // below it double precision tells nothing apart
  }
  return y;
}

/// Which spectrum stands as bars: the chosen run's, or the only one. None where that run has several.
std::optional<std::size_t> front_of(const std::vector<Shown>& all, const FigureOptions& options) {
  if (all.empty() || options.spectrum == SpectrumLook::points) return std::nullopt;
  std::size_t front = 0;
  bool chosen = all.size() == 1 || options.spectrum == SpectrumLook::bars || !options.chosen_run.empty();
  for (std::size_t i = all.size(); i-- > 0;)
    if (all[i].item.run.label == options.chosen_run) front = i;
  const auto own =
      std::count_if(all.begin(), all.end(), [&](const Shown& s) { return s.item.run.run == all[front].item.run.run; });
  return chosen && own == 1 ? std::optional(front) : std::nullopt;
}

void add_marks(Figure& figure, const Shown& s, bool points) {
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
  const auto under = [&](double v) { return v < figure.y.lo && !flaw_of(v, figure.y.scale); };
  const auto below = std::count_if(s.values.begin(), s.values.end(), under);
  if (below == 0 || !points) return;  // a bar at the floor says so itself
  const auto first = std::find_if(s.values.begin(), s.values.end(), under);
  figure.marks.push_back({MarkKind::below, static_cast<double>(first - s.values.begin() + 1), figure.y.lo,
                          s.item.colour, s.item.label + ": " + std::to_string(below) + " below the picture"});
}

void add_spectrum(Figure& figure, const Shown& s, Swatch look) {
  const bool points = look != Swatch::bar;
  figure.bars.push_back({.id = s.item.run.label + "/" + s.item.name,
                         .label = s.item.label,
                         .colour = s.item.colour,
                         .values = s.values,
                         .points = points,
                         .loose = look == Swatch::loose_points,
                         .marker = run_marker(s.item.shape)});
  add_marks(figure, s, points);
}

/// The start of what stands in front; of several, only if all start alike: no other single ghost would be true.
void add_ghost(Figure& figure, const std::vector<Shown>& all, std::optional<std::size_t> front) {
  const bool one_start = std::all_of(all.begin(), all.end(), [&](const Shown& s) { return s.start == all[0].start; });
  if (!front && !one_start) return;
  const auto again = [](const Shown& s) { return s.again; };
  if (front ? !all[*front].again : std::none_of(all.begin(), all.end(), again)) return;
  const std::vector<double>& start = all[front.value_or(0)].start;
  if (start.empty()) return;
  figure.bars.push_back({.id = "start",
                         .label = "at the start",
                         .values = start,
                         .ghost = true,
                         .points = !front,
                         .marker = Marker::none});
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
  constexpr std::size_t most_beside = 8;
  Figure figure = blank(spec);
  const auto items = shown_items(spec, trace, options, ChannelKind::spectrum);
  const auto all = gather(items, trace, options.at_step);
  if (figure.x.label.empty()) figure.x.label = "index";

  std::size_t n = 0;
  for (const Shown& s : all) n = std::max({n, s.values.size(), s.start.size()});
  set_index_axis(figure.x, n);
  if (const auto& zoom = options.x_range; zoom && zoom->hi > zoom->lo)
    set_axis(figure.x, zoom->lo, zoom->hi, {5, true});
  FigureOptions by_index = options;
  by_index.count_by = CountBy::steps;
  const auto theory = theory_lines(trace, items, by_index);
  const Interval y = options.y_range && options.y_range->hi > options.y_range->lo &&
                             (figure.y.scale == Scale::linear || options.y_range->lo > 0)
                         ? *options.y_range
                         : y_range(all, theory, trace, figure.y.scale);
  set_axis(figure.y, y.lo, y.hi);

  const auto front = front_of(all, options);
  if (!all.empty() && options.start_ghost) add_ghost(figure, all, front);
  if (front) add_spectrum(figure, all[*front], Swatch::bar);
  const Swatch beside = front ? Swatch::loose_points : Swatch::points;
  const bool crowded = front && all.size() > most_beside + 1;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i != front && !crowded) add_spectrum(figure, all[i], beside);
    if (i != front && crowded) continue;
    const std::string note = all[i].repeats > 1 ? "median of " + std::to_string(all[i].repeats) : "";
    figure.legend.push_back(legend_entry(all[i].item, note, i == front ? Swatch::bar : beside));
  }
  list_hidden(figure, spec, trace, options, ChannelKind::spectrum, beside);
  if (!figure.bars.empty() && figure.bars[0].ghost)
    figure.legend.push_back(
        {.label = "at the start", .marker = Marker::square, .swatch = front ? Swatch::bar : Swatch::points});
  add_theory(figure, theory, {figure.x.lo, figure.x.hi, options.pixel_columns, Scale::linear, figure.y.scale});
  if (all.empty()) {
    figure.empty = why_empty(spec, trace, ChannelKind::spectrum, options);
    figure.sentence = figure.title + ": " + figure.empty + ".";
  } else {
    figure.state = "step " + format_count(all[0].step);
    figure.sentence = sentence(figure, all);
  }
  return figure;
}

}  // namespace kappa::parts
