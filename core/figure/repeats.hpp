/// What many repeats of one run have in common: their median and the band that holds the middle eighty per cent.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/figure/figure.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

struct Summary {
  std::vector<double> x, median, lower, upper;
  std::size_t repeats = 0;  ///< the most values that met at one x
};

inline constexpr std::size_t most_summarised = 200000;  ///< values of one series, over all repeats

/// At each step of the longest column, over the repeats that have recorded it and those that have `ended` before (by
/// column; missing: none), which keep their last value. NaN counts as worse than any number.
Summary summarise(std::span<const Column* const> columns, std::size_t most_points = most_summarised,
                  const std::vector<bool>& ended = {});
Summary summarise(std::span<const XY> curves);

/// Linear interpolation between order statistics (type 7); `sorted` is ascending and not empty.
double quantile(std::span<const double> sorted, double p);

/// Of at least one value, which it sorts; NaN counts as worse than any number.
double median_of(std::vector<double>& values);
/// The same for each place of lists that may be of different lengths.
std::vector<double> medians_of(const std::vector<std::vector<double>>& lists);

/// At most `most` abscissas; a thinned band is the envelope of what it stands for.
Band make_band(const Summary& summary, std::size_t most = 400);

}  // namespace kappa
