/// Tests of the Newton-Schulz iterations against their scalar maps and published ranges.
#include "core/linalg/newton_schulz.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/linalg/polar.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

constexpr std::array kAll = {NewtonSchulz::quintic, NewtonSchulz::cubic, NewtonSchulz::polar_express,
                             NewtonSchulz::six_step};

double gap(const arma::mat& a, const arma::mat& b) { return arma::norm(a - b, "fro"); }

std::pair<double, double> range(double from, int steps, NewtonSchulz set) {
  double low = arma::datum::inf, high = -low;
  for (int i = 0; i <= 200000; ++i) {
    const double s = std::pow(from, 1.0 - i / 200000.0);
    const double image = newton_schulz_map(s, steps, set);
    low = std::min(low, image);
    high = std::max(high, image);
  }
  return {low, high};
}

TEST(NewtonSchulzMap, QuinticHasThePublishedRanges) {
  const auto [low2, high2] = range(0.01, 5, NewtonSchulz::quintic);
  EXPECT_NEAR(low2, 0.682, 1e-3);
  EXPECT_NEAR(high2, 1.134, 1e-3);
  const auto [low3, high3] = range(0.003, 5, NewtonSchulz::quintic);
  EXPECT_NEAR(low3, 0.682, 1e-3);
  EXPECT_NEAR(high3, 1.202, 1e-3);
  const auto [low4, high4] = range(0.001, 5, NewtonSchulz::quintic);
  EXPECT_NEAR(low4, 0.47, 5e-3);
  EXPECT_NEAR(high4, 1.20, 5e-3);
  EXPECT_NEAR(newton_schulz_map(1e-9, 5) / 1e-9, 484.9, 0.1);
}

TEST(NewtonSchulzMap, TheOtherSetsReachOne) {
  for (const double s : {1e-3, 0.05, 0.3, 1.0}) {
    EXPECT_NEAR(newton_schulz_map(s, 40, NewtonSchulz::cubic), 1.0, 1e-12);
    EXPECT_NEAR(newton_schulz_map(s, 8, NewtonSchulz::polar_express), 1.0, 2e-2);
  }
  const auto [low, high] = range(0.01, 6, NewtonSchulz::six_step);
  EXPECT_GT(low, 0.95);
  EXPECT_LT(high, 1.05);
  EXPECT_GT(newton_schulz_map(1e-3, 6, NewtonSchulz::six_step), 0.8);
}

RC_GTEST_PROP(NewtonSchulzMap, IsOddAndComposesItsTriples, ()) {
  const double s = *rc::gen::inRange(-1000, 1001) / 1000.0;
  const int steps = *rc::gen::inRange(0, 9);
  const NewtonSchulz set = kAll[*rc::gen::inRange<std::size_t>(0, 4)];
  double by_hand = s;
  for (int i = 0; i < steps; ++i) {
    const auto t = newton_schulz_coefficients(set, i);
    by_hand = t[0] * by_hand + t[1] * std::pow(by_hand, 3) + t[2] * std::pow(by_hand, 5);
  }
  RC_ASSERT(std::abs(newton_schulz_map(s, steps, set) - by_hand) <= 1e-11 * (1 + std::abs(by_hand)));
  RC_ASSERT(newton_schulz_map(-s, steps, set) == -newton_schulz_map(s, steps, set));
}

TEST(NewtonSchulzCoefficients, RepeatTheLastTriple) {
  EXPECT_EQ(newton_schulz_coefficients(NewtonSchulz::quintic, 17), (std::array{3.4445, -4.7750, 2.0315}));
  EXPECT_EQ(newton_schulz_coefficients(NewtonSchulz::polar_express, 0)[1], -15.5131);
  EXPECT_EQ(newton_schulz_coefficients(NewtonSchulz::polar_express, 8)[0], 1.8648);
  EXPECT_EQ(newton_schulz_coefficients(NewtonSchulz::six_step, 1)[2], 3463.0 / 1024);
  EXPECT_EQ(newton_schulz_coefficients(NewtonSchulz::six_step, 99)[0], 2172.0 / 1024);
  EXPECT_EQ(newton_schulz_coefficients(NewtonSchulz::cubic, -1)[1], -0.5);
}

