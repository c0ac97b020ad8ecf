/// Tests of the addressed random streams: addresses, laws of the draws, pinned bits.
#include "core/base/rng.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace kappa {
namespace {

constexpr int kMany = 400000;

template <class Draw>
std::vector<double> sample(int n, Draw draw) {
  std::vector<double> out(static_cast<std::size_t>(n));
  std::generate(out.begin(), out.end(), draw);
  return out;
}

double moment(const std::vector<double>& x, int power) {
  double sum = 0;
  for (double v : x) sum += std::pow(v, power);
  return sum / static_cast<double>(x.size());
}

double phi(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

/// sqrt(n) times the Kolmogorov distance; beyond 2.0 has probability under 0.001.
template <class Cdf>
double kolmogorov(std::vector<double> x, Cdf cdf) {
  std::sort(x.begin(), x.end());
  const double n = static_cast<double>(x.size());
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double f = cdf(x[i]), at = static_cast<double>(i);
    worst = std::max({worst, std::abs(f - at / n), std::abs(f - (at + 1) / n)});
  }
  return worst * std::sqrt(n);
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  return std::inner_product(x.begin(), x.end(), y.begin(), 0.0) / static_cast<double>(x.size());
}

TEST(Rng, PinsItsBits) {
  Rng plain(0, "batch"), addressed(42, "a stream whose name is long", 7, 9);
  const std::array<std::uint64_t, 3> expected_plain = {0x4cfce05fc7a8a02fu, 0xa7d5f6cabd826368u, 0xc798eb606bb5f696u};
  const std::array<std::uint64_t, 3> expected_addressed = {0xd505f1319ff09d28u, 0xa52d27dde62bd13au,
                                                           0x4b0d940594533993u};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(plain.bits(), expected_plain[static_cast<std::size_t>(i)]);
    EXPECT_EQ(addressed.bits(), expected_addressed[static_cast<std::size_t>(i)]);
  }
}

RC_GTEST_PROP(Rng, SameAddressSameDraws, (std::uint64_t seed, std::string name, std::uint64_t a, std::uint64_t b)) {
  Rng one(seed, name, a, b), two(seed, name, a, b);
  RC_ASSERT(one == two);
  for (int i = 0; i < 20; ++i) RC_ASSERT(one.normal() == two.normal());
  RC_ASSERT(one == two);
}

RC_GTEST_PROP(Rng, EveryPartOfTheAddressMatters, (std::uint64_t seed, std::string name, std::uint64_t a)) {
  std::set<std::uint64_t> firsts;
  for (Rng rng : {Rng(seed, name, a, 0), Rng(seed + 1, name, a, 0), Rng(seed, name + "x", a, 0),
                  Rng(seed, name + std::string(1, '\0'), a, 0), Rng(seed, name, a + 1, 0), Rng(seed, name, a, 1),
                  Rng(seed, name, a, 0).child(name, a), Rng(seed, name, a, 0).child(name, a + 1)})
    firsts.insert(rng.bits());
  RC_ASSERT(firsts.size() == 8u);
}

RC_GTEST_PROP(Rng, ChildDependsOnTheAddressNotOnTheDraws, (std::uint64_t seed, std::string name)) {
  Rng used(seed, "parent");
  const Rng fresh = used;
  for (int i = 0; i < 7; ++i) used.normal();
  RC_ASSERT(used.child(name, 3) == fresh.child(name, 3));
  RC_ASSERT(!(used == fresh));
}

TEST(Rng, TwoPathsToTheSameNamesAreDifferentStreams) {
  const Rng root(1, "a");
  EXPECT_FALSE(root.child("b").child("c") == root.child("c").child("b"));
  EXPECT_FALSE(root.child("bc") == root.child("b").child("c"));
}

