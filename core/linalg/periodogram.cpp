/// Squared Fourier coefficients of windowed pieces, averaged.
#include "core/linalg/periodogram.hpp"

#include <cmath>

namespace kappa {

arma::vec power_spectrum(const arma::mat& x, arma::uword segment) {
  if (segment < 2 || x.n_cols < segment || x.n_rows == 0) return {};
  arma::vec window(segment);
  for (arma::uword t = 0; t < segment; ++t)
    window[t] =
        0.5 - 0.5 * std::cos(2 * arma::datum::pi * (static_cast<double>(t) + 0.5) / static_cast<double>(segment));
  arma::vec power(segment / 2, arma::fill::zeros);
  double pieces = 0;
  for (arma::uword first = 0; first + segment <= x.n_cols; first += segment / 2)
    for (arma::uword i = 0; i < x.n_rows; ++i, ++pieces) {
      const arma::vec piece = x.submat(i, first, i, first + segment - 1).t();
      const arma::cx_vec f = arma::fft(arma::vec(window % piece));
      power += arma::square(arma::abs(f.subvec(1, segment / 2)));
    }
  return power / (pieces * arma::dot(window, window));
}

}  // namespace kappa
