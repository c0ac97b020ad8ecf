/// Selection, names, axes, theory overlays and marks, for every form of figure alike.
#include "core/figure/parts.hpp"

#include <algorithm>
#include <cmath>

#include "core/figure/palette.hpp"
#include "core/trace/csv.hpp"

namespace kappa::parts {
namespace {

const std::vector<std::string> wanted_names(const FigureSpec& spec) {
  return spec.names.empty() ? std::vector<std::string>{spec.id} : spec.names;
}

bool names_match(std::string_view wanted, std::string_view name) {
  return name == wanted ||
         (name.size() > wanted.size() && name.substr(0, wanted.size()) == wanted && name[wanted.size()] == ':');
}

/// Names recorded for each wanted name, in the order they were declared and then opened.
std::vector<std::string> recorded_names(const FigureSpec& spec, const std::vector<ChannelKey>& keys, ChannelKind kind) {
  std::vector<std::string> names;
  for (const std::string& wanted : wanted_names(spec))
    for (const ChannelKey& key : keys)
      if (key.kind == kind && names_match(wanted, key.name) &&
          std::find(names.begin(), names.end(), key.name) == names.end())
        names.push_back(key.name);
  return names;
}

/// The first step that was made with other values than the run began with.
std::optional<std::uint64_t> first_edit(const FigureOptions& options, const std::string& run) {
  std::optional<std::uint64_t> first;
  for (const RunMark& mark : options.marks)
    if (mark.run == run && mark.kind == MarkKind::edit) first = std::min(first.value_or(mark.step), mark.step);
  return first;
}

void cut_after(XY& xy, double last) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < xy.x.size(); ++i) {
    if (xy.x[i] > last) continue;
    xy.x[kept] = xy.x[i];
    xy.y[kept++] = xy.y[i];
  }
  xy.x.resize(kept);
  xy.y.resize(kept);
}

/// A place on the x axis, as `StudyContext::vertical` emits it.
bool is_upright(const XY& xy) {
  return xy.x.size() == 2 && xy.y.size() == 2 && xy.x[0] == xy.x[1] && xy.y[0] < 0 && std::isinf(xy.y[0]) &&
         xy.y[1] == -xy.y[0];
}

bool same_line(const TheoryLine& a, const TheoryLine& b) {
  return a.label == b.label && a.kind == b.kind && a.xy.x == b.xy.x && a.xy.y == b.xy.y;
}

}  // namespace

namespace {

bool listed(const std::vector<std::string>& list, const std::string& label) {
  return std::find(list.begin(), list.end(), label) != list.end();
}

}  // namespace

std::vector<ShownRun> shown_runs(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  std::vector<ShownRun> shown;
  const auto runs = trace.runs();
  for (std::uint32_t i = 0; i < runs.size(); ++i) {
    if (listed(options.hidden, runs[i].label)) continue;
    if (!spec.runs.empty() && !listed(spec.runs, runs[i].label)) continue;
    const int colour = i < options.colours.size() ? options.colours[i] : static_cast<int>(i);
    shown.push_back({i, std::max(1u, runs[i].repeats), runs[i].label, colour});
  }
  return shown;
}

std::vector<Item> shown_items(const FigureSpec& spec, const Trace& trace, const FigureOptions& options,
                              ChannelKind kind) {
  const auto keys = trace.channels();
  const auto names = recorded_names(spec, keys, kind);
  std::vector<Item> items;
  for (const ShownRun& run : shown_runs(spec, trace, options))
    for (const std::string& name : names)
      if (std::any_of(keys.begin(), keys.end(),
                      [&](const ChannelKey& k) { return k.kind == kind && k.run == run.run && k.name == name; }))
        items.push_back({run, name, run.label, run.colour, run.colour});
  // Hidden runs count too, or the colours of the others would change with them.
  std::vector<std::uint32_t> recorded;
  for (const ChannelKey& key : keys)
    if (key.kind == kind && std::find(names.begin(), names.end(), key.name) != names.end()) recorded.push_back(key.run);
  const bool one_run = std::all_of(recorded.begin(), recorded.end(), [&](auto run) { return run == recorded[0]; });
  if (names.size() > 1)
    for (Item& item : items) {
      item.whole_run = false;
      item.shape = static_cast<int>(std::find(names.begin(), names.end(), item.name) - names.begin());
      item.label = one_run ? spoken(item.name) : item.run.label + ": " + spoken(item.name);
      if (one_run) item.colour = item.shape;
    }
  return items;
}

