/// Series figures: nothing is dropped in silence, ranges are steady and robust, repeats become median and band.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "core/figure/build.hpp"
#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

using test::heights;
using test::loss_spec;
using test::over;
using test::Recorder;
using test::ThreeThatStop;

std::vector<Mark> marks_of(const Figure& figure, MarkKind kind) {
  std::vector<Mark> found;
  std::copy_if(figure.marks.begin(), figure.marks.end(), std::back_inserter(found),
               [&](const Mark& m) { return m.kind == kind; });
  return found;
}

const Curve& curve_of(const Figure& figure, const std::string& label) {
  return *std::find_if(figure.curves.begin(), figure.curves.end(), [&](const Curve& c) { return c.label == label; });
}

TEST(BuildSeries, ShowsEachRunWithItsColourAndShape) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 300; ++t) {
    r.series("GD", t, std::pow(0.9, static_cast<double>(t)));
    r.series("Adam", t, std::pow(0.95, static_cast<double>(t)));
  }
  const Figure figure = build_figure(loss_spec(), r.trace, over(300));
  ASSERT_EQ(figure.curves.size(), 2u);
  EXPECT_EQ(figure.curves[0].label, "GD");
  EXPECT_EQ(figure.curves[1].colour, 1);
  EXPECT_NE(figure.curves[0].marker, figure.curves[1].marker);
  EXPECT_EQ(figure.legend.size(), 2u);
  EXPECT_EQ(figure.x.lo, 0);
  EXPECT_EQ(figure.x.hi, 300);
  EXPECT_EQ(figure.x.label, "step");
  EXPECT_EQ(figure.state, "602 of 602 points");
  EXPECT_EQ(figure.sentence, "Loss over 300 steps, log scale: GD ends lowest at 1.9e−14, Adam at 2.1e−7.");
  EXPECT_TRUE(figure.empty.empty());
}

TEST(BuildSeries, NothingMovesWhileARunGoesOn) {
  Recorder r;
  r.series("GD", 0, 5);
  const Figure early = build_figure(loss_spec(), r.trace, over(1000));
  for (std::uint64_t t = 1; t <= 500; ++t) r.series("GD", t, 5 - 0.007 * static_cast<double>(t));
  const Figure late = build_figure(loss_spec(), r.trace, over(1000));
  EXPECT_EQ(early.x.hi, late.x.hi);
  EXPECT_EQ(early.y.lo, late.y.lo);
  EXPECT_EQ(early.y.hi, late.y.hi);
}

TEST(BuildSeries, BeforeTheFirstStepThereIsRoomForWhereTheRunsWillGo) {
  const auto range = [](std::uint64_t until, double stop, bool theory) {
    Recorder r;
    for (std::uint64_t t = 0; t <= until; ++t) r.series("GD", t, 5 * std::pow(0.95, static_cast<double>(t)));
    if (theory) r.theory("GD", "loss", "rate", TheoryKind::exact, {0, 300}, {5, 5 * std::pow(0.95, 300)});
    FigureOptions options = over(300);
    options.loss_below = stop;
    return build_figure(loss_spec(), r.trace, options).y;
  };
  EXPECT_GE(range(0, 0, false).lo, 0.1) << "nothing is known";
  const Axis start = range(0, 0, true);
  EXPECT_LE(start.lo, 5 * std::pow(0.95, 300));
  EXPECT_GE(start.lo, 1e-8);
  for (const std::uint64_t until : {1, 50, 200}) {
    EXPECT_EQ(range(until, 0, true).lo, start.lo) << "and it stays";
    EXPECT_EQ(range(until, 0, true).hi, start.hi);
  }
  EXPECT_NEAR(std::log10(range(0, 1e-4, false).lo), -4, 0.01) << "where runs are told to stop";
  EXPECT_GE(range(0, 1e-3, true).lo, 0.99e-3) << "they do not go beyond";
  EXPECT_GE(range(0, 1e-30, false).lo, 1e-9) << "nor is the start flattened for what is far off";
}

TEST(BuildSeries, SaysWhatToPressWhenEmpty) {
  Recorder r;
  Figure figure = build_figure(loss_spec(), r.trace, over(10));
  EXPECT_EQ(figure.empty, "Press Run (Space) to start");
  EXPECT_EQ(figure.x.hi, 10);
  EXPECT_FALSE(figure.y.ticks.empty());
  r.series("GD", 0, 1);
  FigureOptions options = over(10);
  options.hidden = {"GD"};
  figure = build_figure(loss_spec(), r.trace, options);
  EXPECT_NE(figure.empty.find("hidden"), std::string::npos);
}

