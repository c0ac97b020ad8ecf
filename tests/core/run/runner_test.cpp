/// The engine as users drive it: threads, pauses, edits, forks and stops never change a byte they should not.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "core/run/claims_json.hpp"
#include "core/run/runner.hpp"
#include "tests/support/documents.hpp"
#include "tests/support/scratch.hpp"

namespace kappa {
namespace {

using namespace std::chrono_literals;
using testing::document_of;
using testing::small_race;
using testing::tables_of;

/// Runs to the end in a folder of its own, with whatever `drive` does meanwhile, and returns all tables.
template <class Drive>
std::string results(const Document& document, RunnerOptions options, const Drive& drive) {
  const test::ScratchDirectory folder;
  options.directory = folder.path() + "/out";
  options.pictures = false;
  Runner runner(document, options);
  drive(runner);
  EXPECT_TRUE(runner.wait(60s));
  EXPECT_EQ(runner.status().trouble, "");
  return tables_of(options.directory);
}
const auto nothing = [](Runner&) {};

TEST(Runner, ThreadsDoNotChangeABit) {
  const Document document = document_of(small_race(R"("repeats": 3, )"));
  const std::string one = results(document, {.threads = 1}, nothing);
  EXPECT_EQ(one, results(document, {.threads = 2}, nothing));
  EXPECT_EQ(one, results(document, {.threads = 5}, nothing));
  EXPECT_NE(one.find("\nAdam,2,60,loss,"), std::string::npos);
}

/// Waits until every run has come to this step.
bool all_at(const Runner& runner, std::uint64_t step) {
  const auto there = [&] {
    const std::vector<RunStatus> runs = runner.status().runs;
    return std::all_of(runs.begin(), runs.end(), [step](const RunStatus& run) { return run.step >= step; });
  };
  for (int i = 0; i < 2000 && !there(); ++i) std::this_thread::sleep_for(5ms);
  return there();
}

TEST(Runner, PausesAndSpeedsDoNotChangeABit) {
  const Document document = document_of(small_race());
  const std::string plain = results(document, {.threads = 2}, nothing);
  EXPECT_EQ(plain, results(document, {.threads = 2, .start_paused = true}, [](Runner& runner) {
              runner.step(3);
              std::this_thread::sleep_for(30ms);
              runner.set_speed(2000);
              runner.resume();
              std::this_thread::sleep_for(5ms);
              runner.pause();
              runner.set_speed(0);
              runner.resume();
            }));
}

TEST(Runner, SaysWhatARunCannotMeasure) {
  Document document = document_of(small_race());
  document.probes.push_back(complete_node({Kind::probe, "test_loss", {}}));
  document.probes.push_back(complete_node({Kind::probe, "singular_values", {{"block", std::string("W")}}}));
  Runner runner(document, {.threads = 1, .pictures = false});
  ASSERT_TRUE(runner.wait(60s));
  for (const RunStatus& run : runner.status().runs) {
    ASSERT_EQ(run.unmeasured.size(), 2u) << run.label;
    EXPECT_EQ(run.unmeasured[0].name, "test_loss");
    EXPECT_EQ(run.unmeasured[0].title, "Test loss");
    EXPECT_EQ(run.unmeasured[0].why, "this problem has no test data");
    EXPECT_EQ(run.unmeasured[1].name, "singular_values:W");
    EXPECT_FALSE(run.unmeasured[1].why.empty());
  }
}

TEST(Runner, ASingleStepStepsEachRunOnce) {
  Runner runner(document_of(small_race()), {.threads = 2, .start_paused = true});
  const auto at = [&](std::uint64_t step) {
    const auto there = all_at(runner, step);
    const auto status = runner.status();
    return there && status.runs[0].step == step && status.runs[1].step == step;
  };
  runner.step();
  EXPECT_TRUE(at(1));
  runner.step(4);
  EXPECT_TRUE(at(5));
  std::this_thread::sleep_for(50ms);
  EXPECT_TRUE(at(5)) << "went on by itself";
  EXPECT_EQ(runner.status().phase, Phase::paused);
}

TEST(Runner, APausedRunShowsThePointWhereItStands) {
  Runner runner(document_of(small_race()), {.threads = 2, .start_paused = true});
  const auto last = [&] {
    const auto loss = view_of(*runner.trace())->series("GD", 0, "loss");
    return loss && !loss->step.empty() ? static_cast<long>(loss->step.back()) : -1L;
  };
  const auto comes_to = [&](long step) {
    for (int i = 0; i < 400 && last() != step; ++i) std::this_thread::sleep_for(5ms);
    return last();
  };
  EXPECT_EQ(comes_to(0), 0) << "the start, before anything runs";
  runner.step(3);
  EXPECT_EQ(comes_to(3), 3);
}

TEST(Runner, WhereARunEndsEveryProbeIsMeasured) {
  Runner runner(document_of(R"({"kappascope": 1, "steps": 100, "problem": {"type": "quadratic", "dimension": 4},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 0.5}}],
    "probes": [{"type": "loss"}, {"type": "gradient_norm", "every": 10}], "events": [{"step": 33, "stop": "/runs/0"}]})"),
                {.threads = 1});
  ASSERT_TRUE(runner.wait(60s));
  const auto norm = view_of(*runner.trace())->series("GD", 0, "gradient_norm");
  EXPECT_EQ(norm->step, (std::vector<std::uint64_t>{0, 10, 20, 30, 33}));
}

TEST(Runner, LiveEditsReplayBitForBit) {
  const Document document = document_of(small_race("", "4000"));
  const test::ScratchDirectory folder;
  Runner live(document, {.threads = 2, .directory = folder.path() + "/live", .pictures = false, .start_paused = true});
  live.step(7);
  ASSERT_TRUE(all_at(live, 7));
  EXPECT_FALSE(live.edit(0, "learning_rate", Value(0.05)));
  EXPECT_FALSE(live.edit(1, "beta1", Value(0.5)));
  EXPECT_TRUE(live.edit(0, "learning_rate", Value(-1.0))) << "out of range";
  EXPECT_TRUE(live.edit(0, "learnin_rate", Value(0.1))) << "no such field";
  live.resume();
  ASSERT_TRUE(live.wait(60s));
  const Document lived = live.document();
  ASSERT_EQ(lived.events.size(), 2U);
  EXPECT_EQ(lived.events[0].step, 7U);
  EXPECT_EQ(tables_of(folder.path() + "/live"), results(document_of(write_document(lived)), {.threads = 1}, nothing));
}

TEST(Runner, StopIsAnEventThatReplays) {
  const Document document = document_of(small_race("", "100000000"));
  const test::ScratchDirectory folder;
  Runner live(document, {.threads = 2, .directory = folder.path() + "/live", .pictures = false});
  ASSERT_TRUE(all_at(live, 1));
  live.stop();
  ASSERT_TRUE(live.wait(20s));
  for (const RunStatus& run : live.status().runs) EXPECT_EQ(run.ended, Ended::stopped);
  const Document lived = live.document();
  ASSERT_EQ(lived.events.size(), 2U);
  EXPECT_TRUE(lived.events[0].stop);
  EXPECT_EQ(lived.steps, 100000000U);
  EXPECT_EQ(tables_of(folder.path() + "/live"), results(document_of(write_document(lived)), {.threads = 1}, nothing));
}

TEST(Runner, RepeatsThatReachTheirTargetKeepItInTheMedian) {
  const Document document = document_of(R"({"kappascope": 1, "steps": 2000, "repeats": 5, "problem":
    {"type": "linear_regression", "samples": 20, "features": 5, "condition_number": 20, "noise": 0},
    "stop": {"loss_below": 1e-6},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 0.5}}]})");
  Runner runner(document, {.threads = 2, .pictures = false});
  ASSERT_TRUE(runner.wait(60s));
  FigureOptions options = figure_options(document);
  options.ended = ended_repeats(document, runner.status().runs);
  EXPECT_EQ(options.ended.list.size(), 5u);
  const Figure figure = build_figure(figures_of(document).front(), *runner.trace(), options);
  const auto rises = [](const Vertex& a, const Vertex& b) { return b.y > a.y * (1 + 1e-12); };
  const auto& line = figure.curves.at(0).vertices;
  EXPECT_EQ(std::adjacent_find(line.begin(), line.end(), rises), line.end());
  EXPECT_NE(runner.status().runs[0].step, runner.status().runs[1].step) << "or this has shown nothing";
}

