/// With A_k = sum of the rates from k on, the theorem's double sum telescopes into sums of positive terms:
/// Omega_T = D^2 / (2 A_1) + 1/2 sum_{k<T} rate_k^2 |g_k|^2 / A_{k+1} + 1/2 rate_T |g_T|^2.
#include "core/linalg/last_iterate.hpp"

#include <cmath>

namespace kappa {
namespace {

arma::uword used(const arma::vec& rates) {
  arma::uword n = rates.n_elem;
  while (n > 0 && rates[n - 1] == 0) --n;
  return n;
}

/// The two parts of Omega_n: the start's, and the gradients'.
struct Parts {
  double start, gradients;
};

/// A runs backwards as a sum of positive numbers: no subtraction, so no cancellation.
Parts parts(const arma::vec& rates, const arma::vec& squares, double distance, arma::uword n) {
  if (n == 0) return {arma::datum::inf, 0};
  double after = rates[n - 1], gradients = rates[n - 1] * squares[n - 1];
  for (arma::uword k = n - 1; k-- > 0;) {
    gradients += rates[k] * rates[k] * squares[k] / after;
    after += rates[k];
  }
  return {distance * distance / (2 * after), 0.5 * gradients};
}

}  // namespace

double last_iterate_bound(const arma::vec& rates, const arma::vec& squares, double distance) {
  const Parts p = parts(rates, squares, distance, used(rates));
  return p.start + p.gradients;
}

arma::vec last_iterate_slope(const arma::vec& rates, const arma::vec& squares, double distance) {
  arma::vec slope(rates.n_elem, arma::fill::zeros);
  const arma::uword n = used(rates);
  if (n == 0) return slope;
  arma::vec after = arma::reverse(arma::cumsum(arma::reverse(arma::vec(rates.head(n)))));
  double earlier = -distance * distance / (2 * after[0] * after[0]);  // all that shrinks when a later sum grows
  for (arma::uword j = 0; j < n; ++j) {
    if (j > 0) earlier -= 0.5 * rates[j - 1] * rates[j - 1] * squares[j - 1] / (after[j] * after[j]);
    slope[j] = earlier + (j + 1 < n ? rates[j] * squares[j] / after[j + 1] : 0.5 * squares[j]);
  }
  return slope;
}

arma::vec last_iterate_curve(const arma::vec& rates, const arma::vec& squares, double distance,
                             const arma::uvec& times) {
  arma::vec curve(times.n_elem);
  for (arma::uword i = 0; i < times.n_elem; ++i) {
    arma::uword n = times[i];
    while (n > 0 && rates[n - 1] == 0) --n;
    const Parts p = parts(rates, squares, distance, n);
    curve[i] = p.start + p.gradients;
  }
  return curve;
}

double BaseRate::best() const { return std::sqrt(a / b); }
double BaseRate::optimum() const { return 2 * std::sqrt(a * b); }

BaseRate base_rate(const arma::vec& multipliers, double gradient_norm, double distance) {
  const arma::vec squares(multipliers.n_elem, arma::fill::value(gradient_norm * gradient_norm));
  const Parts p = parts(multipliers, squares, distance, used(multipliers));
  return {p.start, p.gradients};
}

}  // namespace kappa
