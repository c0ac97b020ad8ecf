/// ISTA against soft thresholding in plain loops, and its fixed point.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method ista();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

Toy lasso() {
  Toy problem = toy();
  problem.one_norm = 0.2;
  problem.known.smoothness = 8.0;
  return problem;
}

TEST(Ista, FollowsItsEquationWithOneOverL) {
  expect_path(optimizers::ista(), {}, lasso(), [](const Vec& x, const Vec& g, int) {
    Vec next = x;
    for (std::size_t k = 0; k < x.size(); ++k) {
      const double z = x[k] - g[k] / 8, cut = 0.2 / 8;
      next[k] = std::abs(z) <= cut ? 0 : z - (z > 0 ? cut : -cut);
    }
    return next;
  });
}

TEST(Ista, EndsWhereTheSubgradientHoldsZero) {
  const Toy problem = lasso();
  Hand hand(optimizers::ista(), {{"learning_rate", 0.1}}, problem, random_vec(5, 1));
  for (int t = 0; t < 4000; ++t) hand.step();
  const Vec g = problem.gradient(hand.x(), problem.all());
  for (std::size_t k = 0; k < g.size(); ++k) {
    if (hand.x()[k] != 0)
      EXPECT_NEAR(g[k], hand.x()[k] > 0 ? -0.2 : 0.2, 1e-10);
    else
      EXPECT_LE(std::abs(g[k]), 0.2);
  }
  EXPECT_EQ(hand.counts.gradients, 4000u);
}

TEST(Ista, RefusesToGuessTheSmoothness) {
  Hand hand(optimizers::ista(), {}, toy(), random_vec(5, 1));
  EXPECT_THROW(hand.step(), Refused);
}

}  // namespace
}  // namespace kappa
