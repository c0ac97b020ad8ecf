/// L-BFGS keeps its pairs in memory of its own: the window slides, and a fork may make it longer or shorter.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "tests/laws/trial.hpp"
#include "tests/support/bowl.hpp"

namespace kappa {
namespace {

using laws::plan_of;
using laws::Setting;

Node lbfgs(std::int64_t history) { return complete_node({Kind::optimizer, "lbfgs", {{"history", history}}}); }

std::shared_ptr<const ProblemModel> stretched() { return model_of(test::bowl(arma::logspace(0, 3, 30))); }

/// The two loops as they are written in the books, with steps halved until they lower the loss enough.
std::vector<arma::vec> by_hand(const ProblemModel& problem, std::size_t history, int steps) {
  Blocks at = problem.start(Rng(11, "init")), slope = zeros_like(at);
  Scratch scratch;
  const Sample all{{}, Rng(1, "noise"), scratch};
  std::deque<std::pair<arma::vec, arma::vec>> pairs;
  std::vector<arma::vec> points;
  arma::vec last_x, last_g;
  for (int t = 0; t < steps; ++t) {
    const double f = problem.value_gradient(at, slope, all);
    const arma::vec x = at.flat(), g = slope.flat();
    if (t > 0) pairs.emplace_back(x - last_x, g - last_g);
    if (pairs.size() > history) pairs.pop_front();
    arma::vec q = g;
    std::vector<double> alpha(pairs.size());
    for (std::size_t k = pairs.size(); k-- > 0;) {
      const auto& [s, y] = pairs[k];
      alpha[k] = arma::dot(s, q) / arma::dot(s, y);
      q -= alpha[k] * y;
    }
    if (!pairs.empty())
      q *= arma::dot(pairs.back().first, pairs.back().second) / arma::dot(pairs.back().second, pairs.back().second);
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      const auto& [s, y] = pairs[k];
      q += (alpha[k] - arma::dot(y, q) / arma::dot(s, y)) * s;
    }
    double length = t == 0 ? std::min(1.0, 1 / arma::norm(g, 1)) : 1.0;
    for (;; length /= 2) {
      at.flat() = x - length * q;
      if (problem.value(at, all) <= f - 1e-4 * length * arma::dot(q, g)) break;
    }
    last_x = x;
    last_g = g;
    points.push_back(at.flat());
  }
  return points;
}

TEST(Lbfgs, ItsWindowSlides) {
  const auto problem = stretched();
  for (const std::int64_t history : {1, 2, 5, 40}) {
    const auto expected = by_hand(*problem, static_cast<std::size_t>(history), 15);
    NoSink sink;
    kappa::Run run(plan_of({.problem = problem, .optimizer = lbfgs(history), .steps = 100}));
    for (const arma::vec& x : expected) {
      ASSERT_FALSE(run.advance(1, sink).has_value());
      EXPECT_LT(arma::norm(run.judged().flat() - x), 1e-7 * (1 + arma::norm(x))) << history << " at " << run.step();
    }
  }
}

TEST(Lbfgs, AForkMayRememberMoreOrLess) {
  const auto problem = stretched();
  NoSink sink;
  kappa::Run parent(plan_of({.problem = problem, .optimizer = lbfgs(4), .steps = 60}));
  parent.advance(10, sink);
  for (const std::int64_t history : {1, 2, 4, 12}) {
    const auto fork = parent.continued_as(plan_of({.problem = problem, .optimizer = lbfgs(history), .steps = 60}));
    const double before = parent.loss();
    fork->advance(30, sink);
    EXPECT_LT(fork->loss(), 0.1 * before) << history;
    EXPECT_TRUE(all_finite(fork->judged())) << history;
  }
}

}  // namespace
}  // namespace kappa
