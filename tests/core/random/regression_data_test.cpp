/// What regressions may choose of their data: the old streams bit for bit, every design's law, splits, labels.
#include "core/random/regression_data.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/issue.hpp"
#include "core/random/designs.hpp"
#include "core/random/matrices.hpp"
#include "core/random/noise.hpp"
#include "core/random/truths.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method linear_regression();
Method lp_regression();
}  // namespace kappa::problems

namespace kappa {
namespace {

RegressionSettings small(std::int64_t n = 40, std::int64_t d = 6) {
  RegressionSettings s;
  s.samples = n;
  s.features = d;
  return s;
}

/// The first documents were written against these streams.
TEST(RegressionData, DefaultsKeepTheirStreams) {
  RegressionSettings s = small();
  s.test_samples = 10;
  s.rotate = true;
  const Rng rng(5, "problem");
  const RegressionData data = regression_data(s, rng);
  const arma::vec values = covariance_eigenvalues(SpectrumShape::geometric, 6, 10);
  const Design design = gaussian_design(rng.child("design"), 40, values, true);
  const arma::vec w = dense_truth(rng.child("truth"), 6);
  EXPECT_EQ(arma::abs(data.samples.t() - design.x).max(), 0.0);
  EXPECT_EQ(arma::abs(data.truth - w).max(), 0.0);
  EXPECT_EQ(arma::abs(data.y - (design.x * w + gaussian_noise(rng.child("noise"), 40, 0.1))).max(), 0.0);
  const arma::mat fresh = gaussian_design(rng.child("test").child("design"), 10, values).x * design.rotation.t();
  EXPECT_EQ(arma::abs(data.test_samples.t() - fresh).max(), 0.0);
  EXPECT_TRUE(data.sigma.is_empty());
  EXPECT_LT(arma::norm(data.covariance(w) - design.covariance() * w), 1e-13);
}

/// The exact population risk of any w is the mean square over very many fresh rows, for every design that knows it.
TEST(RegressionData, PopulationRiskIsThatOfManyRows) {
  for (const DesignLaw law : {DesignLaw::gaussian, DesignLaw::two_class_mixture, DesignLaw::block_collinear}) {
    for (const bool rotate : {false, true}) {
      RegressionSettings s = small(20, 7);
      s.design = law;
      s.rotate = rotate;
      s.mixture_distance = 1.5;
      s.block_size = 3;
      s.block_correlation = 0.7;
      s.noise = 0;
      s.test_samples = 100000;
      const Covariance as_it_is = regression_data(s, Rng(1, "problem")).covariance;
      s.test_measure = TestRisk::population;
      const RegressionData data = regression_data(s, Rng(1, "problem"));
      const arma::vec w = normal_vector(Rng(2, "w"), 7), r = data.test_samples.t() * w - data.test_y;
      const double measured = arma::dot(r, r) / static_cast<double>(r.n_elem);
      EXPECT_NEAR(population_risk(data.covariance, w, data.truth) / measured, 1, 0.03) << static_cast<int>(law);
      EXPECT_EQ(population_risk(data.covariance, data.truth, data.truth), 0);
      EXPECT_LT(arma::norm(as_it_is(w) - data.sigma * w), 1e-12) << "known without being asked for";
      EXPECT_NEAR(arma::accu(data.samples * data.samples.t()) / 20 / arma::accu(data.sigma), 1, 0.9);
    }
  }
  RegressionSettings s = small();
  s.test_measure = TestRisk::population;
  s.design = DesignLaw::generator;
  EXPECT_THROW(regression_data(s, Rng(1, "problem")), DataError);
  s.test_measure = TestRisk::test_rows;
  EXPECT_FALSE(regression_data(s, Rng(1, "problem")).covariance);
}

/// A user sees it as the test loss: with an exact design the mean square over the very rows is the population's.
TEST(RegressionData, PopulationRiskIsATestLoss) {
  for (const auto& method : {problems::linear_regression(), problems::lp_regression()}) {
    const auto problem = support::built(method, {{"samples", std::int64_t{30}},
                                                 {"features", std::int64_t{6}},
                                                 {"noise", 0.0},
                                                 {"spectrum", std::string("geometric")},
                                                 {"exact_spectrum", true},
                                                 {"rotate", true},
                                                 {"test_measure", std::string("population")}});
    ASSERT_TRUE(problem->can(Can::test_loss));
    EXPECT_EQ(problem->test_loss(*problem->facts().truth), 0);
    const Blocks w = support::somewhere(*problem);
    arma::mat x, y;
    for (NamedMatrix& one : problem->data()) {
      if (one.name == "X") x = one.value;
      if (one.name == "y") y = one.value;
    }
    const arma::vec r = x * w.flat() - y;
    EXPECT_NEAR(problem->test_loss(w), arma::dot(r, r) / 30, 1e-12);
    EXPECT_EQ(problem->test_loss(w),
              population_risk(problem->facts().covariance, w.flat(), problem->facts().truth->flat()))
        << "one risk, asked for in two ways";
  }
}

TEST(RegressionData, FreshRowsOfAGeneratorAreOfTheSameOne) {
  RegressionSettings s = small(4000, 8);
  s.design = DesignLaw::generator;
  s.latent_dimension = 2;
  s.test_samples = 4000;
  const RegressionData data = regression_data(s, Rng(1, "problem"));
  const auto moment = [](const arma::mat& x) { return arma::mat(x * x.t() / static_cast<double>(x.n_cols)); };
  EXPECT_LT(arma::norm(moment(data.samples) - moment(data.test_samples), "fro"),
            0.1 * arma::norm(moment(data.samples), "fro"));
}

TEST(RegressionData, NoiseLaws) {
  RegressionSettings s = small(100000, 2);
  s.truth_norm = 0;
  s.noise = 0.1;
  const auto variance = [&](NoiseLaw law, double nu) {
    s.noise_law = law;
    s.degrees_of_freedom = nu;
    return arma::var(regression_data(s, Rng(1, "problem")).y);
  };
  EXPECT_NEAR(variance(NoiseLaw::gaussian, 3), 0.01, 3e-4);
  EXPECT_NEAR(variance(NoiseLaw::student, 8), 0.01, 5e-4);
  EXPECT_NEAR(variance(NoiseLaw::outlier, 3), 0.01 + 0.05 * 1, 4e-3);
  EXPECT_GT(variance(NoiseLaw::student, 1), 1);
}

TEST(RegressionData, Truths) {
  RegressionSettings s = small(5, 400);
  s.truth = TruthShape::gaussian;
  s.truth_norm = 3;
  const arma::vec w = regression_data(s, Rng(1, "problem")).truth;
  EXPECT_NEAR(arma::norm(w), 3, 0.4);
  EXPECT_GT(std::abs(arma::norm(w) - 3), 1e-6);  // left to chance
  s.truth = TruthShape::adversarial;
  s.truth_sparsity = 4;
  const arma::vec a = regression_data(s, Rng(1, "problem")).truth;
  EXPECT_LT(arma::norm(a.head(5) - arma::vec{1.5, -1.5, 1.5, -1.5, 0}), 1e-12);
}

TEST(RegressionData, HoldsOutAShare) {
  RegressionSettings s = small(50, 3);
  const RegressionData whole = regression_data(s, Rng(1, "problem"));
  s.test_fraction = 0.2;
  const RegressionData data = regression_data(s, Rng(1, "problem"));
  ASSERT_EQ(data.rows(), 40u);
  ASSERT_EQ(data.test_y.n_elem, 10u);
  // Every row is on one side, and each side keeps the order.
  arma::uword train = 0, test = 0;
  for (arma::uword i = 0; i < 50; ++i) {
    const bool here = train < 40 && data.y[train] == whole.y[i];
    if (here) {
      EXPECT_EQ(arma::norm(data.samples.col(train) - whole.samples.col(i)), 0);
    } else {
      ASSERT_LT(test, 10u);
      EXPECT_EQ(data.test_y[test], whole.y[i]);
      EXPECT_EQ(arma::norm(data.test_samples.col(test) - whole.samples.col(i)), 0);
    }
    ++(here ? train : test);
  }
  s.test_fraction = 0.999;
  EXPECT_EQ(regression_data(s, Rng(1, "problem")).rows(), 1u);
  s.samples = 1;
  EXPECT_EQ(regression_data(s, Rng(1, "problem")).rows(), 1u);  // one row stays
}

LabelSettings classes(LabelLaw law, std::int64_t n, std::int64_t d = 5) {
  LabelSettings s;
  s.samples = n;
  s.features = d;
  s.noise = 0;
  s.labels = law;
  return s;
}

TEST(ClassificationData, SeparableRowsKeepTheirMargin) {
  for (const Cloud cloud : {Cloud::sphere, Cloud::gaussian}) {
    LabelSettings s = classes(LabelLaw::separable, 300);
    s.margin = 0.3;
    s.cloud = cloud;
    s.test_samples = 50;
    const RegressionData data = classification_data(s, Rng(1, "problem"));
    EXPECT_NEAR(arma::norm(data.truth), 1, 1e-12);
    EXPECT_GE((data.y % (data.samples.t() * data.truth)).min(), 0.3 - 1e-12);
    EXPECT_GE((data.test_y % (data.test_samples.t() * data.truth)).min(), 0.3 - 1e-12);
    EXPECT_NE(data.samples(0, 0), data.test_samples(0, 0));
    if (cloud == Cloud::sphere) {
      EXPECT_LT(arma::abs(arma::sum(arma::square(data.samples), 0) - 1).max(), 1e-12);
    }
  }
}

/// The best classifier is wrong as often as it must, and its log odds are calibrated.
TEST(ClassificationData, OverlappingClassesHaveTheirBayesError) {
  for (const bool rotate : {false, true}) {
    LabelSettings s = classes(LabelLaw::overlapping, 200000, 4);
    s.separation = 1.2;
    s.rotate = rotate;
    s.condition_number = 50;
    const RegressionData data = classification_data(s, Rng(3, "problem"));
    const arma::vec odds = data.samples.t() * data.truth, m = data.y % odds;
    EXPECT_NEAR(arma::mean(arma::conv_to<arma::vec>::from(m < 0)), 0.5 * std::erfc(1.2 / std::sqrt(2.0)), 0.003);
    const arma::uvec sure = arma::find(odds > 0.9 && odds < 1.1);
    EXPECT_NEAR(arma::mean(data.y.elem(sure)), std::tanh(0.5), 0.02);
    const arma::vec spectrum = arma::eig_sym(arma::cov((data.samples.each_row() % data.y.t()).t()));
    EXPECT_NEAR(spectrum.max() / spectrum.min(), 50, 3);
  }
}

}  // namespace
}  // namespace kappa
