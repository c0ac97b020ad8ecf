/// Curves over [-1, 1] and the points they are seen at.
#include "core/random/line_targets.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace kappa {
namespace {

TEST(LineTargets, Values) {
  EXPECT_NEAR(line_target(LineTarget::sine, 0.125, 2, {}), 1, 1e-15);
  EXPECT_NEAR(line_target(LineTarget::sine, -0.25, 1, {}), -1, 1e-15);
  EXPECT_EQ(line_target(LineTarget::step, -0.1, 1, {}), -1);
  EXPECT_EQ(line_target(LineTarget::step, 0, 1, {}), 0);
  EXPECT_EQ(line_target(LineTarget::step, 0.1, 1, {}), 1);
  EXPECT_NEAR(line_target(LineTarget::polynomial, 0.5, 1, {1, -2, 0, 8}), 1, 1e-15);
  EXPECT_EQ(line_target(LineTarget::polynomial, 0.5, 1, {}), 0);
  EXPECT_NEAR(line_target(LineTarget::runge, 0.2, 1, {}), 0.5, 1e-15);
}

TEST(LineTargets, Points) {
  EXPECT_LT(arma::norm(line_points(Rng(1, "p"), 5, Placement::equispaced) - arma::vec{-1, -0.5, 0, 0.5, 1}), 1e-15);
  EXPECT_EQ(line_points(Rng(1, "p"), 1, Placement::equispaced)[0], 0);
  const arma::vec x = line_points(Rng(1, "p"), 20000, Placement::uniform);
  EXPECT_GE(x.min(), -1);
  EXPECT_LT(x.max(), 1);
  EXPECT_NEAR(arma::mean(x), 0, 0.02);
  EXPECT_NEAR(arma::var(x), 1.0 / 3, 0.01);
}

}  // namespace
}  // namespace kappa