TEST(Runner, ARunThatWasInterruptedSaysNothingOfLaterSteps) {
  const Document document = document_of(small_race("", "100000000"));
  Runner runner(document, {.threads = 2, .pictures = false});
  ASSERT_TRUE(all_at(runner, 10));
  EXPECT_TRUE(ended_repeats(document, runner.status().runs).list.empty());
  runner.interrupt();
  ASSERT_TRUE(runner.wait(60s));
  EXPECT_TRUE(ended_repeats(document, runner.status().runs).list.empty());
}

TEST(Runner, InterruptKeepsWhatWasRecorded) {
  const test::ScratchDirectory folder;
  const std::string out = folder.path() + "/out";
  Runner runner(document_of(small_race("", "100000000")), {.threads = 2, .directory = out, .pictures = false});
  ASSERT_TRUE(all_at(runner, 1));
  runner.interrupt();
  ASSERT_TRUE(runner.wait(20s));
  for (const RunStatus& run : runner.status().runs) EXPECT_EQ(run.ended, Ended::interrupted);
  const std::string series = testing::file_text(out + "/series.csv");
  EXPECT_NE(series.find("GD,0,0,loss,"), std::string::npos);
  EXPECT_EQ(series.back(), '\n');
  EXPECT_FALSE(std::filesystem::exists(out + "/partial"));
}

