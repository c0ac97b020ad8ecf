/// Paths over level lines: which runs share a landscape, where the frame is, and what is said of the plane.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/figure/build.hpp"
#include "core/figure/plane.hpp"
#include "core/figure/svg.hpp"
#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

using test::Recorder;

const FigureSpec spec{.id = "path", .title = "Landscape", .form = FigureForm::plane};

std::vector<FieldCell> bowl(double narrow) {
  std::vector<FieldCell> cells;
  for (std::uint32_t r = 0; r < 21; ++r)
    for (std::uint32_t c = 0; c < 21; ++c) {
      const double x = -1 + 0.1 * c, y = -1 + 0.1 * r;
      cells.push_back({0, r, c, x, y, x * x + narrow * y * y});
    }
  return cells;
}

void on_plane(Recorder& r, const std::string& run, double first, PlaneKind kind = PlaneKind::own) {
  r.field(run, "plane", {{0, static_cast<std::uint32_t>(kind), 21, 0.5, 0.5, first}});
  r.field(run, "path", {{0, 0, 0, 0.5, 0.5, 2}, {1, 1, 0, 0.1, -0.2, 1}});
}

TEST(BuildPlane, DrawsLevelsPathsAndTheOptimum) {
  const Figure figure = test::all_figures()[9];
  EXPECT_GE(figure.levels.size(), 8u);
  ASSERT_EQ(figure.paths.size(), 1u);
  ASSERT_EQ(figure.points.size(), 1u);
  EXPECT_EQ(figure.points[0].label, "optimum");
  EXPECT_TRUE(figure.equal_aspect);
  EXPECT_EQ(figure.state, "step 29");
  EXPECT_FALSE(figure.at_moment);
  for (const Level& level : figure.levels) EXPECT_FALSE(level.region.empty());
}

TEST(BuildPlane, APathEndsAtTheStepShown) {
  Recorder r;
  r.field("GD", "path", {{0, 0, 0, 0, 0, 5}, {1, 0, 0, 1, 0, 4}, {2, 0, 0, 2, 1, 3}});
  FigureOptions options;
  options.at_step = 1;
  const Figure figure = build_figure(spec, r.trace, options);
  EXPECT_EQ(figure.paths[0].vertices.size(), 2u);
  EXPECT_EQ(figure.x.hi, 2) << "the frame is that of the whole path";
  EXPECT_TRUE(figure.at_moment);
}

TEST(BuildPlane, OnlyRunsOfTheSameLandscapeShareIt) {
  Recorder r;
  on_plane(r, "A", 0);
  on_plane(r, "B", 0);
  on_plane(r, "C", 2);
  r.field("A", "landscape", bowl(1));
  r.field("C", "landscape", bowl(9));
  const Figure first = build_figure(spec, r.trace, {});
  ASSERT_EQ(first.paths.size(), 2u);
  EXPECT_EQ(first.paths[1].label, "B");
  EXPECT_NE(first.note.find("1 run has another landscape"), std::string::npos) << first.note;
  FigureOptions chosen;
  chosen.chosen_run = "C";
  const Figure other = build_figure(spec, r.trace, chosen);
  ASSERT_EQ(other.paths.size(), 1u);
  EXPECT_EQ(other.paths[0].label, "C");
  EXPECT_NE(other.levels.back().value, first.levels.back().value);
}

TEST(BuildPlane, AHiddenRunLendsItsLandscape) {
  Recorder r;
  on_plane(r, "A", 0);
  on_plane(r, "B", 0);
  r.field("A", "landscape", bowl(1));
  FigureOptions options;
  options.hidden = {"A"};
  const Figure figure = build_figure(spec, r.trace, options);
  ASSERT_EQ(figure.paths.size(), 1u);
  EXPECT_FALSE(figure.levels.empty());
}

