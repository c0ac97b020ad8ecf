/// Through singular values of J where small eigenvalues count, through the smaller Gram matrix where only the top does.
#include "core/linalg/tangent_kernel.hpp"

#include <algorithm>

#include "core/linalg/krylov.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa {
namespace {

arma::mat smaller_gram(const arma::mat& j) {
  return j.n_rows <= j.n_cols ? arma::mat(j * j.t()) : arma::mat(j.t() * j);
}

}  // namespace

arma::vec tangent_eigenvalues(const arma::mat& jacobian) { return arma::square(singular_values(jacobian)); }

double largest_tangent_eigenvalue(const arma::mat& jacobian) {
  if (jacobian.is_empty() || !jacobian.is_finite()) return arma::datum::nan;
  if (std::min(jacobian.n_rows, jacobian.n_cols) <= 300)
    return std::max(symmetric_eigenvalues(smaller_gram(jacobian)).max(), 0.0);
  const double norm = spectral_norm(jacobian, Rng(0, "tangent kernel"));
  return norm * norm;
}

double kernel_alignment(const arma::mat& jacobian, const arma::vec& targets) {
  if (targets.n_elem != jacobian.n_rows || !jacobian.is_finite() || !targets.is_finite()) return arma::datum::nan;
  const double size = arma::norm(targets), kernel = arma::norm(smaller_gram(jacobian), "fro");
  if (!(size > 0) || !(kernel > 0)) return arma::datum::nan;
  const double along = arma::norm(jacobian.t() * (targets / size));
  return along * along / kernel;
}

double effective_degrees_of_freedom(const arma::mat& jacobian, double penalty) {
  const Spectrum s = spectrum(jacobian);
  if (!(penalty > 0)) return rank(s);
  return arma::accu(arma::square(s.s) / (arma::square(s.s) + penalty));
}

}  // namespace kappa
