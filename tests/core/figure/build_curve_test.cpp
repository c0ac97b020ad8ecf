/// Curves over anything take medians where abscissas meet and keep their own order.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/figure/build.hpp"
#include "core/figure/data.hpp"
#include "core/figure/svg.hpp"
#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

using test::Recorder;

TEST(BuildCurve, TakesMediansAtEqualAbscissas) {
  Recorder r;
  for (std::uint32_t k = 0; k < 3; ++k) r.curve("ridge", {0.5, 1, 2}, {1.0 + k, 10.0 + k, 2.0 + k}, k, 3);
  r.theory("ridge", "risk", "Marchenko–Pastur", TheoryKind::exact, {0.2, 5}, {1, 1});
  const FigureSpec spec{
      .id = "risk", .x_label = "n/d", .form = FigureForm::curve, .x_scale = Scale::log, .y_scale = Scale::log};
  const Figure figure = build_figure(spec, r.trace, {});
  ASSERT_EQ(figure.curves.size(), 2u);
  EXPECT_EQ(figure.curves[0].vertices[1].y, 11);
  EXPECT_EQ(figure.legend[0].note, "median of 3, 10–90 %");
  EXPECT_EQ(figure.x.lo, 0.2);
  EXPECT_EQ(figure.x.hi, 5);
  EXPECT_EQ(figure.title, "Risk");
}

TEST(BuildCurve, KeepsTheOrderOfACurveThatDoublesBack) {
  Recorder r;
  r.curve("loop", {0, 2, 1, 0}, {0, 1, 2, 3});
  const Figure figure = build_figure({.id = "risk", .form = FigureForm::curve}, r.trace, {});
  ASSERT_EQ(figure.curves[0].vertices.size(), 4u);
  EXPECT_EQ(figure.curves[0].vertices[2].x, 1);
}

TEST(BuildCurve, ScatteredPointsStandAloneFromLeftToRight) {
  Recorder r;
  r.curve("loop", {0, 2, 1}, {0, 1, 2});
  const FigureSpec spec{.id = "risk", .form = FigureForm::curve, .scatter = true};
  const Figure figure = build_figure(spec, r.trace, {});
  ASSERT_EQ(figure.curves[0].vertices.size(), 3u);
  EXPECT_EQ(figure.curves[0].vertices[1].x, 1);
  EXPECT_TRUE(figure.curves[0].scatter);
  EXPECT_EQ(figure.legend[0].swatch, Swatch::loose_points);
  const std::string svg = write_svg(figure, {});
  const std::string curve = "stroke-linecap=\"round\" d=\"";
  EXPECT_EQ(svg.find(curve), std::string::npos) << "no line joins them";
  EXPECT_NE(write_svg(build_figure({.id = "risk", .form = FigureForm::curve}, r.trace, {}), {}).find(curve),
            std::string::npos);
}

TEST(BuildCurve, ScatteredRepeatsAreAllShown) {
  Recorder r;
  for (std::uint32_t k = 0; k < 3; ++k) r.curve("risk", {0, 1}, {1.0 + k, 2.0 + k}, k, 3);
  const Figure figure = build_figure({.id = "risk", .form = FigureForm::curve, .scatter = true}, r.trace, {});
  EXPECT_EQ(figure.curves[0].points, 6u);
  EXPECT_TRUE(figure.bands.empty());
}

TEST(BuildCurve, TheSameTheoryOfSeveralRunsIsNamedOnce) {
  Recorder r;
  for (const char* run : {"a", "b", "c"}) {
    r.curve(run, {1, 2}, {1, 2});
    r.theory(run, "risk", "floor", TheoryKind::exact, {1, 2}, {run[0] - 90.0, 1});
  }
  const Figure figure = build_figure({.id = "risk", .form = FigureForm::curve}, r.trace, {});
  EXPECT_EQ(figure.curves.size(), 6u);
  ASSERT_EQ(figure.legend.size(), 4u);
  EXPECT_EQ(figure.legend[3].label, "floor");
  EXPECT_EQ(figure.legend[3].colour, neutral);
}

