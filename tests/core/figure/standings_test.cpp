/// Standings, targets, budgets, kept results and what a chart counts along.
#include "core/figure/standings.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/figure/build.hpp"
#include "core/figure/overlays.hpp"
#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

using test::loss_spec;
using test::over;
using test::Recorder;

double halved(std::uint64_t t) { return std::pow(0.5, static_cast<double>(t)); }

struct Race : Recorder {
  Race() {
    for (std::uint64_t t = 0; t <= 20; ++t) {
      series("plain", t, halved(t));
      cost("plain", t, t, 10 * t);
      if (t > 10) continue;
      series("costly", t, halved(2 * t));
      cost("costly", t, 4 * t, 40 * t);
    }
  }
};

TEST(Standings, SayWhatEachRunShowsAndHasCost) {
  const Race r;
  FigureOptions options = over(20);
  options.at_step = 4;
  options.target = 1e-3;
  options.hidden = {"costly"};
  const auto rows = standings(r.trace, "loss", options);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].value, halved(4));
  EXPECT_EQ(rows[0].final_value, halved(20));
  EXPECT_EQ(rows[0].to_target, 10);
  EXPECT_EQ(rows[0].gradients, 4);
  EXPECT_FALSE(rows[0].hidden);
  EXPECT_TRUE(rows[1].hidden) << "hidden runs keep their row";
  EXPECT_EQ(rows[1].to_target, 5);
  EXPECT_EQ(rows[1].gradients, 16);
  options.target = 1e-30;
  EXPECT_FALSE(standings(r.trace, "loss", options)[0].to_target);
}

TEST(Standings, AtEqualBudgetNoneIsSeenBeyondIt) {
  const Race r;
  EXPECT_EQ(common_budget(r.trace, CountBy::gradients), 20);
  EXPECT_EQ(common_budget(r.trace, CountBy::gradients, {"plain"}), 40);
  EXPECT_FALSE(common_budget(r.trace, CountBy::steps));
  FigureOptions options = over(20);
  options.count_by = CountBy::gradients;
  options.budget = 20;
  const auto rows = standings(r.trace, "loss", options);
  EXPECT_EQ(rows[0].final_value, halved(20));
  EXPECT_EQ(rows[1].final_value, halved(10)) << "five steps of four calls";
  EXPECT_EQ(rows[1].gradients, 20);
  EXPECT_EQ(build_figure(loss_spec(), r.trace, options).x.hi, 20);
}

TEST(Standings, RepeatsAreTheirMedian) {
  Recorder r;
  for (std::uint32_t repeat = 0; repeat < 3; ++repeat)
    for (std::uint64_t t = 0; t <= 30; ++t)
      r.series("three", t, std::pow(0.5 + 0.1 * repeat, static_cast<double>(t)), repeat, 3);
  FigureOptions options = over(30);
  options.target = 0.01;
  const auto rows = standings(r.trace, "loss", options);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].repeats, 3u);
  EXPECT_EQ(rows[0].to_target, 10) << "0.6 to the tenth is the first below a hundredth";
  EXPECT_DOUBLE_EQ(rows[0].final_value, std::pow(0.6, 30));
}

TEST(Standings, RecordedStepsBeforeAndAfter) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 100; t += 10) r.series("a", t, 1);
  for (std::uint64_t t = 25; t <= 60; t += 5) r.series("b", t, 1);
  EXPECT_EQ(recorded_after(r.trace, "loss", 20), 25u);
  EXPECT_EQ(recorded_after(r.trace, "loss", 60), 70u);
  EXPECT_FALSE(recorded_after(r.trace, "loss", 100));
  EXPECT_EQ(recorded_before(r.trace, "loss", 25), 20u);
  EXPECT_FALSE(recorded_before(r.trace, "loss", 0));
}

TEST(Standings, TheFirstAtMostIsFoundWhereverItIs) {
  for (const int where : {0, 1, 7, 63, 64, 500, 999}) {
    const auto at = static_cast<std::uint64_t>(where);
    Recorder r;
    for (std::uint64_t t = 0; t < 1000; ++t) r.series("a", t, t == at ? 0.5 : t > at && t % 3 == 0 ? 0.1 : 2);
    EXPECT_EQ(parts::first_at_most(*r.trace.series(0, 0, "loss"), 0.5), at);
  }
  Recorder never;
  never.series("a", 0, test::nan);
  EXPECT_FALSE(parts::first_at_most(*never.trace.series(0, 0, "loss"), 1));
}

