/// Correlated noise: its stream against double loops, its price and its floors against closed forms and other rules.
#include "core/linalg/correlated_noise.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

TEST(CorrelatedNoise, CoefficientsSquareToAGeometricSeries) {
  for (const double nu : {1.0, 0.3, 0.001}) {
    const arma::vec beta = noise_coefficients(nu, 40);
    const arma::vec square = arma::conv(beta, beta);  // √(1 − az) times itself is 1 − az
    EXPECT_DOUBLE_EQ(square[0], 1);
    EXPECT_NEAR(square[1], -(1 - nu), 1e-15);
    for (arma::uword t = 2; t < 40; ++t) EXPECT_NEAR(square[t], 0, 1e-15) << nu << " " << t;
  }
}

TEST(CorrelatedNoise, ThePriceIsTheSumOfTheInversesSquares) {
  for (const double nu : {1.0, 0.5, 0.1, 0.01, 0.001}) {
    double sum = 0, c = 1;
    for (int t = 1; t < 60'000; ++t) {
      sum += c * c;
      c *= (t - 0.5) / t * (1 - nu);
    }
    EXPECT_NEAR(noise_sensitivity(nu), sum, 1e-11 * sum) << nu;
  }
}

TEST(CorrelatedNoise, TheStreamIsTheDoubleLoop) {
  for (const auto& [width, steps] :
       {std::pair<arma::uword, arma::uword>{1, 1700}, {3, 1100}, {3000, 150}, {20'000, 40}}) {
    const arma::mat z = normal_matrix(Rng(7, "z"), width, steps);
    const arma::vec beta = noise_coefficients(0.01, steps);
    CorrelatedNoise noise(width);
    for (arma::uword t = 0; t < steps; ++t) {
      const arma::vec found = noise.next(z.col(t), 0.01);
      if (t % 13 != 0 && t + 3 < steps) continue;
      arma::vec expected(width, arma::fill::zeros);
      for (arma::uword s = 0; s <= t; ++s) expected += beta[s] * z.col(t - s);
      EXPECT_LT(arma::abs(found - expected).max(), 1e-13) << width << ", step " << t;
    }
  }
}

TEST(CorrelatedNoise, ACopyGoesOnBitForBit) {
  const arma::mat z = normal_matrix(Rng(8, "z"), 2, 1500);
  CorrelatedNoise whole(2);
  for (arma::uword t = 0; t < 700; ++t) whole.next(z.col(t), 0.05);
  CorrelatedNoise copy = whole;
  for (arma::uword t = 700; t < 1500; ++t) {
    const arma::vec one = whole.next(z.col(t), 0.05), two = copy.next(z.col(t), 0.05);
    ASSERT_TRUE(arma::approx_equal(one, two, "absdiff", 0)) << t;
  }
}

TEST(CorrelatedNoise, AnotherMemoryWeighsThePastAnew) {
  const arma::mat z = normal_matrix(Rng(9, "z"), 2, 1300);
  CorrelatedNoise changed(2), steady(2);
  for (arma::uword t = 0; t < 1300; ++t) {
    const arma::vec one = changed.next(z.col(t), t < 800 ? 0.5 : 0.01), two = steady.next(z.col(t), 0.01);
    if (t >= 800) {
      ASSERT_LT(arma::abs(one - two).max(), 1e-13) << t;
    }
  }
}

TEST(NoiseFloor, MeetsTheClosedFormOfIndependentNoise) {
  for (const double alpha : {0.0, 1.0, 2.0}) {
    arma::vec lambda(100);
    for (arma::uword k = 0; k < 100; ++k) lambda[k] = std::pow(static_cast<double>(k + 1), -alpha);
    const NoiseFloor floor(lambda, 0.05);
    EXPECT_NEAR(floor.at(1), floor.independent(), 2e-6 * floor.independent()) << alpha;
    double sum = 0;
    for (const double each : lambda) sum += 0.05 / 2 / (2 - 0.05 * each);
    EXPECT_NEAR(floor.independent(), sum, 1e-12 * sum);
  }
}

TEST(NoiseFloor, HasItsOptimumWhereTheMeanForgetsAsFastAsTheNoise) {
  for (const double eta : {0.1, 0.01}) {
    const NoiseFloor floor(arma::vec{1}, eta);
    const double price = noise_sensitivity(eta), least = 0.5 * eta * eta * price * price;
    EXPECT_NEAR(floor.at(eta), least, 1e-5 * least);
    EXPECT_GT(floor.at(1.5 * eta), floor.at(eta));
    EXPECT_GT(floor.at(eta / 1.5), floor.at(eta));
  }
  EXPECT_NEAR(NoiseFloor(arma::vec{1}, 0.1).at(0.1), 0.01054, 1e-5);
  EXPECT_TRUE(std::isinf(NoiseFloor(arma::vec{1, 30}, 0.1).at(0.1))) << "that descent diverges";
}

/// The stationary variance of e ← (1 − ηλ)e − ηw by its impulse response, summed in time instead of over frequencies.
TEST(NoiseFloor, IsTheVarianceOfTheFilteredNoise) {
  const double eta = 0.3, nu = 0.05;
  const arma::vec lambda = {1, 0.4}, beta = noise_coefficients(nu, 3000);
  double sum = 0;
  for (const double each : lambda) {
    double h = 0, squares = 0;
    for (const double b : beta) {
      h = (1 - eta * each) * h + b;
      squares += h * h;
    }
    sum += each / 2 * eta * eta * noise_sensitivity(nu) * squares;
  }
  EXPECT_NEAR(NoiseFloor(lambda, eta).at(nu), sum, 1e-5 * sum);
}

/// What the noise does at a frequency times what the loss makes of it is the floor's integrand.
TEST(NoiseFloor, TransferAndPowerMakeTheFloor) {
  const double eta = 0.3, nu = 0.2;
  const NoiseFloor floor(arma::vec{1, 0.5}, eta);
  double sum = 0;
  constexpr int nodes = 20'000;  // smooth and periodic: equal steps do
  for (int k = 0; k < nodes; ++k) {
    const double omega = 2 * arma::datum::pi * (k + 0.5) / nodes;
    sum += noise_power(nu, omega) * floor.transfer(omega) / nodes;
  }
  EXPECT_NEAR(floor.at(nu), noise_sensitivity(nu) * sum, 1e-5 * floor.at(nu));
}

}  // namespace
}  // namespace kappa
