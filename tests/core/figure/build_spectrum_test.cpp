/// Spectra show the step asked for over a steady axis, and their history as a heat map.
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

TEST(BuildSpectrum, WhatIsMeasuredOnceHasNoStartBehindIt) {
  for (const bool several : {false, true}) {
    Recorder r;
    r.spectrum("GD", 0, {3, 2, 1});
    if (several) r.spectrum("Adam", 0, {3, 2, 1});
    const auto ghosts = [&] {
      const Figure figure = build_figure(spectrum_spec, r.trace, over(10));
      for (const LegendEntry& entry : figure.legend)
        if (entry.label == "at the start") return true;
      return std::any_of(figure.bars.begin(), figure.bars.end(), [](const Bars& b) { return b.ghost; });
    };
    EXPECT_FALSE(ghosts());
    r.spectrum("GD", 10, {3, 1, 0.5});
    EXPECT_TRUE(ghosts());
  }
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
  r.spectrum("Muon", 10, {3, 2, 1});
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

/// Three repeats: the first ends at 20, the others go on; values are 1, 2 and 9 times what the step says.
TEST(BuildSpectrumOverTime, OfRepeatsTheMedianWithThoseThatHaveEnded) {
  Recorder r;
  const double factors[] = {1, 2, 9};
  for (std::uint32_t k = 0; k < 3; ++k)
    for (std::uint64_t t = 0; t <= (k == 0 ? 20u : 90u); t += 10) {
      const double first = factors[k] * (1.0 + static_cast<double>(t));
      r.spectrum("GD", t, {first, k == 2 ? test::nan : 1e-3}, "singular_values", k, 3);
    }
  FigureSpec spec = spectrum_spec;
  spec.form = FigureForm::spectrum_over_time;
  FigureOptions options = over(100);
  const auto row = [&](const Figure& figure, std::size_t at) {
    const Heat& heat = figure.heats.at(0);
    return std::pair(heat.values.at(at), heat.values.at(heat.cols + at));
  };
  Figure figure = build_figure(spec, r.trace, options);
  ASSERT_EQ(figure.heats.at(0).cols, 10u);
  EXPECT_EQ(figure.state, "GD");
  EXPECT_TRUE(figure.heats[0].label.ends_with(" · median of 3")) << figure.heats[0].label;
  EXPECT_EQ(row(figure, 1), std::pair(2 * 11.0, 1e-3)) << "NaN is worse than any number";
  EXPECT_EQ(row(figure, 5).first, (2 + 9) / 2.0 * 51) << "one that is still at work says nothing of later steps";
  options.ended.list = {{"GD", 0}};
  figure = build_figure(spec, r.trace, options);
  EXPECT_EQ(row(figure, 5), std::pair(2 * 51.0, 1e-3)) << "between 21, where it ended, and 459";
  options.lines_over_time = true;
  figure = build_figure(spec, r.trace, options);
  ASSERT_EQ(figure.curves.size(), 2u);
  ASSERT_EQ(figure.curves[0].vertices.size(), 10u);
  EXPECT_EQ(figure.curves[0].vertices[5].y, 2 * 51.0);
  EXPECT_EQ(figure.legend.at(0).note, "median of 3");
  EXPECT_NE(figure.sentence.find("each the median of 3 repeats"), std::string::npos) << figure.sentence;
}

TEST(BuildSpectrumOverTime, OfVeryManyRepeatsThereIsOneColumnAtLeast) {
  Recorder r;
  const std::vector<double> values(1024, 0.5);
  for (std::uint32_t k = 0; k < 2500; ++k) r.spectrum("GD", 0, values, "singular_values", k, 2500);
  FigureSpec spec = spectrum_spec;
  spec.form = FigureForm::spectrum_over_time;
  const Figure figure = build_figure(spec, r.trace, over(10));
  ASSERT_EQ(figure.heats.at(0).cols, 1u);
  EXPECT_EQ(figure.heats.at(0).values.at(0), 0.5);
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

TEST(BuildSpectrum, TheChosenRunIsBarsAndTheOthersArePoints) {
  Recorder r;
  for (const char* run : {"GD", "Muon", "Adam"}) r.spectrum(run, 0, {3, 2, 1});
  r.spectrum("Muon", 10, {2, 2, 2});
  FigureOptions options = over(10);
  options.chosen_run = "Muon";
  const Figure figure = build_figure(spectrum_spec, r.trace, options);
  ASSERT_EQ(figure.bars.size(), 4u);
  EXPECT_TRUE(figure.bars[0].ghost);
  EXPECT_FALSE(figure.bars[0].points);
  EXPECT_EQ(figure.bars[1].label, "Muon");
  EXPECT_FALSE(figure.bars[1].points);
  for (std::size_t i : {2u, 3u}) EXPECT_TRUE(figure.bars[i].points && figure.bars[i].loose) << i;
  ASSERT_EQ(figure.legend.size(), 4u);
  EXPECT_EQ(figure.legend[1].swatch, Swatch::bar);
  EXPECT_EQ(figure.legend[0].swatch, Swatch::loose_points);
  EXPECT_EQ(figure.legend[3].label, "at the start");
  options.spectrum = SpectrumLook::points;
  for (const Bars& bars : build_figure(spectrum_spec, r.trace, options).bars) EXPECT_TRUE(bars.points && !bars.loose);
  options.start_ghost = false;
  EXPECT_EQ(build_figure(spectrum_spec, r.trace, options).bars.size(), 3u);
}

TEST(BuildSpectrum, BesideTheBarsOnlySoManyRunsAsCanBeToldApart) {
  Recorder r;
  for (int run = 0; run < 20; ++run) r.spectrum("run " + std::to_string(run), 0, {3, 2, 1});
  r.spectrum("run 7", 10, {2, 2, 2});
  FigureOptions options = over(10);
  options.chosen_run = "run 7";
  const Figure figure = build_figure(spectrum_spec, r.trace, options);
  EXPECT_EQ(figure.bars.size(), 2u);
  EXPECT_EQ(figure.legend.size(), 2u) << "the legend says what is drawn";
}

TEST(BuildSpectrum, ZoomsAlongTheIndex) {
  Recorder r;
  r.spectrum("GD", 0, {5, 4, 3, 2, 1});
  FigureOptions options = over(10);
  options.x_range = Interval{1.5, 3.5};
  const Figure figure = build_figure(spectrum_spec, r.trace, options);
  EXPECT_EQ(figure.x.lo, 1.5);
  EXPECT_EQ(figure.x.hi, 3.5);
  EXPECT_EQ(figure.bars.back().values.size(), 5u);
}

TEST(BuildSpectrumOverTime, LinesFollowEachValueAndFade) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 1000; ++t) r.spectrum("GD", t, {2, 1, std::pow(10, -0.01 * static_cast<double>(t))});
  FigureSpec spec = spectrum_spec;
  spec.form = FigureForm::spectrum_over_time;
  spec.quantity = "singular values";
  FigureOptions options = over(1000);
  options.lines_over_time = true;
  const Figure figure = build_figure(spec, r.trace, options);
  ASSERT_EQ(figure.curves.size(), 3u);
  EXPECT_TRUE(figure.heats.empty());
  EXPECT_EQ(figure.y.scale, Scale::log);
  EXPECT_EQ(figure.y.label, "singular values");
  EXPECT_EQ(figure.curves[0].weight, 1);
  EXPECT_LT(figure.curves[2].weight, figure.curves[1].weight);
  EXPECT_LE(figure.curves[2].vertices.size(), 502u);
  EXPECT_EQ(figure.curves[2].vertices.back().x, 1000);
  EXPECT_NEAR(figure.curves[2].vertices.back().y, 1e-10, 1e-16);
  EXPECT_LE(figure.y.lo, 1e-10);
}

TEST(BuildSpectrumOverTime, ZoomedCellsAreMadeForWhatIsSeen) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 10000; ++t) r.spectrum("GD", t, {1.0 + static_cast<double>(t), 1});
  FigureSpec spec = spectrum_spec;
  spec.form = FigureForm::spectrum_over_time;
  FigureOptions options = over(10000);
  options.x_range = Interval{5000, 5010};
  const Figure figure = build_figure(spec, r.trace, options);
  EXPECT_EQ(figure.x.lo, 5000);
  EXPECT_EQ(figure.heats[0].cols, 10u);
  EXPECT_EQ(figure.heats[0].values[3], 5004);
}

}  // namespace
}  // namespace kappa
