/// A recorded series or a list of points as a figure needs it: thinned, with its extent and what it cannot show.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/figure/build.hpp"
#include "core/figure/figure.hpp"
#include "core/trace/decimate.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// Where a step lies on the x axis: itself, or what the run had asked of its oracle by then.
class StepMap {
 public:
  StepMap() = default;
  StepMap(const std::vector<Trace::Cost>& costs, CountBy by);
  double x_of(double step) const;
  double step_of(double x) const;
  double last_step() const { return steps_.empty() ? 0 : steps_.back(); }
  bool identity() const { return steps_.empty(); }

 private:
  std::vector<double> steps_, counts_;  ///< empty: identity
};

/// Of one run's first repeat; rows beyond what a screen can tell apart are left out.
StepMap step_map(const Trace& trace, std::uint32_t run, CountBy by);

struct Reduced {
  std::vector<Vertex> vertices;
  std::vector<Undrawn> undrawn;
  std::uint64_t drawn = 0, points = 0;  ///< vertices and recorded points inside the window
  Extent extent;
  double first = 0, last = 0;  ///< the first finite value and the very last value inside the window
};

/// The window is in units of the axis, after mapping.
Reduced reduce(const Column& column, const StepMap& map, const Window& window);
Reduced reduce(std::span<const double> x, std::span<const double> y, const Window& window);

/// The kind of mark a value needs on such an axis; nothing when the axis can show it.
std::optional<MarkKind> flaw_of(double value, Scale scale);

}  // namespace kappa
