/// Directions from several gradients, against the SVD and against the conditions that make them optimal.
#include "core/linalg/task_gradients.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/linalg/polar.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

double gap(const arma::mat& a, const arma::mat& b) { return arma::norm(a - b, "fro") / (1 + arma::norm(b, "fro")); }

TEST(AlignedGradients, AreThePolarFactorTimesOneLength) {
  for (const auto& [rows, cols] : {std::pair{20, 3}, {3, 8}, {1, 5}, {6, 1}, {5, 5}}) {
    const arma::mat g = normal_matrix(Rng(1, "g", rows), rows, cols);
    const arma::vec s = singular_values(g);
    EXPECT_LT(gap(aligned_gradients(g), s.back() * polar(g)), 1e-12) << rows << " x " << cols;
    EXPECT_LT(gap(aligned_gradients(g, AlignedScale::median), s[s.n_elem / 2] * polar(g)), 1e-12);
    EXPECT_LT(
        gap(aligned_gradients(g, AlignedScale::root_mean_square), std::sqrt(arma::mean(arma::square(s))) * polar(g)),
        1e-12);
  }
}

TEST(AlignedGradients, HaveConditionNumberOneThoughTheRawOnesDoNot) {
  const arma::mat g = normal_matrix(Rng(2, "g"), 20, 3) * arma::diagmat(arma::vec{1, 10, 100});
  const arma::vec before = singular_values(g), after = singular_values(aligned_gradients(g));
  EXPECT_GT(before.front() / before.back(), 50);
  EXPECT_LT(after.front() / after.back() - 1, 1e-10);
  EXPECT_LT(arma::abs(after / before.back() - 1).max(), 1e-10);
}

TEST(AlignedGradients, LeaveOutWhatHasNoRank) {
  const arma::mat thin = normal_matrix(Rng(3, "left"), 9, 2), g = thin * normal_matrix(Rng(3, "right"), 2, 4);
  const arma::vec s = singular_values(g);
  EXPECT_LT(gap(aligned_gradients(g), s[1] * polar(g)), 1e-6);
  EXPECT_EQ(arma::norm(aligned_gradients(arma::mat(4, 3, arma::fill::zeros)), "fro"), 0);
  const arma::vec one = {1, 2, 3};
  arma::mat idle(3, 2, arma::fill::zeros);
  idle.col(0) = one;
  EXPECT_LT(gap(aligned_gradients(idle), idle), 1e-14);
}

TEST(ProjectedGradients, DoNotOpposeTheOneMetLast) {
  const arma::mat g = normal_matrix(Rng(4, "g"), 3, 5), out = projected_gradients(g, Rng(4, "order"));
  EXPECT_GT(gap(out, g), 1e-2);
  EXPECT_EQ(gap(projected_gradients(arma::eye(4, 3), Rng(4, "order")), arma::eye(4, 3)), 0);
  const arma::mat pair = {{1, -1}, {1, 0.5}};
  const arma::mat apart = projected_gradients(pair, Rng(1, "order"));
  EXPECT_NEAR(arma::dot(apart.col(0), pair.col(1)), 0, 1e-11);
  EXPECT_NEAR(arma::dot(apart.col(1), pair.col(0)), 0, 1e-11);
}

TEST(LeastNormWeights, AreOptimal) {
  for (const auto& [rows, cols] : {std::pair{6, 2}, {8, 3}, {10, 5}}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const arma::mat g = normal_matrix(Rng(seed, "g", cols), rows, cols) + 0.5;
      const arma::vec w = least_norm_weights(g, 20'000), d = g * w;
      EXPECT_NEAR(arma::accu(w), 1, 1e-10);
      EXPECT_GE(w.min(), 0);
      EXPECT_GT(arma::vec(g.t() * d).min(), arma::dot(d, d) - 2e-3 * (1 + arma::dot(d, d)));
    }
  }
}

TEST(LeastNormWeights, OfTwoStayOnTheirSegment) {
  const arma::mat nested = {{1, 5}, {0, 0}};
  EXPECT_EQ(gap(least_norm_weights(nested), arma::vec{1, 0}), 0);
  const arma::mat equal = {{2, 2}, {1, 1}};
  EXPECT_EQ(gap(least_norm_weights(equal), arma::vec{0.5, 0.5}), 0);
  EXPECT_LT(gap(least_norm_weights(arma::mat{{1, -1}, {1, 1}}), arma::vec{0.5, 0.5}), 1e-15);
}

double objective(const arma::mat& g, double c, const arma::vec& w) {
  const arma::vec mean = arma::mean(g, 1), own = g * w;
  return arma::dot(own, mean) + c * arma::norm(mean) * arma::norm(own);
}

TEST(ConflictAverseWeights, AreBestAmongManyPointsOfTheSimplex) {
  for (const arma::uword k : {2, 3, 5}) {
    const arma::mat g = normal_matrix(Rng(7, "g", k), 6, k);
    const arma::vec w = conflict_averse_weights(g, 0.5, 5000);
    EXPECT_NEAR(arma::accu(w), 1, 1e-10);
    EXPECT_GE(w.min(), 0);
    const double found = objective(g, 0.5, w);
    Rng draw(8, "simplex", k);
    for (int i = 0; i < 20'000; ++i) {
      arma::vec other(k);
      for (double& each : other) each = draw.exponential();
      other /= arma::accu(other);
      ASSERT_GE(objective(g, 0.5, other), found - 1e-4 * (1 + std::abs(found)));
    }
  }
}

TEST(ConflictAverseWeights, SurviveZeros) {
  EXPECT_TRUE(conflict_averse_weights(arma::mat(3, 4, arma::fill::zeros), 0.5).is_finite());
  EXPECT_TRUE(conflict_averse_weights(arma::mat(3, 2, arma::fill::zeros), 0.5).is_finite());
  EXPECT_TRUE(least_norm_weights(arma::mat(3, 4, arma::fill::zeros)).is_finite());
}

}  // namespace
}  // namespace kappa
