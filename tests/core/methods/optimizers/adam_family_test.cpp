/// Adam, AdamW and Lion against their equations in plain loops, and where they fall together with simpler methods.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method adam();
Method adamw();
Method lion();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

double sign(double v) { return v > 0 ? 1 : v < 0 ? -1 : 0; }

void expect_adam(const Method& method, bool decoupled) {
  const double eta = 0.05, b1 = 0.8, b2 = 0.95, eps = 1e-6, lambda = 0.1;
  Vec m(5), v(5);
  expect_path(method,
              {{"learning_rate", eta}, {"beta1", b1}, {"beta2", b2}, {"epsilon", eps}, {"weight_decay", lambda}}, toy(),
              [&](const Vec& x, const Vec& g, int t) {
                Vec next = x;
                for (std::size_t k = 0; k < x.size(); ++k) {
                  const double slope = decoupled ? g[k] : g[k] + lambda * x[k];
                  if (decoupled) next[k] *= 1 - eta * lambda;
                  m[k] = b1 * m[k] + (1 - b1) * slope;
                  v[k] = b2 * v[k] + (1 - b2) * slope * slope;
                  next[k] -= eta * (m[k] / (1 - std::pow(b1, t))) / (std::sqrt(v[k] / (1 - std::pow(b2, t))) + eps);
                }
                return next;
              });
}

TEST(Adam, FollowsItsEquation) { expect_adam(optimizers::adam(), false); }
TEST(AdamW, FollowsItsEquation) { expect_adam(optimizers::adamw(), true); }

TEST(Adam, WithoutMemoryIsTheSign) {
  const Settings none = {
      {"learning_rate", 0.01}, {"beta1", 0.0}, {"beta2", 0.0}, {"epsilon", 0.0}, {"weight_decay", 0.0}};
  for (const Method& method : {optimizers::adam(), optimizers::adamw()})
    expect_path(method, none, toy(), [](const Vec& x, const Vec& g, int) {
      Vec next = x;
      for (std::size_t k = 0; k < x.size(); ++k) next[k] -= 0.01 * sign(g[k]);
      return next;
    });
}

TEST(Lion, FollowsItsEquation) {
  const double eta = 0.01, b1 = 0.7, b2 = 0.9, lambda = 0.5;
  Vec m(5);
  expect_path(optimizers::lion(), {{"learning_rate", eta}, {"beta1", b1}, {"beta2", b2}, {"weight_decay", lambda}},
              toy(), [&](const Vec& x, const Vec& g, int) {
                Vec next = x;
                for (std::size_t k = 0; k < x.size(); ++k) {
                  next[k] -= eta * (sign(b1 * m[k] + (1 - b1) * g[k]) + lambda * x[k]);
                  m[k] = b2 * m[k] + (1 - b2) * g[k];
                }
                return next;
              });
}

TEST(Lion, AZeroGradientMovesNothing) {
  Toy flat = toy();
  for (Vec& row : flat.a) std::fill(row.begin(), row.end(), 0.0);
  const Vec x0 = random_vec(5, 2);
  for (const Method& method : {optimizers::lion(), optimizers::adam()}) {
    Hand hand(method, {}, flat, x0);
    for (int t = 0; t < 3; ++t) hand.step();
    EXPECT_EQ(hand.x(), x0);
  }
}

}  // namespace
}  // namespace kappa
