/// Curves over anything but the step: risk against n/d, steps against the condition number.
#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "core/figure/palette.hpp"
#include "core/figure/parts.hpp"
#include "core/figure/repeats.hpp"

namespace kappa::parts {
namespace {

struct Drawn {
  Item item;
  XY xy;
  std::optional<Summary> summary;
  Reduced reduced;
};

std::vector<Drawn> gather(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  std::vector<Drawn> all;
  const auto ascending = [](XY& xy) {
    std::vector<std::pair<double, double>> points(xy.x.size());
    for (std::size_t i = 0; i < points.size(); ++i) points[i] = {xy.x[i], xy.y[i]};
    std::stable_sort(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < points.size(); ++i) std::tie(xy.x[i], xy.y[i]) = points[i];
  };
  for (Item& item : shown_items(spec, trace, options, ChannelKind::curve)) {
    std::vector<XY> repeats;
    for (std::uint32_t repeat = 0; repeat < item.run.repeats; ++repeat)
      if (XY xy = trace.curve(item.run.run, repeat, item.name); !xy.x.empty()) repeats.push_back(std::move(xy));
    if (repeats.empty()) continue;
    if (spec.scatter) {  // the points of all repeats, as they are
      for (std::size_t k = 1; k < repeats.size(); ++k) {
        repeats[0].x.insert(repeats[0].x.end(), repeats[k].x.begin(), repeats[k].x.end());
        repeats[0].y.insert(repeats[0].y.end(), repeats[k].y.begin(), repeats[k].y.end());
      }
      repeats.resize(1);
      ascending(repeats[0]);
    }
    Drawn d{std::move(item), {}, {}, {}};
    if (repeats.size() == 1) {
      d.xy = std::move(repeats[0]);
    } else {
      d.summary = summarise(repeats);
      d.xy = {d.summary->x, d.summary->median};
      if (d.summary->repeats == 1) d.summary.reset();  // nothing met: the points of all repeats, pooled
    }
    all.push_back(std::move(d));
  }
  return all;
}

Extent extent_of(const std::vector<double>& values) {
  Extent e;
  for (double v : values) e.add(v);
  return e;
}

Interval x_range(const Figure& figure, const std::vector<Drawn>& all, const std::vector<TheoryLine>& theory,
                 const FigureOptions& options) {
  const auto& zoom = options.x_range;
  const bool log = figure.x.scale == Scale::log;
  if (zoom && zoom->hi > zoom->lo && (!log || zoom->lo > 0)) return *zoom;
  Extent e;
  for (const Drawn& d : all) e.add(extent_of(d.xy.x));
  for (const TheoryLine& t : theory) e.add(extent_of(t.xy.x));
  if (log ? !e.has_positive : !e.finite) return log ? Interval{1, 10} : Interval{0, 1};
  if (!log && e.lo > 0 && e.lo < e.hi / 3) e.lo = 0;
  const auto [lo, hi] = nice_range(log ? e.positive : e.lo, e.hi, figure.x.scale, {5, false, false});
  return {lo, hi};
}

std::string sentence(const Figure& figure, const std::vector<Drawn>& all) {
  std::vector<Ending> endings;
  double at = figure.x.lo;
  for (const Drawn& d : all) {
    endings.push_back({d.item.label, d.xy.y.back(), std::isfinite(d.xy.y.back()) ? "" : " at its end"});
    at = std::max(at, d.xy.x.back());
  }
  const std::string of = figure.x.label.empty() ? "x" : figure.x.label;
  std::string text = figure.title + " against " + of + " up to " + format_value(at);
  text += figure.y.scale == Scale::log ? ", log scale: " : ": ";
  return text + endings_sentence(std::move(endings), "ends") + ".";
}

}  // namespace

Figure build_curve(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  Figure figure = blank(spec);
  auto all = gather(spec, trace, options);
  std::vector<Item> items;
  for (const Drawn& d : all) items.push_back(d.item);
  if (items.empty()) items = theory_only_items(spec, trace, options);
  FigureOptions as_is = options;
  as_is.count_by = CountBy::steps;  // x is what the study says it is
  const auto theory = theory_lines(trace, items, as_is);

  const Interval x = x_range(figure, all, theory, options);
  set_axis(figure.x, x.lo, x.hi);
  const Window window{x.lo, x.hi, options.pixel_columns, figure.x.scale, figure.y.scale};
  std::vector<Reach> data, predicted;
  std::uint64_t drawn = 0, recorded = 0;
  for (Drawn& d : all) {
    d.reduced = kappa::reduce(d.xy.x, d.xy.y, window);
    drawn += d.reduced.drawn;
    recorded += d.xy.x.size();
    if (d.reduced.points > 0) data.push_back({d.reduced.extent, d.reduced.first, d.reduced.last});
    if (d.summary) data.push_back(reach_of(d.summary->lower)), data.push_back(reach_of(d.summary->upper));
  }
  for (const TheoryLine& t : theory) predicted.push_back(reach_of(t.xy.y));
  const auto& zoom = options.y_range;
  const bool use_zoom = zoom && zoom->hi > zoom->lo && (figure.y.scale == Scale::linear || zoom->lo > 0);
  const Interval y = use_zoom ? *zoom : robust_range(data, predicted, figure.y.scale, false);
  set_axis(figure.y, y.lo, y.hi);

  for (const Drawn& d : all) {
    add_curve(figure, d.item, d.summary, d.reduced.vertices, d.xy.x.size(),
              spec.scatter ? Swatch::loose_points : Swatch::curve)
        .scatter = spec.scatter;
    add_undrawn(figure, d.reduced.undrawn, d.item.colour, d.item.label, figure.x.label.empty() ? "x" : figure.x.label);
  }
  list_hidden(figure, spec, trace, options, ChannelKind::curve, spec.scatter ? Swatch::loose_points : Swatch::curve);
  add_theory(figure, theory, window);
  if (all.empty()) {
    if (theory.empty()) figure.empty = why_empty(spec, trace, ChannelKind::curve, options);
    figure.sentence = figure.title + ": nothing measured yet.";
  } else {
    figure.state = format_count(drawn) + " of " + format_count(recorded) + (recorded == 1 ? " point" : " points");
    figure.sentence = sentence(figure, all);
  }
  return figure;
}

}  // namespace kappa::parts
