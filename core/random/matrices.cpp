/// Random matrices from addressed streams; entries fill column by column.
#include "core/random/matrices.hpp"

#include <algorithm>
#include <numeric>

namespace kappa {

arma::mat normal_matrix(Rng& rng, arma::uword rows, arma::uword cols) {
  arma::mat out(rows, cols, arma::fill::none);
  rng.fill_normal({out.memptr(), out.n_elem});
  return out;
}
arma::mat normal_matrix(Rng&& rng, arma::uword rows, arma::uword cols) { return normal_matrix(rng, rows, cols); }

arma::vec normal_vector(Rng& rng, arma::uword n) {
  arma::vec out(n, arma::fill::none);
  rng.fill_normal({out.memptr(), out.n_elem});
  return out;
}
arma::vec normal_vector(Rng&& rng, arma::uword n) { return normal_vector(rng, n); }

arma::vec unit_vector(Rng rng, arma::uword n) {
  const arma::vec v = normal_vector(rng, n);
  const double length = arma::norm(v);
  return length > 0.0 ? arma::vec(v / length) : v;
}

arma::mat q_factor(const arma::mat& g) {
  arma::mat q, r;
  if (g.is_empty()) return arma::mat(g.n_rows, std::min(g.n_rows, g.n_cols));
  if (!g.is_finite() || !arma::qr_econ(q, r, g))
    return arma::mat(g.n_rows, std::min(g.n_rows, g.n_cols), arma::fill::value(arma::datum::nan));
  for (arma::uword j = 0; j < q.n_cols; ++j)
    if (r(j, j) < 0.0) q.col(j) *= -1.0;
  return q;
}

arma::mat haar_orthogonal(Rng rng, arma::uword n) { return q_factor(normal_matrix(rng, n, n)); }

arma::mat orthonormal_columns(Rng rng, arma::uword n, arma::uword r) {
  return q_factor(normal_matrix(rng, n, std::min(r, n)));
}

std::vector<std::uint32_t> permutation(Rng rng, std::uint32_t n) {
  std::vector<std::uint32_t> out(n);
  std::iota(out.begin(), out.end(), 0u);
  rng.shuffle(out);
  return out;
}

arma::mat matrix_with_spectrum(const Rng& rng, arma::uword rows, arma::uword cols, const arma::vec& s) {
  const arma::uword k = std::min({rows, cols, s.n_elem});
  if (k == 0) return arma::mat(rows, cols, arma::fill::zeros);
  arma::mat u = orthonormal_columns(rng.child("left"), rows, k);
  u.each_row() %= s.head(k).t();
  return u * orthonormal_columns(rng.child("right"), cols, k).t();
}

}  // namespace kappa