TEST(Overlays, ATargetIsALineAndMarksTheFirstToReachItInWhatIsCounted) {
  const Race r;
  FigureOptions options = over(20);
  options.target = 1e-9;
  Figure figure = build_figure(loss_spec(), r.trace, options);
  EXPECT_LE(figure.y.lo, 1e-9) << "a target to come is on the picture";
  const auto line = [](const Curve& c) { return c.id == "target"; };
  EXPECT_TRUE(std::any_of(figure.curves.begin(), figure.curves.end(), line));
  EXPECT_TRUE(std::none_of(figure.marks.begin(), figure.marks.end(),
                           [](const Mark& m) { return m.kind == MarkKind::reached; }));
  const auto first = [&] {
    options.target = 1e-3;
    figure = build_figure(loss_spec(), r.trace, options);
    const auto mark = std::find_if(figure.marks.begin(), figure.marks.end(),
                                   [](const Mark& m) { return m.kind == MarkKind::reached; });
    return mark == figure.marks.end() ? std::string() : mark->text;
  };
  EXPECT_EQ(first(), "costly first, step 5");
  options.count_by = CountBy::gradients;
  EXPECT_EQ(first(), "plain first, step 10") << "ten calls against twenty";
  FigureSpec norm = loss_spec();
  norm.names = {"gradient_norm"};
  figure = build_figure(norm, r.trace, options);
  EXPECT_TRUE(std::none_of(figure.curves.begin(), figure.curves.end(), line)) << "only charts of the loss have it";
}

TEST(Overlays, KeptResultsAreFaintAndNamed) {
  const Race r;
  auto earlier = std::make_shared<Trace>();
  const auto run = earlier->open_run("plain", 1);
  const auto channel = earlier->open_channel({ChannelKind::series, run, 0, "loss", "", TheoryKind::exact});
  for (std::uint64_t t = 0; t <= 40; ++t) earlier->append(Record{channel, 0, t, 3 * halved(t)});
  FigureOptions options = over(20);
  options.kept = {{"κ 100", earlier, {}, {6}}};
  const Figure figure = build_figure(loss_spec(), r.trace, options);
  ASSERT_EQ(figure.curves.size(), 3u);
  EXPECT_EQ(figure.curves[2].label, "κ 100: plain");
  EXPECT_TRUE(figure.curves[2].faint);
  EXPECT_EQ(figure.curves[2].colour, 6);
  EXPECT_EQ(figure.legend[2].note, "kept");
  EXPECT_EQ(figure.x.hi, 40) << "there is room for all of it";
  EXPECT_EQ(figure.state, "32 of 32 points") << "it is not counted with the present";
}

TEST(Overlays, AFrozenViewShowsNothingLater) {
  const Race r;
  FigureOptions options = over(20);
  options.until = 6;
  const Figure figure = build_figure(loss_spec(), r.trace, options);
  for (const Curve& curve : figure.curves) EXPECT_EQ(curve.vertices.back().x, 6);
  EXPECT_EQ(standings(r.trace, "loss", options)[0].final_value, halved(6));
  options.count_by = CountBy::gradients;
  EXPECT_EQ(build_figure(loss_spec(), r.trace, options).curves[1].vertices.back().x, 24);
}

TEST(Overlays, ATheoryEndsWhereItsRunWasEdited) {
  Race r;
  r.theory("plain", "loss", "rate", TheoryKind::bound, {0, 5, 10, 15, 20}, {1, 0.1, 0.01, 1e-3, 1e-4});
  FigureOptions options = over(20);
  options.marks = {{"costly", MarkKind::edit, 3, "another run's"}, {"plain", MarkKind::fork, 2, "no edit"}};
  const auto theory = [&] {
    const Figure figure = build_figure(loss_spec(), r.trace, options);
    const auto curve =
        std::find_if(figure.curves.begin(), figure.curves.end(), [](const Curve& c) { return c.theory.has_value(); });
    return curve == figure.curves.end() ? -1 : curve->vertices.back().x;
  };
  EXPECT_EQ(theory(), 20);
  options.marks.push_back({"plain", MarkKind::edit, 12, "lr"});
  EXPECT_EQ(theory(), 10);
  options.marks.push_back({"plain", MarkKind::edit, 0, "lr"});
  EXPECT_EQ(theory(), 0) << "only where it began as the theory says";
}

}  // namespace
}  // namespace kappa
