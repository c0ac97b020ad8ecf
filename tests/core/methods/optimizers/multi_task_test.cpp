/// Aligned-MTL, PCGrad, MGDA and CAGrad: the direction that their base is handed, on tasks small enough for plain
/// loops.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method aligned_mtl();
Method cagrad();
Method gradient_descent();
Method mgda();
Method pcgrad();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

Value over(std::string id, Settings settings = {}) {
  return std::make_shared<const Node>(Node{Kind::optimizer, std::move(id), std::move(settings)});
}
const Settings unit_step = {{"base", over("gradient_descent", {{"learning_rate", 1.0}})}};

Toy two_tasks() { return toy({{"x", 4, 1, Role::vector}}, 2); }

double dot(const Vec& a, const Vec& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

/// One step, as a direction.
Vec direction(const Method& method, const Toy& problem, const Vec& x0) {
  Hand hand(method, unit_step, problem, x0);
  hand.step();
  Vec out = x0;
  for (std::size_t k = 0; k < out.size(); ++k) out[k] -= hand.x()[k];
  return out;
}

TEST(Mgda, IsTheShortestVectorBetweenTwoGradients) {
  const Toy problem = two_tasks();
  for (const std::uint64_t seed : {1, 2, 3, 4}) {
    const Vec x0 = random_vec(4, seed), a = problem.gradient(x0, {0}), b = problem.gradient(x0, {1});
    Vec best(4);
    double least = 1e300;
    for (int i = 0; i <= 200'000; ++i) {
      Vec mix(4);
      for (std::size_t k = 0; k < 4; ++k) mix[k] = a[k] * i / 200'000 + b[k] * (1 - i / 200'000.0);
      if (dot(mix, mix) < least) least = dot(mix, mix), best = mix;
    }
    expect_near(direction(optimizers::mgda(), problem, x0), best, 1e-4, "seed");
  }
}

TEST(Mgda, LetsNoTaskGetWorse) {
  const Toy problem = toy({{"x", 9, 1, Role::vector}}, 4);
  const Vec x0 = random_vec(9, 5), d = direction(optimizers::mgda(), problem, x0);
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_GT(dot(d, problem.gradient(x0, {i})), 0.98 * dot(d, d));
}

TEST(PcGrad, ProjectsOnlyWhereTwoTasksConflict) {
  const Toy problem = two_tasks();
  int conflicts = 0;
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8}) {
    const Vec x0 = random_vec(4, seed), a = problem.gradient(x0, {0}), b = problem.gradient(x0, {1});
    Vec expected(4);
    const double along = std::min(0.0, dot(a, b));
    conflicts += along < 0;
    for (std::size_t k = 0; k < 4; ++k)
      expected[k] = (a[k] - along / (dot(b, b) + 1e-12) * b[k] + b[k] - along / (dot(a, a) + 1e-12) * a[k]) / 2;
    expect_near(direction(optimizers::pcgrad(), problem, x0), expected, 1e-12, "seed");
  }
  EXPECT_TRUE(conflicts > 0 && conflicts < 8);
}

TEST(CaGrad, MinimisesItsObjective) {
  const Toy problem = two_tasks();
  for (const std::uint64_t seed : {1, 2, 3, 4}) {
    const Vec x0 = random_vec(4, seed), a = problem.gradient(x0, {0}), b = problem.gradient(x0, {1});
    Vec mean(4), expected(4);
    for (std::size_t k = 0; k < 4; ++k) mean[k] = (a[k] + b[k]) / 2;
    const double size = 0.5 * std::sqrt(dot(mean, mean));
    double least = 1e300;
    for (int i = 0; i <= 200'000; ++i) {
      Vec mix(4);
      for (std::size_t k = 0; k < 4; ++k) mix[k] = a[k] * i / 200'000 + b[k] * (1 - i / 200'000.0);
      const double norm = std::sqrt(dot(mix, mix)), value = dot(mix, mean) + size * norm;
      if (value >= least) continue;
      least = value;
      for (std::size_t k = 0; k < 4; ++k) expected[k] = mean[k] + size * mix[k] / (norm + 1e-8);
    }
    expect_near(direction(optimizers::cagrad(), problem, x0), expected, 2e-4, "seed");
  }
}

TEST(AlignedMtl, TreatsTasksOfAnySizeAlike) {
  Toy problem = two_tasks();
  const Vec x0 = random_vec(4, 3);
  for (double& each : problem.a[1]) each *= 30;  // the gradient grows by 900
  const Vec a = problem.gradient(x0, {0}), b = problem.gradient(x0, {1});
  // Two columns by hand: (GᵀG)^(-1/2) of a 2 x 2 matrix, from its trace and determinant.
  const double p = dot(a, a), q = dot(a, b), r = dot(b, b), root = std::sqrt(p * r - q * q);
  const double trace = std::sqrt(p + r + 2 * root), least = (p + r - std::sqrt((p - r) * (p - r) + 4 * q * q)) / 2;
  Vec expected(4);  // sqrt(least) G (GᵀG)^(-1/2) (1/2, 1/2)
  const double one = (r + root - q) / (root * trace), two = (p + root - q) / (root * trace);
  for (std::size_t k = 0; k < 4; ++k) expected[k] = std::sqrt(least) * (one * a[k] + two * b[k]) / 2;
  expect_near(direction(optimizers::aligned_mtl(), problem, x0), expected, 1e-8, "aligned");
}

TEST(TaskCombiners, OneTaskIsTheBase) {
  const Toy problem = toy({{"x", 4, 1, Role::vector}}, 1);
  const Vec x0 = random_vec(4, 3), g = problem.gradient(x0, {0});
  for (const Method& method : {optimizers::aligned_mtl(), optimizers::pcgrad(), optimizers::mgda()})
    expect_near(direction(method, problem, x0), g, 1e-12, method.card.title);
}

TEST(TaskCombiners, PayForEveryTask) {
  Hand hand(optimizers::mgda(), unit_step, toy(), random_vec(5, 2));
  hand.step();
  EXPECT_GE(hand.counts.gradients, 30u);
}

}  // namespace
}  // namespace kappa
