/// Covariance spectra, one formula per shape.
#include "core/random/eigenvalues.hpp"

#include <algorithm>
#include <cmath>

namespace kappa {
namespace {

arma::vec two_levels(arma::uword d, arma::uword ones, double rest) {
  arma::vec out(d);
  for (arma::uword i = 0; i < d; ++i) out(i) = i < ones ? 1.0 : rest;
  return out;
}

}  // namespace

arma::vec covariance_eigenvalues(SpectrumShape shape, arma::uword d, double kappa, double alpha, double fraction,
                                 arma::uword count) {
  if (d <= 1) return arma::vec(d, arma::fill::ones);
  const double last = static_cast<double>(d - 1);
  arma::vec out(d, arma::fill::ones);
  switch (shape) {
    case SpectrumShape::isotropic:
      break;
    case SpectrumShape::geometric:
      for (arma::uword i = 0; i < d; ++i) out(i) = std::pow(kappa, -static_cast<double>(i) / last);
      break;
    case SpectrumShape::linear:
      for (arma::uword i = 0; i < d; ++i) {
        const double t = static_cast<double>(i) / last;
        out(i) = (1.0 - t) + t / kappa;  // not 1 + (1/kappa - 1) t, which loses the small end's digits
      }
      break;
    case SpectrumShape::powerlaw:
      for (arma::uword i = 0; i < d; ++i) out(i) = std::pow(static_cast<double>(i + 1), -alpha);
      break;
    case SpectrumShape::twocluster: {
      // At least one of each, so that the condition number is kappa whatever the fraction.
      const double ones = std::clamp(std::round(fraction * static_cast<double>(d)), 1.0, last);
      return two_levels(d, static_cast<arma::uword>(ones), 1.0 / kappa);
    }
    case SpectrumShape::spiked:
      return two_levels(d, std::max<arma::uword>(count, 1), 1.0 / kappa);
  }
  return out;
}

arma::vec lin_spaced(double from, double to, arma::uword n) {
  arma::vec out(n);
  const double last = n > 1 ? static_cast<double>(n - 1) : 1.0;
  for (arma::uword i = 0; i < n; ++i) out(i) = from + (to - from) * static_cast<double>(i) / last;
  if (n > 1) out(n - 1) = to;
  return out;
}

arma::vec log_spaced(double from, double to, arma::uword n) {
  arma::vec out = lin_spaced(from, to, n);
  return out.transform([](double exponent) { return std::pow(10.0, exponent); });
}

}  // namespace kappa
