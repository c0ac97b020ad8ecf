/// Columns against brute force: what goes in comes out, extents and searches agree, steps cost nothing when regular.
#include "core/trace/column.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>
#include <vector>

#include "tests/support/columns.hpp"
#include "tests/support/scratch.hpp"

namespace kappa {
namespace {

using test::Points;

void fill(ChunkedColumn& column, const Points& points) {
  for (std::size_t i = 0; i < points.step.size(); ++i) column.append(points.step[i], points.value[i]);
}

Extent brute_extent(const Points& points, std::uint64_t first, std::uint64_t last) {
  Extent sum;
  for (std::uint64_t i = first; i < last; ++i) sum.add(points.value[i]);
  return sum;
}

TEST(Extent, KeepsWhatItSaw) {
  Extent extent;
  for (const double value : {3.0, -2.0, 0.0, 0.5, HUGE_VAL, std::nan("")}) extent.add(value);
  EXPECT_EQ(extent.lo, -2);
  EXPECT_EQ(extent.hi, 3);
  EXPECT_EQ(extent.positive, 0.5);
  EXPECT_TRUE(extent.finite && extent.has_positive && extent.has_zero && extent.has_negative && extent.has_nan &&
              extent.has_infinite);
  Extent nothing;
  nothing.add(-HUGE_VAL);
  EXPECT_TRUE(nothing.has_infinite);
  EXPECT_FALSE(nothing.finite || nothing.has_negative || nothing.has_positive);
}

TEST(ChunkPlace, CoversEveryElementOnce) {
  std::uint64_t element = 0;
  for (std::uint64_t chunk = 0; chunk < 14; ++chunk) {
    ASSERT_EQ(chunk_start(chunk), element);
    for (const std::uint64_t offset : {std::uint64_t{0}, chunk_length(chunk) - 1}) {
      ASSERT_EQ(chunk_place(element + offset).chunk, chunk);
      ASSERT_EQ(chunk_place(element + offset).offset, offset);
    }
    element += chunk_length(chunk);
  }
}

RC_GTEST_PROP(ChunkedColumn, AgreesWithBruteForce, ()) {
  const Points points = test::any_points(0, 6000);
  const std::uint64_t n = points.step.size();
  ChunkStore store(std::uint64_t{1} << 30);
  ChunkedColumn column(store);
  fill(column, points);
  RC_ASSERT(column.size() == n);
  for (std::uint64_t i = 0; i < n; ++i) {
    RC_ASSERT(column.step(i) == points.step[i]);
    RC_ASSERT(test::same(column.value(i), points.value[i]));
  }
  for (int k = 0; k < 20; ++k) {
    const auto first = *rc::gen::inRange<std::uint64_t>(0, n + 1),
               last = *rc::gen::inRange<std::uint64_t>(first, n + 1);
    const Extent extent = brute_extent(points, first, last);
    RC_ASSERT(test::same(column.extent(first, last), extent));
    const auto step = *rc::gen::inRange<std::uint64_t>(0, n == 0 ? 5 : points.step.back() + 5);
    const auto bound = std::lower_bound(points.step.begin(), points.step.end(), step) - points.step.begin();
    RC_ASSERT(column.lower_bound(step) == static_cast<std::uint64_t>(bound));
    const std::pair<Feature, double> wanted[] = {
        {Feature::lowest, extent.lo}, {Feature::highest, extent.hi}, {Feature::lowest_positive, extent.positive},
        {Feature::zero, 0},           {Feature::negative, 0},        {Feature::not_a_number, 0},
        {Feature::infinite, 0}};
    for (const auto& [feature, value] : wanted) {
      std::uint64_t expected = first;
      while (expected < last && !has(brute_extent(points, expected, expected + 1), feature, value)) ++expected;
      RC_ASSERT(column.find(first, last, feature, value) == expected);
      RC_ASSERT(column.Column::find(first, last, feature, value) == expected);
    }
  }
}

/// The first point at each end of each range, against every point of it; `column` by its pyramid, the base by
/// searching.
void check_extremes(const ChunkedColumn& column, const Points& points, const std::vector<std::uint64_t>& bounds) {
  const std::vector<Extremes> found = column.extremes(bounds), searched = column.Column::extremes(bounds);
  ASSERT_EQ(found.size(), bounds.size() - 1);
  ASSERT_EQ(searched.size(), found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::uint64_t first = bounds[i], last = bounds[i + 1];
    const Extent extent = brute_extent(points, first, last);
    const auto first_where = [&](double wanted) {
      std::uint64_t at = first;
      while (points.value[at] != wanted) ++at;
      return at;
    };
    for (const Extremes& one : {found[i], searched[i]}) {
      ASSERT_TRUE(test::same(one.extent, extent));
      if (extent.finite) {
        ASSERT_EQ(one.lowest, first_where(extent.lo));
        ASSERT_EQ(one.highest, first_where(extent.hi));
      }
      if (extent.has_positive) {
        ASSERT_EQ(one.lowest_positive, first_where(extent.positive));
      }
    }
  }
}

RC_GTEST_PROP(ChunkedColumn, TheEndsOfRangesAreTheirFirstPointsThere, ()) {
  Points points = test::any_points(0, 6000);
  if (*rc::gen::arbitrary<bool>())  // ties
    for (double& v : points.value) v = std::isfinite(v) ? std::round(std::log(std::abs(v) + 1e-300)) : v;
  const std::uint64_t n = points.step.size();
  ChunkStore store(std::uint64_t{1} << 30);
  ChunkedColumn column(store);
  fill(column, points);
  std::vector<std::uint64_t> bounds{0, n};
  for (auto k = *rc::gen::inRange(0, 40); k > 0; --k) bounds.push_back(*rc::gen::inRange<std::uint64_t>(0, n + 1));
  std::sort(bounds.begin(), bounds.end());
  check_extremes(column, points, bounds);
}

TEST(ChunkedColumn, ExtentsOfALongColumnReachEveryLevel) {
  ChunkStore store(std::uint64_t{1} << 30);
  ChunkedColumn column(store);
  const std::uint64_t n = 1'200'000;  // over 32^4, so four levels and part of a fifth
  for (std::uint64_t i = 0; i < n; ++i) column.append(i * 10, i == 777'777 ? -5.0 : static_cast<double>(i % 1000 + 1));
  EXPECT_EQ(column.extent(0, n).lo, -5);
  EXPECT_EQ(column.extent(0, 777'777).lo, 1);
  EXPECT_EQ(column.extent(777'778, n).lo, 1);
  EXPECT_EQ(column.extent(777'777, 777'778).hi, -5);
  EXPECT_EQ(column.find(0, n, Feature::negative, 0), 777'777u);
  EXPECT_EQ(column.find(3, n - 3, Feature::lowest, -5), 777'777u);
  EXPECT_EQ(column.lower_bound(7'777'765), 777'777u);
  EXPECT_EQ(column.lower_bound(UINT64_MAX), n);
}

TEST(ChunkedColumn, RegularStepsTakeNoMemory) {
  ChunkStore regular(std::uint64_t{1} << 30), irregular(std::uint64_t{1} << 30);
  ChunkedColumn even(regular), uneven(irregular);
  const std::uint64_t n = doubling_total + largest_chunk;  // chunks exactly full
  for (std::uint64_t i = 0; i < n; ++i) {
    even.append(5 * i, 1.0);
    uneven.append(i * i, 1.0);
  }
  EXPECT_EQ(regular.resident(), n * 8);
  EXPECT_EQ(irregular.resident(), n * 16);
}

/// Ranges long enough that points, groups and groups of groups take part on both sides.
TEST(ChunkedColumn, LongRangesAgreeWithEveryPointOfThem) {
  ChunkStore store(std::uint64_t{1} << 30);
  ChunkedColumn column(store);
  const std::uint64_t n = 200'000;
  Points points;
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> any(-1, 3);
  for (std::uint64_t i = 0; i < n; ++i) {
    double value = any(random);
    if (i % 7001 == 3) value = std::nan("");
    if (i % 9001 == 4) value = i % 2 ? HUGE_VAL : -HUGE_VAL;
    if (i % 5003 == 5) value = 0;
    points.step.push_back(i);
    points.value.push_back(value);
    column.append(i, value);
  }
  for (int k = 0; k < 200; ++k) {
    std::uint64_t first = random() % n, last = random() % n;
    if (first > last) std::swap(first, last);
    const Extent extent = column.extent(first, last);
    ASSERT_TRUE(test::same(extent, brute_extent(points, first, last))) << first << " " << last;
    const std::pair<Feature, double> features[] = {
        {Feature::lowest, extent.lo}, {Feature::highest, extent.hi}, {Feature::lowest_positive, extent.positive},
        {Feature::zero, 0},           {Feature::not_a_number, 0},    {Feature::infinite, 0}};
    for (const auto& [feature, value] : features) {
      std::uint64_t expected = first;
      while (expected < last && !has(brute_extent(points, expected, expected + 1), feature, value)) ++expected;
      ASSERT_EQ(column.find(first, last, feature, value), expected) << first << " " << last;
    }
    check_extremes(column, points, {first, first + (last - first) / 3, last});
  }
}

RC_GTEST_PROP(ChunkedColumn, APastBudgetLosesNothing, ()) {
  const Points points = test::any_points(3000, 12000);
  ChunkStore store(8192);
  ChunkedColumn column(store);
  fill(column, points);
  RC_ASSERT(store.on_file() > 0u);
  for (std::size_t i = 0; i < points.step.size(); ++i) {
    RC_ASSERT(column.step(i) == points.step[i]);
    RC_ASSERT(test::same(column.value(i), points.value[i]));
  }
}

TEST(ChunkStore, StaysInMemoryWhereNoFileCanBeWritten) {
  const test::ScratchDirectory scratch;
  ChunkStore store(4096, scratch / "not-there");
  ChunkedColumn column(store);
  for (std::uint64_t i = 0; i < 20'000; ++i) column.append(i, static_cast<double>(i));
  EXPECT_EQ(store.on_file(), 0u);
  EXPECT_GE(store.resident(), 20'000u * 8);
  for (std::uint64_t i = 0; i < 20'000; ++i) ASSERT_EQ(column.value(i), static_cast<double>(i));
}

TEST(ChunkStore, LeavesNoFileBehind) {
  const test::ScratchDirectory scratch;
  ChunkStore store(4096, scratch.path());
  ChunkedColumn column(store);
  for (std::uint64_t i = 0; i < 20'000; ++i) column.append(i, 1.0);
  EXPECT_GT(store.on_file(), 0u);
  EXPECT_TRUE(std::filesystem::is_empty(scratch.path()));
}

/// A reader that looks at everything, again and again, while the writer appends and chunks move to the file.
TEST(ChunkedColumn, CanBeReadWhileItGrowsAndMovesToTheFile) {
  ChunkStore store(64 << 10);
  ChunkedColumn column(store);
  const std::uint64_t n = 400'000;
  const auto step_of = [](std::uint64_t i) { return i + (i > 150'000 ? i / 1000 : 0); };
  std::jthread writer([&] {
    for (std::uint64_t i = 0; i < n; ++i) column.append(step_of(i), static_cast<double>(i + 1));
  });
  std::uint64_t seen = 0, wrong = 0, rounds = 0;
  while (seen < n) {
    const std::uint64_t size = column.size();
    wrong += size < seen;
    seen = size;
    if (size == 0) continue;
    for (std::uint64_t i = rounds++ % 97; i < size; i += 97)
      wrong += column.value(i) != static_cast<double>(i + 1) || column.step(i) != step_of(i);
    const Extent extent = column.extent(size / 3, size);
    wrong += extent.lo != static_cast<double>(size / 3 + 1) || extent.hi != static_cast<double>(size);
    wrong += column.lower_bound(step_of(size - 1)) != size - 1;
  }
  EXPECT_EQ(wrong, 0u);
  EXPECT_GT(store.on_file(), 0u);
}

}  // namespace
}  // namespace kappa
