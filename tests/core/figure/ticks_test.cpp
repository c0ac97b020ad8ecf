/// Ticks lie in their range, differ in value and label, and ranges snap outward and stay.
#include "core/figure/ticks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <set>

namespace kappa {
namespace {

std::vector<std::string> labels(double lo, double hi, Scale scale, const TickOptions& options = {}) {
  std::vector<std::string> out;
  for (const Tick& tick : make_ticks(lo, hi, scale, options))
    if (!tick.label.empty()) out.push_back(tick.label);
  return out;
}

using Labels = std::vector<std::string>;

void expect_sound(const std::vector<Tick>& ticks, double lo, double hi) {
  std::set<std::string> seen;
  double last = -INFINITY;
  for (const Tick& tick : ticks) {
    RC_ASSERT(tick.value >= lo);
    RC_ASSERT(tick.value <= hi);
    RC_ASSERT(tick.value > last);
    last = tick.value;
    if (!tick.label.empty()) RC_ASSERT(seen.insert(tick.label).second);
  }
}

/// Any positive double from 1e-320 to 1e308, all decades alike.
double any_size() {
  const double exponent = *rc::gen::inRange(-320000, 308000) / 1000.0;
  return std::max(std::pow(10.0, exponent), 1e-320);
}

RC_GTEST_PROP(Ticks, LogTicksAreSound, ()) {
  const double a = any_size(), b = any_size();
  const double lo = std::min(a, b), hi = std::max(a, b);
  const auto ticks = make_ticks(lo, hi, Scale::log);
  expect_sound(ticks, lo, hi);
  const auto labelled = std::count_if(ticks.begin(), ticks.end(), [](const Tick& t) { return !t.label.empty(); });
  RC_ASSERT(labelled >= 1);
  RC_ASSERT(labelled <= 8);
}

RC_GTEST_PROP(Ticks, LinearTicksAreSound, ()) {
  const double lo = any_size() * *rc::gen::element(-1.0, 1.0, 0.0), hi = any_size() * *rc::gen::element(-1.0, 1.0);
  const auto ticks = make_ticks(lo, hi, Scale::linear);
  expect_sound(ticks, std::min(lo, hi), std::max(lo, hi));
  RC_ASSERT(!ticks.empty());
  RC_ASSERT(ticks.size() <= 7u);
}

RC_GTEST_PROP(Ticks, TinyRangesGiveDifferentLabels, ()) {
  const double base = *rc::gen::inRange(-1000, 1000) / 7.0;
  const double hi = base + std::pow(10.0, *rc::gen::inRange(-18, 0));
  expect_sound(make_ticks(base, hi, Scale::linear), base, hi);
}

RC_GTEST_PROP(Ticks, IntegerAxesHaveWholeTicks, ()) {
  const auto hi = *rc::gen::inRange(1, 2000000000);
  for (const Tick& tick : make_ticks(0, hi, Scale::linear, {5, true})) RC_ASSERT(tick.value == std::floor(tick.value));
}

RC_GTEST_PROP(NiceRange, SnapsOutwardAndStays, ()) {
  const auto scale = *rc::gen::element(Scale::linear, Scale::log);
  const double a = any_size(), b = any_size() * (scale == Scale::linear ? *rc::gen::element(-1.0, 1.0) : 1.0);
  const bool decades = *rc::gen::arbitrary<bool>();
  const auto [lo, hi] = nice_range(a, b, scale, {5, false, decades});
  RC_ASSERT(lo <= std::min(a, b));
  RC_ASSERT(hi >= std::max(a, b));
  RC_ASSERT(lo < hi);
  RC_ASSERT(std::isfinite(lo));
  RC_ASSERT(std::isfinite(hi));
  const auto again = nice_range(lo, hi, scale, {5, false, decades});
  RC_ASSERT(again.first == lo);
  RC_ASSERT(again.second == hi);
}

RC_GTEST_PROP(NiceRange, ALogRangeEndsAtDecades, ()) {
  const auto [lo, hi] = nice_range(any_size(), any_size(), Scale::log);
  RC_ASSERT(power_of_ten(decade_of(lo)) == lo);
  RC_ASSERT(hi == power_of_ten(decade_of(hi)) || hi == power_of_ten(309));
}

RC_GTEST_PROP(DecadeOf, IsTheLargestPowerNotAbove, ()) {
  const double v = any_size();
  const int k = decade_of(v);
  RC_ASSERT(power_of_ten(k) <= v);
  if (k < 308) RC_ASSERT(power_of_ten(k + 1) > v);
}

TEST(DecadeOf, IsExactAtPowers) {
  for (int k = -323; k <= 308; ++k) EXPECT_EQ(decade_of(power_of_ten(k)), k);
  EXPECT_EQ(decade_of(std::nextafter(1e-5, 0)), -6);
}

TEST(Ticks, ReadWell) {
  EXPECT_EQ(labels(0, 300, Scale::linear, {5, true}), (Labels{"0", "100", "200", "300"}));
  EXPECT_EQ(labels(0, 3, Scale::linear, {5, true}), (Labels{"0", "1", "2", "3"}));
  EXPECT_EQ(labels(0, 20000, Scale::linear), (Labels{"0", "5000", "10\u202f000", "15\u202f000", "20\u202f000"}));
  EXPECT_EQ(labels(0, 2e6, Scale::linear), (Labels{"0", "0.5·10⁶", "1.0·10⁶", "1.5·10⁶", "2.0·10⁶"}));
  EXPECT_EQ(labels(-1, 1, Scale::linear), (Labels{"−1.0", "−0.5", "0", "0.5", "1.0"}));
  EXPECT_EQ(labels(0, 4e-9, Scale::linear), (Labels{"0", "1·10⁻⁹", "2·10⁻⁹", "3·10⁻⁹", "4·10⁻⁹"}));
}

TEST(Ticks, DecadesThinOut) {
  EXPECT_EQ(labels(1e-3, 1, Scale::log), (Labels{"10⁻³", "10⁻²", "10⁻¹", "10⁰"}));
  EXPECT_EQ(labels(1e-16, 1e2, Scale::log), (Labels{"10⁻¹⁶", "10⁻¹²", "10⁻⁸", "10⁻⁴", "10⁰"}));
  EXPECT_EQ(labels(1, 10, Scale::log), (Labels{"1", "2", "5", "10"}));
  EXPECT_EQ(labels(3e-5, 8e-4, Scale::log), (Labels{"5·10⁻⁵", "10⁻⁴", "2·10⁻⁴", "5·10⁻⁴"}));
  EXPECT_EQ(labels(4, 4.1, Scale::log).size(), 6u) << "less than a decade is labelled linearly";
}

TEST(Ticks, MinorTicksFillFewDecades) {
  const auto ticks = make_ticks(1, 1000, Scale::log);
  EXPECT_EQ(ticks.size(), 28u);
  EXPECT_EQ(std::count_if(ticks.begin(), ticks.end(), [](const Tick& t) { return t.major; }), 4);
}

TEST(Ticks, NonsenseGivesNothing) {
  EXPECT_TRUE(make_ticks(NAN, 1, Scale::linear).empty());
  EXPECT_TRUE(make_ticks(0, INFINITY, Scale::linear).empty());
  EXPECT_TRUE(make_ticks(0, 1, Scale::log).empty());
  EXPECT_EQ(nice_range(NAN, 1, Scale::log), std::pair(0.1, 1.0));
  EXPECT_EQ(nice_range(0, 0, Scale::linear), std::pair(0.0, 1.0));
}

TEST(NiceRange, MovesInSteps) {
  EXPECT_EQ(nice_range(3e-5, 0.2, Scale::log), std::pair(1e-5, 1.0));
  EXPECT_EQ(nice_range(0.2, 4.7, Scale::log, {5, false, false}), std::pair(0.2, 5.0));
  EXPECT_EQ(nice_range(0.1, 9.3, Scale::linear), std::pair(0.0, 10.0));
  EXPECT_EQ(nice_range(1, 1 + 1e-15, Scale::linear), nice_range(1, 1, Scale::linear)) << "noise on a constant";
}

TEST(FormatValue, IsShort) {
  EXPECT_EQ(format_value(0.017), "1.7e−2");
  EXPECT_EQ(format_value(1.2e-16), "1.2e−16");
  EXPECT_EQ(format_value(3.2e-4), "3.2e−4");
  EXPECT_EQ(format_value(0), "0");
  EXPECT_EQ(format_value(-0.5), "−0.5");
  EXPECT_EQ(format_value(0.9802), "0.98");
  EXPECT_EQ(format_value(123.456), "123");
  EXPECT_EQ(format_value(20000), "20\u202f000");
  EXPECT_EQ(format_value(0.0999), "0.1");
  EXPECT_EQ(format_value(99999.9), "1e5");
  EXPECT_EQ(format_value(NAN), "nan");
  EXPECT_EQ(format_value(-INFINITY), "−∞");
  EXPECT_EQ(format_count(1234567), "1\u202f234\u202f567");
  EXPECT_EQ(format_superscript(-140), "⁻¹⁴⁰");
}

RC_GTEST_PROP(NameRoom, NamesNeverOverlapAndNoneIsLeftOutWithoutNeed, ()) {
  const auto places = *rc::gen::inRange<std::size_t>(1, 60);
  const double apart = *rc::gen::inRange(1, 200), widest = *rc::gen::inRange(1, 300), least = 44, gap = 8;
  const NameRoom names = name_room(places, apart, widest, gap, least);
  RC_ASSERT(names.every >= 1 && names.every <= places);
  RC_ASSERT(names.room + gap <= static_cast<double>(names.every) * apart || names.room == 0);
  if (names.every < places) RC_ASSERT(names.room >= std::min(widest, least));
  if (names.every > 1) RC_ASSERT(static_cast<double>(names.every - 1) * apart - gap < std::min(widest, least));
}

TEST(PlaceName, IsThatOfTheNearestPlace) {
  Axis axis{"map", Scale::linear, -0.5, 2.5, {{0, "rows"}, {1, "columns"}, {2, "shift"}}};
  EXPECT_EQ(place_name(axis, 1), std::nullopt) << "numbers are no names";
  axis.named = true;
  EXPECT_EQ(place_name(axis, 1.4), "columns");
  EXPECT_EQ(place_name(axis, -0.4), "rows");
  EXPECT_EQ(place_name(axis, 2.7), std::nullopt);
  EXPECT_DOUBLE_EQ(name_distance(axis), 1.0 / 3);
}

}  // namespace
}  // namespace kappa
