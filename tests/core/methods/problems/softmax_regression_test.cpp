/// Softmax regression: its loss as the contract writes it, labels of its own, and data of the user's.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "tests/support/problem_check.hpp"
#include "tests/support/scratch.hpp"

namespace kappa {
namespace problems {
Method logistic_regression();
Method softmax_regression();
}  // namespace problems
namespace {

using namespace support;

const Given small = {{"samples", std::int64_t{30}}, {"features", std::int64_t{4}}, {"classes", std::int64_t{3}}};

TEST(SoftmaxRegression, IsTheMeanCrossEntropyWithItsPenalty) {
  Given given = small;
  given["regularization"] = 0.7;
  const auto problem = built(problems::softmax_regression(), given);
  const Blocks w = somewhere(*problem);
  EXPECT_EQ(w.shape(0).rows, 4u);
  EXPECT_EQ(w.shape(0).cols, 3u);
  const arma::mat x = dumped(*problem, "X"), y = dumped(*problem, "y"), scores = x * w.block(0);
  double loss = 0.35 * arma::dot(w.flat(), w.flat());
  for (arma::uword i = 0; i < 30; ++i) {
    const arma::rowvec p = arma::exp(scores.row(i)) / arma::accu(arma::exp(scores.row(i)));
    loss -= std::log(p[static_cast<arma::uword>(y(i, 0))]) / 30;
  }
  EXPECT_NEAR(value_at(*problem, w), loss, 1e-13);
}

TEST(SoftmaxRegression, TwoClassesAreLogisticRegression) {
  const auto problem = built(problems::softmax_regression(), {{"samples", std::int64_t{40}},
                                                              {"features", std::int64_t{3}},
                                                              {"classes", std::int64_t{2}},
                                                              {"labels", std::string("model")}});
  Blocks w = somewhere(*problem);
  const arma::vec difference = w.block(0).col(1) - w.block(0).col(0);
  const arma::mat x = dumped(*problem, "X"), y = dumped(*problem, "y");
  double loss = 0;
  for (arma::uword i = 0; i < 40; ++i)
    loss += std::log1p(std::exp(-(2 * y(i, 0) - 1) * arma::dot(x.row(i), difference))) / 40;
  EXPECT_NEAR(value_at(*problem, w), loss, 1e-13);
}

/// The mean of B ĝ⊙ĝ over drawn labels is the diagonal of the Hessian, and that of ĝ is zero.
void expect_unbiased(const ProblemModel& problem, const std::vector<std::uint32_t>& rows, const arma::vec& expected) {
  const Blocks x = somewhere(problem, 0.3);
  Scratch room;
  const Sample sample{rows, Rng(1, "noise"), room};
  Blocks g = zeros_like(x);
  const double b = static_cast<double>(rows.empty() ? problem.samples() : rows.size());
  arma::vec mean(x.flat().n_elem, arma::fill::zeros), square = mean;
  constexpr std::uint64_t draws = 20'000;
  for (std::uint64_t k = 0; k < draws; ++k) {
    problem.resampled_gradient(x, g, sample, Rng(2, "labels", k));
    mean += g.flat() / draws;
    square += b * arma::square(g.flat()) / draws;
  }
  EXPECT_LT(arma::norm(square - expected), 0.03 * arma::norm(expected));
  EXPECT_LT(arma::norm(mean), 4 * std::sqrt(arma::accu(expected) / b / draws));
}

TEST(SoftmaxRegression, ResampledGradientsSquareToTheHessiansDiagonal) {
  const auto problem = built(problems::softmax_regression(), small);
  expect_unbiased(*problem, {}, problem->hessian(somewhere(*problem, 0.3)).diag());
  Scratch room;
  arma::mat j, q;
  const std::vector<std::uint32_t> rows = {1, 8, 20, 3};
  const Sample sample{rows, Rng(1, "noise"), room};
  problem->jacobian(somewhere(*problem, 0.3), j, sample);
  problem->curvature(somewhere(*problem, 0.3), q, sample);
  expect_unbiased(*problem, rows, arma::mat(j.t() * q * j).diag());
}

TEST(LogisticRegression, ResampledGradientsSquareToTheHessiansDiagonal) {
  const auto problem =
      built(problems::logistic_regression(), {{"samples", std::int64_t{30}}, {"features", std::int64_t{4}}});
  expect_unbiased(*problem, {}, problem->hessian(somewhere(*problem, 0.3)).diag());
}

TEST(SoftmaxRegression, ReadsLabelsFromAFile) {
  const test::ScratchDirectory folder;
  const std::string path = folder / "mine.csv";
  std::ofstream(path) << "a,b,kind\n1,2,0\n3,4,2\n5,6,1\n";
  const auto problem = built(problems::softmax_regression(), {{"data", data_of(path, "kind")}});
  EXPECT_EQ(start_of(*problem).shape(0).cols, 3u);
  EXPECT_NEAR(value_at(*problem, start_of(*problem)), std::log(3.0), 1e-14);
  std::ofstream(path) << "a,b,kind\n1,2,0\n3,4,1.5\n";
  EXPECT_THROW(built(problems::softmax_regression(), {{"data", data_of(path, "kind")}}), DataError);
}

TEST(SoftmaxRegression, NoiseReplacesLabels) {
  Given noisy = small;
  noisy["samples"] = std::int64_t{3000};
  const arma::mat clean = dumped(*built(problems::softmax_regression(), noisy), "y");
  noisy["noise"] = 0.3;
  const arma::mat replaced = dumped(*built(problems::softmax_regression(), noisy), "y");
  EXPECT_NEAR(static_cast<double>(arma::accu(clean != replaced)) / 3000, 0.2, 0.03);  // a third stay what they were
}

}  // namespace
}  // namespace kappa
