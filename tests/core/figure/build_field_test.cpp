/// Fields become heat maps where their coordinates say.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/figure/build.hpp"
#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

using test::Recorder;

TEST(BuildHeat, PutsCellsWhereTheirCoordinatesSay) {
  Recorder r;
  std::vector<FieldCell> cells;
  for (std::uint32_t row = 0; row < 2; ++row)
    for (std::uint32_t col = 0; col < 3; ++col)
      if (row + col != 3) cells.push_back({0, row, col, std::pow(10, col), 1.0 + row, 10.0 * row + col});
  r.field("grid", "phase", cells);
  const FigureSpec spec{.id = "phase", .form = FigureForm::heat, .x_scale = Scale::log};
  const Figure figure = build_figure(spec, r.trace, {});
  const Heat& heat = figure.heats.at(0);
  EXPECT_EQ(heat.rows, 2u);
  EXPECT_EQ(heat.cols, 3u);
  EXPECT_EQ(heat.values[4], 11);
  EXPECT_TRUE(std::isnan(heat.values[5]));
  EXPECT_NEAR(heat.x0, std::pow(10, -0.5), 1e-9);
  EXPECT_NEAR(heat.x1, std::pow(10, 2.5), 1e-6);
  EXPECT_DOUBLE_EQ(heat.y0, 0.5);
  EXPECT_EQ(figure.state, "5 of 6 cells");
}

TEST(BuildHeat, ShowsTheFieldAsOfAStep) {
  Recorder r;
  r.field("grid", "phase", {{0, 0, 0, 0, 0, 1}, {10, 0, 0, 0, 0, 2}});
  FigureOptions options;
  options.at_step = 5;
  const FigureSpec spec{.id = "phase", .form = FigureForm::heat};
  EXPECT_EQ(build_figure(spec, r.trace, options).heats.at(0).values[0], 1);
  EXPECT_EQ(build_figure(spec, r.trace, {}).heats.at(0).values[0], 2);
}

}  // namespace
}  // namespace kappa
