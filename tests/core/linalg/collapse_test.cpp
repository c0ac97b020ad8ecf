/// Neural collapse in closed form against a search by brute force, and the three numbers of a point by plain loops.
#include "core/linalg/collapse.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

double cost(const CollapseSetting& s, double size, double p) {
  const double m = static_cast<double>(s.layers);
  const double joint = std::pow(s.weight_regularization, m) * s.feature_regularization * size;
  return size / (2 * s.samples) * (p - 1) * (p - 1) +
         (m + 1) / 2 * std::pow(joint, 1 / (m + 1)) * std::pow(p, 2 / (m + 1));
}

TEST(CollapsedClass, IsTheLowestPointOfItsCost) {
  for (const std::size_t layers : {1, 2, 3, 6})
    for (const double size : {1.0, 3.0, 8.0, 40.0})
      for (const double weight : {1e-4, 0.01, 0.05, 0.3}) {
        const CollapseSetting s{layers, 79, weight, weight / 10};
        const CollapsedClass found = collapsed_class(s, size);
        double best = 0;
        for (int i = 0; i <= 100'000; ++i)
          if (cost(s, size, i / 1e5) < cost(s, size, best)) best = i / 1e5;
        EXPECT_NEAR(found.product, best, 2e-5) << layers << " layers, " << size << ", " << weight;
        EXPECT_NEAR(found.cost, cost(s, size, found.product), 1e-14);
        EXPECT_LE(found.cost, cost(s, size, best) + 1e-15);
      }
}

TEST(CollapsedClass, OneLayerIsASoftThreshold) {
  const double expected[][2] = {{40, 1.227}, {20, 0.812}, {10, 0.520}, {5, 0.312}};
  for (const auto& [size, row] : expected) {
    const CollapsedClass found = collapsed_class({1, 75, 0.05, 0.0025}, size);
    EXPECT_NEAR(found.product, 1 - 75 * std::sqrt(0.05 * 0.0025 / size), 1e-14);
    EXPECT_NEAR(found.row_square, row, 6e-4);
  }
  EXPECT_EQ(collapsed_class({1, 75, 0.5, 0.25}, 5).product, 0);
}

TEST(CollapsedClass, LengthsMakeTheProduct) {
  for (const std::size_t layers : {1, 3}) {
    const CollapsedClass found = collapsed_class({layers, 79, 0.01, 0.001}, 20);
    EXPECT_NEAR(std::sqrt(found.row_square * found.mean_square), found.product, 1e-14);
    EXPECT_NEAR(std::pow(found.layer, 2.0 * static_cast<double>(layers)), found.row_square, 1e-13);
  }
}

TEST(CollapsedClass, ASmallClassVanishesUnderDepth) {
  EXPECT_EQ(collapsed_class({3, 79, 0.01, 0.001}, 1).row_square, 0);
  EXPECT_GT(collapsed_class({3, 79, 0.01, 0.001}, 8).row_square, 0.7);
}

TEST(CollapseState, CollapsedFeaturesHaveNothingLeft) {
  arma::mat h(3, 6, arma::fill::zeros), w(2, 3, arma::fill::zeros);
  h.row(0).head(4).fill(2);
  h.row(2).tail(2).fill(-1);
  w(0, 0) = 5, w(1, 2) = -0.5;
  const CollapseState state = collapse_state(w, h, {4, 2});
  EXPECT_EQ(state.within, 0);
  EXPECT_EQ(state.overlap, 0);
  EXPECT_NEAR(state.misalignment, 0, 1e-16);
  EXPECT_EQ(state.row_squares[0], 25);
  EXPECT_EQ(state.mean_squares[1], 1);
}

TEST(CollapseState, ByPlainLoops) {
  const arma::mat h = normal_matrix(Rng(1, "h"), 3, 5), w = normal_matrix(Rng(1, "w"), 2, 3);
  const CollapseState state = collapse_state(w, h, {2, 3});
  arma::vec one(3), two(3);
  double spread = 0, off = 0, whole = 0, apart = 0;
  for (arma::uword i = 0; i < 3; ++i) {
    one[i] = (h(i, 0) + h(i, 1)) / 2;
    two[i] = (h(i, 2) + h(i, 3) + h(i, 4)) / 3;
    for (arma::uword j = 0; j < 5; ++j) spread += std::pow(h(i, j) - (j < 2 ? one[i] : two[i]), 2) / 5;
  }
  const double aa = arma::dot(one, one), ab = arma::dot(one, two), bb = arma::dot(two, two);
  off = 2 * ab * ab, whole = aa * aa + bb * bb + off;
  apart = 1 - (arma::dot(w.row(0), one) / arma::norm(w.row(0)) / std::sqrt(aa) +
               arma::dot(w.row(1), two) / arma::norm(w.row(1)) / std::sqrt(bb)) /
                  2;
  EXPECT_NEAR(state.within, spread / ((aa + bb) / 2), 1e-14);
  EXPECT_NEAR(state.overlap, std::sqrt(off / whole), 1e-14);
  EXPECT_NEAR(state.misalignment, apart, 1e-14);
  EXPECT_NEAR(state.gram(1, 0), ab, 1e-15);
}

}  // namespace
}  // namespace kappa