TEST(Rng, NeighbouringAddressesAreUncorrelated) {
  std::vector<std::vector<double>> first;
  for (std::uint64_t part = 0; part < 4; ++part)
    first.push_back(sample(20000, [part, i = std::uint64_t{0}]() mutable {
      ++i;
      return std::array{Rng(i, "x"), Rng(0, "x", i), Rng(0, "x", 0, i), Rng(0, "x").child("y", i)}[part].normal();
    }));
  for (const auto& x : first) {
    EXPECT_LT(kolmogorov(x, phi), 2.0);
    for (const auto& y : first)
      if (&x != &y) {
        EXPECT_LT(std::abs(correlation(x, y)), 5 / std::sqrt(20000.0));
      }
    std::vector<double> shifted(x.begin() + 1, x.end());
    EXPECT_LT(std::abs(correlation(shifted, x)), 5 / std::sqrt(20000.0));
  }
}

TEST(Rng, UniformFillsTheUnitInterval) {
  Rng rng(3, "uniform");
  const auto x = sample(kMany, [&] { return rng.uniform(); });
  EXPECT_GE(*std::min_element(x.begin(), x.end()), 0.0);
  EXPECT_LT(*std::max_element(x.begin(), x.end()), 1.0);
  EXPECT_LT(kolmogorov(x, [](double v) { return v; }), 2.0);
}

TEST(Rng, UniformOnAnInterval) {
  Rng rng(3, "uniform");
  const auto x = sample(10000, [&] { return rng.uniform(-2.0, 5.0); });
  EXPECT_GE(*std::min_element(x.begin(), x.end()), -2.0);
  EXPECT_LE(*std::max_element(x.begin(), x.end()), 5.0);
  EXPECT_NEAR(moment(x, 1), 1.5, 0.1);
  EXPECT_EQ(rng.uniform(0.1, 0.1), 0.1);
}

TEST(Rng, NormalHasItsMoments) {
  Rng rng(5, "normal");
  const auto x = sample(kMany, [&] { return rng.normal(); });
  const double error = 5 / std::sqrt(static_cast<double>(kMany));
  EXPECT_NEAR(moment(x, 1), 0, error);
  EXPECT_NEAR(moment(x, 2), 1, error * std::sqrt(2.0));
  EXPECT_NEAR(moment(x, 3), 0, error * std::sqrt(15.0));
  EXPECT_NEAR(moment(x, 4), 3, error * std::sqrt(96.0));
  EXPECT_NEAR(moment(x, 6), 15, error * std::sqrt(10170.0));
  EXPECT_LT(kolmogorov(x, phi), 2.0);
}

TEST(Rng, NormalTailIsExactPastTheLastLayer) {
  Rng rng(6, "normal");
  const double start = 3.6541528853610088;
  const int n = 20000000;
  int beyond = 0, far = 0, negative = 0;
  for (int i = 0; i < n; ++i) {
    const double x = rng.normal();
    beyond += std::abs(x) > start;
    far += std::abs(x) > 4.2;
    negative += x < -start;
  }
  const double expected = 2 * phi(-start) * n, expected_far = 2 * phi(-4.2) * n;
  EXPECT_NEAR(beyond, expected, 5 * std::sqrt(expected));
  EXPECT_NEAR(far, expected_far, 5 * std::sqrt(expected_far));
  EXPECT_NEAR(negative, expected / 2, 5 * std::sqrt(expected / 2));
}

TEST(Rng, BelowIsUniformByChiSquare) {
  for (const std::uint64_t n : {2u, 3u, 7u, 10u, 100u}) {
    Rng rng(7, "below", n);
    std::vector<int> count(n, 0);
    for (int i = 0; i < kMany; ++i) ++count.at(rng.below(n));
    const double expected = static_cast<double>(kMany) / static_cast<double>(n);
    double chi2 = 0;
    for (int c : count) chi2 += (c - expected) * (c - expected) / expected;
    const double dof = static_cast<double>(n) - 1;
    EXPECT_LT(chi2, dof + 5 * std::sqrt(2 * dof) + 10) << n;
  }
}

TEST(Rng, BelowRejectsTheBiasOfHugeRanges) {
  const std::uint64_t n = (std::uint64_t{1} << 63) + (std::uint64_t{1} << 62);  // plain modulo would hit [0, n/3) twice
  Rng rng(8, "below");
  int low = 0;
  for (int i = 0; i < 30000; ++i) {
    const std::uint64_t x = rng.below(n);
    ASSERT_LT(x, n);
    low += x < n / 3;
  }
  EXPECT_NEAR(low, 10000, 5 * std::sqrt(10000 * 2.0 / 3));
}

