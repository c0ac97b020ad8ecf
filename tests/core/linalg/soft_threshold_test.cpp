/// Tests of soft thresholding as the proximal map it is.
#include "core/linalg/soft_threshold.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

TEST(Soft, Values) {
  EXPECT_EQ(soft(3.0, 1.0), 2.0);
  EXPECT_EQ(soft(-3.0, 1.0), -2.0);
  EXPECT_EQ(soft(0.5, 1.0), 0.0);
  EXPECT_EQ(soft(-1.0, 1.0), 0.0);
  EXPECT_EQ(soft(2.0, 0.0), 2.0);
  EXPECT_EQ(soft(-arma::datum::inf, 1.0), -arma::datum::inf);
  EXPECT_TRUE(std::isnan(soft(arma::datum::nan, 1.0)));
}

RC_GTEST_PROP(Soft, MinimisesItsObjective, ()) {
  const double x = *rc::gen::inRange(-500, 500) / 100.0, tau = *rc::gen::inRange(0, 300) / 100.0;
  const auto objective = [&](double z) { return 0.5 * (z - x) * (z - x) + tau * std::abs(z); };
  const double at = soft(x, tau);
  for (int i = -600; i <= 600; ++i) RC_ASSERT(objective(at) <= objective(i / 100.0) + 1e-12);
}

TEST(Soft, MatricesAndVectorsEntrywise) {
  const arma::mat x = {{3, -0.5}, {-2, 1}};
  EXPECT_EQ(arma::abs(soft(x, 1.0) - arma::mat{{2, 0}, {-1, 0}}).max(), 0.0);
  const arma::vec v = soft(arma::vec{4, -4}, 1.5);
  EXPECT_EQ(v(1), -2.5);
  EXPECT_TRUE(soft(arma::mat(), 1.0).is_empty());
}

RC_GTEST_PROP(SoftSingularValues, ShrinksTheSpectrumAndMinimises, (std::uint64_t seed)) {
  const arma::mat x = normal_matrix(Rng(seed, "x"), 4, 6);
  const double tau = *rc::gen::inRange(0, 300) / 100.0;
  const arma::mat z = soft_singular_values(x, tau);
  const arma::vec expected = soft(singular_values(x), tau);
  RC_ASSERT(arma::abs(singular_values(z) - expected).max() < 1e-12);
  const auto objective = [&](const arma::mat& m) {
    return 0.5 * arma::accu(arma::square(m - x)) + tau * nuclear_norm(spectrum(m));
  };
  for (std::uint64_t i = 0; i < 5; ++i)
    RC_ASSERT(objective(z) <= objective(z + 0.1 * normal_matrix(Rng(seed, "step", i), 4, 6)) + 1e-12);
}

TEST(SoftSingularValues, Degenerate) {
  EXPECT_EQ(arma::abs(soft_singular_values(arma::zeros(3, 2), 1)).max(), 0.0);
  EXPECT_EQ(soft_singular_values(arma::mat(0, 2), 1).n_cols, 2u);
  EXPECT_TRUE(soft_singular_values(arma::mat(3, 2, arma::fill::value(arma::datum::inf)), 1).has_nan());
}

}  // namespace
}  // namespace kappa
