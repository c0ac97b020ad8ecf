/// The network problem: its targets, its flat order, its labels, and the gradient under labels of its own.
#include <gtest/gtest.h>

#include <cmath>

#include "core/linalg/mlp.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa {
namespace problems {
Method mlp_regression();
}
namespace {

using namespace support;

Given with(Given more) {
  Given given = {{"widths", std::vector<double>{5, 4}}, {"inputs", std::int64_t{4}}, {"samples", std::int64_t{20}}};
  for (auto& [key, value] : more) given[key] = value;
  return given;
}
auto made(const Given& more, std::uint64_t seed = 1) { return built(problems::mlp_regression(), with(more), seed); }
Value word(const char* text) { return std::string(text); }

TEST(MlpRegression, FitsTheFormulasOfItsTargets) {
  const auto expected = [](const std::string& target, const arma::rowvec& x) {
    if (target == "interaction") return std::sin(x[0]) + x[1] * x[2];
    if (target == "double_interaction") return std::sin(2 * x[0]) + x[1] * x[2];
    return std::sin(3 * x[0]) * x[1] + x[2] * x[2] + std::abs(x[3]) / 2;
  };
  for (const char* target : {"interaction", "double_interaction", "ripple"}) {
    const auto problem = made({{"target", word(target)}, {"input_distribution", word("uniform")}});
    const arma::mat x = dumped(*problem, "X"), y = dumped(*problem, "y");
    ASSERT_EQ(y.n_cols, 1u);
    EXPECT_LE(arma::abs(x).max(), 1);
    arma::vec formula(x.n_rows);
    for (arma::uword i = 0; i < x.n_rows; ++i) formula[i] = expected(target, x.row(i));
    if (std::string(target) == "ripple") formula -= arma::mean(formula);
    EXPECT_LT(arma::norm(y - formula), 1e-13) << target;
  }
}

/// Half the mean over samples of the squared error, of a network whose weights lie row after row.
TEST(MlpRegression, ItsLossIsHalfTheMeanSquareInTheFlatOrder) {
  const auto problem = made({{"layout", word("flat")}});
  const Blocks x = somewhere(*problem);
  ASSERT_EQ(x.count(), 1u);
  EXPECT_EQ(x.shape(0).name, "parameters");
  EXPECT_EQ(x.shape(0).role, Role::vector);
  const arma::mat in = dumped(*problem, "X"), y = dumped(*problem, "y");
  const std::vector<std::size_t> widths = {4, 5, 4, 1};
  double loss = 0;
  for (arma::uword i = 0; i < in.n_rows; ++i) {
    std::vector<double> a = arma::conv_to<std::vector<double>>::from(in.row(i));
    std::size_t at = 0;
    for (std::size_t l = 1; l < widths.size(); ++l) {
      std::vector<double> next(widths[l], 0);
      for (double& unit : next)
        for (const double each : a) unit += x.flat()[at++] * each;
      for (double& unit : next) unit += x.flat()[at++];
      if (l + 1 < widths.size())
        for (double& unit : next) unit = std::tanh(unit);
      a = next;
    }
    loss += 0.5 * std::pow(a[0] - y(i, 0), 2) / static_cast<double>(in.n_rows);
  }
  EXPECT_NEAR(value_at(*problem, x), loss, 1e-12);
}

TEST(MlpRegression, BlocksAreTheSameNetworkAsTheFlatVector) {
  const auto blocks = made({}), flat = made({{"layout", word("flat")}});
  const Blocks x = start_of(*blocks), p = start_of(*flat);
  ASSERT_EQ(x.count(), 6u);
  EXPECT_EQ(x.shape(0).role, Role::first);
  EXPECT_EQ(x.shape(2).role, Role::hidden);
  EXPECT_EQ(x.shape(4).role, Role::last);
  EXPECT_EQ(x.shape(1).role, Role::vector);
  EXPECT_EQ(x.shape(2).rows, 4u);  // units x what they read
  EXPECT_EQ(x.shape(2).cols, 5u);
  const Slope one = gradient_at(*blocks, x), two = gradient_at(*flat, p);
  EXPECT_EQ(one.f, two.f);
  arma::vec rows;
  for (std::size_t i = 0; i < x.count(); ++i)
    rows = arma::join_cols(rows, arma::vectorise(arma::mat(one.g.block(i).t())));
  EXPECT_EQ(arma::norm(rows - two.g.flat()), 0);
}

TEST(MlpRegression, StartsWithWeightsOfTheChosenSizeAndNoBiases) {
  const auto problem =
      built(problems::mlp_regression(),
            {{"widths", std::vector<double>{400, 300}}, {"inputs", std::int64_t{50}}, {"init_scale", 0.5}});
  const Blocks x = start_of(*problem);
  const double fan_in[] = {50, 400, 300};
  for (std::size_t l = 0; l < 3; ++l) {
    const arma::vec w = arma::vectorise(x.block(2 * l));
    EXPECT_NEAR(arma::stddev(w), 0.5 / std::sqrt(fan_in[l]), 5 * 0.5 / std::sqrt(fan_in[l] * 2 * w.n_elem));
    EXPECT_EQ(arma::norm(x.block(2 * l + 1)), 0);
  }
}

TEST(MlpRegression, ATeacherOfTheSameKindCanBeCopied) {
  const auto problem = made({{"target", word("teacher")}, {"teacher_widths", std::vector<double>{5, 4}}});
  ASSERT_TRUE(problem->facts().solution);
  EXPECT_LT(value_at(*problem, *problem->facts().solution), 1e-30);
  EXPECT_FALSE(made({{"target", word("teacher")}})->facts().solution);
}

TEST(MlpRegression, LabelsAreTheTeachersLargestOutput) {
  const auto problem = made({{"loss", word("cross_entropy")},
                             {"outputs", std::int64_t{3}},
                             {"test_samples", std::int64_t{50}},
                             {"test_measure", word("error")}});
  const arma::mat y = dumped(*problem, "y");
  for (const double label : y) EXPECT_TRUE(label == 0 || label == 1 || label == 2);
  EXPECT_GT(arma::vec(arma::unique(arma::vectorise(y))).n_elem, 1u);
  const Blocks zero = zeros_like(start_of(*problem));
  EXPECT_NEAR(value_at(*problem, zero), std::log(3.0), 1e-14);
  const arma::mat tested = dumped(*problem, "y_test");
  const double wrong = static_cast<double>(arma::accu(tested != 0)) / 50;  // all outputs alike: the first is chosen
  EXPECT_NEAR(problem->test_loss(zero), wrong, 1e-14);
}

/// B ĝ⊙ĝ has the mean diag(J'QJ): what Sophia-G rests on.
TEST(MlpRegression, ResampledGradientsSquareToTheGaussNewtonDiagonal) {
  for (const char* loss : {"cross_entropy", "squared"}) {
    const auto problem = made({{"loss", word(loss)}, {"outputs", std::int64_t{3}}, {"widths", std::vector<double>{3}}});
    const Blocks x = somewhere(*problem);
    const std::vector<std::uint32_t> rows = {3, 1, 7, 12, 5};
    Scratch room;
    const Sample sample{rows, Rng(1, "noise"), room};
    arma::mat j, q;
    problem->jacobian(x, j, sample);
    problem->curvature(x, q, sample);
    const arma::vec expected = arma::mat(j.t() * q * j).diag();
    Blocks g = zeros_like(x);
    arma::vec mean(x.flat().n_elem, arma::fill::zeros), square = mean;
    constexpr std::uint64_t draws = 20'000;
    for (std::uint64_t k = 0; k < draws; ++k) {
      problem->resampled_gradient(x, g, sample, Rng(2, "labels", k));
      mean += g.flat() / draws;
      square += 5.0 * arma::square(g.flat()) / draws;
    }
    EXPECT_LT(arma::norm(square - expected), 0.03 * arma::norm(expected)) << loss;
    EXPECT_LT(arma::norm(mean), 4 * std::sqrt(arma::accu(expected) / 5 / draws)) << loss;
  }
}

TEST(MlpRegression, TheTestLossIsOfFreshSamples) {
  const auto problem = made({{"test_samples", std::int64_t{30}}});
  EXPECT_TRUE(problem->can(Can::test_loss));
  EXPECT_FALSE(made({})->can(Can::test_loss));
  const arma::mat y = dumped(*problem, "y_test");
  EXPECT_EQ(y.n_rows, 30u);
  EXPECT_NEAR(problem->test_loss(zeros_like(start_of(*problem))), 0.5 * arma::dot(y, y) / 30, 1e-13);
  EXPECT_EQ(value_at(*problem, start_of(*problem)), value_at(*made({}), start_of(*problem)));
}

}  // namespace
}  // namespace kappa
