/// Armijo's line search: the step it accepts, what it pays, and when it gives up.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method armijo();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

TEST(Armijo, AcceptsTheFirstStepThatLowersTheLossEnough) {
  const Toy problem = toy();
  expect_path(
      optimizers::armijo(), {{"initial_step", 8.0}, {"shrink", 0.6}, {"sufficient_decrease", 0.2}}, problem,
      [&](const Vec& x, const Vec& g, int) {
        const double f = problem.value(x, problem.all());
        double slope = 0;
        for (const double each : g) slope += each * each;
        double a = 8.0;
        for (;; a *= 0.6) {
          Vec next = x;
          for (std::size_t k = 0; k < x.size(); ++k) next[k] -= a * g[k];
          if (problem.value(next, problem.all()) <= f - 0.2 * a * slope) return next;
        }
      },
      1e-9);
}

TEST(Armijo, StartsAtFourOverL) {
  Toy problem = toy();
  problem.known.smoothness = 1e6;  // so small that the first try is taken
  Hand hand(optimizers::armijo(), {}, problem, random_vec(5, 1));
  ASSERT_EQ(hand.step(), Step::by);
  EXPECT_DOUBLE_EQ(hand.log.numbers.at("learning_rate"), 4e-6);
  EXPECT_EQ(hand.counts.losses, 1u);
  EXPECT_EQ(hand.counts.gradients, 1u);
}

TEST(Armijo, LowersTheLossAtEveryStepUntilItGivesUp) {
  const Toy problem = toy();
  Hand hand(optimizers::armijo(), {{"initial_step", 100.0}}, problem, random_vec(5, 1));
  double f = problem.value(hand.x(), problem.all());
  int steps = 0;
  while (steps < 5000 && hand.step() == Step::by) {
    const double now = problem.value(hand.x(), problem.all());
    EXPECT_LE(now, f);
    f = now;
    ++steps;
  }
  ASSERT_LT(steps, 5000);
  EXPECT_FALSE(hand.log.why.empty());
  for (const double each : problem.gradient(hand.x(), problem.all())) EXPECT_NEAR(each, 0, 1e-7);
}

TEST(Armijo, ScalesWithTheLossOnlyWhenItsFirstStepDoes) {
  const Hand automatic(optimizers::armijo(), {}, toy(), random_vec(5, 1));
  EXPECT_TRUE(has(automatic.model().laws(), Law::scale_f));
  const Hand fixed(optimizers::armijo(), {{"initial_step", 1.0}}, toy(), random_vec(5, 1));
  EXPECT_FALSE(has(fixed.model().laws(), Law::scale_f));
}

}  // namespace
}  // namespace kappa
