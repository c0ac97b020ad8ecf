/// Newton's identities, and the product of (1 + value z) truncated after z^k.
#include "core/linalg/elementary_symmetric.hpp"

namespace kappa {

arma::vec elementary_from_power_sums(const arma::vec& p) {
  arma::vec e(p.n_elem + 1, arma::fill::zeros);
  e[0] = 1;
  for (arma::uword k = 1; k <= p.n_elem; ++k) {
    for (arma::uword i = 1; i <= k; ++i) e[k] += (i % 2 == 1 ? 1 : -1) * e[k - i] * p[i - 1];
    e[k] /= static_cast<double>(k);
  }
  return e;
}

arma::vec elementary_symmetric(const arma::vec& values, arma::uword k) {
  arma::vec e(k + 1, arma::fill::zeros);
  e[0] = 1;
  for (const double value : values)
    for (arma::uword j = k; j > 0; --j) e[j] += value * e[j - 1];
  return e;
}

arma::vec elementary_leaving_out(const arma::vec& values, arma::uword k) {
  arma::vec out(values.n_elem);
  for (arma::uword i = 0; i < values.n_elem; ++i) {
    arma::vec others = values;
    others.shed_row(i);
    out[i] = elementary_symmetric(others, k)[k];
  }
  return out;
}

}  // namespace kappa
