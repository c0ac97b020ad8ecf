/// Writes everything recorded behind a figure as the results' own table writes it, in full resolution.
#pragma once

#include <functional>
#include <string_view>

#include "core/figure/figure.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// Takes the next piece of the table; false: no more is wanted.
using TakeText = std::function<bool(std::string_view)>;

/// The header and a row for every value, hidden runs included: `run,repeat,step,series,value` and, for other forms, the
/// columns of curves.csv, spectra.csv and fields.csv.
void write_recorded_csv(const FigureSpec& spec, const Trace& trace, const TakeText& take);

}  // namespace kappa