TEST(BuildPlane, ASliceSaysWhatItsDirectionsAre) {
  Recorder r;
  on_plane(r, "A", 0, PlaneKind::extreme);
  r.field("A", "landscape", bowl(4));
  const Figure figure = build_figure(spec, r.trace, {});
  EXPECT_EQ(figure.title, "Landscape: the two extreme directions");
  EXPECT_EQ(figure.x.label, "least curvature");
  EXPECT_FALSE(figure.equal_aspect) << "the directions have units of their own";
}

TEST(BuildPlane, APathThatFliesOffForGoodEndsThere) {
  Recorder r;
  r.field("A", "plane", {{0, 0, 21, 1, 1, 0}, {0, 0, 21, -2, -2, 0}, {0, 0, 21, 2, 2, 0}});
  std::vector<FieldCell> cells;
  for (std::uint32_t t = 0; t < 20; ++t) cells.push_back({t, t, 0, 0.1, std::pow(-1.5, t), 1});
  r.field("A", "path", cells);
  const Figure figure = build_figure(spec, r.trace, {});
  ASSERT_EQ(figure.paths.size(), 1u);
  EXPECT_LT(figure.paths[0].vertices.size(), 8u);
  EXPECT_GT(std::abs(figure.paths[0].vertices.back().y), 6) << "it is seen to leave";
  EXPECT_EQ(figure.note, "A has left the picture.");
  EXPECT_EQ(figure.y.hi, 2) << "and takes the frame with it by no means";
}

TEST(BuildPlane, HiddenRunsStayInTheLegendUnlessTheirLandscapeIsAnother) {
  Recorder r;
  on_plane(r, "A", 0);
  on_plane(r, "B", 0);
  on_plane(r, "C", 2);
  r.field("A", "landscape", bowl(1));
  FigureOptions options;
  options.hidden = {"A", "C"};
  options.list_hidden = true;
  const Figure figure = build_figure(spec, r.trace, options);
  ASSERT_EQ(figure.legend.size(), 2u);
  EXPECT_EQ(figure.legend[0].run, "A");
  EXPECT_TRUE(figure.legend[0].hidden);
  EXPECT_FALSE(figure.legend[1].hidden);
  options.hidden = {"A", "B", "C"};
  const Figure none = build_figure(spec, r.trace, options);
  EXPECT_EQ(none.legend.size(), 2u);
  EXPECT_FALSE(none.levels.empty()) << "the landscape stays";
  EXPECT_TRUE(none.paths.empty());
  options.list_hidden = false;
  EXPECT_TRUE(build_figure(spec, r.trace, options).legend.empty());
}

/// A bowl of which one run zig-zags close to the valley and the other swings four times as wide as it starts.
void swing(Recorder& r, std::uint64_t steps) {
  const std::vector<FieldCell> frame{{0, 1, 21, -1, 1, 0}, {0, 1, 21, -1.3, -3.9, 0}, {0, 1, 21, 1.3, 3.9, 0}};
  r.field("zig-zag", "plane", frame);
  r.field("swing", "plane", frame);
  r.field("zig-zag", "optimum", {{0, 0, 0, 0, 0, 0}});
  for (std::uint64_t t = 0; t <= steps; ++t) {
    const double s = static_cast<double>(t), x = -std::exp(-s / 40);
    r.field("zig-zag", "path", {{t, 0, 0, x, std::pow(-0.98, s), 1}});
    r.field("swing", "path", {{t, 0, 0, x, 3.8 * std::cos(1.9 * s) * std::exp(-s / 12), 1}});
  }
}

