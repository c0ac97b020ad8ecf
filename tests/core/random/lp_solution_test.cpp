/// Minimisers of p-norms certified by their optimality conditions, on tall, wide, deficient and badly scaled data.
#include "core/random/lp_solution.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/matrices.hpp"
#include "core/random/noise.hpp"

namespace kappa {
namespace {

RegressionData some(std::uint64_t seed, arma::uword n, arma::uword d, double tail = 2) {
  RegressionData data;
  data.samples = normal_matrix(Rng(seed, "design"), d, n);
  data.y = data.samples.t() * normal_vector(Rng(seed, "truth"), d) + student_noise(Rng(seed, "noise"), n, 0.3, tail);
  return data;
}

arma::vec residual(const RegressionData& data, const arma::vec& w) { return data.samples.t() * w - data.y; }

double one_norm(const RegressionData& data, const arma::vec& w) { return arma::norm(residual(data, w), 1); }
double largest(const RegressionData& data, const arma::vec& w) { return arma::norm(residual(data, w), "inf"); }

/// No direction of a generous set goes down: for a convex function its slopes at the minimum are not negative.
template <class F>
void expect_minimum(const RegressionData& data, const arma::vec& w, F f) {
  const double here = f(data, w);
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const arma::vec d = normal_vector(Rng(seed, "direction"), w.n_elem);
    for (const double h : {1e-6, 1e-3, 1.0}) ASSERT_GE(f(data, w + h * d), here * (1 - 1e-12)) << h;
  }
}

TEST(LpSolution, MedianOfNumbers) {
  RegressionData data;
  data.samples = arma::mat(1, 5, arma::fill::ones);
  data.y = {3, -1, 100, 4, 2};
  EXPECT_NEAR(lp_solution(data, 1)->front(), 3, 1e-9);
  EXPECT_NEAR(lp_solution(data, 2)->front(), 21.6, 1e-12);
  EXPECT_NEAR(chebyshev_solution(data)->front(), 49.5, 1e-9);
}

TEST(LpSolution, AbsoluteDeviationsAreAtTheirMinimum) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const RegressionData data = some(seed, 200, 20);
    const auto w = lp_solution(data, 1);
    ASSERT_TRUE(w);
    expect_minimum(data, *w, one_norm);
    const arma::uvec exact = arma::find(arma::abs(residual(data, *w)) < 1e-10);
    EXPECT_GE(exact.n_elem, 20u) << "a vertex interpolates as many rows as there are unknowns";
  }
}

TEST(LpSolution, TheLargestResidualIsAtItsMinimum) {
  const RegressionData data = some(4, 60, 5, 3);
  const auto w = chebyshev_solution(data);
  ASSERT_TRUE(w);
  expect_minimum(data, *w, largest);
  const arma::vec r = arma::abs(residual(data, *w));
  EXPECT_GE(arma::uvec(arma::find(r > r.max() - 1e-9)).n_elem, 6u) << "one row more than unknowns ties";
}

TEST(LpSolution, SmoothPowersHaveNoSlope) {
  const RegressionData data = some(5, 80, 6);
  for (const double p : {1.3, 1.7, 2.0, 2.5, 4.0, 9.0}) {
    const auto w = lp_solution(data, p);
    ASSERT_TRUE(w) << p;
    const arma::vec r = residual(data, *w), pull = arma::sign(r) % arma::pow(arma::abs(r), p - 1);
    EXPECT_LT(arma::norm(data.samples * pull), 1e-5 * arma::norm(data.samples) * arma::norm(pull)) << p;
  }
}

TEST(LpSolution, InterpolatesWhereItCan) {
  RegressionData wide = some(6, 4, 9);
  RegressionData poor = some(7, 30, 4);
  poor.samples.row(3) = 2 * poor.samples.row(0);
  poor.y = poor.samples.t() * arma::vec{1, 2, 3, 4};
  for (const RegressionData* data : {&wide, &poor})
    for (const double p : {1.0, 1.5, 3.0}) {
      EXPECT_LT(one_norm(*data, *lp_solution(*data, p)), 1e-9);
      EXPECT_LT(largest(*data, *chebyshev_solution(*data)), 1e-9);
    }
}

TEST(LpSolution, DoesNotMindScaleOrDeficientRank) {
  RegressionData data = some(8, 50, 4);
  data.samples = arma::join_cols(data.samples, data.samples.row(1));
  const double plain = one_norm(data, *lp_solution(data, 1));
  data.samples *= 1e-7;
  data.y *= 1e6;
  EXPECT_NEAR(one_norm(data, *lp_solution(data, 1)), 1e6 * plain, 1e-2 * plain);
  data.samples.zeros();
  EXPECT_EQ(arma::norm(*lp_solution(data, 1)), 0);
}

}  // namespace
}  // namespace kappa
