/// Tangent kernels against dense ones, and the small numbers that probes and studies read off a run.
#include <gtest/gtest.h>

#include <cmath>

#include "core/linalg/calibration.hpp"
#include "core/linalg/path_barrier.hpp"
#include "core/linalg/subspace.hpp"
#include "core/linalg/tail_index.hpp"
#include "core/linalg/tangent_kernel.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

struct Named {
  const char* name;
  arma::mat j;
};
std::vector<Named> jacobians() {
  const arma::mat tall = normal_matrix(Rng(1, "tall"), 9, 4), wide = normal_matrix(Rng(1, "wide"), 3, 11);
  return {{"tall", tall},
          {"wide", wide},
          {"row", wide.row(0)},
          {"column", tall.col(0)},
          {"ill-conditioned", tall * arma::diagmat(arma::vec{1, 1e-4, 1e-8, 1e-12})},
          {"deficient", arma::mat(tall.col(0) * wide.row(0))},
          {"zero", arma::mat(4, 5, arma::fill::zeros)},
          {"large", normal_matrix(Rng(1, "large"), 310, 320)}};
}

TEST(TangentKernel, HasTheSpectrumOfTheDenseKernel) {
  for (const auto& [name, j] : jacobians()) {
    const arma::vec s = arma::svd(j);
    const arma::vec found = tangent_eigenvalues(j);
    ASSERT_EQ(found.n_elem, s.n_elem) << name;
    EXPECT_LT(arma::abs(found - arma::square(s)).max(), 1e-12 * (1 + s[0] * s[0])) << name;
    EXPECT_NEAR(largest_tangent_eigenvalue(j), s[0] * s[0], (s.n_elem > 300 ? 1e-6 : 1e-12) * (1e-300 + s[0] * s[0]))
        << name;
    double freedom = 0;
    for (const double one : s) freedom += one * one / (one * one + 0.3);
    EXPECT_NEAR(effective_degrees_of_freedom(j, 0.3), freedom, 1e-11 * (1 + freedom)) << name;
  }
  EXPECT_EQ(effective_degrees_of_freedom(jacobians()[5].j, 0), 1);
}

TEST(TangentKernel, AlignmentIsTheCosineWithTheTargets) {
  for (const auto& [name, j] : jacobians()) {
    const arma::vec y = normal_vector(Rng(2, "y"), j.n_rows);
    const arma::mat k = j * j.t();
    const double expected = arma::dot(y, k * y) / (arma::dot(y, y) * arma::norm(k, "fro"));
    if (arma::norm(k, "fro") > 0)
      EXPECT_NEAR(kernel_alignment(j, y), expected, 1e-12) << name;
    else
      EXPECT_TRUE(std::isnan(kernel_alignment(j, y))) << name;
  }
  const arma::vec y = {1, -2, 3};
  EXPECT_NEAR(kernel_alignment(arma::mat(y * arma::rowvec{2, 0}), y), 1, 1e-14);
  EXPECT_TRUE(std::isnan(kernel_alignment(arma::mat(3, 2, arma::fill::ones), arma::vec(3, arma::fill::zeros))));
  EXPECT_TRUE(std::isnan(kernel_alignment(arma::mat(2, 2, arma::fill::ones), y)));
}

TEST(TangentKernel, OfNoNumbersIsNoNumber) {
  arma::mat j(2, 3, arma::fill::ones);
  j(1, 1) = arma::datum::nan;
  EXPECT_TRUE(std::isnan(largest_tangent_eigenvalue(j)));
  EXPECT_TRUE(std::isnan(largest_tangent_eigenvalue(arma::mat())));
  EXPECT_TRUE(std::isnan(kernel_alignment(j, arma::vec{1, 2})));
  EXPECT_TRUE(std::isnan(effective_degrees_of_freedom(j, 1)));
}

TEST(Subspaces, ShareAndOverlap) {
  const arma::mat u = orthonormal_columns(Rng(1, "u"), 8, 3);
  EXPECT_NEAR(share_in_subspace(u, u * arma::vec{1, -2, 3}), 1, 1e-14);
  arma::vec g = normal_vector(Rng(1, "g"), 8);
  const arma::vec inside = u * (u.t() * g);
  EXPECT_NEAR(share_in_subspace(u, g), arma::dot(inside, inside) / arma::dot(g, g), 1e-14);
  EXPECT_NEAR(share_in_subspace(u, arma::vec(g - inside)), 0, 1e-25);
  EXPECT_TRUE(std::isnan(share_in_subspace(u, arma::vec(8, arma::fill::zeros))));
  EXPECT_NEAR(subspace_overlap(u, u * haar_orthogonal(Rng(2, "turn"), 3)), 1, 1e-14);
  const arma::mat axes = arma::eye(8, 8);
  EXPECT_NEAR(subspace_overlap(axes.cols(0, 3), axes.cols(3, 6)), 0.25, 1e-15);
  EXPECT_TRUE(std::isnan(subspace_overlap(u, axes.cols(0, 1))));
}

TEST(PathBarrier, RisesAboveTheLineBetweenTheEnds) {
  EXPECT_NEAR(path_barrier({1, 3, 2}), 1.5, 1e-15);
  EXPECT_NEAR(path_barrier({0, 1, 4, 9}), 0, 1e-15);
  EXPECT_EQ(path_barrier({2, 1}), 0);
  EXPECT_TRUE(std::isnan(path_barrier({2})));
  EXPECT_TRUE(std::isnan(path_barrier({2, arma::datum::nan, 1})));
}

TEST(TailIndex, IsExactOnParetoQuantilesAndLargeForNormals) {
  for (const double alpha : {0.8, 1.5, 3.0}) {
    Rng rng(4, "pareto");
    arma::vec x(200'000);
    for (double& one : x) one = rng.rademacher() * std::pow(1 - rng.uniform(), -1 / alpha);
    EXPECT_NEAR(hill_tail_index(x, 2000), alpha, 0.08 * alpha) << alpha;
  }
  EXPECT_NEAR(hill_tail_index({4, 2, 1, -8}, 2), 2 / (std::log(4) + std::log(2)), 1e-14);
  EXPECT_GT(hill_tail_index(normal_vector(Rng(1, "normal"), 20'000), 100), 6);
  EXPECT_TRUE(std::isnan(hill_tail_index({1, 1, 1}, 1)));
  EXPECT_TRUE(std::isnan(hill_tail_index({1, 0, 0}, 2)));
  EXPECT_TRUE(std::isnan(hill_tail_index({1, 2}, 2)));
}

TEST(Calibration, CountsEachBinsGap) {
  // Bins of a half: {0.2, 0.4} against {0, 1}, {0.9, 1.0} against {1, 0}.
  EXPECT_NEAR(expected_calibration_error({0.2, 0.4, 0.9, 1.0}, {0, 1, 1, 0}, 2), (0.4 + 0.9) / 4, 1e-15);
  EXPECT_NEAR(expected_calibration_error({0.25, 0.25, 0.25, 0.25}, {0, 1, 0, 0}), 0, 1e-15);
  EXPECT_NEAR(expected_calibration_error({1, 0}, {0, 1}), 1, 1e-15);
  EXPECT_TRUE(std::isnan(expected_calibration_error({}, {})));
  EXPECT_TRUE(std::isnan(expected_calibration_error({0.5}, {0, 1})));
}

}  // namespace
}  // namespace kappa
