/// Soft thresholding entry by entry, and on singular values.
#include "core/linalg/soft_threshold.hpp"

#include <cmath>

#include "core/linalg/spectrum.hpp"

namespace kappa {

double soft(double x, double tau) {
  if (std::isnan(x)) return x;
  const double left = std::abs(x) - tau;
  return left > 0.0 ? std::copysign(left, x) : 0.0;
}

arma::mat soft(const arma::mat& x, double tau) {
  arma::mat out = x;
  out.transform([tau](double each) { return soft(each, tau); });
  return out;
}

arma::mat soft_singular_values(const arma::mat& x, double tau) {
  arma::mat u, v;
  arma::vec s;
  if (!thin_svd(x, u, s, v)) return arma::mat(x.n_rows, x.n_cols, arma::fill::value(arma::datum::nan));
  if (s.is_empty()) return x;
  s.transform([tau](double each) { return soft(each, tau); });
  return (u.each_row() % s.t()) * v.t();
}

}  // namespace kappa