TEST(BuildPlane, TheStartAndTheOptimumFrameABowlNotTheWidestSwing) {
  Recorder r;
  swing(r, 300);
  FigureOptions options = test::over(300);
  const Figure figure = build_figure(spec, r.trace, options);
  EXPECT_LE(figure.y.hi, 2);
  EXPECT_GE(figure.y.lo, -2);
  EXPECT_GE(figure.y.hi, 1.2) << "the start lies well inside";
  EXPECT_LT(figure.x.lo, -1.2);
  EXPECT_LT(figure.x.hi, 0.8) << "nothing comes from that side";
  int up = 0, down = 0;
  for (const Mark& mark : figure.marks) {
    EXPECT_EQ(mark.kind, MarkKind::below);
    EXPECT_EQ(mark.text.find("swing is off the picture here, as far as"), 0u) << mark.text;
    up += outward(mark, figure).y > 0, down += outward(mark, figure).y < 0;
  }
  EXPECT_EQ(up, 1);
  EXPECT_EQ(down, 1);
  options.x_range = Interval{-1, 0};
  EXPECT_TRUE(build_figure(spec, r.trace, options).marks.empty()) << "a zoom is meant to leave things out";
}

TEST(BuildPlane, TheFrameOfABowlStandsStillWhileTheRunsGoOn) {
  double before = 0;
  for (std::uint64_t t : {0, 1, 5, 20, 60, 150, 300}) {
    Recorder r;
    swing(r, t);
    const Figure figure = build_figure(spec, r.trace, test::over(300));
    if (before > 0) {
      EXPECT_EQ(figure.y.hi, before) << "by step " << t;
    }
    before = figure.y.hi;
  }
  Recorder few;
  swing(few, 20);
  EXPECT_GT(build_figure(spec, few.trace, test::over(20)).y.hi, 2) << "a swing that takes most of the steps is shown";
}

TEST(BuildPlane, AVeryLongPathIsDrawnOnlyWhereItIsNew) {
  Recorder r;
  std::vector<FieldCell> cells;
  for (std::uint32_t t = 0; t < 400000; ++t) {
    const double s = t;
    cells.push_back({t, t, 0, std::sin(12.9898 * s) * std::cos(0.37 * s), std::sin(78.233 * s), 1});
  }
  cells.push_back({400000, 400000, 0, 0.25, 0.125, 1});
  r.field("noise", "path", cells);
  const Figure figure = build_figure(spec, r.trace, test::over(400000));
  ASSERT_EQ(figure.paths.size(), 1u);
  const auto& path = figure.paths[0].vertices;
  EXPECT_LT(path.size(), 100000u);
  EXPECT_EQ(path.front().x, cells.front().x);
  EXPECT_EQ(path.back().x, 0.25);
  EXPECT_LT(write_svg(figure).size(), 2000000u);
  EXPECT_NE(write_svg(figure).find("<!-- Paths leave out"), std::string::npos);
}

TEST(BuildPlane, WithoutAValueToDrawItSaysSo) {
  Recorder r;
  r.field("A", "plane", {{0, 2, 0, 0.5, 0.5, 0}});
  r.field("A", "path", {{0, 0, 0, 0.5, 0.5, 2}, {1, 1, 0, 0.1, -0.2, 1}});
  const Figure figure = build_figure(spec, r.trace, {});
  EXPECT_TRUE(figure.levels.empty());
  EXPECT_NE(figure.note.find("No level lines"), std::string::npos) << figure.note;
}

TEST(BuildPlane, TheLowestPointStandsForAnUnknownOptimum) {
  Recorder r;
  on_plane(r, "A", 0);
  r.field("A", "landscape", bowl(1));
  const Figure figure = build_figure(spec, r.trace, {});
  ASSERT_EQ(figure.points.size(), 1u);
  EXPECT_EQ(figure.points[0].label, "lowest shown");
  EXPECT_NEAR(figure.points[0].x, 0, 1e-12);
  Recorder slope;
  on_plane(slope, "A", 0);
  auto tilted = bowl(0);
  for (FieldCell& cell : tilted) cell.value = cell.x;
  slope.field("A", "landscape", tilted);
  EXPECT_TRUE(build_figure(spec, slope.trace, {}).points.empty()) << "the edge of the picture is no valley";
}

}  // namespace
}  // namespace kappa
