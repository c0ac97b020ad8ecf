/// Adagrad, Adadelta, RMSprop, Signum and Adam's kin against their equations in plain loops, and where they fall
/// together with simpler methods.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method adadelta();
Method adagrad();
Method adam();
Method adamax();
Method adamw();
Method amsgrad();
Method nadam();
Method radam();
Method rmsprop();
Method schedule_free_adamw();
Method signum();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

double sign(double v) { return v > 0 ? 1 : v < 0 ? -1 : 0; }

/// A path by coordinates: next(k, x, g, t) gives the new x of coordinate k, for methods that couple nothing.
template <class Next>
void expect_coordinates(const Method& method, const Settings& settings, Next next) {
  expect_path(
      method, settings, toy(),
      [&](const Vec& x, const Vec& g, int t) {
        Vec out = x;
        for (std::size_t k = 0; k < x.size(); ++k) out[k] = next(k, x[k], g[k], t);
        return out;
      },
      1e-11, Way::tied);
}

TEST(Adagrad, FollowsItsEquation) {
  Vec sum(5);
  expect_coordinates(optimizers::adagrad(), {{"learning_rate", 0.3}, {"epsilon", 1e-3}, {"weight_decay", 0.1}},
                     [&](std::size_t k, double x, double g, int) {
                       g += 0.1 * x;
                       sum[k] += g * g;
                       return x - 0.3 * g / (std::sqrt(sum[k]) + 1e-3);
                     });
}

TEST(Adadelta, FollowsItsEquation) {
  Vec v(5), u(5);
  expect_coordinates(optimizers::adadelta(),
                     {{"learning_rate", 0.7}, {"rho", 0.8}, {"epsilon", 1e-3}, {"weight_decay", 0.1}},
                     [&](std::size_t k, double x, double g, int) {
                       g += 0.1 * x;
                       v[k] = 0.8 * v[k] + 0.2 * g * g;
                       const double d = std::sqrt(u[k] + 1e-3) / std::sqrt(v[k] + 1e-3) * g;
                       u[k] = 0.8 * u[k] + 0.2 * d * d;
                       return x - 0.7 * d;
                     });
}

TEST(RmsProp, FollowsItsEquationCenteredOrNot) {
  for (const bool centered : {false, true}) {
    Vec v(5), m(5), b(5);
    expect_coordinates(optimizers::rmsprop(),
                       {{"learning_rate", 0.02},
                        {"alpha", 0.9},
                        {"epsilon", 1e-3},
                        {"centered", centered},
                        {"momentum", 0.6},
                        {"weight_decay", 0.1}},
                       [&](std::size_t k, double x, double g, int) {
                         g += 0.1 * x;
                         v[k] = 0.9 * v[k] + 0.1 * g * g;
                         m[k] = 0.9 * m[k] + 0.1 * g;
                         const double spread = centered ? v[k] - m[k] * m[k] : v[k];
                         b[k] = 0.6 * b[k] + g / (std::sqrt(spread) + 1e-3);
                         return x - 0.02 * b[k];
                       });
  }
}

TEST(AmsGrad, FollowsItsEquationAndItsMeanSquareNeverFalls) {
  Vec m(5), v(5), top(5);
  expect_coordinates(
      optimizers::amsgrad(),
      {{"learning_rate", 0.05}, {"beta1", 0.8}, {"beta2", 0.9}, {"epsilon", 1e-6}, {"weight_decay", 0.1}},
      [&](std::size_t k, double x, double g, int t) {
        g += 0.1 * x;
        m[k] = 0.8 * m[k] + 0.2 * g;
        v[k] = 0.9 * v[k] + 0.1 * g * g;
        top[k] = std::max(top[k], v[k]);
        return x - 0.05 * (m[k] / (1 - std::pow(0.8, t))) / (std::sqrt(top[k] / (1 - std::pow(0.9, t))) + 1e-6);
      });
  for (std::size_t k = 0; k < 5; ++k) EXPECT_GE(top[k], v[k]);
  EXPECT_NE(top, v) << "nothing fell: the maximum was not tried";
}

