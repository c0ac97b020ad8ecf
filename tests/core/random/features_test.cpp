/// Random features beside plain loops, their laws, and the kernel that many of them are.
#include "core/random/features.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

TEST(Features, AreWhatTheySay) {
  const arma::mat x = normal_matrix(Rng(1, "x"), 6, 3);
  for (const FeatureMap map : {FeatureMap::relu, FeatureMap::erf, FeatureMap::fourier}) {
    const Projection w = random_projection(Rng(2, "w"), map, 3, 5, 0.7, 2);
    const arma::mat phi = feature_matrix(map, x, w);
    for (arma::uword i = 0; i < 6; ++i)
      for (arma::uword j = 0; j < 5; ++j) {
        double z = w.offsets[j];
        for (arma::uword k = 0; k < 3; ++k) z += x(i, k) * w.weights(k, j);
        const double expected = map == FeatureMap::relu  ? std::max(z, 0.0) / std::sqrt(5.0)
                                : map == FeatureMap::erf ? std::erf(z) / std::sqrt(5.0)
                                                         : std::sqrt(2.0 / 5) * std::cos(z);
        EXPECT_NEAR(phi(i, j), expected, 1e-14);
      }
  }
}

TEST(Features, HaveTheirLaws) {
  const auto variance = [](const arma::mat& m) { return arma::accu(arma::square(m)) / static_cast<double>(m.n_elem); };
  const Projection relu = random_projection(Rng(1, "w"), FeatureMap::relu, 20, 5000, 0.5);
  EXPECT_NEAR(variance(relu.weights), 1.0 / 20, 0.001);
  EXPECT_NEAR(variance(relu.offsets), 0.25, 0.02);
  EXPECT_EQ(arma::norm(random_projection(Rng(1, "w"), FeatureMap::relu, 20, 50).offsets), 0.0);
  EXPECT_EQ(arma::norm(random_projection(Rng(1, "w"), FeatureMap::erf, 20, 50, 0.5).offsets), 0.0);
  const Projection fourier = random_projection(Rng(1, "w"), FeatureMap::fourier, 20, 5000, 0, 4);
  EXPECT_NEAR(variance(fourier.weights), 1.0 / 16, 0.001);
  EXPECT_GE(fourier.offsets.min(), 0);
  EXPECT_LT(fourier.offsets.max(), 2 * std::numbers::pi);
  EXPECT_NEAR(arma::mean(fourier.offsets), std::numbers::pi, 0.1);
}

TEST(Features, MoreKeepTheFirst) {
  const Projection few = random_projection(Rng(1, "w"), FeatureMap::fourier, 4, 3);
  const Projection many = random_projection(Rng(1, "w"), FeatureMap::fourier, 4, 9);
  EXPECT_EQ(arma::norm(many.weights.head_cols(3) - few.weights, "fro"), 0.0);
  EXPECT_EQ(arma::norm(many.offsets.head(3) - few.offsets), 0.0);
}

TEST(Features, ManyAreTheKernel) {
  const arma::mat x = normal_matrix(Rng(1, "x"), 8, 3);
  const double length = 1.5;
  const arma::mat phi =
      feature_matrix(FeatureMap::fourier, x, random_projection(Rng(2, "w"), FeatureMap::fourier, 3, 200000, 0, length));
  const arma::mat found = phi * phi.t();
  for (arma::uword i = 0; i < 8; ++i)
    for (arma::uword j = 0; j < 8; ++j) {
      const double apart = arma::norm(x.row(i) - x.row(j));
      EXPECT_NEAR(found(i, j), std::exp(-apart * apart / (2 * length * length)), 0.012);
    }
}

}  // namespace
}  // namespace kappa