bool anything_recorded(const FigureSpec& spec, const Trace& trace, ChannelKind kind) {
  return !recorded_names(spec, trace.channels(), kind).empty();
}

std::string spoken(std::string_view id) {
  std::string text(id);
  std::replace(text.begin(), text.end(), '_', ' ');
  if (const auto colon = text.find(':'); colon != std::string::npos) text.replace(colon, 1, " of ");
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string why_empty(const FigureSpec& spec, const Trace& trace, ChannelKind kind, const FigureOptions& options) {
  if (!options.hidden.empty() && anything_recorded(spec, trace, kind))
    return "Every run with data here is hidden: show one in the list of runs";
  const std::vector<std::string> names = wanted_names(spec);
  for (const auto& [name, why] : options.unmeasured)
    if (std::find(names.begin(), names.end(), name) != names.end()) return "Not measured: " + why;
  return trace.channels().empty() ? "Press Run (Space) to start" : "Nothing recorded for this picture yet";
}

Figure blank(const FigureSpec& spec) {
  Figure figure;
  figure.id = spec.id;
  figure.title = !spec.title.empty() ? spec.title : spoken(wanted_names(spec)[0]);
  figure.note = spec.note;
  figure.x.label = spec.x_label;
  figure.y.label = spec.y_label;
  figure.x.scale = spec.x_scale;
  figure.y.scale = spec.y_scale;
  return figure;
}

void set_axis(Axis& axis, double lo, double hi, const TickOptions& options) {
  axis.lo = lo;
  axis.hi = hi;
  axis.ticks = make_ticks(lo, hi, axis.scale, options);
}

void set_index_axis(Axis& axis, std::size_t n) {
  const double last = std::max<double>(1, static_cast<double>(n));
  axis.scale = Scale::linear;
  axis.lo = 0.5;
  axis.hi = last + 0.5;
  axis.ticks = make_ticks(1, last, Scale::linear, {5, true});
  if (axis.ticks.empty() || axis.ticks[0].value > 1) {
    const bool room = axis.ticks.empty() || axis.ticks[0].value >= 1 + last / 20;
    if (!room) axis.ticks.erase(axis.ticks.begin());
    axis.ticks.insert(axis.ticks.begin(), Tick{1, "1", true});
  }
}

std::vector<Item> theory_only_items(const FigureSpec& spec, const Trace& trace, const FigureOptions& options) {
  return shown_items(spec, trace, options, ChannelKind::theory);
}

std::vector<TheoryLine> theory_lines(const Trace& trace, std::span<const Item> items, const FigureOptions& options,
                                     bool over_steps) {
  std::vector<TheoryLine> lines;
  if (!options.theory) return lines;
  for (const Item& item : items) {
    const StepMap map = over_steps ? step_map(trace, item.run.run, options.count_by) : StepMap();
    std::optional<std::uint64_t> edited;
    if (over_steps) edited = first_edit(options, item.run.label);
    std::vector<std::string> seen;  // the first repeat's facts speak for all
    for (auto& [key, xy] : trace.theory(item.run.run, item.name)) {
      if (std::find(seen.begin(), seen.end(), key.curve) != seen.end()) continue;
      seen.push_back(key.curve);
      if (edited) cut_after(xy, static_cast<double>(*edited));
      if (!map.identity()) cut_after(xy, map.last_step());  // what the rest will cost is not known yet
      if (xy.x.empty()) continue;
      for (double& x : xy.x) x = map.x_of(x);
      lines.push_back(
          {key.curve, key.theory, item.colour, item.label + "/" + item.name + "/" + key.curve, std::move(xy)});
      if (edited) lines.back().note = "until the edit at step " + format_count(*edited);
    }
  }
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (std::size_t j = i + 1; j < lines.size();) {
      if (!same_line(lines[i], lines[j])) {
        ++j;
        continue;
      }
      lines[i].colour = neutral;
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(j));
    }
  return lines;
}

