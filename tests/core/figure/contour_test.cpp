/// Level lines lie on the level, close around a bowl, and avoid holes.
#include "core/figure/contour.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

namespace kappa {
namespace {

template <class F>
Grid grid_over(double lo, double hi, std::size_t n, F&& f) {
  Grid grid;
  for (std::size_t i = 0; i < n; ++i)
    grid.x.push_back(lo + (hi - lo) * static_cast<double>(i) / static_cast<double>(n - 1));
  grid.y = grid.x;
  for (double y : grid.y)
    for (double x : grid.x) grid.values.push_back(f(x, y));
  return grid;
}

TEST(LevelSegments, AreExactOnAPlane) {
  const Grid grid = grid_over(0, 1, 5, [](double x, double y) { return 2 * x + y; });
  const auto segments = level_segments(grid, 1.3);
  ASSERT_FALSE(segments.empty());
  for (const Vertex& v : segments) EXPECT_NEAR(2 * v.x + v.y, 1.3, 1e-12);
}

TEST(LevelSegments, CloseAroundABowl) {
  const Grid grid = grid_over(-2, 2, 41, [](double x, double y) { return x * x + y * y; });
  const auto segments = level_segments(grid, 1.713);
  std::map<std::pair<long, long>, int> ends;
  for (const Vertex& v : segments) {
    EXPECT_NEAR(std::hypot(v.x, v.y), std::sqrt(1.713), 0.01);
    ++ends[{std::lround(v.x * 1e6), std::lround(v.y * 1e6)}];
  }
  for (const auto& [end, count] : ends) EXPECT_EQ(count, 2) << "every end meets exactly one other";
}

TEST(LevelSegments, SaddlesGiveTwoPieces) {
  const Grid grid{{0, 1}, {0, 1}, {1, 0, 0, 1}};
  EXPECT_EQ(level_segments(grid, 0.4).size(), 4u);
  EXPECT_EQ(level_segments(grid, 0.6).size(), 4u);
}

TEST(LevelSegments, HolesStayEmpty) {
  const Grid grid{{0, 1}, {0, 1}, {0, 1, NAN, 1}};
  EXPECT_TRUE(level_segments(grid, 0.5).empty());
}

RC_GTEST_PROP(LevelSegments, EveryEndLiesBetweenTwoNeighbours, ()) {
  Grid grid = grid_over(0, 4, 5, [](double, double) { return 0.0; });
  for (double& v : grid.values) v = *rc::gen::inRange(-50, 50);
  const double level = *rc::gen::inRange(-40, 40) + 0.5;
  const auto segments = level_segments(grid, level);
  RC_ASSERT(segments.size() % 2 == 0u);
  for (const Vertex& v : segments) {
    const bool on_column = v.x == std::floor(v.x), on_row = v.y == std::floor(v.y);
    RC_ASSERT(on_column || on_row);
    const auto c = static_cast<std::size_t>(v.x), r = static_cast<std::size_t>(v.y);
    const double part = on_row ? v.x - std::floor(v.x) : v.y - std::floor(v.y);
    const double a = grid.at(r, c),
                 b = on_row ? grid.at(r, std::min<std::size_t>(c + 1, 4)) : grid.at(std::min<std::size_t>(r + 1, 4), c);
    RC_ASSERT(std::abs(a + (b - a) * part - level) < 1e-9);
  }
}

/// Area inside one outline by the even-odd rule, less the holes in it.
double area_of(const std::vector<Vertex>& outlines) {
  double outer = 0, all = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < outlines.size(); ++i) {
    if (std::isfinite(outlines[i].y)) continue;
    double one = 0;
    for (std::size_t j = begin; j < i; ++j) {
      const Vertex &a = outlines[j], &b = outlines[j + 1 == i ? begin : j + 1];
      one += (a.x * b.y - b.x * a.y) / 2;
    }
    all += std::abs(one);
    outer = std::max(outer, std::abs(one));
    begin = i + 1;
  }
  return outer - (all - outer);
}

TEST(LevelRegion, IsWhatLiesAboveTheLevel) {
  const Grid bowl = grid_over(-2, 2, 81, [](double x, double y) { return x * x + y * y; });
  EXPECT_NEAR(area_of(level_region(bowl, 1)), 16 - M_PI, 0.02) << "the square without its middle";
  const Grid hill = grid_over(-2, 2, 81, [](double x, double y) { return -x * x - y * y; });
  EXPECT_NEAR(area_of(level_region(hill, -1)), M_PI, 0.02);
  EXPECT_NEAR(area_of(level_region(bowl, -1)), 16, 1e-12) << "everything";
  EXPECT_TRUE(level_region(bowl, 100).empty());
  EXPECT_TRUE(level_region(Grid{}, 0).empty());
}

TEST(LevelRegion, HolesCountAsBelow) {
  Grid grid = grid_over(0, 4, 5, [](double, double) { return 1.0; });
  grid.values[12] = NAN;
  EXPECT_NEAR(area_of(level_region(grid, 0)), 16 - 2, 1e-12) << "a diamond around the hole";
}

RC_GTEST_PROP(LevelRegion, EveryOutlineClosesWhateverTheGrid, ()) {
  Grid grid = grid_over(0, 5, 6, [](double, double) { return 0.0; });
  for (double& v : grid.values)
    v = *rc::gen::element(-3.0, -1.0, 0.0, 1.0, 2.0, 1e300, static_cast<double>(INFINITY), static_cast<double>(NAN));
  const auto outlines = level_region(grid, 0.5);
  RC_ASSERT(outlines.empty() || std::isnan(outlines.back().y));
  for (const Vertex& v : outlines)
    if (std::isfinite(v.y)) RC_ASSERT(v.x >= 0 && v.x <= 5 && v.y >= 0 && v.y <= 5);
}

TEST(LandscapeLevels, ShowTheValleyAsWellAsTheSlopes) {
  const Grid grid =
      grid_over(-2, 2, 60, [](double x, double y) { return 100 * std::pow(y - x * x, 2) + std::pow(1 - x, 2); });
  const auto levels = landscape_levels(grid, 0, 12);
  EXPECT_EQ(levels.size(), 12u);
  EXPECT_LT(levels.front().value, 1);
  EXPECT_GT(levels.back().value, 500);
  for (std::size_t i = 1; i < levels.size(); ++i) EXPECT_GT(levels[i].value, levels[i - 1].value);
}

TEST(LandscapeLevels, AFlatOrEmptyGridHasNone) {
  EXPECT_TRUE(landscape_levels(grid_over(0, 1, 3, [](double, double) { return 1.0; }), 0).empty());
  EXPECT_TRUE(landscape_levels(Grid{}, 0).empty());
}

}  // namespace
}  // namespace kappa
