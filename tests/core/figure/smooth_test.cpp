/// Moving medians and means stay centred, narrow towards the ends, and pass over what is not finite.
#include "core/figure/smooth.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kappa {
namespace {

double at(const std::vector<double>& values, std::uint64_t i, const Smoothing& smoothing) {
  return moving([&](std::uint64_t k) { return values[k]; }, i, values.size(), smoothing);
}

TEST(Moving, TheMedianPassesOverASpike) {
  const std::vector<double> values{1, 1, 1000, 1, 1};
  EXPECT_EQ(at(values, 2, {5, false}), 1);
  EXPECT_DOUBLE_EQ(at(values, 2, {5, true}), 1004.0 / 5);
  EXPECT_EQ(at(values, 0, {5, false}), 1) << "at an end the window is the point itself";
}

TEST(Moving, WhatIsNotFiniteIsLeftOutUntilMostIs) {
  const double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(at({1, inf, 3}, 1, {3, false}), 2);
  EXPECT_TRUE(std::isnan(at({inf, 2, inf}, 1, {3, false})));
}

RC_GTEST_PROP(Moving, AStraightLineStaysWhatItIs, ()) {
  const double slope = *rc::gen::inRange(-1000, 1000) * 0.37;
  std::vector<double> line;
  for (int i = 0; i < 40; ++i) line.push_back(slope * i);
  const Smoothing smoothing{*rc::gen::inRange(1u, 60u), *rc::gen::arbitrary<bool>()};
  for (std::uint64_t i = 0; i < line.size(); ++i)
    RC_ASSERT(std::abs(at(line, i, smoothing) - line[i]) <= 1e-9 * (1 + std::abs(slope)));
}

}  // namespace
}  // namespace kappa