TEST(BuildSeries, SaysWhyThereIsNothingToMeasure) {
  Recorder r;
  r.series("GD", 0, 1);
  FigureOptions options = over(10);
  options.unmeasured = {{"test_loss", "this problem has no test data"}};
  FigureSpec spec = loss_spec();
  spec.names = {"rank"};
  EXPECT_EQ(build_figure(spec, r.trace, options).empty, "Nothing recorded for this picture yet");
  spec.names = {"test_loss"};
  EXPECT_EQ(build_figure(spec, r.trace, options).empty, "Not measured: this problem has no test data");
}

TEST(BuildSeries, ColoursFollowTheRunWhenOthersAreHidden) {
  Recorder r;
  for (const char* run : {"a", "b", "c"}) r.series(run, 0, 1);
  FigureOptions options = over(10);
  options.hidden = {"a"};
  options.colours = {0, 5};
  const Figure figure = build_figure(loss_spec(), r.trace, options);
  EXPECT_EQ(curve_of(figure, "b").colour, 5);
  EXPECT_EQ(curve_of(figure, "c").colour, 2);
  FigureSpec only = loss_spec();
  only.runs = {"c"};
  EXPECT_EQ(build_figure(only, r.trace, options).curves.size(), 1u);
}

TEST(BuildSeries, ValuesThatALogAxisCannotShowBecomeMarks) {
  const Figure figure = test::crowded_figure();
  const auto zeros = marks_of(figure, MarkKind::zero);
  ASSERT_EQ(zeros.size(), 1u);
  EXPECT_EQ(zeros[0].x, 120);
  EXPECT_EQ(zeros[0].y, figure.y.lo);
  EXPECT_NE(zeros[0].text.find("zero from step 120 to 200"), std::string::npos);
  EXPECT_EQ(marks_of(figure, MarkKind::negative).size(), 3u);
  const auto broken = marks_of(figure, MarkKind::not_a_number);
  EXPECT_EQ(broken.size(), 6u);
  for (const Mark& m : broken) EXPECT_EQ(m.y, figure.y.hi);
  EXPECT_EQ(marks_of(figure, MarkKind::infinite).size(), 1u);
  for (const Curve& c : figure.curves)
    for (const Vertex& v : c.vertices) EXPECT_TRUE(std::isnan(v.y) || v.y > 0);
}

TEST(BuildSeries, ADivergingRunDoesNotBlowUpTheRange) {
  for (Scale scale : {Scale::log, Scale::linear}) {
    Recorder r;
    for (std::uint64_t t = 0; t <= 100; ++t) {
      r.series("good", t, std::exp(-0.1 * static_cast<double>(t)));
      r.series("bad", t, std::exp(3.0 * static_cast<double>(t)));
    }
    const Figure figure = build_figure(loss_spec(scale), r.trace, over(100));
    EXPECT_LE(figure.y.hi, 1e3);
    EXPECT_GE(figure.y.hi, 1);
    const auto marks = marks_of(figure, MarkKind::diverged);
    ASSERT_EQ(marks.size(), 1u);
    EXPECT_EQ(marks[0].y, figure.y.hi);
    EXPECT_EQ(marks[0].colour, 1);
  }
}

TEST(BuildSeries, AHugeConditionNumberIsNotTakenForDivergence) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 10; ++t) {
    r.series("Muon", t, 2, 0, 1, "condition_number");
    r.series("GD", t, std::pow(10, 1.5 * static_cast<double>(t)), 0, 1, "condition_number");
  }
  FigureSpec spec = loss_spec();
  spec.names = {"condition_number"};
  const Figure figure = build_figure(spec, r.trace, over(10));
  EXPECT_GE(figure.y.hi, 1e15);
  EXPECT_TRUE(marks_of(figure, MarkKind::diverged).empty());
}

TEST(BuildSeries, GrowthOfAllRunsIsShownWhole) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 100; ++t) r.series("alone", t, std::exp(0.2 * static_cast<double>(t)));
  const Figure figure = build_figure(loss_spec(), r.trace, over(100));
  EXPECT_GE(figure.y.hi, std::exp(20));
  EXPECT_TRUE(marks_of(figure, MarkKind::diverged).empty());
}

