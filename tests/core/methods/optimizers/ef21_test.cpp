/// EF21 and EF21-W against their equations in plain loops, client by client, and where they are one method.
#include <algorithm>
#include <numeric>

#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method ef21();
Method ef21_weighted();
Method gradient_descent();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

Vec largest(const Vec& v, std::size_t k) {
  std::vector<std::size_t> order(v.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return std::abs(v[a]) > std::abs(v[b]); });
  Vec out(v.size());
  for (std::size_t i = 0; i < k; ++i) out[order[i]] = v[order[i]];
  return out;
}
Vec above(const Vec& v, double threshold) {
  Vec out = v;
  for (double& each : out)
    if (std::abs(each) <= threshold) each = 0;
  return out;
}

/// Six clients, the first much steeper.
Toy clients() {
  Toy problem = toy({{"x", 5, 1, Role::vector}}, 6);
  for (double& each : problem.a[0]) each *= 4;
  problem.known.component_smoothness.set_size(6);
  double all = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    double sum = 0;
    for (const double each : problem.a[i]) sum += each * each;
    problem.known.component_smoothness[i] = sum;
    all += sum / 6;
  }
  problem.known.smoothness = all;
  return problem;
}

TEST(Ef21, FollowsItsEquation) {
  const Toy problem = clients();
  for (const bool by_threshold : {false, true}) {
    std::vector<Vec> known(6, Vec(5));
    expect_path(optimizers::ef21(),
                {{"learning_rate", 0.01},
                 {"k", std::int64_t{2}},
                 {"compressor", std::string(by_threshold ? "threshold" : "top_k")},
                 {"threshold", 0.3}},
                problem, [&](const Vec& x, const Vec&, int) {
                  Vec next = x;
                  for (std::uint32_t i = 0; i < 6; ++i) {
                    Vec change = problem.gradient(x, {i});
                    for (std::size_t k = 0; k < 5; ++k) change[k] -= known[i][k];
                    const Vec sent = by_threshold ? above(change, 0.3) : largest(change, 2);
                    for (std::size_t k = 0; k < 5; ++k) {
                      known[i][k] += sent[k];
                      next[k] -= 0.01 / 6 * known[i][k];
                    }
                  }
                  return next;
                });
  }
}

TEST(Ef21, WithoutFeedbackAveragesWhatIsLeftOfEachGradient) {
  const Toy problem = clients();
  expect_path(optimizers::ef21(), {{"learning_rate", 0.01}, {"feedback", false}}, problem,
              [&](const Vec& x, const Vec&, int) {
                Vec next = x;
                for (std::uint32_t i = 0; i < 6; ++i) {
                  const Vec sent = largest(problem.gradient(x, {i}), 1);
                  for (std::size_t k = 0; k < 5; ++k) next[k] -= 0.01 / 6 * sent[k];
                }
                return next;
              });
}

TEST(Ef21, UncompressedIsGradientDescentWithStepOneOverL) {
  const Toy problem = clients();
  const Vec x0 = random_vec(5, 1);
  Hand one(optimizers::ef21(), {{"k", std::int64_t{5}}}, problem, x0);
  Hand two(optimizers::gradient_descent(), {{"learning_rate", 1 / *problem.known.smoothness}}, problem, x0);
  for (int t = 0; t < 30; ++t) {
    one.step();
    two.step();
    expect_near(one.x(), two.x(), 1e-12, "step");
  }
}

TEST(Ef21, TakesTheStepOfItsTheory) {
  const Toy problem = clients();
  double mean = 0, square = 0;
  for (const double each : problem.known.component_smoothness) {
    mean += each / 6;
    square += each * each / 6;
  }
  const double alpha = 2.0 / 5, theta = 1 - std::sqrt(1 - alpha), xi = std::sqrt((1 - alpha) / theta / theta);
  for (const bool quadratic : {true, false}) {
    Hand hand(optimizers::ef21(),
              {{"k", std::int64_t{2}}, {"smoothness_mean", std::string(quadratic ? "quadratic" : "arithmetic")}},
              problem, random_vec(5, 1));
    hand.step();
    EXPECT_NEAR(hand.log.numbers.at("learning_rate"),
                1 / (*problem.known.smoothness + (quadratic ? std::sqrt(square) : mean) * xi), 1e-14);
  }
  const double ten_of_two_hundred = 1 - std::sqrt(1 - 0.05);  // the entry's: k = 1 of d = 20
  EXPECT_NEAR(std::sqrt(0.95) / ten_of_two_hundred, 38.49, 0.005);
}

TEST(Ef21Weighted, FollowsItsEquation) {
  const Toy problem = clients();
  const arma::vec w = problem.known.component_smoothness / arma::accu(problem.known.component_smoothness);
  std::vector<Vec> known(6, Vec(5));
  expect_path(optimizers::ef21_weighted(),
              {{"learning_rate", 0.01}, {"compressor", std::string("threshold")}, {"threshold", 0.3}}, problem,
              [&](const Vec& x, const Vec&, int) {
                Vec next = x;
                for (std::uint32_t i = 0; i < 6; ++i) {
                  Vec change = problem.gradient(x, {i});
                  for (std::size_t k = 0; k < 5; ++k) change[k] = change[k] / (6 * w[i]) - known[i][k];
                  const Vec sent = above(change, 0.3);
                  for (std::size_t k = 0; k < 5; ++k) {
                    known[i][k] += sent[k];
                    next[k] -= 0.01 * w[i] * known[i][k];
                  }
                }
                return next;
              });
}

TEST(Ef21Weighted, IsEf21UnderTopK) {
  const Toy problem = clients();
  const Vec x0 = random_vec(5, 1);
  Hand one(optimizers::ef21(), {{"smoothness_mean", std::string("arithmetic")}}, problem, x0);
  Hand two(optimizers::ef21_weighted(), {}, problem, x0);
  for (int t = 0; t < 60; ++t) {
    one.step();
    two.step();
    expect_near(one.x(), two.x(), 1e-12, "step");
  }
}

TEST(Ef21, NeedsTheSmoothnessOfTheWholeForItsStep) {
  for (const Method& method : {optimizers::ef21(), optimizers::ef21_weighted()}) {
    Hand hand(method, {}, toy(), random_vec(5, 1));
    EXPECT_THROW(hand.step(), Refused);
    Hand given(method, {{"learning_rate", 0.1}}, toy(), random_vec(5, 1));
    EXPECT_NO_THROW(given.step());
  }
}

}  // namespace
}  // namespace kappa
