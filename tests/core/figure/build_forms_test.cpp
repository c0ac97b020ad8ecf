/// Curves, spectra, heat maps and planes are built from what a trace holds.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/figure/build.hpp"
#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

using test::over;
using test::Recorder;

const FigureSpec spectrum_spec{
    .id = "s", .title = "Spectrum", .form = FigureForm::spectrum, .y_scale = Scale::log, .names = {"singular_values"}};

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

TEST(BuildSpectrum, ASingleRunHasBarsAndItsStartBehindThem) {
  Recorder r;
  r.spectrum("GD", 0, {3, 2, 1});
  r.spectrum("GD", 10, {3, 1, 0});
  const Figure figure = build_figure(spectrum_spec, r.trace, over(10));
  ASSERT_EQ(figure.bars.size(), 2u);
  EXPECT_TRUE(figure.bars[0].ghost);
  EXPECT_EQ(figure.bars[0].values, (std::vector<double>{3, 2, 1}));
  EXPECT_FALSE(figure.bars[1].points);
  EXPECT_EQ(figure.bars[1].values, (std::vector<double>{3, 1, 0}));
  ASSERT_EQ(figure.marks.size(), 1u);
  EXPECT_EQ(figure.marks[0].kind, MarkKind::zero);
  EXPECT_EQ(figure.marks[0].x, 3);
  EXPECT_EQ(figure.x.lo, 0.5);
  EXPECT_EQ(figure.x.hi, 3.5);
  EXPECT_EQ(figure.x.ticks[0].label, "1");
  EXPECT_EQ(figure.state, "step 10");
}

TEST(BuildSpectrum, ShowsTheNewestAtOrBeforeTheStep) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 100; t += 10) r.spectrum("GD", t, {1.0 + static_cast<double>(t)});
  FigureOptions options = over(100);
  for (const auto& [asked, shown] : {std::pair{0, 1.0}, {9, 1.0}, {10, 11.0}, {57, 51.0}, {1000, 101.0}}) {
    options.at_step = static_cast<std::uint64_t>(asked);
    EXPECT_EQ(build_figure(spectrum_spec, r.trace, options).bars.back().values[0], shown) << asked;
  }
}

TEST(BuildSpectrum, ScrubbingDoesNotMoveTheAxis) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 1000; t += 10) r.spectrum("GD", t, {1, std::pow(10, -0.01 * static_cast<double>(t))});
  FigureOptions options = over(1000);
  options.at_step = 0;
  const Figure first = build_figure(spectrum_spec, r.trace, options);
  options.at_step = 1000;
  const Figure last = build_figure(spectrum_spec, r.trace, options);
  EXPECT_EQ(first.y.lo, last.y.lo);
  EXPECT_EQ(first.y.hi, last.y.hi);
}

TEST(BuildSpectrum, SeveralRunsAreJoinedPointsWithTheoryOver) {
  Recorder r;
  r.spectrum("GD", 0, {3, 2, 1});
  r.spectrum("Muon", 0, {3, 2, 1});
  r.theory("GD", "singular_values", "truth", TheoryKind::exact, {1, 2, 3}, {3, 3, 3});
  const Figure figure = build_figure(spectrum_spec, r.trace, over(10));
  ASSERT_EQ(figure.bars.size(), 3u);
  for (const Bars& bars : figure.bars) EXPECT_TRUE(bars.points);
  ASSERT_EQ(figure.curves.size(), 1u);
  EXPECT_EQ(figure.curves[0].label, "truth");
  EXPECT_EQ(figure.curves[0].theory, TheoryKind::exact);
}

TEST(BuildSpectrum, ABareNameStandsForItsBlocks) {
  Recorder r;
  r.spectrum("GD", 0, {3, 2}, "singular_values:W1");
  r.spectrum("GD", 0, {5, 4}, "singular_values:W2");
  r.spectrum("GD", 0, {9}, "singular_values_other");
  const Figure figure = build_figure(spectrum_spec, r.trace, over(10));
  EXPECT_EQ(std::count_if(figure.bars.begin(), figure.bars.end(), [](const Bars& b) { return !b.ghost; }), 2);
  EXPECT_EQ(figure.bars.back().label, "Singular values of W2");
}