TEST(Runner, ForkGoesOnFromTheExactState) {
  const std::string fork = R"({"kappascope": 1, "seed": 7, "steps": 50,
    "problem": {"type": "linear_regression", "samples": 40, "features": 6, "condition_number": 10},
    "batch": {"size": 8, "order": "random_reshuffling"},
    "runs": [{"label": "A", "optimizer": {"type": "adam", "learning_rate": 0.05}},
             {"label": "same", "fork": {"run": "A", "step": 20}, "optimizer": {}},
             {"label": "other", "fork": {"run": "A", "step": 20}, "optimizer": {"learning_rate": 0.001}},
             {"label": "again", "fork": {"run": "other", "step": 30}, "optimizer": {"learning_rate": 0.05}}]})";
  Runner runner(document_of(fork), {.threads = 2});
  ASSERT_TRUE(runner.wait(60s));
  const auto view = view_of(*runner.trace());
  const auto a = view->series("A", 0, "loss"), same = view->series("same", 0, "loss"),
             other = view->series("other", 0, "loss"), again = view->series("again", 0, "loss");
  ASSERT_TRUE(a && same && other && again);
  EXPECT_EQ(same->step.front(), 20U);
  EXPECT_EQ(again->step.front(), 30U);
  for (std::size_t i = 0; i < same->value.size(); ++i) EXPECT_EQ(same->value[i], a->value[i + 20]);
  EXPECT_EQ(other->value[0], a->value[20]);
  EXPECT_NE(other->value[1], a->value[21]);
  EXPECT_EQ(again->value[0], other->value[10]);
}

TEST(Runner, AForkBeginsAsItsParentsEditsHaveLeftIt) {
  const auto with = [](const std::string& fork) {
    return document_of(R"({"kappascope": 1, "seed": 7, "steps": 50,
      "problem": {"type": "linear_regression", "samples": 40, "features": 6, "condition_number": 10},
      "runs": [{"label": "A", "optimizer": {"type": "heavy_ball", "learning_rate": 0.3, "momentum": 0.2}},
               {"label": "B", "fork": {"run": "A", "step": 20}, "optimizer": )" +
                       fork + R"(}],
      "events": [{"step": 10, "set": "/runs/0/optimizer/learning_rate", "value": 0.1},
                 {"step": 20, "set": "/runs/0/optimizer/momentum", "value": 0.9}]})");
  };
  const Document document = with("{}");
  EXPECT_EQ(std::get<double>(optimizer_before(document, 1, 50).params.at("learning_rate")), 0.1);
  EXPECT_EQ(std::get<double>(optimizer_before(document, 1, 50).params.at("momentum")), 0.2);
  EXPECT_EQ(std::get<double>(optimizer_before(document, 0, 10).params.at("learning_rate")), 0.3);
  EXPECT_EQ(std::get<double>(optimizer_before(document, 0, 21).params.at("momentum")), 0.9);
  const auto loss = [](const Document& of) {
    Runner runner(of, {.threads = 1});
    runner.wait(60s);
    return view_of(*runner.trace())->series("B", 0, "loss")->value;
  };
  EXPECT_EQ(loss(document), loss(with(R"({"learning_rate": 0.1})")));
  EXPECT_NE(loss(document), loss(with(R"({"learning_rate": 0.3})")));
}

