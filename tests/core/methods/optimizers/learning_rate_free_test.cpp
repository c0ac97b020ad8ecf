/// DoG, DoWG, Prodigy, D-Adaptation, Mechanic and NAdamW against their equations in plain loops.
#include <algorithm>
#include <array>

#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method adamw();
Method d_adaptation();
Method dog();
Method dowg();
Method gradient_descent();
Method mechanic();
Method nadamw();
Method prodigy();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

Value over(std::string id, Settings settings = {}) {
  return std::make_shared<const Node>(Node{Kind::optimizer, std::move(id), std::move(settings)});
}

double squared(const Vec& v) {
  double sum = 0;
  for (const double each : v) sum += each * each;
  return sum;
}
Vec minus(const Vec& a, const Vec& b) {
  Vec out = a;
  for (std::size_t k = 0; k < a.size(); ++k) out[k] -= b[k];
  return out;
}
double one_norm(const Vec& v) {
  double sum = 0;
  for (const double each : v) sum += std::abs(each);
  return sum;
}
double dot(const Vec& a, const Vec& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

TEST(Dog, FollowsItsEquation) {
  const Vec x0 = random_vec(5, 1);
  double r = 1e-3 * (1 + std::sqrt(squared(x0))), sum = 0;
  expect_path(optimizers::dog(), {{"learning_rate", 0.7}, {"initial_distance", 1e-3}, {"epsilon", 1e-4}}, toy(),
              [&](const Vec& x, const Vec& g, int) {
                r = std::max(r, std::sqrt(squared(minus(x, x0))));
                sum += squared(g);
                Vec next = x;
                for (std::size_t k = 0; k < x.size(); ++k) next[k] -= 0.7 * r / std::sqrt(sum + 1e-4) * g[k];
                return next;
              });
}

TEST(Dowg, FollowsItsEquation) {
  const Vec x0 = random_vec(5, 1);
  double r2 = 1e-4, v = 0;
  expect_path(optimizers::dowg(), {{"learning_rate", 0.7}, {"initial_distance", 1e-2}, {"epsilon", 1e-3}}, toy(),
              [&](const Vec& x, const Vec& g, int) {
                r2 = std::max(r2, squared(minus(x, x0)));
                v += r2 * squared(g);
                Vec next = x;
                for (std::size_t k = 0; k < x.size(); ++k) next[k] -= 0.7 * r2 / (std::sqrt(v) + 1e-3) * g[k];
                return next;
              });
}

TEST(Prodigy, FollowsItsEquation) {
  const double b1 = 0.8, b2 = 0.95, eps = 1e-3, d0 = 1e-2, s = 0.9, b3 = std::sqrt(b2);
  const Vec x0 = random_vec(5, 1);
  Vec m(5), v(5), sum(5);
  double d = d0, r = 0;
  expect_path(optimizers::prodigy(),
              {{"learning_rate", s}, {"beta1", b1}, {"beta2", b2}, {"epsilon", eps}, {"initial_distance", d0}}, toy(),
              [&](const Vec& x, const Vec& g, int) {
                const double delta = d * s;
                r = b3 * r + d / d0 * delta * dot(g, minus(x0, x));
                for (std::size_t k = 0; k < 5; ++k) {
                  m[k] = b1 * m[k] + d * (1 - b1) * g[k];
                  v[k] = b2 * v[k] + d * d * (1 - b2) * g[k] * g[k];
                  sum[k] = b3 * sum[k] + d / d0 * delta * g[k];
                }
                d = std::max(d, r / one_norm(sum));
                Vec next = x;
                for (std::size_t k = 0; k < 5; ++k) next[k] -= delta * m[k] / (std::sqrt(v[k]) + d * eps);
                return next;
              });
  EXPECT_GT(d, 2 * d0);
}

TEST(DAdaptation, FollowsItsEquation) {
  const double b1 = 0.8, b2 = 0.95, eps = 1e-3, d0 = 1e-2, s = 0.9, q = std::sqrt(b2);
  Vec m(5), v(5), sum(5);
  double d = d0, n = 0;
  expect_path(optimizers::d_adaptation(),
              {{"learning_rate", s}, {"beta1", b1}, {"beta2", b2}, {"epsilon", eps}, {"initial_distance", d0}}, toy(),
              [&](const Vec& x, const Vec& g, int t) {
                const double delta = d * s * std::sqrt(1 - std::pow(b2, t)) / (1 - std::pow(b1, t));
                double a = 0;
                for (std::size_t k = 0; k < 5; ++k) a += g[k] * sum[k] / (std::sqrt(v[k]) + eps);
                for (std::size_t k = 0; k < 5; ++k) {
                  m[k] = b1 * m[k] + (1 - b1) * delta * g[k];
                  v[k] = b2 * v[k] + (1 - b2) * g[k] * g[k];
                  sum[k] = q * sum[k] + (1 - q) * delta * g[k];
                }
                n = q * n + (1 - q) * delta * a;
                d = std::max(d, n / ((1 - q) * one_norm(sum)));
                Vec next = x;
                for (std::size_t k = 0; k < 5; ++k) next[k] -= m[k] / (std::sqrt(v[k]) + eps);
                return next;
              });
  EXPECT_GT(d, 2 * d0);
}

TEST(NadamW, FollowsItsEquation) {
  const double eta = 0.05, b1 = 0.8, b2 = 0.95, eps = 1e-6, lambda = 0.1;
  Vec m(5), v(5);
  expect_path(optimizers::nadamw(),
              {{"learning_rate", eta}, {"beta1", b1}, {"beta2", b2}, {"epsilon", eps}, {"weight_decay", lambda}}, toy(),
              [&](const Vec& x, const Vec& g, int t) {
                Vec next = x;
                for (std::size_t k = 0; k < 5; ++k) {
                  m[k] = b1 * m[k] + (1 - b1) * g[k];
                  v[k] = b2 * v[k] + (1 - b2) * g[k] * g[k];
                  const double ahead = b1 * m[k] / (1 - std::pow(b1, t + 1)) + (1 - b1) * g[k] / (1 - std::pow(b1, t));
                  next[k] = (1 - eta * lambda) * x[k] - eta * ahead / (std::sqrt(v[k] / (1 - std::pow(b2, t))) + eps);
                }
                return next;
              });
}

TEST(NadamW, WithoutMemoryIsAdamW) {
  const Settings same = {{"learning_rate", 0.01}, {"beta1", 0.0}, {"weight_decay", 0.1}};
  Hand one(optimizers::nadamw(), same, toy(), random_vec(5, 1)),
      two(optimizers::adamw(), same, toy(), random_vec(5, 1));
  for (int t = 0; t < 20; ++t) {
    one.step();
    two.step();
    expect_near(one.x(), two.x(), 1e-14, "step");
  }
}

TEST(Mechanic, FollowsItsEquationOverGradientDescent) {
  const double s0 = 1e-2, eps = 1e-6, rate = 0.3;
  const Vec x0 = random_vec(5, 1);
  Vec delta(5);
  std::array<double, 6> m{}, v{}, r{}, s{};
  expect_path(
      optimizers::mechanic(),
      {{"initial_scale", s0}, {"epsilon", eps}, {"base", over("gradient_descent", {{"learning_rate", rate}})}}, toy(),
      [&](const Vec&, const Vec& g, int) {
        const double h = dot(g, delta);
        double total = 0;
        for (std::size_t i = 0; i < 6; ++i) {
          const double beta = 1 - std::pow(10.0, -static_cast<double>(i + 1));
          m[i] = std::max(beta * m[i], std::abs(h) + eps);
          v[i] = beta * beta * v[i] + h * h;
          r[i] = beta * r[i] + std::max(-m[i], std::min(m[i], h)) * s[i];
          s[i] = (s0 / 6 * m[i] + std::max(0.0, r[i])) / (std::sqrt(v[i]) + eps);
          total += s[i];
        }
        Vec next = x0;
        for (std::size_t k = 0; k < 5; ++k) {
          delta[k] += rate * g[k];
          next[k] -= total * delta[k];
        }
        return next;
      },
      1e-10, Way::tied);
}

TEST(Mechanic, StartsSmallAndGrowsOverItsOwnBase) {
  Hand hand(optimizers::mechanic(), {}, toy(), Vec(5, 3.0));
  hand.step();
  EXPECT_NEAR(hand.log.numbers.at("distance_estimate"), 1e-6, 1e-12);
  const double before = squared(hand.g());
  for (int t = 0; t < 400; ++t) hand.step();
  EXPECT_GT(hand.log.numbers.at("distance_estimate"), 1e-3);
  EXPECT_LT(squared(hand.g()), before / 10);
}

/// A solution ten times farther is estimated ten times farther.
TEST(Dog, EstimatesTheDistance) {
  for (const double far : {1.0, 10.0}) {
    Toy problem = toy();
    for (double& each : problem.y) each *= far;
    Hand hand(optimizers::dog(), {}, problem, Vec(5, 0.0));
    for (int t = 0; t < 3000; ++t) hand.step();
    EXPECT_NEAR(hand.log.numbers.at("distance_estimate") / std::sqrt(squared(hand.x())), 1, 0.5);
  }
}

}  // namespace
}  // namespace kappa
