/// Numbers that studies read off a finished trace: fitted rates, first steps below a value, means over repeats.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/trace/trace.hpp"

namespace kappa {

double mean_of(const std::vector<double>& values);  ///< NaN when empty
double median_of(std::vector<double> values);
/// Least-squares slope of y against x; NaN with fewer than two points.
double slope_of(const std::vector<double>& x, const std::vector<double>& y);
/// exp(slope of log value against the step) over the points with lo <= value / first value <= hi.
double fitted_rate(const TraceView::Series& series, double lo, double hi);

/// f of each repeat that has the series; repeats without it are left out.
std::vector<double> over_repeats(const TraceView& trace, std::string_view run, std::string_view series,
                                 const std::function<double(const TraceView::Series&)>& f);
/// The curve's value at x (exactly), for each repeat that has it.
std::vector<double> curve_at(const TraceView& trace, std::string_view run, std::string_view curve, double x);

}  // namespace kappa
