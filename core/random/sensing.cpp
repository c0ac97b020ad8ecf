/// Sensing operators as one dense matrix, so that both directions are a single BLAS call.
#include "core/random/sensing.hpp"

#include <cmath>
#include <utility>

#include "core/linalg/krylov.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa {

arma::mat PsdTruth::matrix() const { return u * arma::diagmat(s) * u.t(); }

PsdTruth psd_truth(const Rng& rng, arma::uword n, arma::uword r, double kappa) {
  const arma::uword kept = std::min(n, r);
  return {orthonormal_columns(rng.child("basis"), n, kept), lin_spaced(1.0, 1.0 / kappa, kept)};
}

SensingOperator::SensingOperator(arma::uword rows, arma::uword cols, arma::mat measurements)
    : rows_(rows), cols_(cols), measurements_(std::move(measurements)) {}

arma::mat SensingOperator::measurement(arma::uword i) const { return arma::mat(measurements_.colptr(i), rows_, cols_); }

arma::vec SensingOperator::apply(const arma::mat& x) const {
  if (x.n_elem != measurements_.n_rows) return arma::vec(count(), arma::fill::value(arma::datum::nan));
  const arma::vec flat(const_cast<double*>(x.memptr()), x.n_elem, false, true);  // read only, for the call's duration
  return measurements_.t() * flat;
}

arma::mat SensingOperator::adjoint(const arma::vec& z) const {
  arma::mat out(rows_, cols_, arma::fill::value(arma::datum::nan));
  if (z.n_elem != count()) return out;
  arma::vec flat(out.memptr(), out.n_elem, false, true);
  flat = measurements_ * z;
  return out;
}

double SensingOperator::norm() const {
  if (count() == 0) return 0.0;
  return top_singular_values(measurements_, 1, Rng(0, "operator norm"))(0);
}

SensingOperator symmetric_sensing(const Rng& rng, arma::uword n, arma::uword m) {
  arma::mat all(n * n, m, arma::fill::none);
  for (arma::uword i = 0; i < m; ++i) {
    const arma::mat g = normal_matrix(rng.child("measurement", i), n, n);
    all.col(i) = arma::vectorise(g + g.t()) * (0.5 / std::sqrt(static_cast<double>(m)));
  }
  return {n, n, std::move(all)};
}

SensingOperator asymmetric_sensing(const Rng& rng, arma::uword rows, arma::uword cols, arma::uword m) {
  arma::mat all(rows * cols, m, arma::fill::none);
  for (arma::uword i = 0; i < m; ++i)
    all.col(i) = normal_vector(rng.child("measurement", i), rows * cols) / std::sqrt(static_cast<double>(m));
  return {rows, cols, std::move(all)};
}

bool fully_determined(arma::uword n, arma::uword m) { return m >= n * (n + 1) / 2; }

}  // namespace kappa
