/// Decimation keeps every pixel column's ends, shows every spike and says what it could not draw.
#include "core/trace/decimate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/trace/column.hpp"
#include "tests/support/columns.hpp"

namespace kappa {
namespace {

using test::Points;

struct Filled {
  ChunkStore store{std::uint64_t{1} << 30};
  ChunkedColumn column{store};
  explicit Filled(const Points& points) {
    for (std::size_t i = 0; i < points.step.size(); ++i) column.append(points.step[i], points.value[i]);
  }
};

Points line(std::uint64_t n) {
  Points points;
  for (std::uint64_t i = 0; i < n; ++i) {
    points.step.push_back(i);
    points.value.push_back(1.0 + static_cast<double>(i));
  }
  return points;
}

bool drawable(double y, Scale scale) { return std::isfinite(y) && (scale == Scale::linear || y > 0); }

/// What must be drawn of one pixel column, found by looking at every point.
struct Brute {
  std::uint64_t points = 0;
  double lowest = HUGE_VAL, highest = -HUGE_VAL;
};

std::vector<Brute> brute_force(const std::vector<double>& x, const std::vector<double>& y, const Window& window) {
  std::vector<Brute> columns(window.pixel_columns);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!(x[i] >= window.x0 && x[i] <= window.x1)) continue;
    unsigned p = window.pixel_columns - 1;
    while (p > 0 && x[i] < window.edge(p)) --p;
    ++columns[p].points;
    if (!drawable(y[i], window.y_scale)) continue;
    columns[p].lowest = std::min(columns[p].lowest, y[i]);
    columns[p].highest = std::max(columns[p].highest, y[i]);
  }
  return columns;
}

void check(const Decimated& drawn, const std::vector<double>& x, const std::vector<double>& y, const Window& window) {
  const auto expected = brute_force(x, y, window);
  std::uint64_t points = 0;
  for (const Brute& column : expected) points += column.points;
  RC_ASSERT(drawn.points == points);
  RC_ASSERT(std::is_sorted(drawn.vertices.begin(), drawn.vertices.end(),
                           [](const Vertex& a, const Vertex& b) { return a.x < b.x; }));
  std::vector<double> vx, vy;
  for (const Vertex& vertex : drawn.vertices) {
    vx.push_back(vertex.x);
    vy.push_back(vertex.y);
    if (std::isnan(vertex.y)) continue;
    bool real = false;  // every vertex is a point that was recorded
    for (std::size_t i = 0; i < x.size() && !real; ++i) real = x[i] == vertex.x && y[i] == vertex.y;
    RC_ASSERT(real);
  }
  const auto seen = brute_force(vx, vy, window);
  for (unsigned p = 0; p < window.pixel_columns; ++p) {
    RC_ASSERT(seen[p].lowest == expected[p].lowest);
    RC_ASSERT(seen[p].highest == expected[p].highest);
    RC_ASSERT((seen[p].points > 0) == (expected[p].points > 0));  // at least a gap
    if (points > window.pixel_columns) {
      RC_ASSERT(seen[p].points <= 2u);
    } else {
      RC_ASSERT(seen[p].points == expected[p].points);
    }
  }
}

void check_undrawn(const Decimated& drawn, const std::vector<double>& x, const std::vector<double>& y,
                   const Window& window) {
  const auto kind_of = [&](double value) -> std::optional<MarkKind> {
    if (std::isnan(value)) return MarkKind::not_a_number;
    if (std::isinf(value)) return MarkKind::infinite;
    if (window.y_scale == Scale::log && value == 0) return MarkKind::zero;
    if (window.y_scale == Scale::log && value < 0) return MarkKind::negative;
    return std::nullopt;
  };
  const auto occurs_at = [&](MarkKind kind, double where) {
    for (std::size_t i = 0; i < x.size(); ++i)
      if (x[i] == where && kind_of(y[i]) == kind) return true;
    return false;
  };
  for (const Undrawn& undrawn : drawn.undrawn) {
    RC_ASSERT(undrawn.first <= undrawn.last);
    RC_ASSERT(occurs_at(undrawn.kind, undrawn.first));
    RC_ASSERT(occurs_at(undrawn.kind, undrawn.last));
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto kind = kind_of(y[i]);
    if (!kind || x[i] < window.x0 || x[i] > window.x1) continue;
    RC_ASSERT(std::any_of(drawn.undrawn.begin(), drawn.undrawn.end(), [&](const Undrawn& undrawn) {
      return undrawn.kind == *kind && undrawn.first <= x[i] && x[i] <= undrawn.last;
    }));
  }
}

Window any_window(double last) {
  Window window;
  window.x_scale = *rc::gen::element(Scale::linear, Scale::log);
  window.y_scale = *rc::gen::element(Scale::linear, Scale::log);
  const double a = last * *rc::gen::inRange(-20, 120) / 100.0, b = last * *rc::gen::inRange(-20, 120) / 100.0;
  window.x0 = std::min(a, b);
  window.x1 = std::max(a, b);
  if (window.x_scale == Scale::log) {
    window.x0 = std::max(window.x0, 0.5);
    window.x1 = std::max(window.x1, window.x0 + 1);
  }
  window.pixel_columns = *rc::gen::inRange(1u, 200u);
  return window;
}

RC_GTEST_PROP(Decimate, KeepsTheEndsOfEveryPixelColumn, ()) {
  const Points points = test::any_points(1, 2500);
  const Filled filled(points);
  const Window window = any_window(static_cast<double>(points.step.back()));
  const std::vector<double> x(points.step.begin(), points.step.end());
  const Decimated drawn = decimate(filled.column, window);
  check(drawn, x, points.value, window);
  check_undrawn(drawn, x, points.value, window);
}

