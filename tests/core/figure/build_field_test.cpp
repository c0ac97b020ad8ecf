/// Fields become heat maps where their coordinates say.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

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

std::vector<FieldCell> two_cells(double left, double right, std::uint64_t step = 0) {
  return {{step, 0, 0, 0, 0, left}, {step, 0, 1, 1, 0, right}};
}

TEST(BuildHeat, ShowsTheMedianOfItsRepeats) {
  Recorder r;
  const double nan = test::nan;
  r.field("grid", "phase", two_cells(3, 1), 0, 3);
  r.field("grid", "phase", two_cells(1, nan), 1, 3);
  r.field("grid", "phase", two_cells(2, nan), 2, 3);
  const FigureSpec spec{.id = "phase", .form = FigureForm::heat};
  const Figure figure = build_figure(spec, r.trace, {});
  EXPECT_EQ(figure.heats.at(0).values, (std::vector<double>{2, test::inf})) << "NaN is worse than any number";
  EXPECT_EQ(figure.state, "median of 3, 2 of 2 cells");
  EXPECT_EQ(figure.heats[0].label, "grid · median of 3");
  EXPECT_NE(figure.sentence.find("median of 3 repeats"), std::string::npos);
}

TEST(BuildHeat, ACellThatARepeatHasNotRecordedIsTheOthersAffair) {
  Recorder r;
  r.field("grid", "phase", {{0, 0, 1, 1, 0, 5}}, 0, 2);
  r.field("grid", "phase", {{0, 0, 1, 1, 0, 7}}, 1, 2);
  const Figure figure = build_figure({.id = "phase", .form = FigureForm::heat}, r.trace, {});
  EXPECT_TRUE(std::isnan(figure.heats.at(0).values[0]));
  EXPECT_EQ(figure.heats.at(0).values[1], 6);
}

TEST(BuildHeat, MapsOfOtherPlacesAreNoRepeatsOfTheFirst) {
  Recorder r;
  r.field("grid", "phase", two_cells(test::nan, 1), 0, 2);
  r.field("grid", "phase", {{0, 0, 0, 0, 0, 9}, {0, 0, 1, 4, 0, 9}}, 1, 2);
  const Figure figure = build_figure({.id = "phase", .form = FigureForm::heat}, r.trace, {});
  EXPECT_TRUE(std::isnan(figure.heats.at(0).values[0])) << "as it was recorded";
  EXPECT_EQ(figure.heats.at(0).values[1], 1);
  EXPECT_EQ(figure.state, "1 of 2 cells");
}

TEST(BuildHeat, RepeatsMeetAtTheStepToWhichAllHaveCome) {
  Recorder r;
  for (const std::uint64_t step : {10, 20}) r.field("grid", "phase", two_cells(step, step, step), 0, 3);
  r.field("grid", "phase", two_cells(20, 30, 10), 1, 3);
  const FigureSpec spec{.id = "phase", .form = FigureForm::heat};
  const Figure figure = build_figure(spec, r.trace, {});
  EXPECT_EQ(figure.heats.at(0).values, (std::vector<double>{15, 20}));
  EXPECT_EQ(figure.state, "median of 2, step 10") << "the third has not begun";
}

TEST(BuildHeat, AVerticalStandsOverTheWholeMap) {
  Recorder r;
  r.field("grid", "phase", {{0, 0, 0, 0, 0, 1}, {0, 1, 0, 0, 1, 2}, {0, 0, 1, 1, 0, 3}, {0, 1, 1, 1, 1, 4}});
  r.vertical("grid", "phase", "threshold", TheoryKind::exact, 1);
  const Figure figure = build_figure({.id = "phase", .form = FigureForm::heat}, r.trace, {});
  ASSERT_EQ(figure.curves.size(), 1u);
  EXPECT_TRUE(figure.curves[0].upright);
  EXPECT_EQ(figure.curves[0].vertices.front().y, figure.y.lo);
  EXPECT_EQ(figure.curves[0].vertices.back().y, figure.y.hi);
}

}  // namespace
}  // namespace kappa
