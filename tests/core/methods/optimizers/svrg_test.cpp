/// SVRG: its correction, its snapshots, the components it draws and what it pays for them.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method svrg();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

/// Walks through minibatches of three (the last one shorter) over 10 rows, with a snapshot every `every` steps.
void expect_svrg(const Settings& settings, int every) {
  const Toy problem = toy({{"x", 5, 1, Role::vector}}, 10);
  Vec x = random_vec(5, 1), snapshot, mean;
  Hand hand(optimizers::svrg(), settings, problem, x);
  for (int t = 0; t < 40; ++t) {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < (t % 4 == 3 ? 1u : 3u); ++i)
      rows.push_back(static_cast<std::uint32_t>(t % 4) * 3 + i);
    if (t % every == 0) {
      snapshot = x;
      mean = problem.gradient(x, problem.all());
    }
    const Vec here = problem.gradient(x, rows), there = problem.gradient(snapshot, rows);
    for (std::size_t k = 0; k < x.size(); ++k) x[k] -= 0.05 * (here[k] - there[k] + mean[k]);
    hand.step(rows);
    expect_near(hand.x(), x, 1e-11, "step " + std::to_string(t));
  }
}

TEST(Svrg, FollowsItsEquationOverMinibatches) {
  expect_svrg({{"learning_rate", 0.05}}, 4);
  expect_svrg({{"learning_rate", 0.05}, {"inner_steps", std::int64_t{7}}}, 7);
}

TEST(Svrg, WithoutMinibatchesDrawsOneComponentAndConverges) {
  const Toy problem = toy({{"x", 5, 1, Role::vector}}, 12);
  Hand hand(optimizers::svrg(), {{"learning_rate", 0.05}}, problem, random_vec(5, 1));
  hand.step();
  EXPECT_EQ(hand.counts.gradients, 3u);
  EXPECT_EQ(hand.counts.samples, 14u);
  for (int t = 1; t < 13; ++t) hand.step();
  EXPECT_EQ(hand.counts.samples, 2 * 12u + 13 * 2u) << "the second snapshot falls on step 12";
  for (int t = 13; t < 12000; ++t) hand.step();
  for (const double each : problem.gradient(hand.x(), problem.all())) EXPECT_NEAR(each, 0, 1e-10);
}

TEST(Svrg, DrawsTheSameComponentsEachTime) {
  const Toy problem = toy({{"x", 5, 1, Role::vector}}, 12);
  Hand one(optimizers::svrg(), {}, problem, random_vec(5, 1)), two(optimizers::svrg(), {}, problem, random_vec(5, 1));
  for (int t = 0; t < 20; ++t) {
    one.step();
    two.step();
  }
  EXPECT_EQ(one.x(), two.x());
}

}  // namespace
}  // namespace kappa
