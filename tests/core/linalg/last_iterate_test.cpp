/// The bound on the last iterate against the theorem's double sum, its slope against differences, and known constants.
#include "core/linalg/last_iterate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

/// The theorem as it is written.
double double_sum(const arma::vec& rate, const arma::vec& square, double distance) {
  const arma::uword n = rate.n_elem;
  const auto rates_from = [&](arma::uword k) { return arma::accu(rate.tail(n - k)); };
  const auto noise_from = [&](arma::uword k) {
    return arma::accu(arma::square(rate.tail(n - k)) % square.tail(n - k));
  };
  double omega = (distance * distance + noise_from(0)) / (2 * rates_from(0));
  for (arma::uword k = 0; k + 1 < n; ++k) omega += 0.5 * rate[k] / rates_from(k + 1) / rates_from(k) * noise_from(k);
  return omega;
}

arma::vec shape(arma::uword n, double (*s)(double)) {
  arma::vec out(n);
  for (arma::uword t = 0; t < n; ++t) out[t] = s(static_cast<double>(t) / static_cast<double>(n));
  return out;
}
double flat(double) { return 1; }
double line(double u) { return 1 - u; }
double wave(double u) { return 0.5 * (1 + std::cos(std::numbers::pi * u)); }

TEST(LastIterate, IsTheTheoremsDoubleSum) {
  for (const arma::uword n : {1, 2, 3, 40}) {
    Rng rng(n, "rates");
    const arma::vec rate = arma::abs(normal_vector(rng, n)) + 0.01, square = arma::square(normal_vector(rng, n));
    const double expected = double_sum(rate, square, 1.7);
    EXPECT_NEAR(last_iterate_bound(rate, square, 1.7), expected, 1e-12 * expected) << n;
  }
}

TEST(LastIterate, LeavesTrailingZerosOut) {
  const arma::vec rate = {0.3, 0, 0.2, 0, 0}, square = {1, 2, 3, 4, 5};
  EXPECT_DOUBLE_EQ(last_iterate_bound(rate, square, 2), double_sum(rate.head(3), square.head(3), 2));
  EXPECT_TRUE(std::isinf(last_iterate_bound(arma::vec{0, 0}, arma::vec{1, 1}, 1)));
}

TEST(LastIterate, CurveIsTheBoundOfEveryBeginning) {
  const arma::vec rate = shape(30, line), square = arma::square(normal_vector(Rng(1, "squares"), 30));
  const arma::vec curve = last_iterate_curve(rate, square, 1, arma::uvec{1, 7, 30});
  EXPECT_DOUBLE_EQ(curve[0], last_iterate_bound(rate.head(1), square.head(1), 1));
  EXPECT_DOUBLE_EQ(curve[1], last_iterate_bound(rate.head(7), square.head(7), 1));
  EXPECT_DOUBLE_EQ(curve[2], last_iterate_bound(rate, square, 1));
}

TEST(LastIterate, SlopeIsThatOfTheBound) {
  Rng rng(3, "slope");
  const arma::vec rate = arma::abs(normal_vector(rng, 12)) + 0.1, square = arma::square(normal_vector(rng, 12));
  const arma::vec slope = last_iterate_slope(rate, square, 1.3);
  for (arma::uword i = 0; i < rate.n_elem; ++i) {
    arma::vec up = rate, down = rate;
    up[i] += 1e-6;
    down[i] -= 1e-6;
    const double difference = (last_iterate_bound(up, square, 1.3) - last_iterate_bound(down, square, 1.3)) / 2e-6;
    EXPECT_NEAR(slope[i], difference, 1e-7 * (1 + std::abs(difference))) << i;
  }
}

TEST(LastIterate, BaseRateSplitsTheBound) {
  const arma::vec s = shape(50, wave), square(50, arma::fill::value(4));
  const BaseRate base = base_rate(s, 2, 3);
  for (const double gamma : {0.01, 0.3, base.best()})
    EXPECT_NEAR(base.at(gamma), last_iterate_bound(gamma * s, square, 3), 1e-12 * base.at(gamma));
  EXPECT_NEAR(base.at(base.best()), base.optimum(), 1e-12 * base.optimum());
  EXPECT_GT(base.at(1.1 * base.best()), base.optimum());
}

/// Published figures for gradients of length one from distance one.
TEST(LastIterate, KnownConstants) {
  const auto scaled = [](arma::uword n, double (*s)(double)) {
    return base_rate(shape(n, s)).optimum() * std::sqrt(static_cast<double>(n));
  };
  EXPECT_NEAR(scaled(400, flat), 2.751, 5e-4);
  EXPECT_NEAR(scaled(400, wave), 2.068, 5e-4);
  EXPECT_NEAR(scaled(400, line), 2.013, 5e-4);
  EXPECT_NEAR(base_rate(shape(100, line)).optimum(), 0.20361, 5e-6);
  EXPECT_NEAR(scaled(6400, flat), 3.216, 5e-4);
}

}  // namespace
}  // namespace kappa
