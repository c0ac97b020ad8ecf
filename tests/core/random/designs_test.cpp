/// Tests of the designs: covariances, exactness, streams that do not disturb each other.
#include "core/random/designs.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "core/random/eigenvalues.hpp"

namespace kappa {
namespace {

arma::mat second_moment(const arma::mat& x) { return x.t() * x / static_cast<double>(x.n_rows); }
double gap(const arma::mat& a, const arma::mat& b) { return arma::norm(a - b, "fro"); }

RC_GTEST_PROP(GaussianDesign, ExactHasTheCovarianceToRounding, (std::uint64_t seed, bool rotate)) {
  const arma::uword d = *rc::gen::inRange(1, 12), n = d + *rc::gen::inRange<arma::uword>(0, 20);
  const arma::vec values = covariance_eigenvalues(SpectrumShape::geometric, d, 1e4);
  const Design design = gaussian_design(Rng(seed, "design"), n, values, rotate, true);
  RC_ASSERT(gap(second_moment(design.x), design.covariance()) < 1e-12);
  if (d > 1) {
    const arma::vec s = arma::svd(design.x);
    RC_ASSERT(std::abs(s(0) * s(0) / (s.back() * s.back()) / 1e4 - 1) < 1e-8);
  }
}

TEST(GaussianDesign, HasItsCovarianceOnAverage) {
  const arma::vec values = {1, 0.5, 0.1};
  for (const bool rotate : {false, true}) {
    const Design design = gaussian_design(Rng(1, "design"), 100000, values, rotate);
    EXPECT_LT(gap(second_moment(design.x), design.covariance()), 0.02);
    EXPECT_LT(arma::norm(arma::sort(arma::eig_sym(design.covariance()), "descend") - values), 1e-12);
    const arma::vec w = {1, -2, 3};
    EXPECT_NEAR(design.quadratic(w), arma::as_scalar(w.t() * design.covariance() * w), 1e-12);
    EXPECT_LT(arma::norm(design.image(w) - design.covariance() * w), 1e-13);
  }
}

TEST(GaussianDesign, RotationOnlyRotates) {
  const arma::vec values = {1, 0.5, 0.1};
  const Rng rng(2, "design");
  const Design plain = gaussian_design(rng, 20, values), rotated = gaussian_design(rng, 20, values, true);
  EXPECT_TRUE(plain.rotation.is_empty());
  EXPECT_LT(gap(rotated.x * rotated.rotation, plain.x), 1e-12);
  EXPECT_EQ(gap(plain.x, gaussian_design(rng, 20, values).x), 0.0);
}

TEST(GaussianDesign, ExactIsIgnoredBelowTheDimension) {
  const Rng rng(3, "design");
  const arma::vec values(6, arma::fill::ones);
  EXPECT_EQ(gap(gaussian_design(rng, 4, values, false, true).x, gaussian_design(rng, 4, values).x), 0.0);
}

TEST(GaussianDesign, Degenerate) {
  const Design empty = gaussian_design(Rng(1, "d"), 0, {1, 0.5}, true, true);
  EXPECT_EQ(empty.x.n_cols, 2u);
  EXPECT_NEAR(arma::trace(empty.covariance()), 1.5, 1e-12);  // the population has its covariance without a sample
  EXPECT_EQ(gaussian_design(Rng(1, "d"), 3, {}, true, true).x.n_rows, 3u);
  EXPECT_EQ(gaussian_design(Rng(1, "d"), 1, {4}, true, true).x.n_elem, 1u);
}

TEST(EmpiricalConditionFactor, DescribesASample) {
  EXPECT_NEAR(empirical_condition_factor(400, 100), 9.0, 1e-12);
  EXPECT_EQ(empirical_condition_factor(100, 100), arma::datum::inf);
  const Design design = gaussian_design(Rng(4, "d"), 800, arma::ones(200));
  EXPECT_NEAR(std::pow(arma::cond(design.x), 2), empirical_condition_factor(800, 200), 1.0);
}

TEST(TwoClassMixture, MeansAndDeviations) {
  const arma::vec mu = {1, -2}, deviations = {0.5, 0.1};
  const Labelled data = two_class_mixture(Rng(5, "m"), 50000, mu, deviations);
  const arma::mat centred = data.x - data.y * mu.t();
  EXPECT_LT(gap(second_moment(centred), arma::diagmat(arma::square(deviations))), 5e-3);
  EXPECT_NEAR(arma::mean(data.y), 0, 0.03);
  EXPECT_EQ(arma::abs(data.y).min(), 1.0);
}

TEST(TwoClassMixture, Degenerate) {
  EXPECT_EQ(two_class_mixture(Rng(5, "m"), 3, {}, {}).y.n_elem, 3u);
  EXPECT_EQ(two_class_mixture(Rng(5, "m"), 0, {1, 2}, {1, 1}).x.n_cols, 2u);
}

TEST(BlockCollinear, NormsAndCorrelations) {
  const arma::mat x = block_collinear(Rng(6, "b"), 20000, 7, 3, 0.8);
  const arma::mat c = second_moment(x);
  for (arma::uword i = 0; i < 7; ++i)
    for (arma::uword j = 0; j < 7; ++j)
      EXPECT_NEAR(c(i, j), i == j ? 1.0 : i / 3 == j / 3 ? 0.8 : 0.0, i == j ? 1e-12 : 0.04);
  EXPECT_LT(gap(block_collinear(Rng(6, "b"), 9, 2, 2, 1.0).col(0), block_collinear(Rng(6, "b"), 9, 2, 2, 1.0).col(1)),
            1e-12);
  EXPECT_TRUE(block_collinear(Rng(6, "b"), 5, 0, 0, 0.5).is_empty());
}

TEST(GeneratorDesign, IsBoundedUpToItsNoise) {
  const arma::mat x = generator_design(Rng(7, "g"), 500, 6, 2);
  EXPECT_EQ(x.n_rows, 500u);
  EXPECT_EQ(x.n_cols, 6u);
  EXPECT_LT(arma::abs(x).max(), 1.6);
  const arma::vec s = arma::svd(x);
  EXPECT_GT(s(1) / s(2), 1.5);  // two latent directions stand out
}

TEST(BlockCollinear, ItsCovarianceNeedsNoMatrix) {
  const arma::vec w = {1, -2, 3, 0.5, 4, -1, 2};
  for (const arma::uword size : {0, 1, 3, 7, 20})
    for (const double rho : {0.0, 0.7, 1.0})
      EXPECT_LT(arma::norm(collinear_image(w, size, rho) - collinear_covariance(7, size, rho) * w), 1e-13)
          << size << " " << rho;
  EXPECT_TRUE(collinear_image({}, 3, 0.5).is_empty());
}

}  // namespace
}  // namespace kappa
