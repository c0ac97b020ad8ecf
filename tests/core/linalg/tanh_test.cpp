/// tanh_each agrees with the long double function everywhere, whatever stands beside a number.
#include "core/linalg/tanh.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/rng.hpp"

namespace kappa {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double alone(double x) {
  tanh_each({&x, 1});
  return x;
}

TEST(Tanh, IsWithinThreeUnitsOfTheLastPlace) {
  Rng rng(1, "numbers");
  std::vector<double> x;
  for (int i = 0; i < 30'000; ++i) {
    x.push_back(rng.rademacher() * 22 * rng.uniform());
    x.push_back(rng.rademacher() * rng.uniform());
    x.push_back(rng.rademacher() * std::pow(10, -16 * rng.uniform()));
  }
  std::vector<double> y = x;
  tanh_each(y);
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double exact = std::tanh(static_cast<long double>(x[i]));
    const double size = std::abs(static_cast<double>(exact)), unit = std::nextafter(size, 2) - size;
    worst = std::max(worst, static_cast<double>(std::abs(y[i] - exact)) / unit);
  }
  EXPECT_LT(worst, 3);
  EXPECT_GT(worst, 0) << "nothing was rounded: nothing was measured";
}

TEST(Tanh, KnowsTheEndsOfTheLine) {
  EXPECT_EQ(alone(0.0), 0.0);
  EXPECT_EQ(alone(infinity), 1.0);
  EXPECT_EQ(alone(-infinity), -1.0);
  EXPECT_EQ(alone(1e308), 1.0);
  EXPECT_EQ(alone(-20.5), -1.0);
  EXPECT_EQ(alone(5e-324), 5e-324);
  EXPECT_TRUE(std::isnan(alone(std::nan(""))));
}

TEST(Tanh, IsOddAndDoesNotDependOnNeighbours) {
  Rng rng(2, "numbers");
  for (std::size_t count : {1u, 7u, 8u, 9u, 31u}) {
    std::vector<double> x(count);
    for (double& each : x) each = 5 * rng.normal();
    x[count / 2] = 1e3;
    std::vector<double> y = x, turned(count);
    for (std::size_t i = 0; i < count; ++i) turned[i] = -x[i];
    tanh_each(y);
    tanh_each(turned);
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_EQ(y[i], alone(x[i])) << count << " " << i;
      EXPECT_EQ(y[i], -turned[i]) << count << " " << i;
    }
  }
  tanh_each({});
}

}  // namespace
}  // namespace kappa
