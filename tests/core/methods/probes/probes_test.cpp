/// Each probe of a run against its definition, on a frame whose numbers are known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/probe_bench.hpp"

namespace kappa {
namespace {

using test::Bench;
using test::Emitted;
using test::probe_node;
using test::two_blocks;
using ::testing::ElementsAre;

double only(const Emitted& emitted, const std::string& name) {
  EXPECT_EQ(emitted.scalars.count(name), 1u) << name << emitted.refusal;
  return emitted.scalars.count(name) ? emitted.scalars.at(name) : std::nan("");
}

Bench last_step() {
  Bench bench = two_blocks();
  bench.t = 10;
  bench.g.reset();
  bench.update.reset();
  return bench;
}

TEST(Probes, Losses) {
  const Bench bench = two_blocks();
  EXPECT_EQ(only(bench.show(probe_node("loss")), "loss"), 98);
  EXPECT_EQ(only(bench.show(probe_node("batch_loss")), "batch_loss"), 17);
  EXPECT_EQ(only(bench.show(probe_node("test_loss")), "test_loss"), 48);
}

TEST(Probes, GradientNorms) {
  const Bench bench = two_blocks();
  EXPECT_NEAR(only(bench.show(probe_node("gradient_norm")), "gradient_norm"), std::sqrt(194), 1e-13);
  EXPECT_NEAR(only(bench.show(probe_node("batch_gradient_norm")), "batch_gradient_norm"), 2 * std::sqrt(194), 1e-13);
}

TEST(Probes, DistancesToWhatIsKnown) {
  const Bench bench = two_blocks();
  EXPECT_NEAR(only(bench.show(probe_node("distance_to_truth")), "distance_to_truth"), std::sqrt(194), 1e-13);
  // The estimate WW' is diag(9, 16), the truth diag(9, 15).
  EXPECT_NEAR(only(bench.show(probe_node("relative_error")), "relative_error"), 1 / std::sqrt(81 + 225), 1e-15);
}

TEST(Probes, DistanceOfAnEstimateWhereNoPointIsKnown) {
  struct OnlyEstimate : test::Bowl {
    Facts facts() const {
      Facts facts;
      facts.truth_matrix = truth_matrix;
      return facts;
    }
  };
  Bench bench = two_blocks();
  OnlyEstimate problem;
  problem.truth_matrix = arma::diagmat(arma::vec{9, 15});
  bench.problem = model_of(problem);
  EXPECT_NEAR(only(bench.show(probe_node("distance_to_truth")), "distance_to_truth"), 1, 1e-14);
}

TEST(Probes, LearningRateOfTheStep) {
  Bench bench = two_blocks();
  EXPECT_TRUE(bench.show(probe_node("learning_rate")).scalars.empty());
  bench.optimizer.rate = 0.8;
  EXPECT_EQ(only(bench.show(probe_node("learning_rate")), "learning_rate"), 0.8 / 4);
  bench.log.numbers["learning_rate"] = 0.7;  // what the step itself says it took
  EXPECT_EQ(only(bench.show(probe_node("learning_rate")), "learning_rate"), 0.7);
}

TEST(Probes, ReportsWhatTheStepTells) {
  Bench bench = two_blocks();
  bench.log.numbers["clipped"] = 0.25;
  EXPECT_EQ(only(bench.show(probe_node("report", {{"of", std::string("clipped")}})), "clipped"), 0.25);
  EXPECT_TRUE(bench.show(probe_node("report", {{"of", std::string("other")}})).scalars.empty());
  EXPECT_FALSE(bench.show(probe_node("report", {{"of", std::string()}})).refusal.empty());
}

TEST(Probes, NothingOfAStepThatIsNotTaken) {
  Bench bench = last_step();
  bench.optimizer.rate = 0.8;
  bench.log.numbers["clipped"] = 0.25;
  bench.log.blocks["momentum"] = bench.x;
  for (const char* id : {"batch_loss", "batch_gradient_norm", "learning_rate"})
    EXPECT_TRUE(bench.show(probe_node(id)).scalars.empty()) << id;
  EXPECT_TRUE(bench.show(probe_node("report", {{"of", std::string("clipped")}})).scalars.empty());
  for (const char* of : {"gradient", "update", "momentum"}) {
    EXPECT_TRUE(bench.show(probe_node("singular_values", {{"of", std::string(of)}})).spectra.empty()) << of;
    EXPECT_TRUE(bench.show(probe_node("stable_rank", {{"of", std::string(of)}})).scalars.empty()) << of;
  }
  EXPECT_EQ(bench.show(probe_node("loss")).scalars.size(), 1u);
}

TEST(Probes, GradientFreeMethodsRefuseGradients) {
  Bench bench = two_blocks();
  bench.optimizer.asks = Needs::solve_block;
  EXPECT_FALSE(bench.show(probe_node("batch_loss")).refusal.empty());
  EXPECT_FALSE(bench.show(probe_node("batch_gradient_norm")).refusal.empty());
  EXPECT_FALSE(bench.show(probe_node("rank", {{"of", std::string("gradient")}})).refusal.empty());
}

TEST(Probes, SharpnessIsTheLargestEigenvalue) {
  arma::vec eigenvalues(60);
  for (arma::uword i = 0; i < 60; ++i) eigenvalues[i] = std::pow(0.8, static_cast<double>(i)) * 7.5;
  Bench bench;
  bench.problem = model_of(test::bowl(eigenvalues));
  bench.x = bench.problem->start(Rng(1, "init"));
  EXPECT_NEAR(only(bench.show(probe_node("sharpness")), "sharpness"), 7.5, 1e-9);
  bench.x.flat()[0] = std::nan("");
  EXPECT_NEAR(only(bench.show(probe_node("sharpness", {{"iterations", std::int64_t{60}}})), "sharpness"), 7.5, 1e-12);
}

TEST(Probes, SpectraOfEveryBlock) {
  Bench bench = two_blocks();
  const Emitted own = bench.show(probe_node("singular_values"));
  EXPECT_THAT(own.channels, ElementsAre("singular_values:W", "singular_values:v"));
  EXPECT_TRUE(arma::approx_equal(own.spectra.at("singular_values:W"), arma::vec{4, 3}, "absdiff", 1e-14));
  EXPECT_TRUE(arma::approx_equal(own.spectra.at("singular_values:v"), arma::vec{13}, "absdiff", 1e-14));
  const Emitted update =
      bench.show(probe_node("singular_values", {{"of", std::string("update")}, {"block", std::string("v")}}));
  EXPECT_THAT(update.channels, ElementsAre("update_singular_values:v"));
  EXPECT_NEAR(update.spectra.at("update_singular_values:v")[0], 6.5, 1e-14);
  const Emitted estimate = bench.show(probe_node("singular_values", {{"of", std::string("estimate")}}));
  EXPECT_TRUE(arma::approx_equal(estimate.spectra.at("estimate_singular_values"), arma::vec{16, 9}, "absdiff", 1e-13));
  bench.log.blocks["momentum"] = *bench.g;
  const Emitted momentum = bench.show(probe_node("singular_values", {{"of", std::string("momentum")}}));
  EXPECT_NEAR(momentum.spectra.at("momentum_singular_values:W")[0], 8, 1e-14);
}

TEST(Probes, ParametersAndPath) {
  Bench bench = two_blocks();
  EXPECT_EQ(bench.show(probe_node("parameters")).scalars.at("x8"), 12);
  EXPECT_FALSE(bench.show(probe_node("path")).refusal.empty());
  bench.problem =
      model_of(test::Bowl{.h = arma::mat(2, 2, arma::fill::eye), .center = single_block("x", arma::vec{0, 0})});
  bench.x = single_block("x", arma::vec{3, 4});
  bench.t = 5;
  const auto cells = bench.show(probe_node("path")).fields.at("path");
  ASSERT_EQ(cells.size(), 1u);
  EXPECT_EQ(cells[0].step, 5u);
  EXPECT_EQ(cells[0].x, 3);
  EXPECT_EQ(cells[0].y, 4);
  EXPECT_EQ(cells[0].value, 12.5);
  bench.x = single_block("x", arma::vec(40, arma::fill::ones));
  EXPECT_EQ(bench.show(probe_node("parameters")).channels.size(), 16u);
}

TEST(Probes, ErrorSpectrumFollowsTheEigenvalues) {
  Bench bench;
  test::Bowl bowl = test::bowl({1, 10, 4});
  bench.problem = model_of(bowl);
  arma::vec values;
  arma::mat vectors;
  arma::eig_sym(values, vectors, bowl.h);  // ascending: 1, 4, 10
  bench.x = bowl.center;
  bench.x.flat() += vectors * arma::vec{3, -2, 0.5};
  const arma::vec error = bench.show(probe_node("error_spectrum")).spectra.at("error_spectrum");
  EXPECT_TRUE(arma::approx_equal(error, arma::vec{0.5, 2, 3}, "absdiff", 1e-13));
}

TEST(Probes, DataSpectrumIsMeasuredOnce) {
  struct Rows : test::Bowl {
    std::uint64_t row_count() const { return 4; }
    std::vector<NamedMatrix> data() const { return {{"X", arma::mat{{2, 0}, {0, 1}, {0, 0}, {0, 0}}}}; }
  };
  Bench bench = two_blocks();
  EXPECT_FALSE(bench.show(probe_node("data_singular_values")).refusal.empty());
  bench.problem = model_of(Rows{});
  EXPECT_TRUE(bench.show(probe_node("data_singular_values")).spectra.empty());
  bench.t = 0;
  EXPECT_TRUE(arma::approx_equal(bench.show(probe_node("data_singular_values")).spectra.at("data_singular_values"),
                                 arma::vec{1, 0.5}, "absdiff", 1e-15));
}

}  // namespace
}  // namespace kappa
