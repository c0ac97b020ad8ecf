/// The model's step is -|s|² (2σI + sy' + ys')⁻¹ g: its closed form against that solve.
#include "core/linalg/model_step.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

TEST(ModelStep, SolvesItsQuadraticModel) {
  for (const arma::uword n : {2, 5, 40})
    for (const double rate : {1e-3, 0.3, 20.0}) {
      const arma::vec g = normal_vector(Rng(n, "g"), n), end = normal_vector(Rng(n, "end"), n);
      const arma::vec s = -rate * g, y = end - g;
      const double zeta = 0.9;
      const double sigma = 0.5 * (arma::norm(s) * (arma::norm(y) + arma::norm(g) / zeta) - arma::dot(y, s));
      arma::mat model = s * y.t() + y * s.t();
      model.diag() += 2 * sigma;
      const arma::vec expected = -arma::dot(s, s) * arma::solve(model, g);
      EXPECT_LT(arma::norm(model_step(s, g, end, zeta) - expected), 1e-10 * arma::norm(expected)) << n << ", " << rate;
      EXPECT_LT(arma::dot(expected, g), 0);
    }
}

TEST(ModelStep, TakesTheSlopeOfAnotherBatch) {
  const arma::uword n = 7;
  const arma::vec g = normal_vector(Rng(1, "g"), n), end = normal_vector(Rng(1, "end"), n),
                  slope = normal_vector(Rng(1, "slope"), n), s = -0.4 * g, y = end - g;
  const double zeta = 0.8;
  arma::mat model = s * y.t() + y * s.t();
  model.diag() += arma::norm(s) * (arma::norm(y) + arma::norm(g) / zeta) - arma::dot(y, s);
  const arma::vec expected = -arma::dot(s, s) * arma::solve(model, slope);
  EXPECT_LT(arma::norm(model_step(s, g, end, slope, zeta) - expected), 1e-11 * arma::norm(expected));
  EXPECT_EQ(arma::norm(model_step(s, g, end, g, zeta) - model_step(s, g, end, zeta)), 0);
}

TEST(ModelStep, OneNumberIsItsOwnModel) {
  // For one unknown the model is 2σ + 2sy, and σ = ½(|s|(|y| + |g|/ζ) − ys).
  const double g = 2, end = -3, s = -1.5, zeta = 0.5, y = end - g;
  const double sigma = 0.5 * (std::abs(s) * (std::abs(y) + std::abs(g) / zeta) - y * s);
  EXPECT_NEAR(model_step(arma::vec{s}, arma::vec{g}, arma::vec{end}, zeta)[0], -s * s * g / (2 * sigma + 2 * s * y),
              1e-13);
}

TEST(ModelStep, KeepsTheStepWhereItHasNothingToSay) {
  const arma::vec zero(3, arma::fill::zeros), s = {1, 2, 3}, g = {-1, -2, -3};
  EXPECT_EQ(arma::norm(model_step(s, g, g, 0.99) - s), 0);
  EXPECT_EQ(arma::norm(model_step(zero, zero, zero, 0.99)), 0);
  EXPECT_TRUE(model_step(s, g, arma::vec(3, arma::fill::value(arma::datum::inf)), 0.99).is_finite());
}

}  // namespace
}  // namespace kappa