TEST(Runner, ComesBackAtOnceToWhereItWas) {
  const Document document = document_of(small_race("", "500"));
  Runner runner(document, {.threads = 2, .start_paused = true, .steps_per_second = 1, .come_back_to = {300, 7}});
  const auto came_to = [&](std::uint64_t first, std::uint64_t second) {
    const auto there = [&] {
      const auto status = runner.status();
      return status.runs[0].step >= first && status.runs[1].step >= second && status.phase == Phase::paused;
    };
    for (int i = 0; i < 500 && !there(); ++i) std::this_thread::sleep_for(10ms);
    std::this_thread::sleep_for(50ms);  // and no further
    return there() && runner.status().runs[0].step == first && runner.status().runs[1].step == second;
  };
  EXPECT_TRUE(came_to(300, 7));
  runner.step();
  EXPECT_TRUE(came_to(301, 8));
}

TEST(Runner, SecondsAndEpochsGrowAndStayOutOfTheFiles) {
  const test::ScratchDirectory folder;
  Document document = document_of(small_race());
  document.batch = {10, "random_reshuffling"};
  Runner runner(document, {.threads = 1, .directory = folder.path() + "/out", .pictures = false});
  ASSERT_TRUE(runner.wait(60s));
  const auto costs = runner.trace()->cost(0, 0);
  ASSERT_EQ(costs.size(), 61U);
  EXPECT_EQ(costs.front().effort.seconds, 0);
  for (std::size_t i = 1; i < costs.size(); ++i) EXPECT_GT(costs[i].effort.seconds, costs[i - 1].effort.seconds);
  EXPECT_LT(costs.back().effort.seconds, 10);
  EXPECT_DOUBLE_EQ(costs.back().effort.epochs, 15) << "sixty batches of ten out of forty";
  EXPECT_EQ(runner.trace()->cost(0, 0, 5).size(), 5U);
  EXPECT_EQ(runner.trace()->cost_at(0, 0, 33)->gradients, 33U);
  EXPECT_EQ(testing::file_text(folder.path() + "/out/cost.csv").find("second"), std::string::npos);
}

TEST(Runner, DivergenceIsAResultWithItsFirstBadValue) {
  Runner runner(document_of(R"({"kappascope": 1, "seed": 1, "steps": 100000,
    "problem": {"type": "quadratic", "dimension": 4}, "stop": {"diverged_above": 1e300},
    "runs": [{"label": "wild", "optimizer": {"type": "gradient_descent", "learning_rate": 10}},
             {"label": "tame", "optimizer": {"type": "gradient_descent", "learning_rate": 0.5}}]})"),
                {.threads = 2});
  ASSERT_TRUE(runner.wait(60s));
  const auto status = runner.status();
  EXPECT_EQ(status.runs[0].ended, Ended::diverged);
  EXPECT_EQ(status.runs[1].ended, Ended::steps);
  const auto loss = view_of(*runner.trace())->series("wild", 0, "loss");
  ASSERT_TRUE(loss);
  EXPECT_GT(loss->value.back(), 1e300);
  EXPECT_LT(loss->value[loss->value.size() - 2], 1e300);
}

TEST(Runner, ReachedEndsTheRunAtTheFirstStepBelow) {
  Runner runner(
      document_of(R"({"kappascope": 1, "seed": 1, "steps": 100000, "problem": {"type": "quadratic", "dimension": 4},
    "stop": {"loss_below": 1e-6}, "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 1}}]})"),
      {.threads = 1});
  ASSERT_TRUE(runner.wait(60s));
  const auto loss = view_of(*runner.trace())->series("GD", 0, "loss");
  EXPECT_EQ(runner.status().runs[0].ended, Ended::reached);
  EXPECT_LT(loss->value.back(), 1e-6);
  EXPECT_GE(loss->value[loss->value.size() - 2], 1e-6);
}

TEST(Runner, AllRunsSeeTheSameBatches) {
  Runner runner(document_of(R"({"kappascope": 1, "seed": 3, "steps": 30, "batch": {"size": 5},
    "problem": {"type": "linear_regression", "samples": 23, "features": 4, "noise": 0.5},
    "runs": [{"label": "a", "optimizer": {"type": "gradient_descent", "learning_rate": 0.1}},
             {"label": "b", "optimizer": {"type": "heavy_ball", "learning_rate": 0.1, "momentum": 0}}],
    "probes": [{"type": "loss"}, {"type": "batch_loss"}]})"),
                {.threads = 2});
  ASSERT_TRUE(runner.wait(60s));
  const auto view = view_of(*runner.trace());
  EXPECT_EQ(view->series("a", 0, "batch_loss")->value, view->series("b", 0, "batch_loss")->value);
}