void add_theory(Figure& figure, const std::vector<TheoryLine>& lines, const Window& window) {
  for (const TheoryLine& line : lines) {
    Curve curve;
    curve.id = line.id;
    curve.label = line.label;
    curve.colour = line.colour;
    curve.theory = line.kind;
    curve.points = line.xy.x.size();
    curve.upright = is_upright(line.xy);
    const double at = line.xy.x.front();
    if (!curve.upright)
      curve.vertices = kappa::reduce(line.xy.x, line.xy.y, window).vertices;
    else if (at >= figure.x.lo && at <= figure.x.hi)
      curve.vertices = {{at, figure.y.lo}, {at, figure.y.hi}};
    LegendEntry entry{.label = line.label,
                      .note = std::string(theory_kind_name(line.kind)) + (line.note.empty() ? "" : ", " + line.note),
                      .colour = line.colour,
                      .theory = line.kind,
                      .id = line.id};
    const auto told = std::find_if(figure.legend.begin(), figure.legend.end(), [&](const LegendEntry& e) {
      return e.theory == entry.theory && e.label == entry.label && e.note == entry.note;
    });
    if (told == figure.legend.end())
      figure.legend.push_back(std::move(entry));
    else if (told->colour != entry.colour)
      told->colour = neutral;  // one name for the same theory of several runs
    figure.curves.push_back(std::move(curve));
  }
}

void add_undrawn(Figure& figure, const std::vector<Undrawn>& all, int colour, const std::string& label,
                 std::string_view unit) {
  const auto screen = [&](double x) { return figure.x.scale == Scale::log ? std::log(x) : x; };
  const double near = std::abs(screen(figure.x.hi) - screen(figure.x.lo)) / 40;
  const auto words = [](MarkKind kind) -> std::string_view {
    switch (kind) {
      case MarkKind::zero:
        return "zero";
      case MarkKind::negative:
        return "negative";
      case MarkKind::infinite:
        return "infinite";
      default:
        return "not a number";
    }
  };
  std::vector<Undrawn> merged;
  for (const Undrawn& flaw : all) {
    Undrawn* same = nullptr;
    for (Undrawn& m : merged)
      if (m.kind == flaw.kind && screen(flaw.first) - screen(m.last) < near) same = &m;
    if (same) {
      same->last = std::max(same->last, flaw.last);
    } else {
      merged.push_back(flaw);
    }
  }
  for (const Undrawn& flaw : merged) {
    const bool low = flaw.kind == MarkKind::zero || flaw.kind == MarkKind::negative;
    std::string text = label + ": " + std::string(words(flaw.kind)) + (flaw.last > flaw.first ? " from " : " at ");
    text += std::string(unit) + " " + format_value(flaw.first);
    if (flaw.last > flaw.first) text += " to " + format_value(flaw.last);
    figure.marks.push_back({flaw.kind, flaw.first, low ? figure.y.lo : figure.y.hi, colour, std::move(text)});
  }
}

