/// Softmax: probabilities, cross-entropy and its two derivatives, at sizes where exp alone would overflow.
#include "core/linalg/softmax.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

const arma::uvec labels = {2, 0, 1, 2, 2};

double loss(arma::mat scores) { return softmax_cross_entropy(scores, labels); }

TEST(Softmax, IsThePlainFormula) {
  const arma::mat scores = normal_matrix(Rng(1, "scores"), 3, 5);
  arma::mat p = scores;
  const double found = softmax_cross_entropy(p, labels);
  double expected = 0;
  for (arma::uword i = 0; i < 5; ++i) {
    double sum = 0;
    for (arma::uword k = 0; k < 3; ++k) sum += std::exp(scores(k, i));
    for (arma::uword k = 0; k < 3; ++k) EXPECT_NEAR(p(k, i), std::exp(scores(k, i)) / sum, 1e-15);
    expected -= std::log(std::exp(scores(labels[i], i)) / sum) / 5;
  }
  EXPECT_NEAR(found, expected, 1e-14);
}

TEST(Softmax, DoesNotOverflow) {
  arma::mat scores = {{1e4, -1e4}, {0, 0}};
  EXPECT_NEAR(softmax_cross_entropy(scores, arma::uvec{1, 1}), 5e3, 1e-9);
  EXPECT_TRUE(scores.is_finite());
}

TEST(Softmax, LabelsOfSomeRows) {
  const std::vector<std::uint32_t> rows = {4, 1, 1};
  arma::mat scores = normal_matrix(Rng(3, "scores"), 3, 3), same = scores;
  EXPECT_EQ(softmax_cross_entropy(scores, {labels, rows}), softmax_cross_entropy(same, arma::uvec{2, 0, 0}));
  subtract_labels(scores, {labels, rows});
  subtract_labels(same, arma::uvec{2, 0, 0});
  EXPECT_TRUE(arma::approx_equal(scores, same, "absdiff", 0));
}

TEST(Softmax, SlopeAndCurvatureAreDerivatives) {
  const arma::mat scores = normal_matrix(Rng(2, "scores"), 3, 5), v = normal_matrix(Rng(2, "v"), 3, 5);
  const auto slope_at = [&](arma::mat at) {
    softmax_cross_entropy(at, labels);
    subtract_labels(at, labels);
    return at;
  };
  const double h = 1e-5;
  EXPECT_NEAR((loss(scores + h * v) - loss(scores - h * v)) / (2 * h), arma::accu(slope_at(scores) % v) / 5, 1e-9);
  arma::mat p = scores;
  softmax_cross_entropy(p, labels);
  const arma::mat change = (slope_at(scores + h * v) - slope_at(scores - h * v)) / (2 * h);
  EXPECT_LT(arma::norm(change - softmax_curvature_product(p, v)), 1e-8);
  EXPECT_LT(arma::norm(softmax_curvature(p) * arma::vectorise(v) - arma::vectorise(softmax_curvature_product(p, v))),
            1e-14);
}

TEST(Softmax, LabelsAreDrawnWithTheirProbabilities) {
  const arma::mat one = {0.2, 0.5, 0.3};
  const arma::mat p = arma::repmat(one.t(), 1, 30'000);
  Rng rng(3, "labels");
  const arma::uvec drawn = drawn_labels(p, rng);
  for (arma::uword k = 0; k < 3; ++k)
    EXPECT_NEAR(static_cast<double>(arma::accu(drawn == k)) / 30'000, one[k], 0.01) << k;
  EXPECT_EQ(drawn_labels(arma::mat{{0, 0}, {1, 1}}, rng)[1], 1u);
}

}  // namespace
}  // namespace kappa
