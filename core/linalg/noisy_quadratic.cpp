/// Mean and variance of each mode shrink by themselves; every step adds the variance of its noise.
#include "core/linalg/noisy_quadratic.hpp"

namespace kappa {

arma::vec expected_losses(const arma::vec& eigenvalues, const arma::vec& error, double noise, const arma::vec& rates) {
  arma::vec mean = error, variance(error.n_elem, arma::fill::zeros), losses(rates.n_elem + 1);
  const auto loss = [&] { return 0.5 * arma::dot(eigenvalues, mean % mean + variance); };
  losses[0] = loss();
  for (arma::uword t = 0; t < rates.n_elem; ++t) {
    const arma::vec shrink = 1 - rates[t] * eigenvalues;
    mean %= shrink;
    variance = variance % shrink % shrink + rates[t] * rates[t] * noise * noise;
    losses[t + 1] = loss();
  }
  return losses;
}

}  // namespace kappa