TEST(BuildSeries, ATheoryIsDashedNamedAndDoesNotWidenTheRangeMuch) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 100; ++t) r.series("GD", t, std::pow(10, -0.02 * static_cast<double>(t)));
  r.theory("GD", "loss", "rate", TheoryKind::bound, {0, 100}, {1, 1e-60});
  const Figure figure = build_figure(loss_spec(), r.trace, over(100));
  const Curve& theory = curve_of(figure, "rate");
  EXPECT_EQ(theory.theory, TheoryKind::bound);
  EXPECT_EQ(theory.colour, 0);
  EXPECT_EQ(figure.legend[1].note, "bound");
  EXPECT_GE(figure.y.lo, 1e-4);
}

TEST(BuildSeries, TheSameTheoryOfTwoRunsIsDrawnOnceInNeutral) {
  Recorder r;
  for (const char* run : {"a", "b"}) {
    r.series(run, 0, 1);
    r.theory(run, "loss", "floor", TheoryKind::exact, {0, 10}, {0.5, 0.5});
  }
  const Figure figure = build_figure(loss_spec(), r.trace, over(10));
  ASSERT_EQ(figure.curves.size(), 3u);
  EXPECT_EQ(figure.curves[2].colour, neutral);
}

TEST(BuildSeries, RepeatsBecomeMedianAndBand) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 20; ++t)
    for (std::uint32_t k = 0; k < 5; ++k) r.series("GD", t, static_cast<double>(k + 1), k, 5);
  const Figure figure = build_figure(loss_spec(Scale::linear), r.trace, over(20));
  ASSERT_EQ(figure.curves.size(), 1u);
  ASSERT_EQ(figure.bands.size(), 1u);
  EXPECT_EQ(figure.curves[0].vertices[7].y, 3);
  EXPECT_DOUBLE_EQ(figure.bands[0].lower[7], 1.4);
  EXPECT_DOUBLE_EQ(figure.bands[0].upper[7], 4.6);
  EXPECT_EQ(figure.legend[0].note, "median of 5, 10–90 %");
}

TEST(BuildSeries, RepeatsThatHaveEndedKeepTheirLastValueInTheMedian) {
  const ThreeThatStop r;
  FigureOptions options = over(9);
  const auto of_a = [&] { return build_figure(loss_spec(), r.trace, options); };
  const auto falls = [&] {
    const auto y = heights(curve_of(of_a(), "a"));
    return std::is_sorted(y.rbegin(), y.rend());
  };
  EXPECT_FALSE(falls()) << "with fewer repeats the median saws";
  options.ended.list = {{"a", 0}, {"a", 1}, {"a", 2}};
  EXPECT_TRUE(falls());
  EXPECT_EQ(heights(curve_of(of_a(), "a")).back(), std::pow(200.0, -2)) << "of 2^-9, 20^-5 and 200^-2";
  EXPECT_EQ(heights(curve_of(of_a(), "b")).back(), std::pow(2.0, -9)) << "b is still at work";
  EXPECT_EQ(of_a().legend[0].note, "median of 3, 10–90 %");
  const auto whole = heights(curve_of(of_a(), "a"));
  options.hidden = {"b"};
  EXPECT_EQ(heights(curve_of(of_a(), "a")), whole) << "hiding a run never changes another's median";
  options.ended.list = {{"", 1}, {"", 2}};  // repeats of a study
  EXPECT_EQ(heights(curve_of(of_a(), "a")), whole) << "the longest one says what is recorded";
}

TEST(BuildSeries, AFrozenViewEndsWhereItWasFrozen) {
  const ThreeThatStop r;
  FigureOptions options = over(9);
  options.ended.all = true;
  options.until = 4;
  const Curve frozen = curve_of(build_figure(loss_spec(), r.trace, options), "a");
  EXPECT_EQ(frozen.vertices.back().x, 4);
  EXPECT_EQ(frozen.vertices.back().y, std::pow(200.0, -2));
}

