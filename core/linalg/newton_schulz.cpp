/// Newton-Schulz on the wide side: half products where they pay, everything written into reused storage.
#include "core/linalg/newton_schulz.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "core/base/libraries.hpp"

namespace kappa {
namespace {

using Triple = std::array<double, 3>;

constexpr std::array<Triple, 1> kQuintic = {{{3.4445, -4.7750, 2.0315}}};
constexpr std::array<Triple, 1> kCubic = {{{1.5, -0.5, 0.0}}};
constexpr std::array<Triple, 8> kPolarExpress = {{{7.2086, -15.5131, 9.0178},
                                                  {3.9623, -2.5813, 0.4542},
                                                  {3.9466, -2.5765, 0.4544},
                                                  {3.8991, -2.5671, 0.4566},
                                                  {3.7186, -2.5308, 0.4653},
                                                  {3.1390, -2.3073, 0.4733},
                                                  {2.1715, -1.5246, 0.3885},
                                                  {1.8648, -1.2224, 0.3577}}};
constexpr std::array<Triple, 6> kSixStep = {{{3955.0 / 1024, -8306.0 / 1024, 5008.0 / 1024},
                                             {3735.0 / 1024, -6681.0 / 1024, 3463.0 / 1024},
                                             {3799.0 / 1024, -6499.0 / 1024, 3211.0 / 1024},
                                             {4019.0 / 1024, -6385.0 / 1024, 2906.0 / 1024},
                                             {2677.0 / 1024, -3029.0 / 1024, 1162.0 / 1024},
                                             {2172.0 / 1024, -1833.0 / 1024, 682.0 / 1024}}};

std::span<const Triple> table(NewtonSchulz set) {
  switch (set) {
    case NewtonSchulz::cubic:
      return kCubic;
    case NewtonSchulz::polar_express:
      return kPolarExpress;
    case NewtonSchulz::six_step:
      return kSixStep;
    case NewtonSchulz::quintic:
      break;
  }
  return kQuintic;
}

/// Rows from which symmetric products pay. With OpenBLAS's AVX-512 kernels plain products of small matrices take a
/// short cut of their own, and dsyrk catches up only at 100 rows; with all others it is ahead from 24 on.
arma::uword half_from() {
  static const bool small_products = [kernel = libraries().openblas_kernel] {
    return kernel == "SkylakeX" || kernel == "Cooperlake" || kernel == "SapphireRapids";
  }();
  return small_products ? 104 : 24;
}

/// Tile by tile, since a column of a large matrix and its mirror row share few cache lines.
void mirror_upper(arma::mat& symmetric) {
  constexpr arma::uword tile = 16;
  const arma::uword n = symmetric.n_rows;
  double* at = symmetric.memptr();
  for (arma::uword right = 0; right < n; right += tile)
    for (arma::uword top = 0; top <= right; top += tile)
      for (arma::uword i = top; i < std::min(top + tile, n); ++i)
        for (arma::uword j = std::max(right, i); j < std::min(right + tile, n); ++j) at[j + i * n] = at[i + j * n];
}

/// C <- alpha X X' + beta C for symmetric C.
void half_product(double alpha, const arma::mat& x, double beta, arma::mat& c) {
  const char upper = 'U', as_it_is = 'N';
  const auto n = static_cast<arma::blas_int>(x.n_rows), k = static_cast<arma::blas_int>(x.n_cols);
  arma::blas::syrk(&upper, &as_it_is, &n, &k, &alpha, x.memptr(), &n, &beta, c.memptr(), &n);
  mirror_upper(c);
}

void gram_of(const arma::mat& x, arma::mat& gram) {
  constexpr arma::uword tiny = 48;  // up to here Armadillo has loops of its own
  if (x.n_rows >= half_from())
    half_product(1.0, x, 0.0, gram);
  else if (x.n_elem <= tiny)
    gram = x * x.t();
  else
    arma::gemm<false, true, false, false>::apply(gram, x, x);
}

/// P <- P + c A^2.
void add_square(double c, const arma::mat& a, arma::mat& p) {
  if (a.n_rows >= half_from())
    half_product(c, a, 1.0, p);
  else
    arma::gemm<false, false, true, true>::apply(p, a, a, c, 1.0);
}

}  // namespace

std::array<double, 3> newton_schulz_coefficients(NewtonSchulz set, int step) {
  const std::span<const Triple> all = table(set);
  return all[std::min(static_cast<std::size_t>(std::max(step, 0)), all.size() - 1)];
}

double newton_schulz_map(double s, int steps, NewtonSchulz set) {
  for (int i = 0; i < steps; ++i) {
    const auto [a, b, c] = newton_schulz_coefficients(set, i);
    const double s2 = s * s;
    s *= a + s2 * (b + s2 * c);
  }
  return s;
}

void odd_step(const arma::mat& x, const Triple& triple, NewtonSchulzWork& work, arma::mat& next) {
  const auto [a, b, c] = triple;
  const arma::uword n = x.n_rows;
  next.set_size(n, x.n_cols);
  if (n == 1) {
    const double square = arma::dot(x, x);
    next = (a + square * (b + square * c)) * x;
    return;
  }
  arma::mat gram = work.gram.view(n, n), poly = work.poly.view(n, n);
  gram_of(x, gram);
  poly = b * gram;
  poly.diag() += a;
  if (c != 0.0) add_square(c, gram, poly);
  next = poly * x;
}

void newton_schulz(const arma::mat& g, int steps, NewtonSchulz set, NewtonSchulzWork& work, arma::mat& out) {
  if (!g.is_finite()) {
    out.set_size(g.n_rows, g.n_cols);
    out.fill(arma::datum::nan);
    return;
  }
  if (g.is_empty()) {
    out.set_size(g.n_rows, g.n_cols);
    return;
  }
  const bool tall = g.n_rows > g.n_cols;
  const arma::uword shorter = std::min(g.n_rows, g.n_cols), longer = std::max(g.n_rows, g.n_cols);
  arma::mat first = work.x.view(shorter, longer), second = work.step.view(shorter, longer);
  if (tall)
    first = g.t();
  else
    first = g;
  first /= arma::norm(g, "fro") + 1e-7;
  arma::mat *x = &first, *next = &second;
  for (int i = 0; i < steps; ++i) {
    odd_step(*x, newton_schulz_coefficients(set, i), work, *next);
    std::swap(x, next);
  }
  if (tall)
    out = x->t();
  else
    out = *x;
}

arma::mat newton_schulz(const arma::mat& g, int steps, NewtonSchulz set) {
  NewtonSchulzWork work;
  arma::mat out;
  newton_schulz(g, steps, set, work, out);
  return out;
}

}  // namespace kappa
