/// Tests of a factor's square: the choice by shape changes nothing but rounding.
#include "core/methods/problems/factor_square.hpp"

#include <gtest/gtest.h>

#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace {

void expect_square(const arma::mat& f) {
  arma::mat out;
  square_of(f, out);
  arma::mat plain(f.n_rows, f.n_rows, arma::fill::zeros);
  for (arma::uword i = 0; i < f.n_rows; ++i)
    for (arma::uword j = 0; j < f.n_rows; ++j) plain(i, j) = arma::dot(arma::rowvec(f.row(i)), arma::rowvec(f.row(j)));
  const double scale = 1e-15 * (1 + std::pow(arma::norm(f, "fro"), 2));
  EXPECT_LT(arma::norm(out - plain, "fro"), scale) << f.n_rows << " " << f.n_cols;
  EXPECT_LT(arma::norm(out - out.t(), "fro"), scale);
}

TEST(FactorSquare, IsThePlainOneForEveryShape) {
  for (const arma::uword n : {1, 2, 7, 20, 99, 100})
    for (const arma::uword r : {1, 2, 8, 9, 30}) {
      const arma::mat f = normal_matrix(Rng(n, "f", r), n, r);
      expect_square(f);
      expect_square(arma::mat(n, r, arma::fill::zeros));
      expect_square(f.col(0) * f.row(0));
      if (n > 1 && r > 1) expect_square(matrix_with_spectrum(Rng(3, "s"), n, r, arma::logspace(0, -8, std::min(n, r))));
    }
}

TEST(FactorSquare, WhatIsNotFiniteIsSeen) {
  for (const arma::uword r : {1, 4, 12}) {
    arma::mat f(10, r, arma::fill::ones), out;
    f(3, 0) = arma::datum::nan;
    square_of(f, out);
    EXPECT_FALSE(out.is_finite());
  }
}

}  // namespace
}  // namespace kappa::problems