TEST(BuildCurve, PlacesWithNamesShowThemInsteadOfNumbers) {
  Recorder r;
  r.curve("risk", {0, 1, 2}, {3, 1, 2});
  const FigureSpec spec{.id = "risk", .form = FigureForm::curve, .x_names = {"ridge", "nuclear", "spectral", "none"}};
  const Figure figure = build_figure(spec, r.trace, {});
  ASSERT_EQ(figure.x.ticks.size(), 3u);
  EXPECT_EQ(figure.x.ticks[1].label, "nuclear");
  EXPECT_EQ(figure.x.ticks[1].value, 1);
}

TEST(BuildCurve, ATallPeakIsNotTakenForDivergence) {
  Recorder r;
  r.curve("a", {1, 2, 3}, {1, 1e9, 1});
  r.curve("b", {1, 2, 3}, {10, 1e8, 1e9});
  const Figure figure = build_figure({.id = "risk", .form = FigureForm::curve, .y_scale = Scale::log}, r.trace, {});
  EXPECT_GE(figure.y.hi, 1e9);
}

TEST(BuildCurve, ShowsATheoryBeforeAnythingIsMeasured) {
  Recorder r;
  r.theory("a", "risk", "limit", TheoryKind::exact, {1, 2}, {3, 4});
  const Figure figure = build_figure({.id = "risk", .form = FigureForm::curve}, r.trace, {});
  ASSERT_EQ(figure.curves.size(), 1u);
  EXPECT_TRUE(figure.empty.empty());
}

TEST(BuildCurve, AVerticalStandsThroughTheWholePicture) {
  Recorder r;
  r.curve("a", {1, 2, 3}, {5, 9, 7});
  r.vertical("a", "risk", "as many as samples", TheoryKind::exact, 4);
  const FigureSpec spec{.id = "risk", .x_label = "n", .form = FigureForm::curve};
  const Figure figure = build_figure(spec, r.trace, {});
  ASSERT_EQ(figure.curves.size(), 2u);
  const Curve& line = figure.curves[1];
  EXPECT_TRUE(line.upright);
  ASSERT_EQ(line.vertices.size(), 2u);
  for (const Vertex& v : line.vertices) EXPECT_EQ(v.x, 4);
  EXPECT_EQ(line.vertices[0].y, figure.y.lo);
  EXPECT_EQ(line.vertices[1].y, figure.y.hi);
  EXPECT_GE(figure.x.hi, 4) << "the picture reaches to it";
  EXPECT_LE(figure.y.hi, 10) << "and is no higher for it";
  EXPECT_EQ(figure.legend[1].note, "exact");
  EXPECT_NE(figure.sentence.find("Vertical lines: as many as samples at 4."), std::string::npos) << figure.sentence;
  EXPECT_NE(write_data_csv(figure).find("\nas many as samples,exact vertical,4,nan\n"), std::string::npos);
  FigureOptions zoomed;
  zoomed.x_range = Interval{1, 3};
  const Figure beside = build_figure(spec, r.trace, zoomed);
  EXPECT_TRUE(beside.curves[1].vertices.empty());
  EXPECT_EQ(beside.sentence.find("Vertical"), std::string::npos);
}

TEST(BuildCurve, OnePlaceOfSeveralRunsIsOneLine) {
  Recorder r;
  for (const char* run : {"a", "b"}) {
    r.curve(run, {1, 2}, {1, 2});
    r.vertical(run, "risk", "threshold", TheoryKind::exact, 1.5);
    r.vertical(run, "risk", "its own", TheoryKind::guide, run[0] == 'a' ? 1.25 : 1.75);
  }
  const Figure figure = build_figure({.id = "risk", .form = FigureForm::curve}, r.trace, {});
  EXPECT_EQ(figure.curves.size(), 5u);
  ASSERT_EQ(figure.legend.size(), 4u);
  EXPECT_EQ(figure.legend[2].colour, neutral);
  EXPECT_NE(figure.sentence.find("Vertical lines: its own at 1.25 and 1.75; threshold at 1.5."), std::string::npos)
      << figure.sentence;
  FigureOptions without;
  without.hidden = {"a"};
  EXPECT_EQ(build_figure({.id = "risk", .form = FigureForm::curve}, r.trace, without).curves.size(), 3u);
}

}  // namespace
}  // namespace kappa
