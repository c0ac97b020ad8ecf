/// DP-SGD and its correlated sibling: clipping sample by sample, noise of the right size, and its memory by plain
/// loops.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method dp_sgd();
Method dp_ftrl_correlated();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

/// Mean of the rows' gradients, each no longer than `most`.
Vec clipped_mean(const Toy& problem, const Vec& x, const std::vector<std::uint32_t>& rows, double most, int& cut) {
  Vec mean(x.size());
  for (const std::uint32_t i : rows) {
    const Vec g = problem.gradient(x, {i});
    double length = 0;
    for (const double each : g) length += each * each;
    length = std::sqrt(length);
    cut += length > most ? 1 : 0;
    for (std::size_t k = 0; k < x.size(); ++k)
      mean[k] += g[k] * std::min(1.0, most / length) / static_cast<double>(rows.size());
  }
  return mean;
}

TEST(DpSgd, ClipsEachSampleOfTheBatch) {
  const Toy problem = toy({{"x", 5, 1, Role::vector}}, 12);
  const std::vector<std::uint32_t> some = {7, 2, 2, 11, 5};
  for (const bool full : {false, true}) {
    Vec x = random_vec(5, 1);
    Hand hand(optimizers::dp_sgd(), {{"noise_multiplier", 0.0}, {"clip_norm", 1.3}, {"learning_rate", 0.2}}, problem,
              x);
    for (int t = 0; t < 30; ++t) {
      int cut = 0;
      const auto rows = full ? problem.all() : some;
      const Vec mean = clipped_mean(problem, x, rows, 1.3, cut);
      for (std::size_t k = 0; k < x.size(); ++k) x[k] -= 0.2 * mean[k];
      hand.step(full ? std::vector<std::uint32_t>{} : some);
      expect_near(hand.x(), x, 1e-12, "step " + std::to_string(t));
      EXPECT_NEAR(hand.log.numbers.at("clip_fraction"), cut / static_cast<double>(rows.size()), 1e-15);
    }
  }
}

/// The noise that steps have added: what differs from the same run without it.
std::vector<Vec> noise_of(const Method& method, Settings settings, std::size_t d, int steps) {
  const Toy problem = toy({{"x", d, 1, Role::vector}}, 4);
  settings["learning_rate"] = 1e-3;
  Hand noisy(method, settings, problem, random_vec(d, 1));
  std::vector<Vec> all;
  for (int t = 0; t < steps; ++t) {
    const Vec x = noisy.x();
    int cut = 0;
    const double most = std::get<double>(settings.at("clip_norm"));
    const Vec mean = clipped_mean(problem, x, problem.all(), std::get<bool>(settings.at("clip")) ? most : 1e300, cut);
    noisy.step();
    Vec w(d);
    for (std::size_t k = 0; k < d; ++k) w[k] = (x[k] - noisy.x()[k]) / 1e-3 - mean[k];
    all.push_back(w);
  }
  return all;
}

TEST(DpSgd, AddsIndependentNoiseOfTheClipsSize) {
  const auto noise =
      noise_of(optimizers::dp_sgd(), {{"noise_multiplier", 2.0}, {"clip_norm", 0.5}, {"clip", false}}, 8, 2000);
  double squares = 0, along = 0;
  for (std::size_t t = 1; t < noise.size(); ++t)
    for (std::size_t k = 0; k < 8; ++k) {
      squares += noise[t][k] * noise[t][k];
      along += noise[t][k] * noise[t - 1][k];
    }
  const double count = 8 * 1999.0, sigma = 2.0 * 0.5 / 4;  // four samples
  EXPECT_NEAR(squares / count, sigma * sigma, 0.03 * sigma * sigma);
  EXPECT_NEAR(along / squares, 0, 0.03);
}

TEST(DpFtrl, WithoutMemoryIsDpSgdToTheBit) {
  const Toy problem = toy({{"x", 5, 1, Role::vector}}, 12);
  Hand one(optimizers::dp_sgd(), {}, problem, random_vec(5, 1)),
      two(optimizers::dp_ftrl_correlated(), {{"nu", 1.0}}, problem, random_vec(5, 1));
  for (int t = 0; t < 700; ++t) {
    one.step();
    two.step();
    ASSERT_EQ(one.x(), two.x()) << t;
  }
}

/// w_t = γ Σ β_s z_{t−s} with the z of DP-SGD, the coefficients as binomials, γ² as the squares of the inverse's.
TEST(DpFtrl, AddsTheCorrelatedNoiseOfItsEquation) {
  constexpr int steps = 1300;  // past two closed blocks
  constexpr double nu = 0.02;
  const Settings settings = {{"noise_multiplier", 1.0}, {"clip_norm", 1.0}, {"clip", true}};
  const auto z = noise_of(optimizers::dp_sgd(), settings, 3, steps);
  Settings remembering = settings;
  remembering["nu"] = nu;
  const auto w = noise_of(optimizers::dp_ftrl_correlated(), remembering, 3, steps);
  Vec beta(steps), inverse(20'000);
  double sensitivity = 0;
  for (std::size_t t = 0; t < inverse.size(); ++t) {
    const double s = static_cast<double>(t);
    if (t < beta.size()) beta[t] = t == 0 ? 1 : beta[t - 1] * (s - 1.5) / s * (1 - nu);
    inverse[t] = t == 0 ? 1 : inverse[t - 1] * (s - 0.5) / s * (1 - nu);
    sensitivity += inverse[t] * inverse[t];
  }
  EXPECT_DOUBLE_EQ(beta[1], -0.5 * (1 - nu));
  EXPECT_DOUBLE_EQ(beta[2], -0.125 * (1 - nu) * (1 - nu));
  for (std::size_t t = 0; t < steps; t += t < 20 ? 1 : 37)
    for (std::size_t k = 0; k < 3; ++k) {
      double sum = 0;
      for (std::size_t s = 0; s <= t; ++s) sum += beta[s] * z[t - s][k];
      EXPECT_NEAR(w[t][k], std::sqrt(sensitivity) * sum, 1e-9) << "step " << t;
    }
}

}  // namespace
}  // namespace kappa