RC_GTEST_PROP(Decimate, KeepsTheEndsOfACurvesPixelColumns, ()) {
  const Points points = test::any_points(1, 1500);
  const Window window = any_window(static_cast<double>(points.step.back()) / 7);
  std::vector<double> x;
  for (const auto step : points.step) x.push_back(static_cast<double>(step) / 7);
  Decimated drawn = decimate(x, points.value, window);
  // An x that has no place (0 on a logarithmic axis) is a gap, and not a point of the window.
  std::erase_if(drawn.vertices, [&](const Vertex& v) { return window.x_scale == Scale::log && !(v.x > 0); });
  check(drawn, x, points.value, window);
  check_undrawn(drawn, x, points.value, window);
}

TEST(Decimate, FewerPointsThanPixelsStayExact) {
  const Points points = line(40);
  const Filled filled(points);
  const Decimated drawn = decimate(filled.column, 0, 39, 100);
  ASSERT_EQ(drawn.vertices.size(), 40u);
  for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(drawn.vertices[i].y, points.value[i]);
  EXPECT_EQ(drawn.points, 40u);
}

TEST(Decimate, OneSpikeAmongAMillionIsKept) {
  ChunkStore store(std::uint64_t{1} << 30);
  ChunkedColumn column(store);
  for (std::uint64_t i = 0; i < 1'000'000; ++i) column.append(i, i == 654'321 ? 1e9 : 1.0 / static_cast<double>(i + 1));
  const Decimated drawn = decimate(column, 0, 1e6, 300);
  EXPECT_LE(drawn.vertices.size(), 600u);
  const auto spike = std::max_element(drawn.vertices.begin(), drawn.vertices.end(),
                                      [](const Vertex& a, const Vertex& b) { return a.y < b.y; });
  EXPECT_EQ(spike->y, 1e9);
  EXPECT_EQ(spike->x, 654'321);
}

TEST(Decimate, AWindowBetweenTwoPointsIsStillCrossed) {
  Points points;
  points.step = {0, 100};
  points.value = {1, 2};
  const Filled filled(points);
  const Decimated drawn = decimate(filled.column, 40.5, 60.5, 50);
  ASSERT_EQ(drawn.vertices.size(), 2u);
  EXPECT_EQ(drawn.vertices[0].x, 0);
  EXPECT_EQ(drawn.vertices[1].x, 100);
  EXPECT_EQ(drawn.points, 0u);
}

TEST(Decimate, OnePointBeyondEachSide) {
  const Filled filled(line(1000));
  const Decimated drawn = decimate(filled.column, 100, 200, 10);
  EXPECT_EQ(drawn.vertices.front().x, 99);
  EXPECT_EQ(drawn.vertices.back().x, 201);
  EXPECT_EQ(drawn.points, 101u);
}

TEST(Decimate, ARunThatTurnsNotANumberEndsInAGapAndAMark) {
  Points points = line(10'000);
  for (std::size_t i = 6000; i < 10'000; ++i) points.value[i] = std::nan("");
  const Filled filled(points);
  const Decimated drawn = decimate(filled.column, 0, 9999, 100);
  for (const Vertex& vertex : drawn.vertices) EXPECT_EQ(std::isnan(vertex.y), vertex.x >= 6000) << vertex.x;
  ASSERT_EQ(drawn.undrawn.size(), 1u);  // one stretch, not a mark for each of forty pixel columns
  EXPECT_EQ(drawn.undrawn[0].kind, MarkKind::not_a_number);
  EXPECT_EQ(drawn.undrawn[0].first, 6000);
  EXPECT_EQ(drawn.undrawn[0].last, 9999);
}

TEST(Decimate, AZeroMattersOnALogarithmicScaleOnly) {
  Points points = line(5000);
  points.value[1234] = 0;
  const Filled filled(points);
  EXPECT_TRUE(decimate(filled.column, 0, 4999, 100).undrawn.empty());
  const Decimated drawn = decimate(filled.column, 0, 4999, 100, Scale::linear, Scale::log);
  ASSERT_EQ(drawn.undrawn.size(), 1u);
  EXPECT_EQ(drawn.undrawn[0].kind, MarkKind::zero);
  EXPECT_EQ(drawn.undrawn[0].first, 1234);
  EXPECT_EQ(drawn.undrawn[0].last, 1234);
  for (const Vertex& vertex : drawn.vertices) EXPECT_GT(vertex.y, 0);
}

TEST(Decimate, ACurveThatTurnsBackKeepsItsOrder) {
  const std::vector<double> x{0, 5, 10, 5, 0}, y{0, 1, 2, 3, 4};
  const Decimated drawn = decimate(x, y, Window{0, 10, 100, {}, {}});
  ASSERT_EQ(drawn.vertices.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(drawn.vertices[i].y, y[i]);
}

TEST(Decimate, AWindowWithoutWidthOrPixels) {
  const Filled filled(line(10));
  EXPECT_EQ(decimate(filled.column, 3, 3, 10).points, 1u);
  EXPECT_EQ(
      decimate(std::vector<double>{3, 3, 3}, std::vector<double>{1, 2, 3}, Window{3, 3, 1, {}, {}}).vertices.size(),
      2u);
  EXPECT_TRUE(decimate(filled.column, 0, 9, 0).vertices.empty());
  EXPECT_TRUE(decimate(filled.column, 9, 0, 10).vertices.empty());
  EXPECT_TRUE(decimate(filled.column, 0, 9, 10, Scale::log).vertices.empty());
}

}  // namespace
}  // namespace kappa
