/// Heavy ball, both Nesterovs and schedule-free SGD against their equations in plain loops.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method gradient_descent();
Method heavy_ball();
Method nesterov();
Method nesterov_convex();
Method schedule_free_sgd();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

TEST(GradientDescent, StepsAgainstTheGradient) {
  expect_path(optimizers::gradient_descent(), {{"learning_rate", 0.2}}, toy(), [](const Vec& x, const Vec& g, int) {
    Vec next = x;
    for (std::size_t k = 0; k < x.size(); ++k) next[k] -= 0.2 * g[k];
    return next;
  });
}

void expect_velocity(const Method& method, bool ahead) {
  const double mu = 0.8, delta = 0.3, lambda = 0.05, eta = 0.1;
  Vec b(5);
  expect_path(method, {{"learning_rate", eta}, {"momentum", mu}, {"dampening", delta}, {"weight_decay", lambda}}, toy(),
              [&](const Vec& x, const Vec& g, int t) {
                Vec next = x;
                for (std::size_t k = 0; k < x.size(); ++k) {
                  const double slope = g[k] + lambda * x[k];
                  b[k] = t == 1 ? slope : mu * b[k] + (1 - delta) * slope;
                  next[k] -= eta * (ahead ? slope + mu * b[k] : b[k]);
                }
                return next;
              });
}

TEST(HeavyBall, FollowsItsEquation) { expect_velocity(optimizers::heavy_ball(), false); }
TEST(Nesterov, FollowsItsEquation) { expect_velocity(optimizers::nesterov(), true); }

TEST(HeavyBall, WithoutMomentumIsGradientDescent) {
  const Vec x0 = random_vec(5, 2);
  for (const Method& method : {optimizers::heavy_ball(), optimizers::nesterov()}) {
    Hand with(method, {{"momentum", 0.0}, {"learning_rate", 0.2}}, toy(), x0);
    Hand plain(optimizers::gradient_descent(), {{"learning_rate", 0.2}}, toy(), x0);
    for (int t = 0; t < 20; ++t) {
      with.step();
      plain.step();
      EXPECT_EQ(with.x(), plain.x());
    }
  }
}

TEST(HeavyBall, ShowsItsVelocity) {
  Hand hand(optimizers::heavy_ball(), {}, toy(), random_vec(5, 2));
  hand.step();
  const arma::vec& shown = hand.log.blocks.at("momentum").flat();
  EXPECT_EQ(Vec(shown.begin(), shown.end()), hand.g());
}

/// Sixty steps of the textbook's two lines, gradients at y, judged at x.
void expect_textbook(const Toy& problem, const Settings& settings, double eta, auto beta) {
  Vec x = random_vec(5, 1), before = x;
  Hand hand(optimizers::nesterov_convex(), settings, problem, x);
  EXPECT_EQ(hand.judged(), x);
  for (int t = 1; t <= 60; ++t) {
    Vec y(x.size());
    for (std::size_t k = 0; k < x.size(); ++k) y[k] = x[k] + beta(t) * (x[k] - before[k]);
    expect_near(hand.x(), y, 1e-12, "y at step " + std::to_string(t));
    const Vec g = problem.gradient(y, problem.all());
    before = x;
    for (std::size_t k = 0; k < x.size(); ++k) x[k] = y[k] - eta * g[k];
    hand.step();
    expect_near(hand.judged(), x, 1e-12, "x at step " + std::to_string(t));
  }
  EXPECT_DOUBLE_EQ(hand.log.numbers.at("learning_rate"), eta);
}

TEST(NesterovConvex, ReadsBothStepAndMomentumFromTheFacts) {
  Toy problem = toy();
  problem.known.smoothness = 4.0;
  expect_textbook(problem, {}, 0.25, [](int t) { return (t - 1.0) / (t + 2.0); });
  problem.known.strong_convexity = 0.04;
  expect_textbook(problem, {}, 0.25, [](int t) { return t == 1 ? 0 : 9.0 / 11.0; });
  expect_textbook(problem, {{"learning_rate", 0.1}, {"momentum", 0.5}}, 0.1, [](int) { return 0.5; });
}

TEST(NesterovConvex, RefusesToGuessTheSmoothness) {
  Hand hand(optimizers::nesterov_convex(), {}, toy(), random_vec(5, 1));
  EXPECT_THROW(hand.step(), Refused);
}

TEST(NesterovConvex, CanBeScheduledWhereAutoIsAllowed) {
  const Method method = optimizers::nesterov_convex();
  EXPECT_TRUE(method.fields.at(0).schedulable);
  Hand hand(method, {{"learning_rate", 0.2}}, toy(), random_vec(5, 1));
  EXPECT_EQ(hand.model().value("learning_rate", 0, 10), 0.2);
  EXPECT_FALSE(hand.model().value("momentum", 0, 10).has_value());
  EXPECT_TRUE(hand.model().judges_another());
}

void expect_schedule_free(double beta, int warmup) {
  const Toy problem = toy();
  const double eta = 0.15;
  Vec x = random_vec(5, 1), z = x;
  Hand hand(optimizers::schedule_free_sgd(),
            {{"learning_rate", eta}, {"momentum", beta}, {"warmup_steps", std::int64_t{warmup}}}, problem, x);
  double largest = 0, weights = 0;
  for (int t = 1; t <= 60; ++t) {
    Vec y(5);
    for (std::size_t k = 0; k < 5; ++k) y[k] = (1 - beta) * z[k] + beta * x[k];
    expect_near(hand.x(), y, 1e-12, "y at step " + std::to_string(t));
    const Vec g = problem.gradient(y, problem.all());
    const double now = eta * (t < warmup ? static_cast<double>(t) / warmup : 1);
    largest = std::max(largest, now);
    weights += largest * largest;
    const double share = largest * largest / weights;
    for (std::size_t k = 0; k < 5; ++k) {
      z[k] -= now * g[k];
      x[k] = (1 - share) * x[k] + share * z[k];
    }
    hand.step();
    expect_near(hand.judged(), x, 1e-12, "x at step " + std::to_string(t));
  }
}

TEST(ScheduleFreeSgd, FollowsItsEquation) {
  expect_schedule_free(0.9, 0);
  expect_schedule_free(0.5, 12);
  expect_schedule_free(1.0, 1);
}

TEST(ScheduleFreeSgd, WithoutInterpolationIsPolyakAveraging) {
  const Vec x0 = random_vec(5, 2);
  Hand free(optimizers::schedule_free_sgd(), {{"momentum", 0.0}, {"learning_rate", 0.1}}, toy(), x0);
  Hand plain(optimizers::gradient_descent(), {{"learning_rate", 0.1}}, toy(), x0);
  Vec sum(5);
  for (int t = 1; t <= 40; ++t) {
    free.step();
    plain.step();
    expect_near(free.x(), plain.x(), 1e-12, "fast sequence");
    Vec mean(5);
    for (std::size_t k = 0; k < 5; ++k) mean[k] = (sum[k] += plain.x()[k]) / t;
    expect_near(free.judged(), mean, 1e-12, "average");
  }
}

TEST(ScheduleFreeSgd, AStepOfZeroMovesNothing) {
  const Vec x0 = random_vec(5, 2);
  Hand hand(optimizers::schedule_free_sgd(), {{"learning_rate", 0.0}}, toy(), x0);
  hand.step();
  hand.step();
  expect_near(hand.judged(), x0, 1e-15, "judged");
}

}  // namespace
}  // namespace kappa
