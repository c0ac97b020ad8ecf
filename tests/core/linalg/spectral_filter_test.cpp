/// Filtered regressors against normal equations and pseudo-inverses, their optimality, and cross-validation by hand.
#include "core/linalg/spectral_filter.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

using enum SpectralFilter;

struct Shape {
  arma::mat x;
  const char* name;
};

/// Tall, wide, rank-deficient, ill-conditioned, one row, one column, zero.
std::vector<Shape> shapes() {
  const arma::mat g = normal_matrix(Rng(1, "x"), 12, 5);
  arma::mat steep = matrix_with_spectrum(Rng(2, "x"), 9, 4, {1, 1e-2, 1e-5, 1e-8});
  return {{g, "tall"},
          {g.t(), "wide"},
          {g * arma::mat{{1, 0}, {0, 1}, {1, 1}, {0, 0}, {2, 1}} * normal_matrix(Rng(3, "x"), 2, 5), "rank two"},
          {steep, "steep"},
          {g.row(0), "row"},
          {g.col(0), "column"},
          {arma::zeros(4, 3), "zero"}};
}

TEST(SpectralFit, LeastSquaresIsThePseudoInverse) {
  for (const auto& [x, name] : shapes()) {
    const arma::vec y = normal_vector(Rng(4, "y"), x.n_rows), beta = SpectralFit(x).coefficients(y, least_squares, 0.0);
    ASSERT_EQ(beta.n_elem, x.n_cols) << name;
    const arma::vec expected = arma::pinv(x, 1e-12 * std::max(arma::norm(x), 1e-300)) * y;
    EXPECT_LT(arma::norm(beta - expected), 1e-7 * (1 + arma::norm(expected))) << name;
    EXPECT_LT(arma::norm(x.t() * (x * beta - y)), 1e-7) << name;
  }
}

TEST(SpectralFit, RidgeSolvesItsNormalEquations) {
  for (const auto& [x, name] : shapes())
    for (const double lambda : {1e-3, 1.0, 1e4}) {
      const arma::vec y = normal_vector(Rng(4, "y"), x.n_rows), beta = SpectralFit(x).coefficients(y, ridge, lambda);
      EXPECT_LT(arma::norm(x.t() * (x * beta - y) + lambda * beta), 1e-10 * (1 + arma::norm(x.t() * y))) << name;
    }
}

TEST(SpectralFit, NuclearCutsAndSpectralScales) {
  const arma::mat x = shapes()[0].x;
  const SpectralFit fit(x);
  const arma::vec y = normal_vector(Rng(4, "y"), x.n_rows), plain = fit.coefficients(y, least_squares, 0.0),
                  s = fit.singular_values();
  EXPECT_LT(arma::norm(fit.coefficients(y, spectral, 0.25) - 0.75 * plain), 1e-14);
  // Under 1/s² the estimate is gradient descent's first step from zero, λX'y; far above it is least squares.
  EXPECT_LT(arma::norm(fit.coefficients(y, nuclear, 0.9 / (s[0] * s[0])) - 0.9 / (s[0] * s[0]) * x.t() * y), 1e-13);
  EXPECT_LT(arma::norm(fit.coefficients(y, nuclear, 1.1 / (s.back() * s.back())) - plain), 1e-13);
  const arma::vec b = fit.bias(nuclear, 1 / (s[2] * s[2]));
  for (arma::uword i = 0; i < s.n_elem; ++i) EXPECT_NEAR(b[i], std::max(0.0, 1 - s[i] * s[i] / (s[2] * s[2])), 1e-15);
}

TEST(SpectralFit, NoNumbersMakeNoNumbers) {
  arma::mat x = shapes()[0].x;
  x(1, 1) = arma::datum::nan;
  EXPECT_TRUE(SpectralFit(x).coefficients(arma::ones(12), ridge, 1.0).has_nan());
}

TEST(SpectralFit, AGridIsItsColumns) {
  const arma::mat x = shapes()[0].x;
  const SpectralFit fit(x);
  const arma::vec y = normal_vector(Rng(4, "y"), x.n_rows), grid = {0.1, 1, 10};
  const arma::mat all = fit.coefficients(y, ridge, grid);
  for (arma::uword j = 0; j < 3; ++j) EXPECT_LT(arma::norm(all.col(j) - fit.coefficients(y, ridge, grid[j])), 1e-15);
}

TEST(SpectralFolds, LeavesEveryFifthRowOut) {
  const arma::mat x = normal_matrix(Rng(1, "x"), 13, 3);
  const arma::vec y = normal_vector(Rng(2, "y"), 13), grid = {0.5, 20};
  const arma::vec found = SpectralFolds(x, 5).errors(y, ridge, grid);
  for (arma::uword j = 0; j < 2; ++j) {
    double sum = 0;
    for (arma::uword k = 0; k < 5; ++k) {
      arma::mat gram = grid[j] * arma::eye(3, 3);
      arma::vec right(3, arma::fill::zeros);
      for (arma::uword i = 0; i < 13; ++i)
        if (i % 5 != k) gram += x.row(i).t() * x.row(i), right += y[i] * x.row(i).t();
      const arma::vec beta = arma::solve(gram, right);
      for (arma::uword i = k; i < 13; i += 5) sum += std::pow(y[i] - arma::dot(x.row(i), beta), 2);
    }
    EXPECT_NEAR(found[j], sum, 1e-11);
  }
}

}  // namespace
}  // namespace kappa