TEST(Rng, BelowOfNothingAndOne) {
  Rng rng(8, "below");
  EXPECT_EQ(rng.below(0), 0u);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(rng.below(1), 0u);
}

TEST(Rng, RademacherIsFair) {
  Rng rng(9, "signs");
  const auto x = sample(kMany, [&] { return rng.rademacher(); });
  EXPECT_EQ(moment(x, 2), 1.0);
  EXPECT_NEAR(moment(x, 1), 0, 5 / std::sqrt(static_cast<double>(kMany)));
}

TEST(Rng, ExponentialFollowsItsLaw) {
  Rng rng(10, "exponential");
  const auto x = sample(kMany, [&] { return rng.exponential(); });
  EXPECT_GE(*std::min_element(x.begin(), x.end()), 0.0);
  EXPECT_LT(kolmogorov(x, [](double v) { return -std::expm1(-v); }), 2.0);
}

TEST(Rng, StudentFollowsItsLaw) {
  Rng rng(11, "student");
  const double pi = std::acos(-1.0);
  const auto cauchy = sample(kMany, [&] { return rng.student(1); });
  EXPECT_LT(kolmogorov(cauchy, [pi](double v) { return 0.5 + std::atan(v) / pi; }), 2.0);
  const auto two = sample(kMany, [&] { return rng.student(2); });
  EXPECT_LT(kolmogorov(two, [](double v) { return 0.5 + v / (2 * std::sqrt(2 + v * v)); }), 2.0);
  const auto three = sample(kMany, [&] { return rng.student(3); });
  EXPECT_LT(kolmogorov(three,
                       [pi](double v) {
                         const double t = v / std::sqrt(3.0);
                         return 0.5 + (t / (1 + t * t) + std::atan(t)) / pi;
                       }),
            2.0);
  const auto huge = sample(kMany, [&] { return rng.student(1e9); });
  EXPECT_LT(kolmogorov(huge, phi), 2.0);
}

TEST(Rng, StudentAtTheEdgesOfNu) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(Rng(1, "t").student(infinity), Rng(1, "t").normal());
  EXPECT_TRUE(std::isnan(Rng(1, "t").student(0)));
  EXPECT_TRUE(std::isnan(Rng(1, "t").student(std::numeric_limits<double>::quiet_NaN())));
}

RC_GTEST_PROP(Rng, ShuffleIsAPermutation, (std::uint64_t seed, std::vector<std::uint32_t> items)) {
  auto shuffled = items;
  Rng(seed, "shuffle").shuffle(shuffled);
  std::sort(shuffled.begin(), shuffled.end());
  std::sort(items.begin(), items.end());
  RC_ASSERT(shuffled == items);
}

TEST(Rng, ShuffleReachesAllOrdersEquallyOften) {
  std::array<int, 24> count{};
  for (std::uint64_t i = 0; i < 48000; ++i) {
    std::array<std::uint32_t, 4> items = {0, 1, 2, 3};
    Rng(i, "shuffle").shuffle(items);
    const auto index = 6 * items[0] + 2 * (items[1] - (items[1] > items[0])) + (items[2] > items[3]);
    ++count.at(index);
  }
  double chi2 = 0;
  for (int c : count) chi2 += (c - 2000.0) * (c - 2000.0) / 2000.0;
  EXPECT_LT(chi2, 23 + 5 * std::sqrt(46.0));
}

TEST(Rng, FillNormalEqualsSingleDraws) {
  Rng one(12, "fill"), two(12, "fill");
  std::vector<double> filled(37);
  one.fill_normal(filled);
  for (double x : filled) EXPECT_EQ(x, two.normal());
  one.fill_normal({});
  EXPECT_TRUE(one == two);
}

TEST(RepeatSeed, ZeroIsTheSeedItselfAndTheRestDiffer) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(repeat_seed(seed, 0), seed);
    for (std::uint64_t repeat = 0; repeat < 50; ++repeat) seen.insert(repeat_seed(seed, repeat));
  }
  EXPECT_EQ(seen.size(), 1000u);
}

}  // namespace
}  // namespace kappa
