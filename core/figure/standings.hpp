/// How runs compare: a value at a step, the end, the steps to a target, what it has cost.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/figure/build.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// One run's row; with repeats every number is the median over them, so that no run changes another's.
struct Standing {
  std::uint32_t run = 0, repeats = 1;
  std::string label;
  int colour = 0;
  bool hidden = false;
  std::uint64_t step = 0;                                         ///< at which `value` was recorded
  double value = std::numeric_limits<double>::quiet_NaN();        ///< at the step that is looked at
  double final_value = std::numeric_limits<double>::quiet_NaN();  ///< recorded last, or at the common budget
  std::optional<double> to_target;                                ///< steps; nothing: not reached
  std::optional<double> gradients, losses, epochs, seconds;       ///< asked for by that step
};

/// Every run with anything recorded under `series`, hidden ones too, in the trace's order. `options.at_step` is the
/// step looked at; with a budget no run is looked at beyond it.
std::vector<Standing> standings(const Trace& trace, const std::string& series, const FigureOptions& options = {});

/// What every run can pay for: the least of the runs' last recorded costs. `leave_out`: runs that ended by themselves.
std::optional<double> common_budget(const Trace& trace, CountBy by, const std::vector<std::string>& leave_out = {});

/// Steps until the series is not above the target, the median over repeats; nothing unless half of them reach it.
std::optional<double> steps_to_target(const Trace& trace, std::uint32_t run, std::uint32_t repeats,
                                      const std::string& series, double target);

/// The recorded step next to `step`, of the series of any run: later or earlier. Nothing at the end.
std::optional<std::uint64_t> recorded_after(const Trace& trace, const std::string& series, std::uint64_t step);
std::optional<std::uint64_t> recorded_before(const Trace& trace, const std::string& series, std::uint64_t step);

}  // namespace kappa
