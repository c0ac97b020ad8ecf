/// How the power of a signal is spread over frequencies, measured.
#pragma once

#include <armadillo>

namespace kappa {

/// Welch's estimate for each row of x over angular frequencies 2πk/segment, k = 1 … segment/2, averaged over rows and
/// half-overlapping Hann windows; white noise of unit variance has power one. Empty when x is shorter than a segment.
arma::vec power_spectrum(const arma::mat& x, arma::uword segment);

}  // namespace kappa
