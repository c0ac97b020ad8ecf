/// Problems of several tasks, and the matrix factorization: their formulas by plain loops, and their derivatives.
#include <gtest/gtest.h>

#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method matrix_factorization();
Method multi_task_quadratic();
Method multi_task_valley();
}  // namespace kappa::problems

namespace kappa {
namespace {

using namespace support;

TEST(MultiTaskQuadratic, TasksAreAsDumped) {
  const auto p = built(problems::multi_task_quadratic());
  const Blocks x = somewhere(*p);
  const arma::mat h = dumped(*p, "curvatures"), c = dumped(*p, "centres");
  for (arma::uword j = 0; j < 10; ++j) {
    EXPECT_NEAR(h(j, 0), std::pow(10.0, -0.7 * static_cast<double>(j) / 9), 1e-14);
    EXPECT_NEAR(h(j, 1), 100 * h(9 - j, 0), 1e-12);
  }
  Blocks g = zeros_like(x);
  double sum = 0;
  for (const std::uint64_t k : {0, 1}) {
    double f = 0;
    for (arma::uword j = 0; j < 10; ++j) f += 0.5 * h(j, k) * std::pow(x.flat()[j] - c(j, k), 2);
    EXPECT_NEAR(p->component_gradient(k, x, g), f, 1e-12 * f);
    sum += f / 2;
  }
  EXPECT_NEAR(value_at(*p, x), sum, 1e-12 * sum);
  EXPECT_NEAR(taylor_order(*p, x), 2, 0.01);
  EXPECT_LT(components_gap(*p, x), 1e-13);
  EXPECT_LT(arma::norm(gradient_at(*p, *p->facts().solution).g.flat()), 1e-12);
}

/// The published formula, as it is written.
double published(int task, double x1, double x2) {
  const double t = std::tanh(-x2);
  const double a = std::log(std::max(std::abs(0.5 * (-x1 - 7) - t), 5e-6)) + 6;
  const double b = std::log(std::max(std::abs(0.5 * (-x1 + 3) + t + 2), 5e-6)) + 6;
  const double c1 = std::max(std::tanh(x2 * 0.5), 0.0), c2 = std::max(std::tanh(-x2 * 0.5), 0.0);
  const double p = (std::pow(-x1 + 7, 2) + 0.1 * std::pow(-x2 - 8, 2)) / 10 - 20;
  const double r = (std::pow(-x1 - 7, 2) + 0.1 * std::pow(-x2 - 8, 2)) / 10 - 20;
  return 0.5 * (task == 0 ? a * c1 + p * c2 : b * c1 + r * c2);
}

TEST(MultiTaskValley, IsThePublishedFunction) {
  const auto p = built(problems::multi_task_valley());
  Rng draw(1, "points");
  for (int i = 0; i < 200; ++i) {
    Blocks x = start_of(*p), g = zeros_like(x);
    if (i > 0) x.flat() = {draw.uniform(-10, 10), draw.uniform(-10, 10)};
    const double x1 = x.flat()[0], x2 = x.flat()[1], h = 1e-6;
    for (const int task : {0, 1}) {
      EXPECT_NEAR(p->component_gradient(static_cast<std::uint64_t>(task), x, g), published(task, x1, x2), 1e-12);
      EXPECT_NEAR(g.flat()[0], (published(task, x1 + h, x2) - published(task, x1 - h, x2)) / (2 * h), 1e-5);
      EXPECT_NEAR(g.flat()[1], (published(task, x1, x2 + h) - published(task, x1, x2 - h)) / (2 * h), 1e-5);
    }
    EXPECT_LT(components_gap(*p, x), 1e-12);
  }
}

TEST(MultiTaskValley, MovesOnFromTheBorderOfItsHalves) {
  const auto p = built(problems::multi_task_valley(), {{"start_x", 0.0}, {"start_y", 0.0}});
  const double h = 1e-7,
               slope = (published(0, 0, h) + published(1, 0, h) - published(0, 0, -h) - published(1, 0, -h)) / (4 * h);
  EXPECT_NEAR(gradient_at(*p, start_of(*p)).g.flat()[1], slope, 1e-5);
}

TEST(MatrixFactorization, GradientAndCurvatureAreTrueWithoutNoise) {
  const auto p = built(problems::matrix_factorization(), {{"noise", 0.0}});
  const Blocks x = somewhere(*p);
  EXPECT_NEAR(taylor_order(*p, x), 2, 0.05);
  EXPECT_LT(hessian_gap(*p, x), 1e-7);
  const arma::mat a = dumped(*p, "truth"), z = x.block(0), expected = 2.0 / 15 * (z * z.t() - a) * z;
  EXPECT_LT(arma::norm(gradient_at(*p, x).g.flat() - arma::vectorise(expected)), 1e-12);
}

TEST(MatrixFactorization, KnowsItsMinimum) {
  for (const std::int64_t rank : {2, 3, 4}) {
    const auto p = built(problems::matrix_factorization(), {{"noise", 0.0}, {"rank", rank}});
    const Slope at = gradient_at(*p, *p->facts().solution);
    EXPECT_LT(arma::norm(at.g.flat()), 1e-11);
    EXPECT_NEAR(at.f, *p->facts().minimum, 1e-12 * (1 + at.f));
    EXPECT_EQ(rank<3, at.f> 1e-3);
  }
}

}  // namespace
}  // namespace kappa