RC_GTEST_PROP(NewtonSchulzMatrix, MapsEachSingularValue, (std::uint64_t seed)) {
  const arma::uword p = *rc::gen::inRange(1, 9), q = *rc::gen::inRange(1, 9);
  const NewtonSchulz set = kAll[*rc::gen::inRange<std::size_t>(0, 4)];
  const int steps = *rc::gen::inRange(0, 9);
  const arma::mat g = normal_matrix(Rng(seed, "g"), p, q);
  arma::mat u, v;
  arma::vec s;
  arma::svd_econ(u, s, v, g);
  s /= arma::norm(g, "fro") + 1e-7;
  s.transform([&](double x) { return newton_schulz_map(x, steps, set); });
  RC_ASSERT(gap(newton_schulz(g, steps, set), u * arma::diagmat(s) * v.t()) < 1e-9);
}

RC_GTEST_PROP(NewtonSchulzMatrix, TransposesWithItsInput, (std::uint64_t seed)) {
  const arma::mat g = normal_matrix(Rng(seed, "g"), 7, 3);
  RC_ASSERT(gap(newton_schulz(g.t()), newton_schulz(g).t()) < 1e-13);
}

TEST(NewtonSchulzMatrix, CubicConvergesToThePolarFactor) {
  const arma::mat g = normal_matrix(Rng(2, "g"), 5, 9);
  EXPECT_LT(gap(newton_schulz(g, 60, NewtonSchulz::cubic), polar(g)), 1e-11);
}

TEST(NewtonSchulzMatrix, WorkspaceIsReusedWithoutMoving) {
  NewtonSchulzWork work;
  arma::mat out;
  for (std::uint64_t i = 0; i < 3; ++i) {
    const arma::mat g = normal_matrix(Rng(i, "g"), 20, 30);
    newton_schulz(g, 5, NewtonSchulz::quintic, work, out);
    const double* before[] = {work.x.memptr(), work.gram.memptr(), work.poly.memptr(), work.step.memptr(),
                              out.memptr()};
    EXPECT_EQ(arma::abs(out - newton_schulz(g)).max(), 0.0);
    newton_schulz(2.0 * g, 5, NewtonSchulz::quintic, work, out);
    const double* after[] = {work.x.memptr(), work.gram.memptr(), work.poly.memptr(), work.step.memptr(), out.memptr()};
    EXPECT_TRUE(std::equal(before, before + 5, after));
  }
}

/// The iteration as it is written: three products a step, on the wide side.
arma::mat by_plain_products(const arma::mat& g, int steps, NewtonSchulz set) {
  const bool tall = g.n_rows > g.n_cols;
  arma::mat x = (tall ? arma::mat(g.t()) : g) / (arma::norm(g, "fro") + 1e-7);
  for (int i = 0; i < steps; ++i) {
    const auto [a, b, c] = newton_schulz_coefficients(set, i);
    const arma::mat right = x.t(), gram = x * right, square = gram * gram;
    x = a * x + (b * gram + c * square) * x;
  }
  return tall ? arma::mat(x.t()) : x;
}

TEST(NewtonSchulzMatrix, TheChoiceBySizeChangesNothingButRounding) {
  NewtonSchulzWork work;
  arma::mat out;
  for (const arma::uword n : {2u, 3u, 4u, 5u, 7u, 8u, 16u, 23u, 24u, 25u, 33u, 64u, 103u, 104u, 105u, 130u})
    for (const arma::uword more : {0u, 1u, 50u})
      for (const NewtonSchulz set : kAll) {
        const arma::mat g = normal_matrix(Rng(n + more, "g"), n, n + more), expected = by_plain_products(g, 5, set);
        newton_schulz(g, 5, set, work, out);
        EXPECT_LT(gap(out, expected), 1e-12 * arma::norm(expected, "fro")) << n << " x " << n + more;
        newton_schulz(g.t(), 5, set, work, out);
        EXPECT_LT(gap(out, expected.t()), 1e-12 * arma::norm(expected, "fro")) << n + more << " x " << n;
      }
  for (const arma::uword n : {1u, 5u, 300u}) {
    const arma::mat row = normal_matrix(Rng(n, "row"), 1, n);
    EXPECT_LT(gap(newton_schulz(row), by_plain_products(row, 5, NewtonSchulz::quintic)), 1e-14);
    EXPECT_LT(gap(newton_schulz(row.t()), newton_schulz(row).t()), 1e-15);
  }
}

