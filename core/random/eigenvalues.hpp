/// Chosen spectra for a covariance: descending from one, with a prescribed condition number.
#pragma once

#include <armadillo>
#include <cstdint>

namespace kappa {

enum class SpectrumShape : std::uint8_t { isotropic, geometric, linear, powerlaw, twocluster, spiked };

/// Only powerlaw reads `alpha` (and ignores kappa), only twocluster `fraction`, only spiked `count`. d = 1 gives {1}.
arma::vec covariance_eigenvalues(SpectrumShape shape, arma::uword d, double kappa, double alpha = 1.0,
                                 double fraction = 0.5, arma::uword count = 1);

/// Geometric from 10^from to 10^to, linspace arithmetic; a single point is the first end.
arma::vec log_spaced(double from, double to, arma::uword n);
arma::vec lin_spaced(double from, double to, arma::uword n);

}  // namespace kappa
