/// A Weibull law fitted to the sizes of a matrix's entries, through its probability plot.
#pragma once

#include <armadillo>

namespace kappa {

/// P(|w| <= x) = 1 - exp(-(x / scale)^shape). All NaN with fewer than 100 entries, with any that is not finite, and
/// where the body is constant or has fewer than 5 entries.
struct WeibullFit {
  double shape = 0, scale = 0;
  double r_squared = 0;  ///< of the straight line through the plot
  double distance = 0;   ///< Kolmogorov-Smirnov, over all entries
};

/// Least squares of ln(-ln(1 - F_i)) on ln |w|_(i) with F_i = (i - 1/2) / n, over 0.1 <= F_i <= 0.9 and |w| > 0.
WeibullFit weibull_fit(const arma::mat& w);

}  // namespace kappa