/// Its steps are Adam's, shortened.
TEST(AmsGrad, NeverStepsFurtherThanAdamFromTheSameGradients) {
  Vec x0 = random_vec(5, 2);
  const Settings given = {{"learning_rate", 1e-9}, {"beta2", 0.5}};  // both stand still, so the gradients agree
  Hand ams(optimizers::amsgrad(), given, toy(), x0), adam(optimizers::adam(), given, toy(), x0);
  Rng draw(3, "rows");
  for (int t = 0; t < 40; ++t) {
    const std::vector<std::uint32_t> rows = {static_cast<std::uint32_t>(draw.below(30))};
    const Vec a = ams.x(), b = adam.x();
    ams.step(rows);
    adam.step(rows);
    for (std::size_t k = 0; k < x0.size(); ++k)
      EXPECT_LE(std::abs(ams.x()[k] - a[k]), std::abs(adam.x()[k] - b[k]) + 1e-15);
  }
}

TEST(Adamax, FollowsItsEquation) {
  Vec m(5), u(5);
  expect_coordinates(
      optimizers::adamax(),
      {{"learning_rate", 0.05}, {"beta1", 0.8}, {"beta2", 0.95}, {"epsilon", 1e-3}, {"weight_decay", 0.1}},
      [&](std::size_t k, double x, double g, int t) {
        g += 0.1 * x;
        m[k] = 0.8 * m[k] + 0.2 * g;
        u[k] = std::max(0.95 * u[k], std::abs(g) + 1e-3);
        return x - 0.05 / (1 - std::pow(0.8, t)) * m[k] / u[k];
      });
}

TEST(NAdam, FollowsItsEquation) {
  Vec m(5), v(5);
  const auto mu = [](int t) { return 0.8 * (1 - 0.5 * std::pow(0.96, 0.02 * t)); };
  const auto product = [&](int t) {
    double all = 1;
    for (int i = 1; i <= t; ++i) all *= mu(i);
    return all;
  };
  expect_coordinates(
      optimizers::nadam(),
      {{"learning_rate", 0.05},
       {"beta1", 0.8},
       {"beta2", 0.95},
       {"epsilon", 1e-6},
       {"momentum_decay", 0.02},
       {"weight_decay", 0.1}},
      [&](std::size_t k, double x, double g, int t) {
        g += 0.1 * x;
        m[k] = 0.8 * m[k] + 0.2 * g;
        v[k] = 0.95 * v[k] + 0.05 * g * g;
        const double size = std::sqrt(v[k] / (1 - std::pow(0.95, t))) + 1e-6;
        return x - 0.05 * ((1 - mu(t)) / (1 - product(t)) * g + mu(t + 1) / (1 - product(t + 1)) * m[k]) / size;
      });
}

TEST(RAdam, IsMomentumFirstAndAdamLater) {
  Vec m(5), v(5);
  const double b1 = 0.8, b2 = 0.98, top = 2 / (1 - b2) - 1;
  bool divided = false, plain = false;
  expect_coordinates(optimizers::radam(),
                     {{"learning_rate", 0.05}, {"beta1", b1}, {"beta2", b2}, {"epsilon", 1e-6}, {"weight_decay", 0.1}},
                     [&](std::size_t k, double x, double g, int t) {
                       g += 0.1 * x;
                       m[k] = b1 * m[k] + (1 - b1) * g;
                       v[k] = b2 * v[k] + (1 - b2) * g * g;
                       const double mean = m[k] / (1 - std::pow(b1, t)),
                                    rho = top - 2 * t * std::pow(b2, t) / (1 - std::pow(b2, t));
                       (rho > 5 ? divided : plain) = true;
                       if (rho <= 5) return x - 0.05 * mean;
                       const double r = std::sqrt((rho - 4) * (rho - 2) * top / ((top - 4) * (top - 2) * rho));
                       return x - 0.05 * mean * r * std::sqrt(1 - std::pow(b2, t)) / (std::sqrt(v[k]) + 1e-6);
                     });
  EXPECT_TRUE(divided && plain);
}

