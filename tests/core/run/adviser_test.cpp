/// Advice is right about today's numbers, before the first step, after edits and after the end.
#include "core/run/adviser.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

#include "core/kinds/modes.hpp"
#include "core/run/runner.hpp"
#include "tests/support/documents.hpp"

namespace kappa {
namespace {

using namespace std::chrono_literals;
using testing::document_of;

std::string bowl(const std::string& optimizer, const std::string& more = "") {
  return R"({"kappascope": 1, "seed": 7, "steps": 40, )" + more +
         R"("problem": {"type": "quadratic", "dimension": 12, "condition_number": 100},
             "runs": [{"label": "it", "optimizer": )" +
         optimizer + "}]}";
}

Advice advice_on(const std::string& json) {
  const Document document = document_of(json);
  ProblemCache problems;
  return advise(document, 0, effective_optimizer(document, 0), problems);
}

double best_of(const Advice& advice, const std::string& field) {
  for (const Advice::Best& one : advice.best)
    if (one.field == field) return std::get<double>(one.value);
  return std::nan("");
}

/// Steps that a run needs to a small loss, with these parameters.
std::uint64_t steps_needed(const std::string& optimizer) {
  Runner runner(document_of(bowl(optimizer, R"("stop": {"loss_below": 1e-18}, )")), {.threads = 1});
  runner.wait();
  return runner.status().runs[0].ended == Ended::reached ? runner.status().runs[0].step : 1'000'000;
}

TEST(Adviser, SaysWhetherTheStepIsAllowed) {
  const Advice good = advice_on(bowl(R"({"type": "gradient_descent", "learning_rate": 1.98})"));
  ASSERT_EQ(good.conditions.size(), 1u);
  EXPECT_EQ(good.conditions[0].field, "learning_rate");
  EXPECT_EQ(good.conditions[0].text, "η < 2/L: 1.98 < 2.00");
  EXPECT_TRUE(good.conditions[0].holds);
  const Advice bad = advice_on(bowl(R"({"type": "gradient_descent", "learning_rate": 2.1})"));
  ASSERT_EQ(bad.conditions.size(), 1u);
  EXPECT_FALSE(bad.conditions[0].holds);
}

TEST(Adviser, TheStepOfGradientDescentIsTheBest) {
  EXPECT_NEAR(best_of(advice_on(bowl(R"({"type": "gradient_descent"})")), "learning_rate"), 2 / 1.01, 1e-9);
}

/// The rate of a pair is the largest root over the ends of the spectrum; no pair of a fine grid is better.
TEST(Adviser, TheMomentumPairsAreTheBest) {
  const auto worst_root = [](const char* id, double eta, double beta) {
    double worst = 0;
    for (double lambda = 0.01; lambda <= 1.0001; lambda += 0.0033) {
      const bool ahead = std::string(id) == "nesterov";
      const double trace = ahead ? (1 + beta) * (1 - eta * lambda) : 1 + beta - eta * lambda;
      const double det = ahead ? beta * (1 - eta * lambda) : beta;
      const double inside = trace * trace / 4 - det;
      worst = std::max(worst, inside > 0 ? std::abs(trace) / 2 + std::sqrt(inside) : std::sqrt(std::max(0.0, det)));
    }
    return worst;
  };
  for (const char* id : {"heavy_ball", "nesterov"}) {
    const Advice advice = advice_on(bowl(std::string(R"({"type": ")") + id + "\"}"));
    const double eta = best_of(advice, "learning_rate"), beta = best_of(advice, "momentum");
    const double best = worst_root(id, eta, beta);
    EXPECT_LT(best, id == std::string("nesterov") ? 0.886 : 0.8183) << id;
    for (int i = -20; i <= 20; ++i)
      for (int j = -20; j <= 20; ++j)
        EXPECT_GE(worst_root(id, eta * (1 + 0.01 * i), beta + 0.004 * j), best - 2e-3) << id << " " << i << " " << j;
  }
}

TEST(Adviser, TheBestPairIsFasterThanTheDefault) {
  const Advice advice = advice_on(bowl(R"({"type": "heavy_ball"})"));
  const auto with = [](double eta, double beta) {
    return R"({"type": "heavy_ball", "learning_rate": )" + std::to_string(eta) + R"(, "momentum": )" +
           std::to_string(beta) + "}";
  };
  EXPECT_LT(steps_needed(with(best_of(advice, "learning_rate"), best_of(advice, "momentum"))),
            steps_needed(with(0.1, 0.9)) + 1);
}

TEST(Adviser, HasNoBestValueWhereNoneIsKnown) {
  EXPECT_TRUE(advice_on(bowl(R"({"type": "adam"})")).best.empty());
  EXPECT_TRUE(
      advice_on(bowl(R"({"type": "gradient_descent", "learning_rate": {"type": "cosine", "peak": 1}})")).best.empty());
  EXPECT_TRUE(advice_on(bowl(R"({"type": "heavy_ball", "dampening": 0.5})")).best.empty());
  EXPECT_TRUE(advice_on(R"({"kappascope": 1, "seed": 7, "steps": 9, "batch": {"size": 4},
      "problem": {"type": "linear_regression", "samples": 40, "features": 6},
      "runs": [{"label": "it", "optimizer": {"type": "gradient_descent"}}]})")
                  .best.empty());
}

TEST(Adviser, TheDampingChoosesForItself) {
  const std::string sensing = R"({"kappascope": 1, "seed": 7, "steps": 9,
      "problem": {"type": "matrix_sensing", "dimension": 8, "true_rank": 2, "rank": 3, "observation": "full"},
      "runs": [{"label": "it", "optimizer": {"type": "scaled_gd_lambda", "damping": )";
  const Advice advice = advice_on(sensing + "0.7}}]}");
  ASSERT_EQ(advice.best.size(), 1u);
  EXPECT_EQ(advice.best[0].field, "damping");
  EXPECT_TRUE(equal(advice.best[0].value, Value(std::string("auto"))));
  EXPECT_FALSE(advice.best[0].why.empty());
  EXPECT_TRUE(advice_on(sensing + "\"auto\"}}]}").best.empty());
}

TEST(Adviser, TheoriesThatAreNotDrawnSayNothing) {
  EXPECT_TRUE(advice_on(bowl(R"({"type": "gradient_descent"})", R"("theories": "none", )")).conditions.empty());
}

std::vector<Advice> awaited(const Runner& runner) {
  for (int i = 0; i < 2000 && (runner.status().advising || runner.status().advice == 0); ++i)
    std::this_thread::sleep_for(5ms);
  return runner.advice();
}

TEST(Runner, AdvisesBeforeTheFirstStepAfterEditsAndAfterTheEnd) {
  const Document document = document_of(bowl(R"({"type": "gradient_descent", "learning_rate": 1.5})"));
  Runner runner(document, {.threads = 1, .start_paused = true, .advise = true});
  auto said = awaited(runner);
  ASSERT_EQ(said.size(), 1u);
  ASSERT_EQ(said[0].conditions.size(), 1u);
  EXPECT_EQ(said[0].conditions[0].text, "η < 2/L: 1.50 < 2.00");
  runner.ask(0, *with_value(effective_optimizer(document, 0), "learning_rate", 3.0));
  EXPECT_FALSE(awaited(runner)[0].conditions.at(0).holds);
  runner.resume();
  ASSERT_TRUE(runner.wait(60s));
  runner.ask(0, effective_optimizer(document, 0));
  EXPECT_TRUE(awaited(runner)[0].conditions.at(0).holds);
  runner.ask(7, effective_optimizer(document, 0));
  EXPECT_EQ(awaited(runner).size(), 1u);
}

TEST(Runner, WhatCannotBeBuiltGetsNoAdvice) {
  const Document document = document_of(bowl(R"({"type": "scaled_gd"})"));
  Runner runner(document, {.threads = 1, .start_paused = true, .advise = true});
  const auto said = awaited(runner);
  EXPECT_TRUE(said[0].best.empty());
  EXPECT_EQ(said[0].optimizer, "scaled_gd");
}

}  // namespace
}  // namespace kappa
