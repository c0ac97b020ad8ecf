/// Tests of random matrices: orthogonality, the Haar law, determinism.
#include "core/random/matrices.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kappa {
namespace {

double defect(const arma::mat& q) { return arma::norm(q.t() * q - arma::eye(q.n_cols, q.n_cols), "fro"); }

TEST(Matrices, FillColumnByColumnFromOneStream) {
  Rng rng(1, "m"), same(1, "m");
  const arma::mat m = normal_matrix(rng, 3, 2);
  for (arma::uword i = 0; i < 6; ++i) EXPECT_EQ(m(i), same.normal());
  EXPECT_TRUE(rng == same);
  EXPECT_EQ(normal_vector(Rng(1, "m"), 6)(5), m(5));
  EXPECT_TRUE(normal_matrix(Rng(1, "m"), 0, 4).is_empty());
}

TEST(Matrices, NormalHasUnitEntries) {
  const arma::mat m = normal_matrix(Rng(2, "m"), 300, 300);
  EXPECT_NEAR(arma::accu(m) / 9e4, 0, 0.02);
  EXPECT_NEAR(arma::accu(m % m) / 9e4, 1, 0.03);
}

RC_GTEST_PROP(Orthogonal, ColumnsAreOrthonormal, (std::uint64_t seed)) {
  const arma::uword n = *rc::gen::inRange(1, 20), r = *rc::gen::inRange(0, 25);
  const arma::mat q = orthonormal_columns(Rng(seed, "q"), n, r);
  RC_ASSERT(q.n_rows == n && q.n_cols == std::min(n, r));
  RC_ASSERT(defect(q) < 1e-12);
  RC_ASSERT(defect(haar_orthogonal(Rng(seed, "h"), n)) < 1e-12);
  RC_ASSERT(std::abs(arma::norm(unit_vector(Rng(seed, "u"), n)) - 1) < 1e-12);
}

RC_GTEST_PROP(Orthogonal, QFactorHasAPositiveTriangle, (std::uint64_t seed)) {
  const arma::mat g = normal_matrix(Rng(seed, "g"), 6, 4), q = q_factor(g), r = q.t() * g;
  RC_ASSERT(arma::norm(q * r - g, "fro") < 1e-12);
  RC_ASSERT(arma::norm(r - arma::trimatu(r), "fro") < 1e-12);
  RC_ASSERT(arma::vec(r.diag()).min() > 0);
}

TEST(Orthogonal, IsHaar) {
  // Without the sign fix the diagonal would lean negative and the determinant of a 3 x 3 would be constant.
  const int n = 4000;
  double trace = 0, trace2 = 0, det = 0, corner4 = 0;
  for (int i = 0; i < n; ++i) {
    const arma::mat q = haar_orthogonal(Rng(static_cast<std::uint64_t>(i), "q"), 3);
    trace += arma::trace(q) / n;
    trace2 += std::pow(arma::trace(q), 2) / n;
    det += arma::det(q) / n;
    corner4 += std::pow(q(0, 0), 4) / n;
  }
  const double error = 5 / std::sqrt(static_cast<double>(n));
  EXPECT_NEAR(trace, 0, error);
  EXPECT_NEAR(trace2, 1, 2 * error);
  EXPECT_NEAR(det, 0, error);
  EXPECT_NEAR(corner4, 3.0 / 15, 0.3 * error);
}

TEST(Orthogonal, Degenerate) {
  EXPECT_TRUE(haar_orthogonal(Rng(1, "q"), 0).is_empty());
  EXPECT_EQ(std::abs(haar_orthogonal(Rng(1, "q"), 1)(0, 0)), 1.0);
  EXPECT_TRUE(q_factor(arma::mat(3, 2, arma::fill::value(arma::datum::nan))).has_nan());
  EXPECT_EQ(q_factor(arma::mat(3, 0)).n_rows, 3u);
  EXPECT_TRUE(unit_vector(Rng(1, "u"), 0).is_empty());
}

RC_GTEST_PROP(Permutation, HasEachIndexOnce, (std::uint64_t seed)) {
  const auto n = *rc::gen::inRange<std::uint32_t>(0, 50);
  auto order = permutation(Rng(seed, "p"), n);
  RC_ASSERT(order == permutation(Rng(seed, "p"), n));
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> expected(n);
  std::iota(expected.begin(), expected.end(), 0u);
  RC_ASSERT(order == expected);
}

RC_GTEST_PROP(MatrixWithSpectrum, HasIt, (std::uint64_t seed)) {
  const arma::mat m = matrix_with_spectrum(Rng(seed, "m"), 7, 5, {4, 2, 1});
  RC_ASSERT(arma::abs(arma::svd(m) - arma::vec{4, 2, 1, 0, 0}).max() < 1e-12);
}

TEST(MatrixWithSpectrum, Degenerate) {
  EXPECT_EQ(arma::accu(arma::abs(matrix_with_spectrum(Rng(1, "m"), 3, 2, {}))), 0.0);
  EXPECT_TRUE(matrix_with_spectrum(Rng(1, "m"), 0, 2, {1}).is_empty());
}

}  // namespace
}  // namespace kappa