TEST(NewtonSchulzMatrix, IllConditionedAndRankDeficientAsByPlainProducts) {
  for (const arma::uword n : {20u, 40u, 110u})
    for (const double smallest : {1e-4, 1e-8, 0.0}) {
      arma::vec s(n);
      for (arma::uword i = 0; i < n; ++i)
        s(i) = smallest > 0 ? std::pow(smallest, static_cast<double>(i) / static_cast<double>(n - 1)) : i < n / 3;
      for (const arma::uword cols : {n, 2 * n}) {
        const arma::mat g = matrix_with_spectrum(Rng(n, "g"), n, cols, s);
        const arma::mat expected = by_plain_products(g, 5, NewtonSchulz::quintic);
        EXPECT_LT(gap(newton_schulz(g), expected), 1e-12 * arma::norm(expected, "fro")) << n << ", " << smallest;
      }
    }
}

TEST(NewtonSchulzMatrix, ShapesOnceSeenMoveNothing) {
  NewtonSchulzWork work;
  const auto storage = [&work] {
    return std::array{work.x.memptr(), work.gram.memptr(), work.poly.memptr(), work.step.memptr()};
  };
  const std::vector<arma::mat> blocks = {normal_matrix(Rng(1, "g"), 30, 20), normal_matrix(Rng(2, "g"), 2, 3),
                                         normal_matrix(Rng(3, "g"), 25, 26), normal_matrix(Rng(4, "g"), 1, 90)};
  std::vector<arma::mat> out(blocks.size());
  const auto all = [&] {
    for (std::size_t i = 0; i < blocks.size(); ++i) newton_schulz(blocks[i], 5, NewtonSchulz::quintic, work, out[i]);
  };
  all();
  const auto before = storage();
  all();
  EXPECT_EQ(storage(), before);
  for (std::size_t i = 0; i < blocks.size(); ++i) EXPECT_EQ(gap(out[i], newton_schulz(blocks[i])), 0.0);
  const NewtonSchulzWork copy = work;
  EXPECT_EQ(copy.x.memptr(), nullptr);
}

TEST(NewtonSchulzMatrix, OutputMayBeTheInput) {
  arma::mat g = normal_matrix(Rng(3, "g"), 6, 4);
  const arma::mat expected = newton_schulz(g);
  NewtonSchulzWork work;
  newton_schulz(g, 5, NewtonSchulz::quintic, work, g);
  EXPECT_EQ(arma::abs(g - expected).max(), 0.0);
}

TEST(NewtonSchulzMatrix, Degenerate) {
  EXPECT_EQ(arma::abs(newton_schulz(arma::zeros(4, 3))).max(), 0.0);
  EXPECT_TRUE(newton_schulz(arma::mat()).is_empty());
  EXPECT_EQ(newton_schulz(arma::mat(0, 3)).n_cols, 3u);
  EXPECT_EQ(newton_schulz(arma::mat(3, 0)).n_rows, 3u);
  EXPECT_NEAR(newton_schulz(arma::mat(1, 1, arma::fill::value(5.0)))(0, 0), newton_schulz_map(1.0, 5), 1e-6);
  for (const double bad : {arma::datum::nan, -arma::datum::inf}) {
    arma::mat g(3, 2, arma::fill::ones);
    g(2, 0) = bad;
    EXPECT_EQ(arma::uvec(arma::find_nan(newton_schulz(g))).n_elem, 6u);
  }
}

}  // namespace
}  // namespace kappa
