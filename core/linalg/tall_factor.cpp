/// LAPACK's QR without its Q.
#include "core/linalg/tall_factor.hpp"

#include <algorithm>
#include <stdexcept>

namespace kappa {

TallFactor tall_factor(arma::mat rows) {
  if (rows.n_cols == 0 || rows.n_rows < rows.n_cols) throw std::logic_error("rows for each column and for y");
  const arma::uword d = rows.n_cols - 1;
  auto m = static_cast<arma::blas_int>(rows.n_rows), n = static_cast<arma::blas_int>(rows.n_cols);
  arma::blas_int room = 64 * n, info = 0;
  arma::vec tau(rows.n_cols), work(static_cast<arma::uword>(room));
  arma::lapack::geqrf(&m, &n, rows.memptr(), &m, tau.memptr(), work.memptr(), &room, &info);
  TallFactor out{arma::mat(d, d, arma::fill::zeros), arma::vec(d)};
  for (arma::uword j = 0; j < d; ++j) {
    std::copy_n(rows.colptr(j), j + 1, out.r.colptr(j));
    out.c[j] = rows(j, d);
  }
  return out;
}

}  // namespace kappa
