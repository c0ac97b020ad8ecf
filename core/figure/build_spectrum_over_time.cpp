/// A spectrum's history: a heat map over step and index, or a curve for each index.
#include <algorithm>
#include <cmath>

#include "core/figure/palette.hpp"
#include "core/figure/parts.hpp"
#include "core/figure/repeats.hpp"

namespace kappa::parts {
namespace {

/// One repeat's spectra so far; the recorder may go on meanwhile.
struct Part {
  const SpectrumColumn* column = nullptr;
  std::uint64_t size = 0, last_step = 0;
  bool ended = false;
};

struct History {
  Item item;
  std::vector<Part> parts;  ///< of the repeats
  Part longest;
  std::size_t rows = 0;
  double recorded = 0, cadence = 1, end = 1;  ///< in steps

  /// The newest at or before a step, the median of the repeats that have come to it or have ended before.
  std::vector<double> at(double step) const;
};

std::vector<double> History::at(double step) const {
  std::vector<std::vector<double>> all;
  for (const Part& part : parts) {
    const bool passed = step >= static_cast<double>(part.last_step) + cadence;
    if (passed && parts.size() > 1 && !part.ended) continue;
    if (const auto i = newest_spectrum(*part.column, static_cast<std::uint64_t>(step)))
      all.push_back(part.column->values(*i));
  }
  return all.size() == 1 ? std::move(all[0]) : medians_of(all);
}

/// Of the chosen run, or of the first that has one.
History history_of(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  History h;
  for (const Item& candidate : shown_items(spec, trace, options, ChannelKind::spectrum)) {
    std::vector<Part> parts;
    for (std::uint32_t repeat = 0; repeat < candidate.run.repeats; ++repeat) {
      const SpectrumColumn* c = trace.spectrum(candidate.run.run, repeat, candidate.name);
      if (const std::uint64_t size = c ? c->size() : 0; size > 0)
        parts.push_back({c, size, c->step(size - 1), options.ended.has(candidate.run.label, repeat)});
    }
    if (parts.empty()) continue;
    const bool chosen = candidate.run.label == options.chosen_run;
    if (h.parts.empty() || (chosen && h.item.run.label != options.chosen_run)) h.parts = parts, h.item = candidate;
  }
  for (const Part& part : h.parts) {
    h.recorded = std::max(h.recorded, static_cast<double>(part.last_step));
    h.rows = std::max(h.rows, std::min<std::size_t>(part.column->values(0).size(), 1024));
    if (part.size > h.longest.size) h.longest = part;
  }
  h.end = std::max({1.0, h.recorded, static_cast<double>(options.total_steps)});
  const SpectrumColumn* c = h.longest.column;
  h.cadence = h.longest.size > 1 ? std::max(1.0, static_cast<double>(c->step(1) - c->step(0))) : h.end;
  return h;
}

void add_heat(Figure& figure, const History& h, const FigureOptions& options) {
  const Interval x{figure.x.lo, figure.x.hi};
  constexpr double most_values = 2e6;  // looked at for one picture
  const double affordable = most_values / static_cast<double>(h.rows * h.parts.size());
  const double most = std::max(1.0, std::min({512.0, static_cast<double>(options.pixel_columns), affordable}));
  const auto cols = static_cast<std::uint32_t>(std::clamp(std::ceil((x.hi - x.lo) / h.cadence), 1.0, most));
  Heat heat{.id = h.item.run.label + "/" + h.item.name,
            .label = h.item.label,
            .rows = static_cast<std::uint32_t>(h.rows),
            .cols = cols,
            .x0 = x.lo,
            .x1 = x.hi,
            .y0 = 0.5,
            .y1 = static_cast<double>(h.rows) + 0.5,
            .lo = 1e-1,
            .scale = Scale::log};
  heat.values.assign(h.rows * cols, std::numeric_limits<double>::quiet_NaN());
  for (std::uint32_t c = 0; c < cols; ++c) {
    const double middle = x.lo + (c + 0.5) * (x.hi - x.lo) / cols;
    if (middle > h.recorded + h.cadence || middle > h.end) break;
    if (middle < 0) continue;
    const std::vector<double> values = h.at(middle);
    for (std::size_t r = 0; r < std::min(h.rows, values.size()); ++r) heat.values[r * cols + c] = values[r];
  }
  Extent extent;
  for (double v : heat.values) extent.add(v);
  // Sixteen decades hold everything double precision can tell apart.
  if (extent.has_positive)
    std::tie(heat.lo, heat.hi) = nice_range(std::max(extent.positive, extent.hi * 1e-16), extent.hi, Scale::log);
  heat.ticks = make_ticks(heat.lo, heat.hi, Scale::log);
  set_index_axis(figure.y, h.rows);
  if (const auto& zoom = options.y_range; zoom && zoom->hi > zoom->lo)
    set_axis(figure.y, zoom->lo, zoom->hi, {5, true});
  figure.heats.push_back(std::move(heat));
}

/// The first is the run's own colour, the last is palest; of very many, so many are drawn as can be told apart.
void add_lines(Figure& figure, const History& h, const FigureOptions& options) {
  constexpr std::size_t most_lines = 48;
  const SpectrumColumn& column = *h.longest.column;
  const auto near = [&](double x) { return x <= 0 ? 0 : column.lower_bound(static_cast<std::uint64_t>(x)); };
  const std::uint64_t size = h.longest.size;
  std::uint64_t first = std::min(near(figure.x.lo), size - 1), last = std::min(near(figure.x.hi), size - 1);
  if (first > 0) --first;
  const std::uint64_t stride = std::max<std::uint64_t>(1, (last - first) / std::min(400u, options.pixel_columns));
  const std::size_t lines = std::min(h.rows, most_lines);
  std::vector<Curve> curves(lines);
  std::vector<std::size_t> rows(lines);
  for (std::size_t k = 0; k < lines; ++k) {
    rows[k] = lines > 1 ? k * (h.rows - 1) / (lines - 1) : 0;
    curves[k].id = h.item.run.label + "/" + h.item.name + "/" + std::to_string(rows[k] + 1);
    curves[k].label = "index " + std::to_string(rows[k] + 1);
    curves[k].colour = h.item.colour;
    curves[k].weight = lines > 1 ? 1 - 0.65 * static_cast<double>(k) / static_cast<double>(lines - 1) : 1;
    curves[k].points = size;
  }
  const auto take = [&](std::uint64_t i) {
    const auto step = static_cast<double>(column.step(i));
    const std::vector<double> values = h.at(step);
    for (std::size_t k = 0; k < lines; ++k)
      if (rows[k] < values.size()) curves[k].vertices.push_back({step, values[rows[k]]});
  };
  for (std::uint64_t i = first; i <= last; i += stride) take(i);
  if ((last - first) % stride != 0) take(last);
  std::vector<Reach> reach;
  for (const Curve& curve : curves) {
    std::vector<double> y;
    for (const Vertex& v : curve.vertices) y.push_back(v.y);
    reach.push_back(reach_of(y));
  }
  const auto& zoom = options.y_range;
  const bool use_zoom = zoom && zoom->hi > zoom->lo && (figure.y.scale == Scale::linear || zoom->lo > 0);
  const Interval y = use_zoom ? *zoom : robust_range(reach, {}, figure.y.scale, false);
  set_axis(figure.y, y.lo, y.hi);
  std::string named = "index 1";
  if (lines > 1) named += " (strong) to " + std::to_string(rows.back() + 1) + " (pale)";
  figure.legend.push_back({.label = std::move(named), .colour = h.item.colour, .id = curves[0].id});
  figure.curves = std::move(curves);
}

}  // namespace

std::optional<std::uint64_t> newest_spectrum(const SpectrumColumn& column, std::optional<std::uint64_t> step) {
  const std::uint64_t size = column.size();
  if (size == 0) return std::nullopt;
  if (!step) return size - 1;
  const std::uint64_t i = std::min(column.lower_bound(*step + (*step < UINT64_MAX)), size);
  return i > 0 ? std::optional(i - 1) : std::nullopt;
}

Figure build_spectrum_over_time(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  Figure figure = blank(spec);
  figure.x.scale = Scale::linear;  // cells of equal width
  if (figure.x.label.empty()) figure.x.label = "step";
  const History h = history_of(spec, trace, options);
  const auto& zoom = options.x_range;
  const Interval x = zoom && zoom->hi > zoom->lo ? *zoom : Interval{0, h.end};
  set_axis(figure.x, x.lo, x.hi, {5, true});
  if (h.rows == 0) {
    set_index_axis(figure.y, 1);
    figure.empty = why_empty(spec, trace, ChannelKind::spectrum, options);
    figure.sentence = figure.title + ": " + figure.empty + ".";
    return figure;
  }
  if (options.lines_over_time) {
    figure.y.label = spec.quantity;
    add_lines(figure, h, options);
  } else {
    if (figure.y.label.empty()) figure.y.label = "index";
    add_heat(figure, h, options);
  }
  Extent extent;
  for (const Heat& heat : figure.heats)
    for (double v : heat.values) extent.add(v);
  for (const Curve& curve : figure.curves)
    for (const Vertex& v : curve.vertices) extent.add(v.y);
  if (!figure.heats.empty() && !spec.quantity.empty()) figure.heats[0].label = spec.quantity;
  const std::string several = h.parts.size() > 1 ? "median of " + std::to_string(h.parts.size()) : "";
  for (Heat& heat : figure.heats)
    if (!several.empty()) heat.label += " · " + several;
  for (LegendEntry& entry : figure.legend) entry.note = several;
  figure.state = h.item.label;
  figure.cursor = cursor_x(options, {});
  figure.sentence = figure.title + " of " + h.item.label + " over " + format_count(static_cast<std::uint64_t>(h.end)) +
                    " steps: " + std::to_string(h.rows) + " values" +
                    (several.empty() ? "" : ", each the " + several + " repeats,") + " between " +
                    format_value(extent.finite ? extent.lo : NAN) + " and " +
                    format_value(extent.finite ? extent.hi : NAN) + ".";
  return figure;
}

}  // namespace kappa::parts
