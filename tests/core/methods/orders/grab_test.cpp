/// GraB: epoch after epoch the batches and the path of a plain re-computation, forks included.
#include <algorithm>

#include "core/catalog/catalog.hpp"
#include "core/run/run.hpp"
#include "core/spec/document.hpp"
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::orders {
Method grab();
Method random_reshuffling();
}  // namespace kappa::orders

namespace kappa {
namespace {

using namespace by_hand;
using Rows = std::vector<std::uint32_t>;

std::shared_ptr<const OrderModel> model_of_order(const Method& method) {
  return std::get<Maker<OrderModel>>(method.make)(Node{Kind::order, "", {}});
}

/// The first epoch is drawn as random reshuffling draws it.
Rows first_order(std::uint64_t rows, std::uint64_t batch, std::uint64_t seed) {
  const auto model = model_of_order(orders::random_reshuffling());
  OrderState state;
  Rows all, some;
  for (std::uint64_t t = 0; t * batch < rows; ++t) {
    model->rows(state, {t, rows, batch, seed}, some);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

double size(const Vec& v) {
  double sum = 0;
  for (const double each : v) sum += each * each;
  return std::sqrt(sum);
}

/// SGD in GraB's order, as the paper says it, in plain loops.
struct Plain {
  const Toy& problem;
  std::size_t batch;
  double rate;
  Vec x;
  Rows order;
  std::vector<Rows> batches = {};
  Vec mean = Vec(x.size(), 0.0);

  void epoch() {
    const std::size_t n = order.size();
    Vec sum(x.size()), total(x.size());
    Rows next(n);
    std::size_t left = 0, right = n - 1;
    for (std::size_t first = 0; first < n; first += batch) {
      const Rows rows(order.begin() + static_cast<long>(first),
                      order.begin() + static_cast<long>(std::min(first + batch, n)));
      batches.push_back(rows);
      for (const std::uint32_t i : rows) {
        const Vec g = problem.gradient(x, {i});
        Vec plus = sum, minus = sum;
        for (std::size_t k = 0; k < x.size(); ++k) {
          total[k] += g[k];
          plus[k] += g[k] - mean[k];
          minus[k] -= g[k] - mean[k];
        }
        const bool shorter = size(plus) < size(minus);
        sum = shorter ? plus : minus;
        next[shorter ? left++ : right--] = i;
      }
      const Vec g = problem.gradient(x, rows);
      for (std::size_t k = 0; k < x.size(); ++k) x[k] -= rate * g[k];
    }
    for (std::size_t k = 0; k < x.size(); ++k) mean[k] = total[k] / static_cast<double>(n);
    order = next;
  }
};

RunPlan plan_of(const Toy& problem, std::uint64_t batch, std::uint64_t steps, std::uint64_t seed) {
  RunPlan plan;
  plan.seed = seed;
  plan.optimizer = complete_node({Kind::optimizer, "gradient_descent", {{"learning_rate", 0.05}}});
  plan.problem = model_of(problem);
  plan.order = make_order(complete_node({Kind::order, "grab", {}}));
  plan.steps = steps;
  plan.batch = batch;
  plan.probes.push_back(make_probe(complete_node({Kind::probe, "loss", {}})));
  return plan;
}

TEST(Grab, FollowsItsEquationOverManyEpochs) {
  const Toy problem = toy({{"x", 5, 1, Role::vector}}, 23);
  for (const std::uint64_t batch : {1, 4, 23})
    for (const std::uint64_t seed : {1, 9}) {
      const std::uint64_t per_epoch = (23 + batch - 1) / batch, steps = 7 * per_epoch;
      Plain plain{problem, batch, 0.05, Vec(5, 0.0), first_order(23, batch, seed)};
      for (int e = 0; e < 7; ++e) plain.epoch();
      kappa::Run run(plan_of(problem, batch, steps, seed));
      NoSink sink;
      run.advance(0, sink);
      for (std::uint64_t t = 0; t < steps; ++t) {
        ASSERT_EQ(Rows(run.sample().begin(), run.sample().end()), plain.batches[t])
            << "batch " << batch << ", step " << t;
        run.advance(1, sink);
      }
      expect_near({run.judged().flat().begin(), run.judged().flat().end()}, plain.x, 1e-12, "the end");
    }
}

TEST(Grab, EveryEpochSeesEveryRowOnceAndTheOrderIsNotTheFirstOne) {
  const Toy problem = toy({{"x", 5, 1, Role::vector}}, 16);
  kappa::Run run(plan_of(problem, 1, 64, 3));
  NoSink sink;
  run.advance(0, sink);
  std::vector<Rows> epochs(4);
  for (std::uint64_t t = 0; t < 64; ++t) {
    epochs[t / 16].push_back(run.sample()[0]);
    run.advance(1, sink);
  }
  EXPECT_NE(epochs[1], epochs[0]);
  EXPECT_NE(epochs[2], epochs[1]);
  for (Rows& epoch : epochs) {
    std::sort(epoch.begin(), epoch.end());
    for (std::uint32_t i = 0; i < 16; ++i) EXPECT_EQ(epoch[i], i);
  }
}

TEST(Grab, AForkGoesOnInTheSameOrder) {
  const Toy problem = toy({{"x", 5, 1, Role::vector}}, 12);
  for (const std::uint64_t half : {5, 12, 31}) {
    kappa::Run whole(plan_of(problem, 2, 48, 4));
    NoSink sink;
    whole.advance(half, sink);
    const auto fork = whole.fork();
    for (std::uint64_t t = half; t < 48; ++t) {
      ASSERT_EQ(Rows(whole.sample().begin(), whole.sample().end()), Rows(fork->sample().begin(), fork->sample().end()));
      whole.advance(1, sink);
      fork->advance(1, sink);
    }
    EXPECT_EQ(arma::norm(whole.judged().flat() - fork->judged().flat()), 0);
  }
}

/// An epoch that was not seen whole, and other streams, are shuffled at random instead.
TEST(Grab, WhatItHasNotSeenIsRandom) {
  const auto grab = model_of_order(orders::grab()), random = model_of_order(orders::random_reshuffling());
  for (const char* stream : {"batch", "other"}) {
    OrderState unseen, fresh;
    Rows found, expected;
    for (std::uint64_t t = 0; t < 40; ++t) {
      grab->rows(unseen, {t, 10, 3, 1, stream}, found);
      random->rows(fresh, {t, 10, 3, 1, stream}, expected);
      ASSERT_EQ(found, expected) << stream << " " << t;
    }
  }
}

/// What the order is for: with gradients that stay the same, no partial sum of an epoch strays far.
TEST(Grab, BalancesGradientsThatStay) {
  constexpr std::uint32_t n = 256;
  arma::mat g(4, n);
  Rng draw(5, "gradients");
  for (double& each : g) each = draw.normal();
  g.each_col() -= arma::vec(arma::mean(g, 1));
  const auto farthest = [&](const Rows& order) {
    arma::vec sum(4, arma::fill::zeros);
    double most = 0;
    for (const std::uint32_t i : order) {
      sum += g.col(i);
      most = std::max(most, arma::norm(sum));
    }
    return most;
  };
  const auto grab = model_of_order(orders::grab());
  OrderState state;
  arma::vec seen;
  const RowGradient one = [&](std::uint32_t row) -> const arma::vec& { return seen = g.col(row); };
  std::vector<double> most;
  for (std::uint64_t e = 0; e < 12; ++e) {
    Rows epoch, rows;
    for (std::uint64_t k = 0; k < n; ++k) {
      grab->rows(state, {e * n + k, n, 1, 2}, rows);
      grab->saw(state, {e * n + k, n, 1, 2}, rows, one);
      epoch.push_back(rows[0]);
    }
    most.push_back(farthest(epoch));
  }
  EXPECT_GT(most.front(), 10);
  EXPECT_LT(most.back(), most.front() / 3);
}

}  // namespace
}  // namespace kappa
