/// Polar factor by thin SVD.
#include "core/linalg/polar.hpp"

#include "core/linalg/spectrum.hpp"

namespace kappa {

arma::mat polar(const arma::mat& g) {
  double ignored = 0.0;
  return polar(g, ignored);
}

arma::mat polar(const arma::mat& g, double& nuclear_norm) {
  arma::mat u, v;
  arma::vec s;
  nuclear_norm = arma::datum::nan;
  if (!thin_svd(g, u, s, v)) return arma::mat(g.n_rows, g.n_cols, arma::fill::value(arma::datum::nan));
  nuclear_norm = arma::accu(s);
  arma::uword kept = 0;
  while (kept < s.n_elem && s(kept) > 1e-12 * s(0)) ++kept;
  if (kept == 0) return arma::mat(g.n_rows, g.n_cols, arma::fill::zeros);
  return u.head_cols(kept) * v.head_cols(kept).t();
}

}  // namespace kappa
