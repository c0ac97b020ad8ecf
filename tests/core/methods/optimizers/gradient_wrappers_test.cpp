/// Gradient clipping and gradient noise around any base.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method adam();
Method gradient_clipping();
Method gradient_descent();
Method gradient_noise();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

Value node(std::string id, Settings settings = {}) {
  return std::make_shared<const Node>(Node{Kind::optimizer, std::move(id), std::move(settings)});
}

TEST(GradientClipping, ShortensLongGradientsOnly) {
  int cut = 0, passed = 0;
  expect_path(optimizers::gradient_clipping(),
              {{"max_norm", 0.8}, {"base", node("gradient_descent", {{"learning_rate", 0.1}})}}, toy(),
              [&](const Vec& x, const Vec& g, int) {
                double norm = 0;
                for (const double each : g) norm += each * each;
                const double factor = std::min(1.0, 0.8 / (std::sqrt(norm) + 1e-6));
                ++(factor < 1 ? cut : passed);
                Vec next = x;
                for (std::size_t k = 0; k < x.size(); ++k) next[k] -= 0.1 * factor * g[k];
                return next;
              });
  EXPECT_GT(cut, 0);
  EXPECT_GT(passed, 0);
}

TEST(GradientClipping, FarAboveEveryGradientIsItsBase) {
  const Vec x0 = random_vec(5, 2);
  Hand clipped(optimizers::gradient_clipping(), {{"max_norm", 1e9}, {"base", node("adam")}}, toy(), x0);
  Hand adam(optimizers::adam(), {}, toy(), x0);
  for (int t = 0; t < 20; ++t) {
    clipped.step({3, 4, 5});
    adam.step({3, 4, 5});
    EXPECT_EQ(clipped.x(), adam.x());
  }
}

/// The noise that a step of gradient descent with rate one has added.
Vec noise_of(Settings settings, int steps) {
  Toy flat = toy(400);
  for (Vec& row : flat.a) std::fill(row.begin(), row.end(), 0.0);
  settings["base"] = node("gradient_descent", {{"learning_rate", 1.0}});
  Hand hand(optimizers::gradient_noise(), settings, flat, Vec(400));
  Vec before;
  for (int t = 0; t < steps; ++t) before = hand.x(), hand.step();
  Vec out = hand.x();
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = before[k] - out[k];
  return out;
}
double deviation(const Vec& v) {
  double sum = 0;
  for (const double each : v) sum += each * each;
  return std::sqrt(sum / static_cast<double>(v.size()));
}

TEST(GradientNoise, IsNormalAndFadesAsItSays) {
  EXPECT_NEAR(deviation(noise_of({{"noise", 0.5}}, 1)), 0.5, 0.06);
  EXPECT_NEAR(deviation(noise_of({{"noise", 0.5}}, 9)), 0.5, 0.06);
  EXPECT_NEAR(deviation(noise_of({{"noise", 0.5}, {"decay", 2.0}}, 10)), 0.05, 0.006);  // (1 + 9)^(-2/2)
}

TEST(GradientNoise, ItsSeedDrawsAnotherAndOnlyThat) {
  EXPECT_EQ(noise_of({{"noise", 0.5}}, 3), noise_of({{"noise", 0.5}, {"seed", std::int64_t{0}}}, 3));
  EXPECT_NE(noise_of({{"noise", 0.5}}, 3), noise_of({{"noise", 0.5}, {"seed", std::int64_t{1}}}, 3));
  EXPECT_NE(noise_of({{"noise", 0.5}}, 3), noise_of({{"noise", 0.5}}, 4));
}

TEST(GradientNoise, OfZeroIsItsBase) {
  const Vec x0 = random_vec(5, 2);
  Hand noisy(optimizers::gradient_noise(), {{"noise", 0.0}, {"base", node("adam")}}, toy(), x0);
  Hand adam(optimizers::adam(), {}, toy(), x0);
  for (int t = 0; t < 20; ++t) {
    noisy.step();
    adam.step();
    EXPECT_EQ(noisy.x(), adam.x());
  }
}

}  // namespace
}  // namespace kappa