TEST(BuildSeries, AVerticalIsAStepWhateverTheAxisCounts) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 10; ++t) {
    r.series("a", t, 1.0 / (1.0 + static_cast<double>(t)));
    r.cost("a", t, 3 * t, 0);
  }
  r.vertical("a", "loss", "half time", TheoryKind::guide, 4);
  FigureOptions options = over(10);
  const Figure in_steps = build_figure(loss_spec(), r.trace, options);
  ASSERT_TRUE(in_steps.curves.at(1).upright);
  EXPECT_EQ(in_steps.curves[1].vertices.at(0).x, 4);
  EXPECT_GE(in_steps.y.lo, 1e-2) << "it needs no room of its own";
  options.count_by = CountBy::gradients;
  EXPECT_EQ(build_figure(loss_spec(), r.trace, options).curves.at(1).vertices.at(0).x, 12);
}

TEST(BuildSeries, BandsStayDrawableOnALogAxis) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 20; ++t)
    for (std::uint32_t k = 0; k < 3; ++k) r.series("GD", t, k == 0 ? 0 : k == 1 ? 1 : test::inf, k, 3);
  const Figure figure = build_figure(loss_spec(), r.trace, over(20));
  for (double v : figure.bands[0].lower) EXPECT_TRUE(std::isfinite(v) && v > 0);
  for (double v : figure.bands[0].upper) EXPECT_TRUE(std::isfinite(v) && v > 0);
}

TEST(BuildSeries, CountsWhatStepsCost) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 100; ++t) {
    r.series("SAM", t, 1 / (1.0 + static_cast<double>(t)));
    r.cost("SAM", t, 2 * t, 64 * t);
  }
  FigureOptions options = over(100);
  options.count_by = CountBy::gradients;
  options.at_step = 50;
  options.cursor = true;
  Figure figure = build_figure(loss_spec(), r.trace, options);
  EXPECT_EQ(figure.curves[0].vertices.back().x, 200);
  EXPECT_EQ(figure.x.label, "gradient call");
  EXPECT_EQ(figure.cursor, 100);
  options.count_by = CountBy::samples;
  figure = build_figure(loss_spec(), r.trace, options);
  EXPECT_EQ(figure.curves[0].vertices.back().x, 6400);
  EXPECT_GE(figure.x.hi, 6400);
}

TEST(StepNearest, FindsTheRecordedStepWhateverXCounts) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 100; t += 10) {
    r.series("SAM", t, 1);
    r.series("long", 2 * t, 1);
  }
  for (std::uint64_t t = 0; t <= 100; ++t) r.cost("SAM", t, 2 * t, 64 * t);
  for (std::uint64_t t = 0; t <= 200; ++t) r.cost("long", t, 3 * t, 64 * t);
  FigureOptions options = over(200);
  const auto at = [&](double x) { return step_nearest(loss_spec(), r.trace, x, options); };
  EXPECT_EQ(at(34), 30u);
  EXPECT_EQ(at(36), 40u);
  options.count_by = CountBy::gradients;
  EXPECT_EQ(at(62), 30u);
  EXPECT_EQ(at(79), 40u);
  EXPECT_EQ(at(-5), 0u);
  EXPECT_EQ(at(200), 100u);
  EXPECT_EQ(at(540), 180u) << "where only the other run has come that far";
  EXPECT_EQ(at(1e9), 200u);
  options.until = 50;
  EXPECT_EQ(at(1e9), 40u) << "nothing later is shown in a frozen view";
  options.count_by = CountBy::samples;
  EXPECT_EQ(at(64 * 21), 20u);
  options.hidden = {"SAM", "long"};
  EXPECT_EQ(at(5), std::nullopt);
}

TEST(BuildSeries, ZoomsToWhatIsAsked) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 1000; ++t) r.series("GD", t, std::exp(-0.01 * static_cast<double>(t)));
  FigureOptions options = over(1000);
  options.x_range = Interval{400, 410};
  const Figure figure = build_figure(loss_spec(), r.trace, options);
  EXPECT_EQ(figure.x.lo, 400);
  EXPECT_EQ(figure.y.lo, 1e-2) << "the height follows what is seen";
  EXPECT_EQ(figure.curves[0].vertices.size(), 13u) << "one neighbour on either side";
  EXPECT_EQ(figure.state, "11 of 1001 points");
}

