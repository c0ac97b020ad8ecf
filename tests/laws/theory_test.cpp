/// Every theory beside runs that it speaks of: a bound is never crossed, an exact curve is followed.
#include <gtest/gtest.h>

#include <cmath>

#include "core/kinds/theory.hpp"
#include "tests/laws/configurations.hpp"
#include "tests/laws/trial.hpp"

namespace kappa {
namespace {

using namespace laws;

constexpr std::uint64_t horizon = 80;

struct Stage {
  std::string name;
  std::shared_ptr<const ProblemModel> problem;
  Node node;
};

/// Every problem in every configuration whose smoothness is known: noise on, each spectrum, and so on.
std::vector<Stage> stages() {
  std::vector<Stage> all;
  for (const Entry& entry : Catalog::get().all(Kind::problem))
    for (const Configuration& one : configurations(entry)) {
      const Node node = small(one.node);
      if (!validate_node(node, "").empty()) continue;
      const auto problem = built(node);
      if (problem->facts().smoothness) all.push_back({entry.id + ", " + one.name, problem, node});
    }
  return all;
}

/// The optimizer with the step and momentum that textbooks give it on this problem.
Node tuned(const Entry& entry, const Facts& facts) {
  Node node = complete_node({Kind::optimizer, entry.id, {}});
  for (const Field& field : entry.fields) {
    if (field.id == "learning_rate" && std::holds_alternative<double>(field.initial))
      node.params["learning_rate"] = 1 / *facts.smoothness;
    if (field.id == "momentum" && std::holds_alternative<double>(field.initial) &&
        facts.strong_convexity.value_or(0) > 0) {
      const double root = std::sqrt(*facts.strong_convexity / *facts.smoothness);
      node.params["momentum"] =
          entry.id == "heavy_ball" ? std::pow((1 - root) / (1 + root), 2) : (1 - root) / (1 + root);
    }
  }
  return node;
}

/// Predictions at steps against what was measured there, down to where rounding speaks.
void compare(const TheoryCurve& curve, const Recording& seen, const std::string& where) {
  const auto measured = seen.points.find(curve.series);
  ASSERT_NE(measured, seen.points.end()) << where << " speaks of a series that is not recorded";
  double first = 0;
  for (const auto& point : measured->second) first = std::max(first, std::abs(point.value));
  for (const auto& point : measured->second) {
    const auto at = std::find(curve.x.begin(), curve.x.end(), static_cast<double>(point.step));
    if (at == curve.x.end()) continue;
    const double predicted = curve.y[static_cast<std::size_t>(at - curve.x.begin())], rounding = 1e-12 * first;
    if (curve.kind == TheoryKind::bound) {
      ASSERT_LE(point.value, predicted + 1e-9 * std::abs(predicted) + rounding) << where << " at step " << point.step;
    } else {
      ASSERT_NEAR(point.value, predicted, 1e-6 * std::abs(predicted) + rounding) << where << " at step " << point.step;
    }
  }
}

class TheoryLaws : public testing::TestWithParam<std::string> {};

TEST_P(TheoryLaws, BindsItsWitnesses) {
  const auto theory = make_theory(complete_node({Kind::theory, GetParam(), {}}));
  std::size_t bound = 0, drawn = 0;
  for (const Stage& stage : stages()) {
    for (const Entry& entry : Catalog::get().all(Kind::optimizer)) {
      const Node optimizer = tuned(entry, stage.problem->facts());
      const auto model = make_optimizer(optimizer);
      if (has(model->needs(), Needs::lifted) || mismatch(*model, *stage.problem)) continue;
      const Blocks start = stage.problem->start(Rng(11, "init"));
      Scratch scratch;
      const double loss = stage.problem->value(start, {{}, Rng(11, "noise"), scratch});
      const TheorySetup setup{*stage.problem, stage.node, *model, optimizer, horizon, 0, start, loss};
      if (!theory->applies(setup)) continue;
      const std::string where = GetParam() + " for " + entry.id + " on " + stage.name;
      const auto assumptions = theory->assumptions(setup);
      const bool holds =
          std::all_of(assumptions.begin(), assumptions.end(), [](const Assumption& a) { return a.holds; });
      std::vector<Node> probes;
      for (const TheoryCurve& curve : theory->curves(setup))
        if (curve.kind != TheoryKind::guide && curve.series != "loss" &&
            Catalog::get().find(Kind::probe, curve.series) != nullptr)
          probes.push_back(complete_node({Kind::probe, curve.series, {}}));
      const Ending ending =
          run({.problem = stage.problem, .optimizer = optimizer, .start = start, .steps = horizon, .probes = probes});
      if (!ending.refusal.empty())
        continue;  // a setting left to "auto" may need a fact that this problem does not know
      for (const TheoryCurve& curve : theory->curves(setup)) {
        ++drawn;
        EXPECT_FALSE(curve.curve.empty()) << where;
        ASSERT_EQ(curve.x.size(), curve.y.size()) << where;
        for (const double y : curve.y) ASSERT_TRUE(std::isfinite(y)) << where;
        if (curve.kind == TheoryKind::guide || !holds) continue;
        ++bound;
        compare(curve, ending.seen, where + ", " + curve.curve);
      }
    }
  }
  EXPECT_GT(drawn, 0u) << "no optimizer of the library on any of its problems is what this theory speaks of";
  RecordProperty("curves_compared", static_cast<int>(bound));
}

/// A prediction knows the start, never the trajectory: asked twice it says the same, and where it does not apply,
/// nothing.
TEST_P(TheoryLaws, SaysNothingWhereItDoesNotApply) {
  const auto theory = make_theory(complete_node({Kind::theory, GetParam(), {}}));
  const auto problem = model_of(rugged());
  const Node lion = complete_node({Kind::optimizer, "lion", {}});
  const auto model = make_optimizer(lion);
  const Blocks start = problem->start(Rng(1, "init"));
  const TheorySetup setup{*problem, complete_node({Kind::problem, "landscape", {}}), *model, lion, horizon, 0, start,
                          1.0};
  EXPECT_FALSE(theory->applies(setup));
  EXPECT_TRUE(theory->curves(setup).empty());
  EXPECT_TRUE(theory->assumptions(setup).empty());
  EXPECT_TRUE(theory->best(setup).empty());
}

INSTANTIATE_TEST_SUITE_P(Every, TheoryLaws, testing::ValuesIn(ids_of(Kind::theory)),
                         [](const auto& at) { return at.param; });

}  // namespace
}  // namespace kappa