void add_below(Figure& figure, const std::vector<Vertex>& vertices, int colour, const std::string& label,
               std::string_view unit) {
  std::optional<double> since;
  for (auto v = vertices.rbegin(); v != vertices.rend() && v->x >= figure.x.lo; ++v) {
    if (std::isfinite(v->y) && v->y >= figure.y.lo) break;
    if (std::isfinite(v->y) && v->x <= figure.x.hi) since = v->x;
  }
  if (!since) return;
  figure.marks.push_back({MarkKind::below, *since, figure.y.lo, colour,
                          label + ": below the picture from " + std::string(unit) + " " + format_value(*since)});
}

LegendEntry legend_entry(const Item& item, std::string note, Swatch swatch) {
  return {.label = item.label,
          .note = std::move(note),
          .colour = item.colour,
          .marker = swatch == Swatch::bar ? Marker::square : run_marker(item.shape),
          .swatch = swatch,
          .run = item.run.label,
          .id = item.run.label + "/" + item.name};
}

void list_hidden(Figure& figure, const FigureSpec& spec, const Trace& trace, const FigureOptions& options,
                 ChannelKind kind, Swatch swatch) {
  if (!options.list_hidden || options.hidden.empty()) return;
  FigureOptions all = options;
  all.hidden.clear();
  const auto runs = trace.runs();
  const auto place = [&](const std::string& run) {
    return std::find_if(runs.begin(), runs.end(), [&](const RunLabel& r) { return r.label == run; }) - runs.begin();
  };
  for (const Item& item : shown_items(spec, trace, all, kind)) {
    if (!listed(options.hidden, item.run.label)) continue;
    LegendEntry entry = legend_entry(item, "", swatch);
    entry.hidden = true;
    const auto after = std::find_if(figure.legend.begin(), figure.legend.end(), [&](const LegendEntry& other) {
      return other.run.empty() || place(other.run) > place(entry.run);
    });
    figure.legend.insert(after, std::move(entry));
  }
}

Curve& add_curve(Figure& figure, const Item& item, const std::optional<Summary>& summary, std::vector<Vertex> vertices,
                 std::size_t recorded, Swatch swatch) {
  const std::string id = item.run.label + "/" + item.name;
  std::string note;
  if (summary) {
    note = "median of " + std::to_string(summary->repeats) + ", 10–90 %";
    Band band = make_band(*summary);
    band.id = id;
    band.label = note;
    band.colour = item.colour;
    for (auto* side : {&band.lower, &band.upper})
      for (double& v : *side)
        if (flaw_of(v, figure.y.scale)) v = v > figure.y.hi ? figure.y.hi : figure.y.lo;  // at the frame
    figure.bands.push_back(std::move(band));
  }
  figure.legend.push_back(legend_entry(item, note, swatch));
  figure.curves.push_back(
      {id, item.label, item.colour, run_marker(item.shape), std::move(vertices), {}, recorded, false});
  return figure.curves.back();
}

std::optional<double> cursor_x(const FigureOptions& options, const StepMap& map) {
  if (!options.cursor || !options.at_step) return std::nullopt;
  return map.x_of(static_cast<double>(*options.at_step));
}

std::string endings_sentence(std::vector<Ending> endings, std::string_view verb) {
  std::stable_sort(endings.begin(), endings.end(), [](const Ending& a, const Ending& b) {
    if (a.diverged.empty() != b.diverged.empty()) return a.diverged.empty();
    return a.value < b.value;
  });
  constexpr std::size_t most = 6;
  const std::size_t n = endings.size();
  std::string text;
  for (std::size_t i = 0; i < n; ++i) {
    if (n > most && i >= most - 1 && i + 1 < n) {
      if (i == most - 1) text += ", " + std::to_string(n - most) + " more between";
      continue;
    }
    const Ending& e = endings[i];
    if (i > 0) text += ", ";
    text += e.label;
    if (!e.diverged.empty()) {
      text += " diverges" + e.diverged;
    } else {
      if (i == 0) text += std::string(" ") + std::string(verb) + (n > 1 ? " lowest" : "");
      text += " at " + format_value(e.value);
    }
  }
  return text;
}

}  // namespace kappa::parts
