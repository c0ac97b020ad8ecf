/// Ground truths, each from its own stream.
#include "core/random/truths.hpp"

#include <algorithm>
#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {

arma::vec with_norm(arma::vec w, double norm) {
  const double length = arma::norm(w);
  if (length > 0.0) w *= norm / length;
  return w;
}

arma::vec dense_truth(const Rng& rng, arma::uword d, double norm) {
  return with_norm(normal_vector(rng.child("entries"), d), norm);
}

arma::vec sparse_truth(const Rng& rng, arma::uword d, arma::uword k, double norm) {
  const auto order = permutation(rng.child("support"), static_cast<std::uint32_t>(d));
  Rng signs = rng.child("signs");
  arma::vec w(d, arma::fill::zeros);
  for (arma::uword i = 0; i < std::min(k, d); ++i) w(order[i]) = signs.rademacher();
  return with_norm(std::move(w), norm);
}

arma::vec powerlaw_truth(const Rng& rng, arma::uword d, double alpha, double norm) {
  Rng signs = rng.child("signs");
  arma::vec w(d);
  for (arma::uword i = 0; i < d; ++i) w(i) = signs.rademacher() * std::pow(static_cast<double>(i + 1), -alpha);
  return with_norm(std::move(w), norm);
}

arma::vec adversarial_truth(arma::uword d, arma::uword k, double norm) {
  arma::vec w(d, arma::fill::zeros);
  for (arma::uword i = 0; i < std::min(k, d); ++i) w(i) = i % 2 == 0 ? 1.0 : -1.0;
  return with_norm(std::move(w), norm);
}

arma::vec gaussian_truth(const Rng& rng, arma::uword d, double norm) {
  return norm / std::sqrt(static_cast<double>(d)) * normal_vector(rng.child("entries"), d);
}

}  // namespace kappa