TEST(Runner, AnExtraProbeChangesNoTrajectory) {
  const auto losses = [](const std::string& probes) {
    Runner runner(document_of(R"({"kappascope": 1, "seed": 3, "steps": 40, "batch": {"size": 5},
      "problem": {"type": "logistic_regression", "samples": 30, "features": 4},
      "runs": [{"label": "a", "optimizer": {"type": "adam", "learning_rate": 0.1}}], "probes": )" +
                              probes + "}"),
                  {.threads = 1});
    EXPECT_TRUE(runner.wait(60s));
    return view_of(*runner.trace())->series("a", 0, "loss")->value;
  };
  EXPECT_EQ(
      losses(R"([{"type": "loss"}])"),
      losses(
          R"([{"type": "loss"}, {"type": "sharpness"}, {"type": "singular_values", "every": 1}, {"type": "gradient_norm"},
                       {"type": "condition_number", "of": "update", "every": 1}])"));
}

TEST(Runner, OneRunMayFailWhileTheOthersGoOn) {
  Runner runner(document_of(R"({"kappascope": 1, "steps": 10, "problem": {"type": "quadratic", "dimension": 4},
    "runs": [{"label": "needs samples", "optimizer": {"type": "svrg"}},
             {"label": "fine", "optimizer": {"type": "gradient_descent"}}]})"),
                {.threads = 2});
  ASSERT_TRUE(runner.wait(60s));
  const auto status = runner.status();
  EXPECT_EQ(status.runs[0].ended, Ended::failed);
  EXPECT_NE(status.runs[0].why.find("component"), std::string::npos) << status.runs[0].why;
  EXPECT_EQ(status.runs[1].ended, Ended::steps);
}

TEST(Runner, AllMethodsAreJudgedAtTheSameStart) {
  Runner runner(
      document_of(
          R"({"kappascope": 1, "steps": 5, "problem": {"type": "quadratic", "dimension": 5, "condition_number": 20},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent"}},
             {"label": "Nesterov", "optimizer": {"type": "nesterov_convex"}},
             {"label": "Schedule-Free", "optimizer": {"type": "schedule_free_sgd"}}]})"),
      {.threads = 1});
  ASSERT_TRUE(runner.wait(60s));
  const auto view = view_of(*runner.trace());
  const double start = view->series("GD", 0, "loss")->value[0];
  EXPECT_EQ(view->series("Nesterov", 0, "loss")->value[0], start);
  EXPECT_EQ(view->series("Schedule-Free", 0, "loss")->value[0], start);
  // From y0 = x0 Nesterov's first step is a gradient step of length 1/L = 1.
  Runner plain(
      document_of(
          R"({"kappascope": 1, "steps": 5, "problem": {"type": "quadratic", "dimension": 5, "condition_number": 20},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 1}}]})"),
      {.threads = 1});
  ASSERT_TRUE(plain.wait(60s));
  EXPECT_NEAR(view->series("Nesterov", 0, "loss")->value[1], view_of(*plain.trace())->series("GD", 0, "loss")->value[1],
              1e-14);
}

TEST(Runner, CostCountsWhatTheStepAsked) {
  Runner runner(
      document_of(
          R"({"kappascope": 1, "steps": 10, "problem": {"type": "linear_regression", "samples": 20, "features": 3},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 0.1}},
             {"label": "SAM", "optimizer": {"type": "sam", "base": {"type": "gradient_descent", "learning_rate": 0.1}}}]})"),
      {.threads = 1});
  ASSERT_TRUE(runner.wait(60s));
  const auto gd = runner.trace()->cost(0, 0), sam = runner.trace()->cost(1, 0);
  ASSERT_EQ(gd.size(), 11U);
  EXPECT_EQ(gd[0].gradients, 0U);
  EXPECT_EQ(gd[10].gradients, 10U);
  EXPECT_EQ(gd[10].samples, 200U);
  EXPECT_EQ(sam[10].gradients, 20U);
}

}  // namespace
}  // namespace kappa
