/// Verdicts: each bound holds on its side, fails on the other, and NaN meets none.
#include <gtest/gtest.h>

#include <cmath>

#include "core/kinds/claim.hpp"

namespace kappa {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

TEST(Verdicts, EveryBoundHasTwoSides) {
  Verdicts v;
  v.below("c", "s", 1, 2), v.below("c", "s", 2, 2), v.at_most("c", "s", 2, 2), v.at_most("c", "s", 3, 2);
  v.above("c", "s", 3, 2), v.above("c", "s", 2, 2), v.at_least("c", "s", 2, 2), v.at_least("c", "s", 1, 2);
  v.within("c", "s", 1.5, 1, 2), v.within("c", "s", 2.5, 1, 2);
  const bool expected[] = {true, false, true, false, true, false, true, false, true, false};
  for (std::size_t i = 0; i < v.list().size(); ++i) EXPECT_EQ(v.list()[i].holds, expected[i]) << i;
}

TEST(Verdicts, NoNumberMeetsNoBound) {
  Verdicts v;
  v.below("", "", nan_value, 1), v.at_most("", "", nan_value, 1), v.above("", "", nan_value, 1);
  v.at_least("", "", nan_value, 1), v.within("", "", nan_value, 0, 1);
  for (const Verdict& one : v.list()) EXPECT_EQ(one.holds, false);
}

TEST(Verdicts, SayWhatWasExpected) {
  Verdicts v;
  v.set_paper("Polyak 1964");
  v.below("c", "s", 1, 1.5), v.within("c", "s", 1, 0.988, 0.9901), v.within("c", "s", 3, 2, 1e300),
      v.within("c", "s", 1, -1e300, 2);
  EXPECT_EQ(v.list()[0].expected, "< 1.5");
  EXPECT_EQ(v.list()[0].paper, "Polyak 1964");
  EXPECT_EQ(v.list()[1].expected, "0.988 to 0.9901");
  EXPECT_EQ(v.list()[2].expected, "≥ 2");
  EXPECT_EQ(v.list()[3].expected, "≤ 2");
}

TEST(Verdicts, UnknownNeitherHoldsNorFails) {
  Verdicts v;
  v.unknown("c", "s", "no such series");
  EXPECT_EQ(v.list()[0].holds, std::nullopt);
  EXPECT_EQ(v.list()[0].why, "no such series");
  EXPECT_TRUE(std::isnan(v.list()[0].measured));
}

}  // namespace
}  // namespace kappa
