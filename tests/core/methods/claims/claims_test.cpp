/// Every claim says yes on its witness, no on a trace that lies, and nothing where something is missing.
#include <gtest/gtest.h>

#include <cmath>

#include "core/kinds/claim.hpp"
#include "tests/support/memory_view.hpp"
#include "tests/support/sabotage.hpp"

namespace kappa {
namespace {

using test::Lie;
using test::MemoryView;
using test::SabotagedView;
using test::values_of;
using Settings = std::map<std::string, Value, std::less<>>;
using Words = std::vector<std::string>;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

Verdict judge(const std::string& id, const Settings& settings, const TraceView& trace) {
  return make_claim({Kind::claim, id, settings})->judge(trace);
}
std::optional<bool> holds(const std::string& id, const Settings& settings, const TraceView& trace) {
  return judge(id, settings, trace).holds;
}

std::string operator""_s(const char* text, std::size_t size) { return {text, size}; }

/// Two repeats of a fast run, 0.9^t, and a slow one, 0.99^t, over 100 steps.
MemoryView race() {
  MemoryView view;
  for (std::uint32_t r = 0; r < 2; ++r) {
    view.put("fast", "loss", values_of(101, [](double t) { return std::pow(0.9, t); }), r);
    view.put("slow", "loss", values_of(101, [](double t) { return 2 * std::pow(0.99, t); }), r);
  }
  return view;
}

struct Witness {
  std::string id;
  Settings settings;
  std::vector<Lie> lies;  ///< that have to be noticed
};

std::vector<Witness> witnesses() {
  return {
      {"below", {{"run", "fast"_s}, {"bound", 1e-4}}, {Lie::swap_runs, Lie::end_is_start}},
      {"above", {{"run", "slow"_s}, {"bound", 0.5}, {"at", "last"_s}}, {Lie::swap_runs}},
      {"ratio", {{"run", "fast"_s}, {"against", "slow"_s}, {"hi", 1e-3}}, {Lie::swap_runs, Lie::end_is_start}},
      {"slope",
       {{"run", "fast"_s}, {"exponentiate", true}, {"lo", 0.899}, {"hi", 0.901}, {"from", std::int64_t{1}}},
       {Lie::swap_runs, Lie::end_is_start, Lie::times_step}},
      {"reaches_first", {{"run", "fast"_s}, {"target", 1e-3}, {"relative", true}, {"factor", 0.9}}, {Lie::swap_runs}},
      {"stays_within",
       {{"run", "fast"_s}, {"from", std::int64_t{60}}, {"hi", 2e-3}, {"lo", 1e-5}},
       {Lie::swap_runs, Lie::end_is_start, Lie::times_step}}};
}

TEST(Claims, HoldOnTheirWitnessAndNotOnALie) {
  const MemoryView truth = race();
  for (const Witness& witness : witnesses()) {
    EXPECT_EQ(holds(witness.id, witness.settings, truth), true)
        << witness.id << " " << judge(witness.id, witness.settings, truth).why;
    for (const Lie lie : witness.lies)
      EXPECT_EQ(holds(witness.id, witness.settings, SabotagedView(truth, lie)), false)
          << witness.id << static_cast<int>(lie);
  }
}

TEST(Claims, AreUnknownWhereSomethingIsMissing) {
  const MemoryView view = race();
  MemoryView half = race();
  half.put("other", "loss", {1}, 0);
  for (Witness witness : witnesses()) {
    witness.settings["series"] = "sharpness"_s;
    const Verdict verdict = judge(witness.id, witness.settings, view);
    EXPECT_EQ(verdict.holds, std::nullopt) << witness.id;
    EXPECT_FALSE(verdict.why.empty());
    EXPECT_FALSE(verdict.statistic.empty());
    witness.settings["series"] = "loss"_s;
    witness.settings["run"] = "nobody"_s;
    EXPECT_EQ(holds(witness.id, witness.settings, view), std::nullopt) << witness.id;
    witness.settings["run"] = "other"_s;  // one repeat of two
    EXPECT_EQ(holds(witness.id, witness.settings, half), std::nullopt) << witness.id;
  }
}

TEST(Claims, NoNumberNeverHolds) {
  MemoryView view = race();
  for (std::uint32_t r = 0; r < 2; ++r) view.put("fast", "loss", std::vector<double>(101, nan_value), r);
  for (const Witness& witness : witnesses()) {
    Settings settings = witness.settings;
    if (witness.id == "above") settings["run"] = "fast"_s;
    EXPECT_EQ(holds(witness.id, settings, view), false) << witness.id;
  }
}

TEST(Claims, OneBadRepeatIsOneTooMany) {
  MemoryView view = race();
  view.put("fast", "loss", values_of(101, [](double t) { return std::pow(0.999, t); }), 1);
  view.put("slow", "loss", values_of(101, [](double) { return 0.1; }), 1);
  for (const Witness& witness : witnesses()) EXPECT_EQ(holds(witness.id, witness.settings, view), false) << witness.id;
}

TEST(Claims, MedianForgivesOneRepeat) {
  MemoryView view;
  view.put("a", "loss", {1}, 0).put("a", "loss", {2}, 1).put("a", "loss", {50}, 2);
  EXPECT_EQ(holds("below", {{"run", "a"_s}, {"bound", 3.0}}, view), false);
  EXPECT_EQ(holds("below", {{"run", "a"_s}, {"bound", 3.0}, {"over", "median"_s}}, view), true);
  EXPECT_EQ(judge("below", {{"run", "a"_s}, {"bound", 3.0}, {"over", "mean"_s}}, view).measured, 53.0 / 3);
}

TEST(Claims, SayTheDocumentsSentence) {
  const Verdict verdict = judge(
      "below", {{"run", "fast"_s}, {"bound", 1e-4}, {"sentence", "It ends low."_s}, {"paper", "Me 2024"_s}}, race());
  EXPECT_EQ(verdict.claim, "It ends low.");
  EXPECT_EQ(verdict.paper, "Me 2024");
  EXPECT_EQ(verdict.expected, "< 0.0001");
  EXPECT_EQ(verdict.statistic, "last loss of fast, worst of 2 repeats");
}

TEST(Below, JudgesEveryRunUnlessToldWhich) {
  const MemoryView view = race();
  EXPECT_EQ(judge("below", {{"bound", 1.0}}, view).measured, 2 * std::pow(0.99, 100));
  EXPECT_EQ(judge("below", {{"bound", 1.0}, {"runs", Words{"fast"}}}, view).measured, std::pow(0.9, 100));
  EXPECT_EQ(
      judge("below", {{"bound", 1.0}, {"run", "fast"_s}, {"at", "step"_s}, {"step", std::int64_t{2}}}, view).measured,
      std::pow(0.9, 2));
  EXPECT_EQ(holds("below", {{"run", "fast"_s}, {"at", "step"_s}, {"step", std::int64_t{200}}, {"bound", 1.0}}, view),
            std::nullopt);
}

TEST(Ratio, MayCompareARunWithItself) {
  const Verdict verdict = judge("ratio", {{"run", "fast"_s}, {"against_at", "first"_s}, {"hi", 1e-4}}, race());
  EXPECT_EQ(verdict.holds, true);
  EXPECT_NEAR(verdict.measured, std::pow(0.9, 100), 1e-18);
}

TEST(Slope, FitsPowersAndValueWindows) {
  MemoryView view;
  view.put("a", "loss", values_of(200, [](double t) { return 3 / (t * t + 1e-300); }));
  const Settings power{
      {"run", "a"_s}, {"axis", "log_step"_s}, {"from", std::int64_t{1}}, {"lo", -2.0001}, {"hi", -1.9999}};
  EXPECT_EQ(holds("slope", power, view), true);
  // A rate of 0.5 down to a floor: fitted above the floor only.
  view.put("b", "loss", values_of(100, [](double t) { return std::max(8 * std::pow(0.5, t), 1e-12); }));
  Settings rate{{"run", "b"_s}, {"exponentiate", true}, {"lo", 0.4999}, {"hi", 0.5001}};
  EXPECT_EQ(holds("slope", rate, view), false);
  rate["smallest"] = 1e-9;
  rate["largest"] = 1e-2;
  rate["relative"] = true;
  EXPECT_EQ(holds("slope", rate, view), true);
  rate["largest"] = 2e-9;
  EXPECT_EQ(holds("slope", rate, view), std::nullopt);
}

TEST(ReachesFirst, NeverIsLaterThanEver) {
  MemoryView view;
  view.put("a", "loss", {3, 2, 1}).put("b", "loss", {3, 3, 3, 3});
  EXPECT_EQ(holds("reaches_first", {{"run", "a"_s}, {"target", 1.0}}, view), true);
  EXPECT_EQ(holds("reaches_first", {{"run", "b"_s}, {"target", 1.0}}, view), false);
  EXPECT_EQ(holds("reaches_first", {{"run", "b"_s}, {"target", 0.5}}, view), false);  // nobody gets there
  EXPECT_EQ(holds("reaches_first", {{"run", "b"_s}, {"target", 3.5}, {"rising", true}}, view), false);
  MemoryView alone;
  alone.put("a", "loss", {1});
  EXPECT_EQ(holds("reaches_first", {{"run", "a"_s}, {"target", 1.0}}, alone), std::nullopt);
}

TEST(ReachesFirst, SaysTheStepsInWords) {
  MemoryView view;
  view.put("a", "loss", {3, 2, 1}).put("b", "loss", {3, 3, 3, 3});
  const Verdict never = judge("reaches_first", {{"run", "a"_s}, {"target", 1.0}}, view);
  EXPECT_EQ(never.measured, 0);
  EXPECT_EQ(never.expected_words, "first");
  EXPECT_EQ(never.measured_words, "2 steps, others never");
  const Verdict sooner = judge("reaches_first", {{"run", "a"_s}, {"target", 1.0}, {"factor", 0.1}}, view);
  EXPECT_EQ(sooner.expected_words, "10 times sooner");
  const Verdict later = judge("reaches_first", {{"run", "b"_s}, {"target", 3.0}}, view);
  EXPECT_EQ(later.measured_words, "0 steps, others 0");
  view.put("a", "loss", {3, 3, 3, 1}, 1).put("b", "loss", {3, 1, 1, 1}, 1);
  EXPECT_EQ(judge("reaches_first", {{"run", "a"_s}, {"target", 1.0}}, view).measured_words,
            "2 to 3 steps, others 1 to never");
}

MemoryView predicted(double factor, TheoryKind kind) {
  MemoryView view;
  XY xy{values_of(101, [](double t) { return t; }),
        values_of(101, [&](double t) { return factor * std::pow(0.9, t); })};
  view.put("fast", "loss", values_of(51, [](double t) { return std::pow(0.9, 2 * t); }), 0, 2);
  view.put("slow", "loss", values_of(51, [](double t) { return std::pow(0.99, 2 * t); }), 0, 2);
  for (const char* run : {"fast", "slow"}) view.put_theory(run, "loss", {"rate", kind, xy});
  return view;
}

TEST(FollowsTheory, ExactCurvesAreMet) {
  const Settings settings{{"run", "fast"_s}, {"bound", 1e-9}};
  const MemoryView truth = predicted(1, TheoryKind::exact);
  EXPECT_EQ(holds("follows_theory", settings, truth), true);
  for (const Lie lie : test::all_lies) EXPECT_EQ(holds("follows_theory", settings, SabotagedView(truth, lie)), false);
  EXPECT_EQ(holds("follows_theory", settings, predicted(1.001, TheoryKind::exact)), false);
  EXPECT_EQ(holds("follows_theory", {{"run", "fast"_s}, {"bound", 0.01}}, predicted(1.001, TheoryKind::guide)), true);
}

TEST(FollowsTheory, BoundsAreNotCrossed) {
  const Settings settings{{"run", "fast"_s}};
  EXPECT_EQ(holds("follows_theory", settings, predicted(1, TheoryKind::bound)), true);
  EXPECT_EQ(holds("follows_theory", settings, predicted(5, TheoryKind::bound)), true);
  EXPECT_EQ(holds("follows_theory", settings, predicted(0.999, TheoryKind::bound)), false);
  for (const Lie lie : test::all_lies)
    EXPECT_EQ(holds("follows_theory", settings, SabotagedView(predicted(1, TheoryKind::bound), lie)), false);
}

TEST(FollowsTheory, BelowTheFloorRoundingDecides) {
  MemoryView view = predicted(1, TheoryKind::exact);
  view.put("fast", "loss", values_of(51, [](double t) { return std::max(std::pow(0.9, 2 * t), 1e-3); }), 0, 2);
  EXPECT_EQ(holds("follows_theory", {{"run", "fast"_s}, {"bound", 1e-9}}, view), false);
  EXPECT_EQ(holds("follows_theory", {{"run", "fast"_s}, {"bound", 1e-9}, {"floor", 2e-3}}, view), true);
  EXPECT_EQ(holds("follows_theory", {{"run", "fast"_s}, {"bound", 1e-9}, {"to", std::int64_t{60}}}, view), true);
}

TEST(FollowsTheory, WithoutTheoryOrCommonStepsNothingIsKnown) {
  const MemoryView view = predicted(1, TheoryKind::exact);
  EXPECT_EQ(holds("follows_theory", {{"run", "fast"_s}, {"curve", "another"_s}}, view), std::nullopt);
  EXPECT_EQ(holds("follows_theory", {{"run", "fast"_s}}, race()), std::nullopt);
  EXPECT_EQ(holds("follows_theory", {{"run", "fast"_s}, {"from", std::int64_t{101}}}, view), std::nullopt);
}

}  // namespace
}  // namespace kappa
