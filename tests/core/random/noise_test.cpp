/// Tests of the noise laws.
#include "core/random/noise.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace kappa {
namespace {

constexpr arma::uword kMany = 200000;
double variance(const arma::vec& x) { return arma::accu(x % x) / static_cast<double>(x.n_elem); }

TEST(Noise, Variances) {
  EXPECT_NEAR(variance(gaussian_noise(Rng(1, "n"), kMany, 0.3)), 0.09, 0.002);
  EXPECT_NEAR(variance(student_noise(Rng(1, "n"), kMany, 0.3, 8)), 0.09, 0.003);
  EXPECT_NEAR(variance(outlier_noise(Rng(1, "n"), kMany, 0.1, 0.05, 10)), 0.01 + 0.05, 0.003);
}

TEST(Noise, StudentScales) {
  // The quartile of t_1 is 1 and that of t_2 is sqrt(2/3); below nu = 2 sigma is the plain scale.
  for (const auto& [nu, quartile] : {std::pair{1.0, 1.0}, std::pair{2.0, std::sqrt(2.0 / 3)}}) {
    const arma::vec x = arma::sort(student_noise(Rng(2, "n"), kMany, 0.5, nu));
    EXPECT_NEAR(x(3 * kMany / 4), 0.5 * quartile, 0.02);
    EXPECT_TRUE(infinite_variance(nu));
  }
  const double quartile_of_three = 0.764892328404;
  const arma::vec x = arma::sort(student_noise(Rng(3, "n"), kMany, 0.5, 3));
  EXPECT_NEAR(x(3 * kMany / 4), 0.5 * quartile_of_three / std::sqrt(3.0), 0.01);
  EXPECT_FALSE(infinite_variance(3));
  EXPECT_NEAR(variance(student_noise(Rng(3, "n"), kMany, 0.5, arma::datum::inf)), 0.25, 0.005);
}

RC_GTEST_PROP(Noise, ScalesWithSigma, (std::uint64_t seed)) {
  const Rng rng(seed, "n");
  RC_ASSERT(arma::approx_equal(2 * gaussian_noise(rng, 9, 0.1), gaussian_noise(rng, 9, 0.2), "both", 1e-14, 1e-14));
  RC_ASSERT(arma::approx_equal(2 * student_noise(rng, 9, 0.1), student_noise(rng, 9, 0.2), "both", 1e-14, 1e-14));
  RC_ASSERT(arma::approx_equal(2 * outlier_noise(rng, 9, 0.1), outlier_noise(rng, 9, 0.2), "both", 1e-14, 1e-14));
  RC_ASSERT(arma::norm(gaussian_noise(rng, 9, 0)) == 0.0);
}

TEST(Noise, MoreContaminationOnlyAdds) {
  const Rng rng(4, "n");
  const arma::vec clean = gaussian_noise(rng, 500, 0.1);
  EXPECT_EQ(arma::norm(outlier_noise(rng, 500, 0.1, 0.0) - clean), 0.0);
  const arma::vec few = outlier_noise(rng, 500, 0.1, 0.1) - clean, more = outlier_noise(rng, 500, 0.1, 0.4) - clean;
  const arma::uvec hit = arma::find(few);
  EXPECT_NEAR(hit.n_elem, 50, 35);
  EXPECT_EQ(arma::norm(few(hit) - more(hit)), 0.0);
  EXPECT_GT(arma::uvec(arma::find(more)).n_elem, hit.n_elem);
}

TEST(Noise, FlipsTheAskedShare) {
  const arma::vec y(kMany, arma::fill::ones);
  const Rng rng(5, "n");
  EXPECT_NEAR(arma::accu(flip_signs(rng, y, 0.2) < 0) / static_cast<double>(kMany), 0.2, 0.005);
  EXPECT_EQ(arma::accu(flip_signs(rng, y, 0.0) < 0), 0u);
  EXPECT_EQ(arma::accu(flip_signs(rng, y, 1.0) > 0), 0u);
  EXPECT_EQ(arma::accu(flip_signs(rng, y, 0.2) < flip_signs(rng, y, 0.3)), 0u);
}

TEST(Noise, Empty) {
  const Rng rng(6, "n");
  EXPECT_TRUE(gaussian_noise(rng, 0).is_empty());
  EXPECT_TRUE(student_noise(rng, 0).is_empty());
  EXPECT_TRUE(outlier_noise(rng, 0).is_empty());
  EXPECT_TRUE(flip_signs(rng, {}).is_empty());
}

}  // namespace
}  // namespace kappa