TEST(Signum, FollowsItsEquation) {
  Vec m(5);
  expect_coordinates(optimizers::signum(), {{"learning_rate", 0.02}, {"momentum", 0.7}, {"weight_decay", 0.3}},
                     [&](std::size_t k, double x, double g, int) {
                       m[k] = 0.7 * m[k] + 0.3 * g;
                       return (1 - 0.02 * 0.3) * x - 0.02 * sign(m[k]);
                     });
}

/// y, z and the average, with a warm-up inside; beta1 = 0 takes gradients at z and averages it, as Polyak did.
void expect_schedule_free(double beta1) {
  const double eta = 0.05, b2 = 0.95, eps = 1e-3, lambda = 0.1;
  const Toy problem = toy();
  Vec z = random_vec(5, 1), x = z, v(5);
  Hand hand(optimizers::schedule_free_adamw(),
            {{"learning_rate", eta},
             {"beta1", beta1},
             {"beta2", b2},
             {"epsilon", eps},
             {"weight_decay", lambda},
             {"warmup_steps", std::int64_t{4}}},
            problem, z);
  double total = 0;
  for (int t = 1; t <= 40; ++t) {
    Vec y = z;
    for (std::size_t k = 0; k < y.size(); ++k) y[k] = (1 - beta1) * z[k] + beta1 * x[k];
    expect_near(hand.x(), y, 1e-12, "gradients are taken at y");
    const Vec g = problem.gradient(y, problem.all());
    const double rate = eta * std::min(1.0, t / 4.0);
    total += rate * rate;
    for (std::size_t k = 0; k < y.size(); ++k) {
      v[k] = b2 * v[k] + (1 - b2) * g[k] * g[k];
      z[k] -= rate * g[k] / (std::sqrt(v[k] / (1 - std::pow(b2, t))) + eps) + rate * lambda * y[k];
      x[k] += rate * rate / total * (z[k] - x[k]);
    }
    hand.step();
    expect_near(hand.judged(), x, 1e-12, "step " + std::to_string(t));
  }
}
TEST(ScheduleFreeAdamW, FollowsItsEquation) { expect_schedule_free(0.9); }
TEST(ScheduleFreeAdamW, WithoutInterpolationIsPolyakAveraging) { expect_schedule_free(0); }

/// A coordinate without a gradient stays where it is, even when nothing is added to its zero mean square.
TEST(Adaptive, WithoutEpsilonAZeroGradientMovesNothing) {
  Toy flat = toy();
  for (Vec& row : flat.a) row[2] = 0;
  const Vec x0 = random_vec(5, 2);
  for (const Method& method : {optimizers::adadelta(), optimizers::adagrad(), optimizers::adam(), optimizers::adamax(),
                               optimizers::adamw(), optimizers::amsgrad(), optimizers::nadam(), optimizers::radam(),
                               optimizers::rmsprop(), optimizers::schedule_free_adamw()}) {
    Hand hand(method, {{"epsilon", 0.0}, {"weight_decay", 0.0}}, flat, x0);
    for (int t = 0; t < 8; ++t) hand.step();
    EXPECT_NEAR(hand.x()[2], x0[2], 1e-14) << method.card.title;
    for (const double each : hand.x()) EXPECT_TRUE(std::isfinite(each)) << method.card.title;
  }
}

/// What is not finite is not hidden by the guard against 0/0.
TEST(Adaptive, ABrokenGradientIsSeen) {
  Toy broken = toy();
  broken.y[0] = arma::datum::nan;
  for (const Method& method :
       {optimizers::adadelta(), optimizers::adagrad(), optimizers::adam(), optimizers::adamax(), optimizers::amsgrad(),
        optimizers::nadam(), optimizers::radam(), optimizers::rmsprop()}) {
    Hand hand(method, {}, broken, random_vec(5, 2));
    hand.step();
    EXPECT_FALSE(std::isfinite(hand.x()[0])) << method.card.title;
  }
}

}  // namespace
}  // namespace kappa