TEST(BuildSeries, LongSeriesStayWithinTheBudgetAndKeepTheirSpike) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 100000; ++t)
    r.series("GD", t, t == 54321 ? 1e6 : 1 + 0.5 * std::sin(0.1 * static_cast<double>(t)));
  FigureOptions options = over(100000);
  options.pixel_columns = 400;
  const Figure figure = build_figure(loss_spec(), r.trace, options);
  EXPECT_LE(figure.curves[0].vertices.size(), 802u);
  EXPECT_EQ(figure.curves[0].points, 100001u);
  EXPECT_TRUE(std::any_of(figure.curves[0].vertices.begin(), figure.curves[0].vertices.end(),
                          [](const Vertex& v) { return v.y == 1e6; }));
}

TEST(BuildSeries, EventsStandOnTheirCurve) {
  const Figure figure = test::crowded_figure();
  const auto edits = marks_of(figure, MarkKind::edit);
  ASSERT_EQ(edits.size(), 1u);
  EXPECT_EQ(edits[0].x, 60);
  const auto& vertices = curve_of(figure, "five").vertices;
  EXPECT_TRUE(
      std::any_of(vertices.begin(), vertices.end(), [&](const Vertex& v) { return v.x == 60 && v.y == edits[0].y; }));
}

TEST(BuildSeries, SeveralSeriesOfOneRunGetTheirOwnColours) {
  Recorder r;
  r.series("GD", 0, 1, 0, 1, "loss");
  r.series("GD", 0, 2, 0, 1, "test_loss");
  FigureSpec spec = loss_spec();
  spec.names = {"loss", "test_loss"};
  Figure figure = build_figure(spec, r.trace, over(10));
  EXPECT_EQ(figure.curves[1].label, "Test loss");
  EXPECT_EQ(figure.curves[1].colour, 1);
  r.series("Adam", 0, 2, 0, 1, "test_loss");
  figure = build_figure(spec, r.trace, over(10));
  EXPECT_EQ(figure.curves[2].label, "Adam: Test loss");
  EXPECT_EQ(figure.curves[2].colour, 1);
  EXPECT_EQ(figure.curves[2].marker, figure.curves[1].marker) << "colour says the run, shape says the series";
}

TEST(BuildSeries, ALogStepAxisLeavesOutStepZero) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 1000; ++t) r.series("GD", t, 1 / (1.0 + static_cast<double>(t)));
  FigureSpec spec = loss_spec();
  spec.x_scale = Scale::log;
  const Figure figure = build_figure(spec, r.trace, over(1000));
  EXPECT_EQ(figure.x.lo, 1);
  for (const Vertex& v : figure.curves[0].vertices) EXPECT_GT(v.x, 0);
}

TEST(BuildSeries, ATheoryNeverReachesBelowTheData) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 100; ++t) r.series("GD", t, std::pow(10, -0.05 * static_cast<double>(t)));
  r.theory("GD", "loss", "rate", TheoryKind::bound, {0, 100}, {100, 1e-60});
  const Figure figure = build_figure(loss_spec(), r.trace, over(100));
  EXPECT_EQ(figure.y.lo, 1e-5);
  EXPECT_GE(figure.y.hi, 10) << "above the data it may have some room";
  FigureOptions without = over(100);
  without.theory = false;
  EXPECT_EQ(build_figure(loss_spec(), r.trace, without).curves.size(), 1u);
}

TEST(BuildSeries, RoundingIsBelowThePictureAndMarked) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 300; ++t) {
    r.series("fast", t, 5 * std::pow(10, -0.15 * static_cast<double>(t)));
    r.series("slow", t, 5 * std::pow(10, -0.01 * static_cast<double>(t)));
  }
  Figure figure = build_figure(loss_spec(), r.trace, over(300));
  EXPECT_EQ(figure.y.lo, 1e-16);
  const auto below = marks_of(figure, MarkKind::below);
  ASSERT_EQ(below.size(), 1u);
  EXPECT_EQ(below[0].colour, 0);
  EXPECT_EQ(below[0].y, figure.y.lo);
  EXPECT_EQ(below[0].x, 112);
  EXPECT_NE(below[0].text.find("from step 112"), std::string::npos);
  FigureOptions zoomed = over(300);
  zoomed.x_range = Interval{200, 300};
  EXPECT_LT(build_figure(loss_spec(), r.trace, zoomed).y.lo, 1e-40) << "whoever looks closer sees it";
}

