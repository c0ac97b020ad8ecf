/// Tests of the classification data.
#include "core/random/classification.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

TEST(LogisticLabels, FollowTheirProbability) {
  const arma::mat x(100000, 1, arma::fill::ones);
  for (const double w : {-2.0, 0.0, 0.7}) {
    const arma::vec y = logistic_labels(Rng(1, "l"), x, arma::vec{w});
    EXPECT_NEAR(arma::accu(y > 0) / 1e5, 1 / (1 + std::exp(-w)), 0.01);
    EXPECT_EQ(arma::abs(y).min(), 1.0);
  }
  EXPECT_EQ(arma::accu(logistic_labels(Rng(1, "l"), x, arma::vec{-1e4})), -1e5);
}

RC_GTEST_PROP(SeparableClasses, KeepTheMargin, (std::uint64_t seed)) {
  const arma::uword n = *rc::gen::inRange(0, 40), d = *rc::gen::inRange(1, 12);
  const double margin = *rc::gen::inRange(0, 100) / 100.0;
  for (const Cloud cloud : {Cloud::sphere, Cloud::gaussian}) {
    const Separable data = separable_classes(Rng(seed, "s"), n, d, margin, cloud);
    RC_ASSERT(std::abs(arma::norm(data.w) - 1) < 1e-12);
    const arma::vec margins = data.y % (data.x * data.w);
    for (arma::uword i = 0; i < n; ++i) {
      RC_ASSERT(margins(i) >= margin - 1e-12);
      if (cloud == Cloud::sphere) RC_ASSERT(std::abs(arma::norm(data.x.row(i)) - 1) < 1e-12);
    }
  }
}

/// Kolmogorov distance, times the root of the effective size, between drawn margins and plain rejection.
double against_rejection(Cloud cloud, arma::uword d, double margin, std::uint64_t seed) {
  const arma::uword n = 4000;
  const Separable data = separable_classes(Rng(seed, "s"), n, d, margin, cloud);
  arma::vec drawn = arma::sort(arma::abs(data.x * data.w)), rejected(n);
  Rng rng(seed, "rejection");
  for (arma::uword i = 0; i < n;) {
    const arma::vec z = normal_vector(rng, d);
    const double t = std::abs(cloud == Cloud::sphere ? z(0) / arma::norm(z) : z(0));
    if (t >= margin) rejected(i++) = t;
  }
  rejected = arma::sort(rejected);
  double worst = 0;
  for (arma::uword i = 0; i < n; ++i) {
    const auto below = std::upper_bound(rejected.begin(), rejected.end(), drawn(i)) - rejected.begin();
    worst = std::max(worst, std::abs(static_cast<double>(below) - static_cast<double>(i)) / n);
  }
  return worst * std::sqrt(n / 2.0);
}

TEST(SeparableClasses, HaveTheLawOfRejection) {
  for (const auto& [d, margin] :
       {std::pair{2u, 0.3}, std::pair{2u, 0.9}, std::pair{3u, 0.8}, std::pair{10u, 0.1}, std::pair{10u, 0.5}})
    EXPECT_LT(against_rejection(Cloud::sphere, d, margin, 3), 2.0) << d << " " << margin;
  for (const double margin : {0.0, 0.5, 1.2, 2.0}) EXPECT_LT(against_rejection(Cloud::gaussian, 3, margin, 4), 2.0);
}

TEST(SeparableClasses, AreFairAndIsotropicAcross) {
  const Separable data = separable_classes(Rng(5, "s"), 20000, 4, 0.5, Cloud::gaussian);
  EXPECT_NEAR(arma::mean(data.y), 0, 0.04);
  const arma::mat across = data.x - data.x * data.w * data.w.t();
  const arma::mat expected = arma::eye(4, 4) - data.w * data.w.t();
  EXPECT_LT(arma::norm(across.t() * across / 20000.0 - expected, "fro"), 0.05);
}

TEST(SeparableClasses, ImpossibleMarginsEnd) {
  const Separable data = separable_classes(Rng(6, "s"), 5, 3, 1.5, Cloud::sphere);
  EXPECT_LT(arma::norm(data.y % (data.x * data.w) - 1.0), 1e-12);
  EXPECT_GE(arma::vec(arma::abs(separable_classes(Rng(6, "s"), 50, 3, 30, Cloud::gaussian).x *
                                separable_classes(Rng(6, "s"), 0, 3, 30).w))
                .min(),
            30 - 1e-9);
}

TEST(OverlappingGaussians, BayesRuleHasTheBayesError) {
  const arma::mat covariance = {{2, 0.5}, {0.5, 1}};
  const arma::vec mu = {0.6, -0.8};
  const Labelled data = overlapping_gaussians(Rng(7, "o"), 100000, mu, covariance);
  const arma::vec scores = data.x * arma::solve(covariance, mu);
  EXPECT_NEAR(arma::accu(scores % data.y < 0) / 1e5, bayes_error(mu, covariance), 0.006);
  const arma::mat centred = data.x - data.y * mu.t();
  EXPECT_LT(arma::norm(centred.t() * centred / 1e5 - covariance, "fro"), 0.04);
}

TEST(BayesError, KnownValues) {
  EXPECT_NEAR(bayes_error(arma::vec{1.0}, arma::eye(1, 1)), 0.15865525393145707, 1e-12);
  EXPECT_NEAR(bayes_error(arma::zeros(3), arma::eye(3, 3)), 0.5, 1e-15);
  EXPECT_NEAR(bayes_error({2, 0}, arma::diagmat(arma::vec{4, 0})), 0.15865525393145707, 1e-12);
  EXPECT_EQ(bayes_error({2, 1}, arma::diagmat(arma::vec{4, 0})), 0.0);
  EXPECT_TRUE(std::isnan(bayes_error({1, 1}, arma::eye(3, 3))));
}

TEST(SoftmaxClusters, CentresAndSpread) {
  const Clusters data = softmax_clusters(Rng(8, "c"), 5000);
  EXPECT_EQ(data.centres.n_rows, 5u);
  EXPECT_EQ(data.x.n_cols, 40u);
  for (arma::uword k = 0; k < 5; ++k) {
    EXPECT_NEAR(arma::norm(data.centres.row(k)), 2.5, 1e-12);
    const arma::uvec members = arma::find(data.label == k);
    EXPECT_NEAR(members.n_elem, 1000, 150);
    const arma::mat off = data.x.rows(members) - arma::repmat(data.centres.row(k), members.n_elem, 1);
    EXPECT_NEAR(arma::accu(off % off) / static_cast<double>(off.n_elem), 0.36, 0.02);
  }
  EXPECT_EQ(arma::norm(data.centres - softmax_clusters(Rng(8, "c"), 7, 5, 40).centres), 0.0);
  EXPECT_EQ(arma::norm(data.centres - softmax_clusters(Rng(8, "c"), 7, 6).centres.head_rows(5)), 0.0);
  EXPECT_TRUE(softmax_clusters(Rng(8, "c"), 0).x.is_empty());
}

}  // namespace
}  // namespace kappa
