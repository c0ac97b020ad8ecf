/// What the builders of the several forms share: which runs are shown, how things are named, axes and marks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/figure/build.hpp"
#include "core/figure/reduce.hpp"
#include "core/figure/repeats.hpp"
#include "core/figure/ticks.hpp"

namespace kappa::parts {

struct ShownRun {
  std::uint32_t run = 0, repeats = 1;
  std::string label;
  int colour = 0;
};

/// One run's one series (spectrum, curve, field) on the picture.
struct Item {
  ShownRun run;
  std::string name, label;
  int colour = 0;         ///< the run's, or one for each name when a single run is shown
  int shape = 0;          ///< marker: of the run, or of the name when there are several names
  bool whole_run = true;  ///< the only one of its run here
};

std::vector<ShownRun> shown_runs(const FigureSpec& spec, const Trace& trace, const FigureOptions& options);

/// Every pair of run and name with anything recorded; a bare name also stands for its blocks, as in name:block.
std::vector<Item> shown_items(const FigureSpec& spec, const Trace& trace, const FigureOptions& options,
                              ChannelKind kind);

/// True if some run was recorded under these names, shown or not.
bool anything_recorded(const FigureSpec& spec, const Trace& trace, ChannelKind kind);

std::string spoken(std::string_view id);  ///< "test_loss" reads "Test loss"
std::string why_empty(const FigureSpec& spec, const Trace& trace, ChannelKind kind, const FigureOptions& options);

Figure blank(const FigureSpec& spec);  ///< id, title, note and axis labels
void set_axis(Axis& axis, double lo, double hi, const TickOptions& options = {});
/// Ticks of an index from 1 to n, with 1 itself among them.
void set_index_axis(Axis& axis, std::size_t n);

/// Theory curves of a series over x as mapped; the same curve for several runs is drawn once, in neutral.
struct TheoryLine {
  std::string label;
  TheoryKind kind{};
  int colour = neutral;
  std::string id;
  XY xy;
  std::string note = {};  ///< where it stops, and why
};
/// Pairs of run and declared name that only a theory speaks of so far.
std::vector<Item> theory_only_items(const FigureSpec& spec, const Trace& trace, const FigureOptions& options);
/// `over_steps`: x is the step, so it is mapped to what is counted, and an edited run's theory ends at the edit.
std::vector<TheoryLine> theory_lines(const Trace& trace, std::span<const Item> items, const FigureOptions& options,
                                     bool over_steps = false);
void add_theory(Figure& figure, const std::vector<TheoryLine>& lines, const Window& window);

/// Positive minimum and the like of what is drawn, as the range needs it.
struct Reach {
  Extent extent;
  double first = 0, last = 0;
};
Reach reach_of(std::span<const double> y);
Reach reach_of(std::span<const double> x, std::span<const double> y, const Window& window);  ///< inside it
/// The range of the data; a curve that leaves the others by far does not widen it, and a theory only a little.
Interval robust_range(std::span<const Reach> data, std::span<const Reach> theory, Scale scale, bool may_diverge);

/// Marks for what the axes cannot show, merged where they would overlap; call when the axes are final.
void add_undrawn(Figure& figure, const std::vector<Undrawn>& all, int colour, const std::string& label,
                 std::string_view unit);

/// A mark where a curve has gone under the picture and stays there.
void add_below(Figure& figure, const std::vector<Vertex>& vertices, int colour, const std::string& label,
               std::string_view unit);

/// What the legend says of a run; `item` may stand for one of its series.
LegendEntry legend_entry(const Item& item, std::string note, Swatch swatch);
/// Puts the runs that are hidden, and would have something to show, among the others of the legend.
void list_hidden(Figure& figure, const FigureSpec& spec, const Trace& trace, const FigureOptions& options,
                 ChannelKind kind, Swatch swatch);

/// A run's curve and its entry in the legend; of repeats it is the median, and their band comes with it. `recorded`:
/// how many points there are.
Curve& add_curve(Figure& figure, const Item& item, const std::optional<Summary>& summary, std::vector<Vertex> vertices,
                 std::size_t recorded, Swatch swatch = Swatch::curve);

/// The x of the shared cursor line, if asked for.
std::optional<double> cursor_x(const FigureOptions& options, const StepMap& map);

/// "Heavy ball ends lowest at 1.2e−16, Adam at 3.2e−4": values sorted, the middle of a long list left out.
struct Ending {
  std::string label;
  double value = 0;
  std::string diverged;  ///< " at step 57" and the like; empty for a run that did not diverge
};
std::string endings_sentence(std::vector<Ending> endings, std::string_view verb);

/// Index of the newest spectrum at or before the step; nothing if the first came later.
std::optional<std::uint64_t> newest_spectrum(const SpectrumColumn& column, std::optional<std::uint64_t> step);

Figure build_series(const FigureSpec& spec, const Trace& trace, const FigureOptions& options);
Figure build_curve(const FigureSpec& spec, const Trace& trace, const FigureOptions& options);
Figure build_spectrum(const FigureSpec& spec, const Trace& trace, const FigureOptions& options);
Figure build_spectrum_over_time(const FigureSpec& spec, const Trace& trace, const FigureOptions& options);
Figure build_heat(const FigureSpec& spec, const Trace& trace, const FigureOptions& options);
Figure build_plane(const FigureSpec& spec, const Trace& trace, const FigureOptions& options);

}  // namespace kappa::parts
