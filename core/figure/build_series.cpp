/// Series against steps, or against what they cost: a curve for each run, or the median and band of its repeats.
#include <cmath>

#include "core/base/two_threads.hpp"
#include "core/figure/overlays.hpp"
#include "core/figure/palette.hpp"
#include "core/figure/parts.hpp"
#include "core/figure/repeats.hpp"
#include "core/figure/smooth.hpp"

namespace kappa::parts {
namespace {

struct Drawn {
  Item item;
  StepMap map;
  std::optional<Summary> summary;  ///< repeats > 1; x as mapped
  const Column* column = nullptr;  ///< repeats == 1
  Reduced reduced;
  std::uint64_t recorded = 0;
  double end_x = 0;
  std::optional<double> until_x;  ///< a frozen view: nothing beyond is drawn

  Reduced reduce_over(const Window& window) const {
    if (summary) return kappa::reduce(summary->x, summary->median, window);
    if (!until_x || *until_x >= window.x1) return kappa::reduce(*column, map, window);
    Window until = window;
    until.x1 = std::max(*until_x, window.x0);
    Reduced shown = kappa::reduce(*column, map, until);
    std::erase_if(shown.vertices, [&](const Vertex& v) { return v.x > *until_x; });
    return shown;
  }
};

std::vector<Drawn> gather(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  std::vector<Drawn> all;
  for (Item& item : shown_items(spec, trace, options, ChannelKind::series)) {
    Drawn d;
    std::vector<const Column*> columns;
    std::vector<bool> ended;
    for (std::uint32_t repeat = 0; repeat < item.run.repeats; ++repeat)
      if (const Column* c = trace.series(item.run.run, repeat, item.name); c && c->size() > 0) {
        columns.push_back(c);
        ended.push_back(options.ended.has(item.run.label, repeat));
      }
    if (columns.empty()) continue;
    d.map = step_map(trace, item.run.run, options.count_by);
    if (options.until) d.until_x = d.map.x_of(static_cast<double>(*options.until));
    if (columns.size() == 1) {
      d.column = columns[0];
      d.recorded = options.until ? d.column->lower_bound(*options.until + 1) : d.column->size();
      if (d.recorded == 0) continue;
      d.end_x = d.map.x_of(static_cast<double>(d.column->step(d.recorded - 1)));
    } else {
      d.summary = summarise(columns, most_summarised, ended);
      for (double& x : d.summary->x) x = d.map.x_of(x);
      while (d.until_x && !d.summary->x.empty() && d.summary->x.back() > *d.until_x)
        for (auto* list : {&d.summary->x, &d.summary->median, &d.summary->lower, &d.summary->upper}) list->pop_back();
      if (d.summary->x.empty()) continue;
      d.recorded = d.summary->x.size();
      d.end_x = d.summary->x.back();
    }
    d.item = std::move(item);
    all.push_back(std::move(d));
  }
  return all;
}

/// Millions of points are reduced by two threads: each would wait for memory most of its time.
void reduce_all(std::vector<Drawn>& all, const Window& window) {
  constexpr std::uint64_t many = 1000000;
  std::uint64_t points = 0;
  for (const Drawn& d : all) points += d.recorded;
  by_two_threads(all.size(), points >= many, [&](std::size_t i) { all[i].reduced = all[i].reduce_over(window); });
}

std::string_view unit_of(CountBy by) {
  switch (by) {
    case CountBy::steps:
      return "step";
    case CountBy::gradients:
      return "gradient call";
    case CountBy::losses:
      return "loss call";
    case CountBy::samples:
      return "sample";
    case CountBy::epochs:
      return "epoch";
    case CountBy::seconds:
      return "second";
  }
  return {};
}

bool is_whole(CountBy by) { return by != CountBy::epochs && by != CountBy::seconds; }

/// The whole of [0, T] from the start; costs are only known as they come, so their range grows in steps.
Interval x_range(const std::vector<Drawn>& all, const std::vector<Ghost>& ghosts, Scale scale,
                 const FigureOptions& options) {
  if (options.x_range && options.x_range->hi > options.x_range->lo &&
      (scale == Scale::linear || options.x_range->lo > 0))
    return *options.x_range;
  double end = 0;
  for (const Drawn& d : all) end = std::max(end, d.end_x);
  for (const Ghost& ghost : ghosts) end = std::max(end, ghost.end_x);
  const bool steps = options.count_by == CountBy::steps;
  if (options.budget && !steps && scale == Scale::linear && *options.budget > 0) return {0, *options.budget};
  if (steps) end = std::max(end, static_cast<double>(options.total_steps));
  if (scale == Scale::log) return {1, steps ? std::max(end, 10.0) : nice_range(1, std::max(end, 10.0), scale).second};
  if (steps) return {0, end > 0 ? end : 1};
  return {0, end > 0 ? nice_range(0, end, Scale::linear, {5, is_whole(options.count_by)}).second : 1};
}

/// Until a run has come to the end there is room for where the runs are expected to go, so that the axis need not move
/// with every decade: down to what theory says, and to where they are told to stop.
std::optional<Reach> expected(const std::vector<Drawn>& all, const std::vector<Reach>& predicted, const Window& window,
                              const FigureOptions& options, double stop) {
  constexpr double farthest = 1e-8;  // of the start: what lies deeper is shown when it is there
  if (options.count_by != CountBy::steps || options.x_range || all.empty()) return std::nullopt;
  double start = 0;
  for (const Drawn& d : all) {
    if (d.end_x >= window.x1 * (1 - 1e-9)) return std::nullopt;
    if (std::isfinite(d.reduced.first)) start = std::max(start, d.reduced.first);
  }
  const bool log = window.y_scale == Scale::log;
  double low = stop > 0 ? stop : start;
  for (const Reach& r : predicted)
    if (log ? r.extent.has_positive : r.extent.finite) low = std::min(low, log ? r.extent.positive : r.extent.lo);
  low = std::max({low, log ? farthest * start : 0.0, stop});
  if (!(low > 0 || !log) || !(low < start)) return std::nullopt;
  Reach reach{{}, start, start};
  reach.extent.add(low);
  return reach;
}

/// `others`: what is drawn besides, and wants room; `stop`: where runs end, or 0.
Interval y_range(const std::vector<Drawn>& all, const std::vector<TheoryLine>& theory, const Window& window,
                 const FigureOptions& options, std::vector<Reach> others, double stop) {
  std::vector<Reach> data = std::move(others), predicted;
  for (const Drawn& d : all) {
    if (d.reduced.points > 0) data.push_back({d.reduced.extent, d.reduced.first, d.reduced.last});
    if (!d.summary) continue;
    data.push_back(reach_of(d.summary->x, d.summary->lower, window));
    data.push_back(reach_of(d.summary->x, d.summary->upper, window));
  }
  // A condition number of 1e16 is a finding, not an accident.
  const bool may_diverge = std::none_of(
      all.begin(), all.end(), [](const Drawn& d) { return d.item.name.find("condition_number") != std::string::npos; });
  for (const TheoryLine& t : theory) predicted.push_back(reach_of(t.xy.x, t.xy.y, window));
  if (const auto reach = expected(all, predicted, window, options, stop)) data.push_back(*reach);
  const auto& zoom = options.y_range;
  if (zoom && zoom->hi > zoom->lo && (window.y_scale == Scale::linear || zoom->lo > 0)) return *zoom;
  return robust_range(data, predicted, window.y_scale, may_diverge);
}

/// At as many places as there are pixel columns, from all the points around each.
std::vector<Vertex> smooth_vertices(const Drawn& d, const Window& window, const Smoothing& smoothing) {
  const std::uint64_t size = d.recorded;
  const auto x_at = [&](std::uint64_t i) {
    return d.summary ? d.summary->x[i] : d.map.x_of(static_cast<double>(d.column->step(i)));
  };
  const auto y_at = [&](std::uint64_t i) { return d.summary ? d.summary->median[i] : d.column->value(i); };
  const auto first_where = [&](auto&& reached) {  // by halves: x never falls
    std::uint64_t low = 0;
    for (std::uint64_t n = size; n > 0;) {
      const std::uint64_t half = n / 2;
      if (reached(x_at(low + half)))
        n = half;
      else
        low += half + 1, n -= half + 1;
    }
    return low;
  };
  std::uint64_t first = first_where([&](double x) { return x >= window.x0; });
  std::uint64_t last = first_where([&](double x) { return x > window.x1; });
  if (first > 0) --first;
  if (last < size) ++last;
  const std::uint64_t stride = std::max<std::uint64_t>(1, (last - first) / window.pixel_columns);
  std::vector<Vertex> vertices;
  for (std::uint64_t i = first; i < last; i += stride)
    if (window.x_scale == Scale::linear || x_at(i) > 0) vertices.push_back({x_at(i), moving(y_at, i, size, smoothing)});
  return vertices;
}

std::string smoothing_note(const Smoothing& smoothing) {
  return std::string(smoothing.mean ? "moving mean" : "moving median") + " of " + std::to_string(smoothing.window);
}

/// The raw curve stays, paler; its shape goes to the overlay.
void add_smooth(Figure& figure, const Drawn& d, const Window& window, const Smoothing& smoothing) {
  Curve& raw = figure.curves.back();
  Curve over{raw.id + "/smooth", raw.label, raw.colour, raw.marker, smooth_vertices(d, window, smoothing), {},
             raw.points};
  over.smoothed = true;
  raw.faint = true;
  raw.marker = Marker::none;
  std::string& note = figure.legend.back().note;
  note += (note.empty() ? "" : "; ") + smoothing_note(smoothing);
  figure.curves.push_back(std::move(over));
}

/// Where a curve goes out of the frame and stays there.
std::optional<double> leaves_at(const Reduced& reduced, const Axis& y) {
  const auto outside = [&](double v) { return v > y.hi || (y.scale == Scale::linear && v < y.lo); };
  std::optional<double> x;
  for (auto v = reduced.vertices.rbegin(); v != reduced.vertices.rend(); ++v) {
    if (!std::isfinite(v->y)) continue;
    if (!outside(v->y)) break;
    x = v->x;
  }
  return x;
}

/// The curve's own height at x, or the frame where it has none.
double height_at(const Figure& figure, const Reduced& reduced, double x) {
  double y = std::numeric_limits<double>::quiet_NaN();
  for (const Vertex& v : reduced.vertices) {
    if (v.x > x) break;
    y = v.y;
  }
  return std::isfinite(y) ? std::clamp(y, figure.y.lo, figure.y.hi) : figure.y.lo;
}

void add_marks(Figure& figure, const Drawn& d, const FigureOptions& options, bool zoomed) {
  const std::string unit(unit_of(options.count_by));
  add_undrawn(figure, d.reduced.undrawn, d.item.colour, d.item.label, unit);
  bool told = false;
  for (const RunMark& mark : options.marks) {
    if (mark.run != d.item.run.label) continue;
    const double x = d.map.x_of(static_cast<double>(mark.step));
    if (x < figure.x.lo || x > figure.x.hi) continue;
    const bool diverged = mark.kind == MarkKind::diverged;
    told = told || diverged;
    const double y = diverged ? figure.y.hi : height_at(figure, d.reduced, x);
    figure.marks.push_back({mark.kind, x, y, d.item.colour, mark.text});
  }
  if (!zoomed && figure.y.scale == Scale::log) add_below(figure, d.reduced.vertices, d.item.colour, d.item.label, unit);
  if (told || zoomed) return;
  if (const auto x = leaves_at(d.reduced, figure.y))
    figure.marks.push_back({MarkKind::diverged, *x, figure.y.hi, d.item.colour,
                            d.item.label + " leaves the picture at " + unit + " " + format_value(*x)});
}

std::string sentence(const Figure& figure, const std::vector<Drawn>& all, const FigureOptions& options) {
  std::vector<Ending> endings;
  for (const Drawn& d : all) {
    const double last = d.summary ? d.summary->median.back() : d.column->value(d.recorded - 1);
    std::string diverged;
    for (const RunMark& mark : options.marks)
      if (mark.kind == MarkKind::diverged && mark.run == d.item.run.label)
        diverged = " at step " + format_count(mark.step);
    if (diverged.empty() && !std::isfinite(last)) {
      double finite = -1, since = d.end_x;
      for (const Vertex& v : d.reduced.vertices)
        if (std::isfinite(v.y)) finite = v.x;
      for (const Undrawn& u : d.reduced.undrawn)
        if (u.first > finite) since = std::min(since, u.first);
      diverged = " at " + std::string(unit_of(options.count_by)) + " " + format_value(since);
    }
    endings.push_back({d.item.label, last, diverged});
  }
  std::string unit(unit_of(options.count_by));
  if (figure.x.hi != 1) unit += 's';
  std::string text = figure.title + " over " + format_value(figure.x.hi) + " " + unit;
  text += figure.y.scale == Scale::log ? ", log scale: " : ": ";
  text += endings_sentence(std::move(endings), "ends") + ".";
  if (options.smoothing.window > 1) text += " Over each raw curve lies its " + smoothing_note(options.smoothing) + ".";
  return text;
}

std::string points_state(const std::vector<Drawn>& all) {
  std::uint64_t drawn = 0, recorded = 0;
  for (const Drawn& d : all) drawn += d.reduced.drawn, recorded += d.recorded;
  return format_count(drawn) + " of " + format_count(recorded) + (recorded == 1 ? " point" : " points");
}

}  // namespace

Figure build_series(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  Figure figure = blank(spec);
  auto all = gather(spec, trace, options);
  if (figure.x.label.empty() || options.count_by != CountBy::steps) figure.x.label = unit_of(options.count_by);
  auto ghosts = series_ghosts(spec, options);
  const Interval x = x_range(all, ghosts, figure.x.scale, options);
  set_axis(figure.x, x.lo, x.hi, {5, is_whole(options.count_by)});

  const Window window{x.lo, x.hi, options.pixel_columns, figure.x.scale, figure.y.scale};
  reduce_all(all, window);
  std::vector<Item> items;
  for (const Drawn& d : all) items.push_back(d.item);
  const auto theory = theory_lines(trace, items, options, true);
  reduce_over(ghosts, window);
  std::vector<Reach> others;
  for (const Ghost& ghost : ghosts)
    if (ghost.reduced.points > 0) others.push_back({ghost.reduced.extent, ghost.reduced.first, ghost.reduced.last});
  const bool with_target = shows_target(spec, options);
  const bool of_loss = std::find(spec.names.begin(), spec.names.end(), "loss") != spec.names.end();
  const double stop = of_loss ? options.loss_below : 0;
  Interval y = y_range(all, theory, window, options, std::move(others), stop);
  if (with_target && !options.y_range && (*options.target < y.lo || *options.target > y.hi)) {
    const auto [lo, hi] = nice_range(std::min(y.lo, *options.target), std::max(y.hi, *options.target), figure.y.scale);
    y = {lo, hi};
  }
  set_axis(figure.y, y.lo, y.hi);

  for (const Drawn& d : all) {
    add_curve(figure, d.item, d.summary, d.reduced.vertices, d.recorded);
    if (options.smoothing.window > 1) add_smooth(figure, d, window, options.smoothing);
    add_marks(figure, d, options, options.y_range.has_value());
  }
  list_hidden(figure, spec, trace, options, ChannelKind::series, Swatch::curve);
  add_theory(figure, theory, window);
  add_ghosts(figure, ghosts);
  if (with_target) add_target(figure, trace, options);
  if (all.empty()) {
    figure.empty = why_empty(spec, trace, ChannelKind::series, options);
    figure.sentence = figure.title + ": " + figure.empty + ".";
  } else {
    figure.state = points_state(all);
    figure.sentence = sentence(figure, all, options);
    figure.cursor = cursor_x(options, all[0].map);
  }
  return figure;
}

}  // namespace kappa::parts
