/// Designs; every random part has its own stream, so that changing one setting leaves the others' draws alone.
#include "core/random/designs.hpp"

#include <algorithm>
#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {

arma::mat Design::covariance() const {
  if (rotation.is_empty()) return arma::diagmat(eigenvalues);
  return rotation * arma::diagmat(eigenvalues) * rotation.t();
}

arma::vec Design::image(const arma::vec& w) const {
  if (rotation.is_empty()) return eigenvalues % w;
  return rotation * arma::vec(eigenvalues % arma::vec(rotation.t() * w));
}

double Design::quadratic(const arma::vec& w) const {
  const arma::vec along = rotation.is_empty() ? w : arma::vec(rotation.t() * w);
  return arma::accu(eigenvalues % arma::square(along));
}

Design gaussian_design(const Rng& rng, arma::uword n, const arma::vec& eigenvalues, bool rotate, bool exact) {
  Design out{normal_matrix(rng.child("entries"), n, eigenvalues.n_elem), eigenvalues, {}};
  if (exact && n >= eigenvalues.n_elem) out.x = std::sqrt(static_cast<double>(n)) * q_factor(out.x);
  if (!out.x.is_empty()) out.x.each_row() %= arma::sqrt(eigenvalues).t();
  if (rotate) {
    out.rotation = haar_orthogonal(rng.child("rotation"), eigenvalues.n_elem);
    out.x = out.x * out.rotation.t();
  }
  return out;
}

double empirical_condition_factor(arma::uword n, arma::uword d) {
  if (n <= d) return arma::datum::inf;
  const double root = std::sqrt(static_cast<double>(d) / static_cast<double>(n));
  return std::pow((1.0 + root) / (1.0 - root), 2);
}

Labelled two_class_mixture(const Rng& rng, arma::uword n, const arma::vec& mu, const arma::vec& deviations) {
  Rng labels = rng.child("labels");
  Labelled out{normal_matrix(rng.child("entries"), n, mu.n_elem), arma::vec(n)};
  for (double& y : out.y) y = labels.rademacher();
  if (out.x.is_empty()) return out;
  out.x.each_row() %= deviations.t();
  out.x += out.y * mu.t();
  return out;
}

arma::mat collinear_rows(const Rng& rng, arma::uword n, arma::uword d, arma::uword block_size, double rho) {
  const arma::uword size = std::max<arma::uword>(block_size, 1);
  const arma::mat factors = normal_matrix(rng.child("factors"), n, (d + size - 1) / size);
  arma::mat x = std::sqrt(1.0 - rho) * normal_matrix(rng.child("entries"), n, d);
  for (arma::uword j = 0; n > 0 && j < d; ++j) x.col(j) += std::sqrt(rho) * factors.col(j / size);
  return x;
}

arma::mat block_collinear(const Rng& rng, arma::uword n, arma::uword d, arma::uword block_size, double rho) {
  arma::mat x = collinear_rows(rng, n, d, block_size, rho);
  for (arma::uword j = 0; j < d; ++j) {
    const double length = arma::norm(x.col(j));
    if (length > 0.0) x.col(j) *= std::sqrt(static_cast<double>(n)) / length;
  }
  return x;
}

arma::mat collinear_covariance(arma::uword d, arma::uword block_size, double rho) {
  const arma::uword size = std::max<arma::uword>(block_size, 1);
  arma::mat out(d, d, arma::fill::eye);
  for (arma::uword j = 0; j < d; ++j)
    for (arma::uword i = j / size * size; i < std::min(d, (j / size + 1) * size); ++i)
      if (i != j) out(i, j) = rho;
  return out;
}

arma::vec collinear_image(const arma::vec& w, arma::uword block_size, double rho) {
  const arma::uword size = std::max<arma::uword>(block_size, 1);
  arma::vec out = (1 - rho) * w;
  for (arma::uword first = 0; first < w.n_elem; first += size) {
    const arma::span block(first, std::min(w.n_elem, first + size) - 1);
    out(block) += rho * arma::accu(w(block));
  }
  return out;
}

arma::mat generator_mixing(const Rng& rng, arma::uword d, arma::uword k) {
  return normal_matrix(rng.child("mixing"), d, k) / std::sqrt(static_cast<double>(k));
}

arma::mat generated_rows(const Rng& rng, arma::uword n, const arma::mat& mixing) {
  const arma::mat latent = normal_matrix(rng.child("latent"), n, mixing.n_cols);
  return arma::tanh(1.5 * latent * mixing.t()) + 0.1 * normal_matrix(rng.child("entries"), n, mixing.n_rows);
}

arma::mat generator_design(const Rng& rng, arma::uword n, arma::uword d, arma::uword k) {
  return generated_rows(rng, n, generator_mixing(rng, d, k));
}

}  // namespace kappa
