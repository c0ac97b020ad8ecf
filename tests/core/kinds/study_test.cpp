/// The words of an ending are those of summary.json, a node is what was written, and a study's tools do what they say.
#include <gtest/gtest.h>

#include "core/catalog/catalog.hpp"
#include "core/kinds/study.hpp"
#include "core/run/planner.hpp"
#include "core/run/run.hpp"
#include "core/spec/document.hpp"

namespace kappa {
namespace {

TEST(Ended, HasItsWord) {
  EXPECT_EQ(name_of(Ended::steps), "steps");
  EXPECT_EQ(name_of(Ended::reached), "reached");
  EXPECT_EQ(name_of(Ended::finished), "finished");
  EXPECT_EQ(name_of(Ended::diverged), "diverged");
  EXPECT_EQ(name_of(Ended::stopped), "stopped");
  EXPECT_EQ(name_of(Ended::interrupted), "interrupted");
  EXPECT_EQ(name_of(Ended::failed), "failed");
}

TEST(NodeInOneLine, IsWhatWasWritten) {
  const Node one = node(Kind::optimizer, "adam", {{"learning_rate", 0.1}});
  EXPECT_EQ(one.kind, Kind::optimizer);
  EXPECT_EQ(one.id, "adam");
  EXPECT_EQ(std::get<double>(one.params.at("learning_rate")), 0.1);
}

TEST(Surface, RunsFromCornerToCorner) {
  const auto cells = surface({-1, 2, 10, 30}, 4, 3, [](double x, double y) { return x + y; });
  ASSERT_EQ(cells.size(), 12u);
  EXPECT_EQ(cells.front().x, -1);
  EXPECT_EQ(cells.front().y, 10);
  EXPECT_EQ(cells.back().x, 2);
  EXPECT_EQ(cells.back().y, 30);
  EXPECT_EQ(cells[5].col, 1u);
  EXPECT_EQ(cells[5].row, 1u);
  EXPECT_EQ(cells[5].value, 20);
}

std::shared_ptr<const ProblemModel> noisy_bowl() {
  const Node complete =
      complete_node(node(Kind::problem, "quadratic", {{"dimension", std::int64_t{3}}, {"noise", 1.0}}));
  auto built = make_problem(complete);
  built->build(Rng(5, "data"));
  return built;
}

TEST(ValueOf, SeesTheObjectiveWithoutTheNoiseOfAStep) {
  const auto bowl = noisy_bowl();
  const Blocks x = bowl->start(Rng(5, "init"));
  Blocks g = zeros_like(x);
  const double f = value_gradient_of(*bowl, x, g);
  EXPECT_DOUBLE_EQ(f, value_of(*bowl, x));
  const arma::vec exact = bowl->hessian(x) * (x.flat() - bowl->facts().solution->flat());
  EXPECT_LT(arma::norm(g.flat() - exact), 1e-12 * arma::norm(exact));
}

/// What the way to a point has cost: its own gradient is part of the step from it.
TEST(DescentSpec, TheWatchMayAskWhatWasSpent) {
  DescentSpec spec{.problem = noisy_bowl(), .optimizer = node(Kind::optimizer, "conjugate_gradient"), .steps = 3};
  std::vector<Counts> seen;
  spec.until = [&](std::uint64_t t, const Blocks&, double, const Counts& spent) {
    EXPECT_EQ(t, seen.size());
    seen.push_back(spent);
    return t == 2;
  };
  kappa::Run run(plan_descent("watched", spec, 7, 0));
  NoSink nobody;
  const auto outcome = run.advance(9, nobody);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->how, Ended::reached);
  ASSERT_EQ(seen.size(), 3u);
  for (std::size_t t = 0; t < 3; ++t) {
    EXPECT_EQ(seen[t].gradients, t);
    EXPECT_EQ(seen[t].hessian_products, t);
  }
}

TEST(DescentSpec, AWatchOfThreeIsAWatch) {
  int asked = 0;
  Watch watch = [&asked](std::uint64_t t, const Blocks&, double loss) {
    ++asked;
    return t == 1 && loss < 2;
  };
  const Watch copy = watch;
  EXPECT_FALSE(copy(0, {}, 1, {}));
  EXPECT_TRUE(copy(1, {}, 1, {}));
  EXPECT_EQ(asked, 2);
  EXPECT_TRUE(static_cast<bool>(copy));
  EXPECT_FALSE(static_cast<bool>(Watch()));
}

TEST(DescentSpec, EachPartSeesNoiseOfItsOwn) {
  const auto ends_at = [](std::uint64_t part) {
    DescentSpec spec{.problem = noisy_bowl(), .optimizer = node(Kind::optimizer, "gradient_descent"), .steps = 3};
    spec.start = spec.problem->start(Rng(5, "init"));
    spec.part = part;
    kappa::Run run(plan_descent("part", spec, 7, 0));
    NoSink nobody;
    run.advance(3, nobody);
    return arma::vec(run.judged().flat());
  };
  EXPECT_EQ(arma::norm(ends_at(1) - ends_at(1)), 0);
  EXPECT_GT(arma::norm(ends_at(0) - ends_at(1)), 1e-3);
  EXPECT_GT(arma::norm(ends_at(1) - ends_at(2)), 1e-3);
}

}  // namespace
}  // namespace kappa
