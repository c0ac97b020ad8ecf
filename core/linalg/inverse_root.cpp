/// Symmetric roots and solves by eigenvalues, Cholesky and SVD, whichever keeps its digits.
#include "core/linalg/inverse_root.hpp"

#include <algorithm>
#include <cmath>

#include "core/linalg/spectrum.hpp"

namespace kappa {
namespace {

arma::mat filled_nan(arma::uword rows, arma::uword cols) {
  return arma::mat(rows, cols, arma::fill::value(arma::datum::nan));
}

/// V diag(f) V'.
arma::mat rebuilt(const arma::mat& vectors, const arma::vec& f) { return vectors * (vectors.each_row() % f.t()).t(); }

double rounding(const arma::mat& a) { return static_cast<double>(a.n_rows) * arma::datum::eps; }

/// Small pivots do not reveal a singular matrix, since rounding may grow in them; the factor's condition does. The
/// margin is wide because the eigenvalues, which take over, are as accurate.
bool well_conditioned(const arma::mat& upper) {
  const double reciprocal = arma::rcond(upper);
  return reciprocal * reciprocal > 1e3 * rounding(upper);
}

bool cholesky_solve(const arma::mat& a, const arma::mat& b, arma::mat& x) {
  arma::mat upper, half;
  return arma::chol(upper, a) && well_conditioned(upper) &&
         arma::solve(half, arma::trimatl(upper.t()), b, arma::solve_opts::no_approx) &&
         arma::solve(x, arma::trimatu(upper), half, arma::solve_opts::no_approx) && x.is_finite();
}

}  // namespace

arma::mat inverse_root(const arma::mat& s, double p, double eps) {
  arma::vec values;
  arma::mat vectors;
  if (!symmetric_eigen(s, values, vectors)) return filled_nan(s.n_rows, s.n_cols);
  if (values.is_empty()) return s;
  const double floor = eps > 0.0 ? 0.0 : 1e-12 * values.max();
  for (double& value : values) {
    const double shifted = std::max(value, 0.0) + eps;
    value = shifted > floor ? std::pow(shifted, -1.0 / p) : 0.0;
  }
  return rebuilt(vectors, values);
}

arma::mat square_root(const arma::mat& s) {
  arma::vec values;
  arma::mat vectors;
  if (!symmetric_eigen(s, values, vectors)) return filled_nan(s.n_rows, s.n_cols);
  return rebuilt(vectors, arma::sqrt(arma::clamp(values, 0.0, arma::datum::inf)));
}

arma::mat solve_spd(const arma::mat& a, const arma::mat& b) {
  const bool fits = a.is_square() && a.n_rows == b.n_rows;
  if (!fits || !a.is_finite() || !b.is_finite()) return filled_nan(a.n_cols, b.n_cols);
  if (a.is_empty() || b.is_empty()) return arma::mat(a.n_cols, b.n_cols, arma::fill::zeros);
  const arma::mat symmetric = 0.5 * (a + a.t());
  arma::mat x;
  if (cholesky_solve(symmetric, b, x)) return x;

  arma::vec values;
  arma::mat vectors;
  if (!symmetric_eigen(symmetric, values, vectors)) return filled_nan(a.n_cols, b.n_cols);
  const double zero = 4.0 * rounding(a) * arma::abs(values).max();
  values.transform([zero](double value) { return std::abs(value) > zero ? 1.0 / value : 0.0; });
  arma::mat coefficients = vectors.t() * b;
  coefficients.each_col() %= values;
  return vectors * coefficients;
}

arma::mat pseudo_inverse_gram(const arma::mat& x, double cutoff) {
  arma::mat u, v;
  arma::vec s;
  if (!thin_svd(x, u, s, v)) return filled_nan(x.n_cols, x.n_cols);
  if (s.is_empty()) return arma::mat(x.n_cols, x.n_cols, arma::fill::zeros);
  const double zero = cutoff * s(0);
  s.transform([zero](double each) { return each > zero ? 1.0 / (each * each) : 0.0; });
  return rebuilt(v, s);
}

arma::mat pseudo_inverse(const arma::mat& x, double cutoff) {
  arma::mat u, v;
  arma::vec s;
  if (!thin_svd(x, u, s, v)) return filled_nan(x.n_cols, x.n_rows);
  if (s.is_empty()) return arma::mat(x.n_cols, x.n_rows, arma::fill::zeros);
  const double zero = cutoff * s(0);
  s.transform([zero](double each) { return each > zero ? 1.0 / each : 0.0; });
  return (v.each_row() % s.t()) * u.t();
}

}  // namespace kappa
