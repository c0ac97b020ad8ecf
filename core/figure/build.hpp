/// From a declared figure and a trace to the picture: which curves, bands, bars and marks, and over which ranges.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/figure/figure.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// What the x axis of a series counts. Everything but steps is read from the run's cost columns.
enum class CountBy : std::uint8_t { steps, gradients, losses, samples, epochs, seconds };
double counted(const Trace::Cost& cost, CountBy by);

struct Interval {
  double lo = 0, hi = 1;
};

/// Something that happened to a run and is shown on its curve: an edit, a fork, where it diverged.
struct RunMark {
  std::string run;
  MarkKind kind = MarkKind::edit;
  std::uint64_t step = 0;
  std::string text;
};

/// How spectra stand by index. Automatic: bars of the chosen or only run, else joined points.
enum class SpectrumLook : std::uint8_t { automatic, bars, points };

/// A moving median or mean over so many recorded points, drawn over the raw curve; below 2: none.
struct Smoothing {
  unsigned window = 0;
  bool mean = false;
};

/// Repeats that came to an end of their own: at later steps their last values stand for them. One that was stopped, or
/// is still at work, says nothing of what it has not recorded.
struct EndedRepeats {
  struct One {
    std::string run;  ///< empty: every run of the repeat
    std::uint32_t repeat = 0;
  };
  bool all = false;
  std::vector<One> list = {};
  bool has(const std::string& run, std::uint32_t repeat) const;
};

/// A finished experiment that is still looked at after its document has changed.
struct KeptResult {
  std::string name;  ///< stands before its runs' labels
  std::shared_ptr<const Trace> trace;
  std::vector<std::string> hidden;
  std::vector<int> colours;
  EndedRepeats ended = {};
};

struct FigureOptions {
  unsigned pixel_columns = 600;  ///< width of the plot area; at most two vertices are made a column
  CountBy count_by = CountBy::steps;
  std::uint64_t total_steps = 0;             ///< T: a series spans [0, T] from the start, so that nothing moves
  double loss_below = 0;                     ///< where runs stop; 0: nowhere
  std::optional<Interval> x_range, y_range;  ///< zoom, in data units
  std::optional<std::uint64_t> at_step;      ///< spectra and paths are shown as of this step; absent: the last
  bool cursor = false;                       ///< draw the shared cursor line at `at_step`
  std::vector<std::string> hidden;           ///< labels of runs not to draw
  std::vector<int> colours;                  ///< by run index in the trace; missing: the index itself
  std::string chosen_run;                    ///< for pictures that show one run; empty: the first that has the data
  std::vector<RunMark> marks;
  EndedRepeats ended;
  std::optional<double> target;        ///< a loss to be reached: a line in charts of the loss, a mark for the first
  std::optional<double> budget;        ///< the same cost for all, in units of `count_by`: curves end there
  std::optional<std::uint64_t> until;  ///< a frozen view: what was recorded later is not drawn
  std::vector<KeptResult> kept;        ///< earlier results, drawn faintly behind
  SpectrumLook spectrum = SpectrumLook::automatic;
  bool start_ghost = true;       ///< the first recorded spectrum stands behind the present one
  bool theory = true;            ///< theories are drawn
  bool lines_over_time = false;  ///< a spectrum's history as one curve for each index, not as a heat map
  Smoothing smoothing;
  std::vector<std::pair<std::string, std::string>> unmeasured;  ///< names that a run cannot record, and why
  bool list_hidden = false;                                     ///< hidden runs stay in the legend, marked as such
  const Figure* before =
      nullptr;  ///< the same picture as last drawn: levels of an unchanged landscape are taken from it
};

Figure build_figure(const FigureSpec& spec, const Trace& trace, const FigureOptions& options = {});

/// The recorded step nearest to an x of a figure over steps or what they cost: the first run's, which the cursor goes
/// by; another's only where the first has not come that far. Nothing: no step is recorded.
std::optional<std::uint64_t> step_nearest(const FigureSpec& spec, const Trace& trace, double x,
                                          const FigureOptions& options = {});

/// The value each run shows at `step`: the newest recorded at or before it, of the median over repeats.
struct RunValue {
  std::uint32_t run = 0;
  std::string label;
  int colour = 0;
  double value = 0;
  std::uint64_t step = 0;  ///< at which it was recorded
};
std::vector<RunValue> values_at(const Trace& trace, const std::string& series, std::uint64_t step,
                                const FigureOptions& options = {});

}  // namespace kappa
