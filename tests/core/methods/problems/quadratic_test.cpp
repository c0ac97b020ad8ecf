/// The quadratic: its spectrum, its starts, its facts, and its dump read back by plain loops.
#include <gtest/gtest.h>

#include "core/linalg/spectrum.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method quadratic();
}

namespace kappa {
namespace {

using namespace support;
using problems::quadratic;

const char* const kShapes[] = {"isotropic", "geometric", "linear", "powerlaw", "twocluster", "spiked"};

TEST(Quadratic, GradientAndHessianAreTrueForEverySpectrum) {
  for (const std::string shape : kShapes)
    for (const bool rotate : {true, false}) {
      const auto p = built(quadratic(), {{"spectrum", shape}, {"dimension", std::int64_t{12}}, {"rotate", rotate}});
      const Blocks x = somewhere(*p);
      EXPECT_NEAR(taylor_order(*p, x), 2, 0.01) << shape;
      EXPECT_LT(hessian_gap(*p, x), 1e-8) << shape;
      EXPECT_LT(dense_gap(*p, x), 1e-14) << shape;
    }
}

TEST(Quadratic, HessianHasTheChosenSpectrum) {
  for (const std::string shape : kShapes) {
    const auto p = built(quadratic(), {{"spectrum", shape},
                                       {"dimension", std::int64_t{9}},
                                       {"condition_number", 40.0},
                                       {"spectrum_alpha", 1.5},
                                       {"spectrum_count", std::int64_t{2}}});
    const arma::vec values = symmetric_eigenvalues(p->hessian(start_of(*p)));
    EXPECT_LT(arma::abs(values - p->facts().hessian_spectrum).max(), 1e-13) << shape;
    const double kappa = shape == "isotropic" ? 1 : shape == "powerlaw" ? std::pow(9, 1.5) : 40;
    EXPECT_NEAR(values.max() / values.min(), kappa, 1e-10 * kappa) << shape;
    EXPECT_NEAR(values.max(), 1, 1e-13) << shape;
    EXPECT_DOUBLE_EQ(*p->facts().smoothness, p->facts().hessian_spectrum.max());
    EXPECT_DOUBLE_EQ(*p->facts().strong_convexity, p->facts().hessian_spectrum.min());
  }
}

TEST(Quadratic, SolutionIsTheMinimum) {
  const auto p = built(quadratic());
  const Slope at = gradient_at(*p, *p->facts().solution);
  EXPECT_EQ(at.f, *p->facts().minimum);
  EXPECT_EQ(arma::norm(at.g.flat()), 0);
}

TEST(Quadratic, DumpGivesTheLossByPlainLoops) {
  const auto p = built(quadratic(), {{"dimension", std::int64_t{7}}});
  const Blocks x = start_of(*p);
  const arma::mat h = dumped(*p, "H"), truth = dumped(*p, "truth");
  double f = 0;
  for (int i = 0; i < 7; ++i)
    for (int j = 0; j < 7; ++j) f += 0.5 * (x.flat()[i] - truth(i, 0)) * h(i, j) * (x.flat()[j] - truth(j, 0));
  EXPECT_NEAR(value_at(*p, x), f, 1e-14);
  for (int i = 0; i < 7; ++i)
    for (int j = 0; j < 7; ++j) EXPECT_EQ(h(i, j), h(j, i));
}

TEST(Quadratic, EqualStartWeighsEveryEigenvectorByOne) {
  const auto p = built(quadratic(), {{"dimension", std::int64_t{15}}});
  EXPECT_NEAR(value_at(*p, start_of(*p)), 0.5 * arma::accu(p->facts().hessian_spectrum), 1e-13);
  EXPECT_NEAR(arma::norm(start_of(*p).flat() - p->facts().solution->flat()), std::sqrt(15.0), 1e-13);
}

TEST(Quadratic, WorstStartZigZagsUnderExactLineSearch) {
  const auto p = built(quadratic(), {{"start", std::string("worst")}});
  Blocks x = start_of(*p);
  const arma::mat h = p->hessian(x);
  for (int t = 0; t < 10; ++t) {
    const Slope at = gradient_at(*p, x);
    const arma::vec g = at.g.flat();
    x.flat() -= arma::dot(g, g) / arma::dot(g, h * g) * g;
    EXPECT_NEAR(value_at(*p, x) / at.f, std::pow(99.0 / 101.0, 2), 1e-9);
  }
}

TEST(Quadratic, BestStepContractsBothEndsAlike) {
  const Facts facts = built(quadratic())->facts();
  const double step = *facts.best_learning_rate;
  EXPECT_NEAR(1 - step * *facts.strong_convexity, 99.0 / 101.0, 1e-14);
  EXPECT_NEAR(step * *facts.smoothness - 1, 99.0 / 101.0, 1e-14);
  EXPECT_NEAR(*facts.best_momentum, std::pow(9.0 / 11.0, 2), 1e-14);
}

TEST(Quadratic, EachSettingHasItsOwnStream) {
  const auto plain = built(quadratic()), flat = built(quadratic(), {{"rotate", false}});
  EXPECT_EQ(arma::norm(dumped(*plain, "truth") - dumped(*flat, "truth")), 0);
  EXPECT_EQ(arma::norm(start_of(*plain).flat() - start_of(*built(quadratic())).flat()), 0);
  EXPECT_GT(arma::norm(dumped(*plain, "truth") - dumped(*built(quadratic(), {}, 2), "truth")), 1);
}

TEST(Quadratic, NoiseTouchesTheGradientOnly) {
  const auto quiet = built(quadratic()), noisy = built(quadratic(), {{"noise", 0.5}});
  const Blocks x = somewhere(*quiet);
  const Slope a = gradient_at(*quiet, x), b = gradient_at(*noisy, x);
  EXPECT_EQ(a.f, b.f);
  const double size = arma::norm(a.g.flat() - b.g.flat()) / std::sqrt(50.0);
  EXPECT_GT(size, 0.3);
  EXPECT_LT(size, 0.7);
}

TEST(Quadratic, OneUnknownAndTwo) {
  const auto one = built(quadratic(), {{"dimension", std::int64_t{1}}, {"start", std::string("worst")}});
  EXPECT_NEAR(value_at(*one, start_of(*one)), 0.5, 1e-15);
  EXPECT_FALSE(one->can(Can::plane));
  const auto two = built(quadratic(), {{"dimension", std::int64_t{2}}});
  ASSERT_TRUE(two->can(Can::plane));
  const Plane plane = two->plane();
  const Blocks x = start_of(*two);
  EXPECT_TRUE(plane.x0 < x.flat()[0] && x.flat()[0] < plane.x1 && plane.y0 < x.flat()[1] && x.flat()[1] < plane.y1);
}

}  // namespace
}  // namespace kappa
