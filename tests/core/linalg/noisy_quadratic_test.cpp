/// Expected losses of noisy descent against their closed form, and against many noisy descents.
#include "core/linalg/noisy_quadratic.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/rng.hpp"

namespace kappa {
namespace {

TEST(NoisyQuadratic, AConstantRateHasItsClosedForm) {
  const double lambda = 0.7, eta = 0.4, sigma = 0.3, error = 1.5;
  const arma::vec losses = expected_losses({lambda}, {error}, sigma, arma::vec(20, arma::fill::value(eta)));
  ASSERT_EQ(losses.n_elem, 21u);
  for (arma::uword t = 0; t <= 20; ++t) {
    const double shrink = std::pow(1 - eta * lambda, 2 * static_cast<double>(t));
    const double floor = eta * sigma * sigma / (lambda * (2 - eta * lambda));
    EXPECT_NEAR(losses[t], 0.5 * lambda * (shrink * error * error + floor * (1 - shrink)), 1e-14) << t;
  }
}

TEST(NoisyQuadratic, IsTheMeanOfManyDescents) {
  const arma::vec lambda = {1, 0.1}, rates = {0.9, 0.5, 0.2, 0.1};
  double sum = 0, squares = 0;
  constexpr int draws = 20'000;
  for (int i = 0; i < draws; ++i) {
    Rng rng(static_cast<std::uint64_t>(i), "descent");
    double x[2] = {1, 1};
    for (const double eta : rates)
      for (int j = 0; j < 2; ++j) x[j] -= eta * (lambda[static_cast<arma::uword>(j)] * x[j] + 0.5 * rng.normal());
    const double loss = 0.5 * (lambda[0] * x[0] * x[0] + lambda[1] * x[1] * x[1]);
    sum += loss;
    squares += loss * loss;
  }
  const double mean = sum / draws, error = std::sqrt((squares / draws - mean * mean) / draws);
  EXPECT_NEAR(expected_losses(lambda, {1, 1}, 0.5, rates).back(), mean, 4 * error);
}

}  // namespace
}  // namespace kappa
