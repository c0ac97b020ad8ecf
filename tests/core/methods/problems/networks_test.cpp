/// The wide layer, the product of layers, the table with holes and the scattered bowl: what each promises of itself.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/problem_check.hpp"

namespace kappa {
namespace problems {
Method deep_linear();
Method log_uniform_quadratic();
Method matrix_completion();
Method two_layer_network();
}  // namespace problems
namespace {

using namespace support;

TEST(TwoLayerNetwork, IsTheSumOverItsUnits) {
  for (const auto& [name, factor] :
       {std::pair{"lazy", 1 / std::sqrt(7.0)}, std::pair{"mean_field", 1 / 7.0}, std::pair{"none", 1.0}}) {
    const auto problem = built(problems::two_layer_network(), {{"width", std::int64_t{7}},
                                                               {"inputs", std::int64_t{3}},
                                                               {"samples", std::int64_t{11}},
                                                               {"output_scale", std::string(name)}});
    const Blocks x = somewhere(*problem);
    const arma::mat in = dumped(*problem, "X"), y = dumped(*problem, "y");
    double loss = 0;
    for (arma::uword i = 0; i < 11; ++i) {
      double out = 0;
      for (arma::uword j = 0; j < 7; ++j)
        out += x.block(1)(0, j) * std::max(0.0, arma::dot(x.block(0).row(j), in.row(i))) * factor;
      loss += 0.5 * (out - y(i, 0)) * (out - y(i, 0)) / 11;
    }
    EXPECT_NEAR(value_at(*problem, x), loss, 1e-12 * (1 + loss)) << name;
  }
}

TEST(TwoLayerNetwork, CanKeepItsOutputLayer) {
  const auto problem = built(problems::two_layer_network(), {{"width", std::int64_t{6}}, {"train_output", false}});
  const Blocks x = start_of(*problem);
  ASSERT_EQ(x.count(), 1u);
  EXPECT_EQ(x.shape(0).rows, 6u);
  EXPECT_GT(arma::norm(gradient_at(*problem, x).g.flat()), 0);
}

TEST(DeepLinear, HasTheSpectrumThatWasAskedFor) {
  const auto problem = built(problems::deep_linear(), {{"rows", std::int64_t{8}},
                                                       {"columns", std::int64_t{6}},
                                                       {"true_rank", std::int64_t{3}},
                                                       {"condition_number", 100.0},
                                                       {"target_scale", 2.0}});
  const arma::vec s = arma::svd(dumped(*problem, "truth"));
  EXPECT_NEAR(s[0], 2, 1e-12);
  EXPECT_NEAR(s[1], 0.2, 1e-12);
  EXPECT_NEAR(s[2], 0.02, 1e-12);
  EXPECT_LT(s[3], 1e-12);
}

TEST(DeepLinear, EstimatesTheProductOfItsLayers) {
  const auto problem = built(problems::deep_linear(), {{"depth", std::int64_t{4}}, {"width", std::int64_t{5}}});
  const Blocks x = somewhere(*problem);
  ASSERT_EQ(x.count(), 4u);
  const arma::mat product = x.block(3) * x.block(2) * x.block(1) * x.block(0);
  EXPECT_LT(arma::norm(problem->estimate(x) - product), 1e-12 * arma::norm(product));
  const arma::mat gap = product - dumped(*problem, "truth");
  EXPECT_NEAR(value_at(*problem, x), 0.5 * arma::dot(gap, gap), 1e-12 * arma::dot(gap, gap));
}

/// Too narrow a network keeps the largest singular values: no descent goes below.
TEST(DeepLinear, KnowsTheMinimumOfANarrowNetwork) {
  const auto problem = built(problems::deep_linear(),
                             {{"width", std::int64_t{2}}, {"true_rank", std::int64_t{3}}, {"condition_number", 4.0}});
  EXPECT_NEAR(*problem->facts().minimum, 0.5 / 16, 1e-12);  // values 1, 1/2, 1/4
  EXPECT_NEAR(value_at(*problem, *problem->facts().solution), 0.5 / 16, 1e-12);
  EXPECT_LT(arma::norm(gradient_at(*problem, *problem->facts().solution).g.flat()), 1e-12);
}

TEST(MatrixCompletion, CountsOnlyWhatItSees) {
  const auto problem = built(problems::matrix_completion(),
                             {{"dimension", std::int64_t{7}}, {"dimension2", std::int64_t{5}}, {"observed", 0.6}});
  const Blocks x = somewhere(*problem);
  const arma::mat entries = dumped(*problem, "entries"), y = dumped(*problem, "y"), truth = dumped(*problem, "truth");
  ASSERT_GT(entries.n_rows, 10u);
  const arma::mat estimate = x.block(0) * x.block(1).t();
  EXPECT_LT(arma::norm(problem->estimate(x) - estimate), 1e-13);
  double loss = 0;
  for (arma::uword k = 0; k < entries.n_rows; ++k) {
    const auto i = static_cast<arma::uword>(entries(k, 0)), j = static_cast<arma::uword>(entries(k, 1));
    EXPECT_NEAR(y(k, 0), truth(i, j), 1e-14);
    loss += std::pow(estimate(i, j) - y(k, 0), 2) / (2 * 0.6);
  }
  EXPECT_NEAR(value_at(*problem, x), loss, 1e-12 * loss);
}

TEST(MatrixCompletion, SolvesOneFactorAtATime) {
  const auto problem =
      built(problems::matrix_completion(), {{"dimension", std::int64_t{12}}, {"dimension2", std::int64_t{9}}});
  const Blocks x = somewhere(*problem);
  for (const std::size_t i : {0, 1}) {
    Blocks solved = x;
    problem->solve_block(i, x, solved);
    EXPECT_EQ(arma::norm(solved.block(1 - i) - x.block(1 - i)), 0);
    const Slope at = gradient_at(*problem, solved);
    EXPECT_LT(arma::norm(at.g.block(i)), 1e-9);
    EXPECT_LT(at.f, value_at(*problem, x));
  }
}

TEST(LogUniformQuadratic, HoldsBothEndsOfItsSpectrum) {
  for (const bool rotate : {false, true}) {
    const auto problem = built(problems::log_uniform_quadratic(), {{"condition_number", 1e4}, {"rotate", rotate}});
    const Blocks x = start_of(*problem);
    for (const double each : x.flat()) {
      EXPECT_GE(std::abs(each), 0.5);
      EXPECT_LE(std::abs(each), 1.5);
    }
    const arma::vec found = arma::eig_sym(arma::symmatu(problem->hessian(x)));
    EXPECT_NEAR(found.front(), 1, 1e-8);
    EXPECT_NEAR(found.back(), 1e4, 1e-7);
    const arma::vec logs = arma::log(problem->facts().hessian_spectrum) / std::log(1e4);
    EXPECT_NEAR(arma::mean(logs), 0.5, 0.15);
  }
}

}  // namespace
}  // namespace kappa
