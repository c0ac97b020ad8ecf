/// What theories may ask: constants that no schedule moves, steps to draw at, comparisons in words.
#include "core/kinds/theory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "tests/support/bowl.hpp"

namespace kappa {
namespace {

std::optional<double> constant(const Node& optimizer, std::string_view field) {
  const auto problem = model_of(test::bowl({1, 2}));
  const Blocks start = problem->start(Rng(1, "init"));
  const Node problem_node{Kind::problem, "quadratic", {}};
  const auto model = make_optimizer(optimizer);
  return TheorySetup{*problem, problem_node, *model, optimizer, 100, 0, start, 1.0}.constant(field);
}

NodePtr schedule(const char* id, std::int64_t warmup = 0) {
  return std::make_shared<const Node>(Node{Kind::schedule, id, {{"peak", 0.3}, {"warmup_steps", warmup}}});
}

TEST(TheorySetup, ConstantsAreNumbersThatNoScheduleMoves) {
  const Kind kind = Kind::optimizer;
  EXPECT_EQ(constant({kind, "gradient_descent", {{"learning_rate", 0.25}}}, "learning_rate"), 0.25);
  EXPECT_EQ(constant({kind, "gradient_descent", {{"learning_rate", std::int64_t{2}}}}, "learning_rate"), 2.0);
  EXPECT_EQ(constant({kind, "gradient_descent", {}}, "learning_rate"), 0.1);
  EXPECT_EQ(constant({kind, "gradient_descent", {{"learning_rate", schedule("cosine")}}}, "learning_rate"),
            std::nullopt);
  EXPECT_EQ(constant({kind, "gradient_descent", {{"learning_rate", schedule("constant")}}}, "learning_rate"), 0.3);
  EXPECT_EQ(constant({kind, "gradient_descent", {{"learning_rate", schedule("constant", 5)}}}, "learning_rate"),
            std::nullopt);
  EXPECT_EQ(constant({kind, "gradient_descent", {}}, "momentum"), std::nullopt);
  EXPECT_EQ(constant({kind, "nesterov_convex", {{"learning_rate", std::string("auto")}}}, "learning_rate"),
            std::nullopt);
}

TEST(TheorySteps, AllWhenFewElseSpreadWithBothEnds) {
  EXPECT_EQ(theory_steps(0), (std::vector<double>{0}));
  EXPECT_EQ(theory_steps(3), (std::vector<double>{0, 1, 2, 3}));
  EXPECT_EQ(theory_steps(2000).size(), 2001u);
  const std::vector<double> many = theory_steps(10'000'000);
  EXPECT_LE(many.size(), 2002u);
  EXPECT_EQ(many.front(), 0);
  EXPECT_EQ(many[1], 1);
  EXPECT_EQ(many.back(), 1e7);
  EXPECT_TRUE(std::is_sorted(many.begin(), many.end()));
  EXPECT_EQ(std::adjacent_find(many.begin(), many.end()), many.end());
  for (const double step : many) EXPECT_EQ(step, std::round(step));
}

TEST(Comparison, HasTheDigitsThatTellApart) {
  EXPECT_EQ(comparison(1.98, 2), "1.98 < 2.00");
  EXPECT_EQ(comparison(0.019, 0.02), "0.0190 < 0.0200");
  EXPECT_EQ(comparison(2.05, 2), "2.05 > 2.00");
  EXPECT_EQ(comparison(2, 2), "2.00 = 2.00");
  EXPECT_EQ(comparison(1.9999, 2), "1.9999 < 2.0000");
  EXPECT_EQ(comparison(1e-7, 2), "1e-07 < 2");
  EXPECT_EQ(comparison(150, 200), "150 < 200");
}

TEST(KeepFinite, EndsADivergingCurve) {
  TheoryCurve curve{
      .series = "loss", .curve = "c", .kind = TheoryKind::exact, .x = {0, 1, 2, 3}, .y = {1, 1e200, 1e301, 1}};
  keep_finite(curve);
  EXPECT_EQ(curve.y, (std::vector<double>{1, 1e200}));
  EXPECT_EQ(curve.x.size(), 2u);
  curve.y = {std::nan(""), 1};
  keep_finite(curve);
  EXPECT_TRUE(curve.x.empty());
}

}  // namespace
}  // namespace kappa
