/// Tests of the Newton-Schulz iterations against their scalar maps and published ranges.
#include "core/linalg/newton_schulz.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

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
