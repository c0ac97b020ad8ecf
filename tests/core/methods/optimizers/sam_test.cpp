/// SAM: two gradients on one batch, its base with radius zero, and a base that judges another point.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method adam();
Method gradient_descent();
Method sam();
Method schedule_free_sgd();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

Value node(std::string id, Settings settings = {}) {
  return std::make_shared<const Node>(Node{Kind::optimizer, std::move(id), std::move(settings)});
}

TEST(Sam, TakesTheBasesStepWithTheGradientFoundUphill) {
  const Toy problem = toy();
  expect_path(
      optimizers::sam(), {{"rho", 0.3}, {"base", node("gradient_descent", {{"learning_rate", 0.1}})}}, problem,
      [&](const Vec& x, const Vec& g, int) {
        double norm = 0;
        for (const double each : g) norm += each * each;
        Vec uphill = x;
        for (std::size_t k = 0; k < x.size(); ++k) uphill[k] += 0.3 * g[k] / (std::sqrt(norm) + 1e-12);
        const Vec there = problem.gradient(uphill, problem.all());
        Vec next = x;
        for (std::size_t k = 0; k < x.size(); ++k) next[k] -= 0.1 * there[k];
        return next;
      },
      1e-12, Way::tied);
}

TEST(Sam, OfRadiusZeroIsItsBase) {
  const Vec x0 = random_vec(5, 2);
  Hand sam(optimizers::sam(), {{"rho", 0.0}, {"base", node("adam")}}, toy(), x0);
  Hand adam(optimizers::adam(), {}, toy(), x0);
  for (int t = 0; t < 30; ++t) {
    sam.step({3, 4, 5});
    adam.step({3, 4, 5});
    EXPECT_EQ(sam.x(), adam.x());
  }
}

TEST(Sam, PaysForBothGradientsOfTheBatch) {
  Hand hand(optimizers::sam(), {}, toy(), random_vec(5, 2));
  hand.step({1, 2, 8});
  EXPECT_EQ(hand.counts.gradients, 2u);
  EXPECT_EQ(hand.counts.samples, 6u);
}

TEST(Sam, JudgesWhatItsBaseJudges) {
  const Vec x0 = random_vec(5, 2);
  Hand free(optimizers::sam(), {{"base", node("schedule_free_sgd")}}, toy(), x0);
  EXPECT_TRUE(free.model().judges_another());
  for (int t = 0; t < 3; ++t) free.step();
  EXPECT_NE(free.judged(), free.x());
  Hand plain(optimizers::sam(), {}, toy(), x0);
  EXPECT_FALSE(plain.model().judges_another());
  plain.step();
  EXPECT_EQ(plain.judged(), plain.x());
}

TEST(Sam, ObeysTheLawsOfItsBaseButNeedNotDescend) {
  const Hand over_adam(optimizers::sam(), {{"base", node("adam")}}, toy(), random_vec(5, 2));
  EXPECT_EQ(over_adam.model().laws(), Law::permutation | Law::sign);
  const Hand over_gd(optimizers::sam(), {}, toy(), random_vec(5, 2));
  EXPECT_TRUE(has(over_gd.model().laws(), Law::rotation));
  EXPECT_FALSE(has(over_gd.model().laws(), Law::descends));
  EXPECT_TRUE(has(over_gd.model().needs(), Needs::extra_gradient));
}

TEST(Sam, StaysWhereTheGradientIsZero) {
  Toy flat = toy();
  for (Vec& row : flat.a) std::fill(row.begin(), row.end(), 0.0);
  const Vec x0 = random_vec(5, 2);
  Hand hand(optimizers::sam(), {}, flat, x0);
  hand.step();
  EXPECT_EQ(hand.x(), x0);
}

}  // namespace
}  // namespace kappa