TEST(BuildSpectrum, RepeatsAreSummedUpIndexByIndex) {
  Recorder r;
  for (std::uint32_t k = 0; k < 3; ++k) r.spectrum("GD", 0, {1.0 + k, 0.1 * (1 + k)}, "singular_values", k, 3);
  const Figure figure = build_figure(spectrum_spec, r.trace, over(10));
  EXPECT_EQ(figure.bars.back().values, (std::vector<double>{2, 0.2}));
}

TEST(BuildSpectrumOverTime, CellsHoldTheNewestRecordedAndTheFutureIsBlank) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 50; t += 10) r.spectrum("GD", t, {1.0 + static_cast<double>(t), 1e-3});
  FigureSpec spec = spectrum_spec;
  spec.form = FigureForm::spectrum_over_time;
  const Figure figure = build_figure(spec, r.trace, over(100));
  ASSERT_EQ(figure.heats.size(), 1u);
  const Heat& heat = figure.heats[0];
  EXPECT_EQ(heat.rows, 2u);
  EXPECT_EQ(heat.cols, 10u);
  EXPECT_EQ(heat.values[0], 1);
  EXPECT_EQ(heat.values[4], 41);
  EXPECT_TRUE(std::isnan(heat.values[9]));
  EXPECT_EQ(heat.scale, Scale::log);
  EXPECT_LE(heat.lo, 1e-3);
  EXPECT_GE(heat.hi, 51);
  EXPECT_FALSE(heat.ticks.empty());
  EXPECT_EQ(heat.x1, 100);
}

TEST(BuildSpectrumOverTime, ShowsTheChosenRun) {
  Recorder r;
  r.spectrum("GD", 0, {1});
  r.spectrum("Muon", 0, {2});
  FigureSpec spec = spectrum_spec;
  spec.form = FigureForm::spectrum_over_time;
  FigureOptions options = over(10);
  EXPECT_EQ(build_figure(spec, r.trace, options).state, "GD");
  options.chosen_run = "Muon";
  const Figure figure = build_figure(spec, r.trace, options);
  EXPECT_EQ(figure.state, "Muon");
  EXPECT_EQ(figure.heats[0].values[0], 2);
}

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

TEST(BuildPlane, DrawsLevelsPathsAndTheOptimum) {
  const Figure figure = test::all_figures()[9];
  EXPECT_GE(figure.levels.size(), 8u);
  ASSERT_EQ(figure.paths.size(), 1u);
  ASSERT_EQ(figure.points.size(), 1u);
  EXPECT_EQ(figure.points[0].label, "optimum");
  EXPECT_TRUE(figure.equal_aspect);
  EXPECT_EQ(figure.state, "step 29");
}

TEST(BuildPlane, APathEndsAtTheStepShown) {
  Recorder r;
  r.field("GD", "path", {{0, 0, 0, 0, 0, 5}, {1, 0, 0, 1, 0, 4}, {2, 0, 0, 2, 1, 3}});
  FigureOptions options;
  options.at_step = 1;
  const Figure figure = build_figure({.id = "plane", .form = FigureForm::plane}, r.trace, options);
  EXPECT_EQ(figure.paths[0].vertices.size(), 2u);
  EXPECT_EQ(figure.x.hi, 2) << "the frame is that of the whole path";
}

TEST(BuildFigure, EveryFormSaysWhatToDoWhenEmpty) {
  Recorder r;
  for (FigureForm form : {FigureForm::series, FigureForm::curve, FigureForm::spectrum, FigureForm::spectrum_over_time,
                          FigureForm::heat, FigureForm::plane}) {
    const Figure figure =
        build_figure({.id = "x", .form = form, .x_scale = Scale::log, .y_scale = Scale::log}, r.trace, {});
    EXPECT_EQ(figure.empty, "Press Run (Space) to start");
    EXPECT_FALSE(figure.sentence.empty());
    EXPECT_LT(figure.x.lo, figure.x.hi);
    EXPECT_LT(figure.y.lo, figure.y.hi);
  }
}

}  // namespace
}  // namespace kappa