TEST(BuildSeries, ARunThatStartsSmallIsNotTakenForRounding) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 100; ++t) {
    r.series("large", t, 1e10);
    r.series("small", t, 1e-10 * std::pow(10, -0.05 * static_cast<double>(t)));
    r.series("grows", t, t == 0 ? 0 : 1e-12 * static_cast<double>(t));
  }
  EXPECT_LE(build_figure(loss_spec(), r.trace, over(100)).y.lo, 1e-15);
}

TEST(BuildSeries, SmoothingIsAnOverlayOverTheRawCurve) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 200; ++t) r.series("SGD", t, t % 10 == 5 ? 100 : 1);
  FigureOptions options = over(200);
  const Figure raw = build_figure(loss_spec(), r.trace, options);
  options.smoothing = {9, false};
  const Figure figure = build_figure(loss_spec(), r.trace, options);
  ASSERT_EQ(figure.curves.size(), 2u);
  EXPECT_TRUE(figure.curves[0].faint);
  EXPECT_EQ(figure.curves[0].vertices.size(), raw.curves[0].vertices.size());
  EXPECT_TRUE(figure.curves[1].smoothed);
  for (const Vertex& v : figure.curves[1].vertices) EXPECT_EQ(v.y, 1) << v.x;
  EXPECT_EQ(figure.state, raw.state);
  EXPECT_EQ(figure.y.hi, raw.y.hi);
  EXPECT_EQ(figure.legend[0].note, "moving median of 9");
  EXPECT_NE(figure.sentence.find("moving median of 9"), std::string::npos);
  options.smoothing.mean = true;
  EXPECT_NEAR(build_figure(loss_spec(), r.trace, options).curves[1].vertices[52].y, 12, 1e-9);
}

TEST(BuildSeries, HiddenRunsStayInTheLegendWhereTheyAreAskedFor) {
  Recorder r;
  for (const char* run : {"a", "b", "c"}) r.series(run, 0, 1);
  r.theory("c", "loss", "bound", TheoryKind::bound, {0, 10}, {1, 1});
  FigureOptions options = over(10);
  options.hidden = {"b"};
  EXPECT_EQ(build_figure(loss_spec(), r.trace, options).legend.size(), 3u);
  options.list_hidden = true;
  const Figure figure = build_figure(loss_spec(), r.trace, options);
  ASSERT_EQ(figure.legend.size(), 4u);
  EXPECT_TRUE(figure.legend[1].hidden);
  EXPECT_EQ(figure.legend[1].run, "b");
  EXPECT_EQ(figure.legend[1].colour, 1);
  EXPECT_TRUE(figure.legend[3].theory);
}

TEST(BuildSeries, HidingARunLeavesTheColoursOfSeveralSeries) {
  Recorder r;
  for (const char* run : {"a", "b"})
    for (const char* name : {"loss", "test_loss"}) r.series(run, 0, 1, 0, 1, name);
  FigureSpec spec = loss_spec();
  spec.names = {"loss", "test_loss"};
  FigureOptions options = over(10);
  options.hidden = {"a"};
  const Figure figure = build_figure(spec, r.trace, options);
  ASSERT_EQ(figure.curves.size(), 2u);
  EXPECT_EQ(figure.curves[0].label, "b: Loss");
  EXPECT_EQ(figure.curves[0].colour, 1);
}

RC_GTEST_PROP(BuildSeries, EveryDrawableValueLiesInTheRangeUnlessItDiverges, ()) {
  Recorder r;
  const int runs = *rc::gen::inRange(1, 5);
  for (int run = 0; run < runs; ++run) {
    const auto n = *rc::gen::inRange<std::uint64_t>(1, 80);
    for (std::uint64_t t = 0; t < n; ++t)
      r.series(std::to_string(run), t, *rc::gen::element(0.0, -1.0, 1e-4, 1e-3, 1.0, 30.0, test::nan, test::inf));
  }
  const auto scale = *rc::gen::element(Scale::log, Scale::linear);
  const Figure figure = build_figure(loss_spec(scale), r.trace, over(80));
  RC_ASSERT(figure.y.lo < figure.y.hi);
  for (const Curve& c : figure.curves)
    for (const Vertex& v : c.vertices) {
      if (!std::isfinite(v.y)) continue;
      RC_ASSERT(v.y >= figure.y.lo);
      RC_ASSERT(v.y <= figure.y.hi);
    }
}

}  // namespace
}  // namespace kappa
