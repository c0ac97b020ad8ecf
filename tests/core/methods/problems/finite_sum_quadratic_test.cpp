/// The finite sum of quadratics: its clients, its mean, its dump, and batches of noise vectors.
#include <gtest/gtest.h>

#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method finite_sum_quadratic();
}

namespace kappa {
namespace {

using namespace support;
using problems::finite_sum_quadratic;

const Given shared = {{"curvature", std::string("shared")},
                      {"dimension", std::int64_t{6}},
                      {"clients", std::int64_t{12}},
                      {"condition_number", std::pow(10.0, 1.5)},
                      {"start_value", 2.0}};

TEST(FiniteSumQuadratic, ClientsHaveTheChosenSmoothness) {
  const auto p = built(finite_sum_quadratic());
  const arma::vec& each = p->facts().component_smoothness;
  ASSERT_EQ(each.n_elem, 10u);
  EXPECT_NEAR(each[0], 100, 1e-9);
  for (arma::uword i = 1; i < 10; ++i) EXPECT_NEAR(each[i], 1, 1e-12);
  EXPECT_LT(*p->facts().smoothness, 10.9);
  EXPECT_GT(*p->facts().smoothness, 10);
  const arma::mat a = dumped(*p, "A");
  for (arma::uword i = 0; i < 10; ++i)
    EXPECT_NEAR(arma::eig_sym(arma::mat(a.rows(20 * i, 20 * i + 19))).max(), each[i], 1e-11 * each[i]);
  EXPECT_EQ(arma::norm(start_of(*p).flat()), 0);
}

TEST(FiniteSumQuadratic, DumpGivesEveryClientByPlainLoops) {
  for (const Given& given : {Given{}, shared}) {
    const auto p = built(finite_sum_quadratic(), given);
    const Blocks x = somewhere(*p);
    const arma::mat a = dumped(*p, "A"), b = dumped(*p, "b");
    const arma::uword d = x.flat().n_elem;
    Blocks g = zeros_like(x);
    for (arma::uword i = 0; i < p->components(); ++i) {
      const arma::uword first = a.n_rows > d ? i * d : 0;
      double f = 0;
      for (arma::uword j = 0; j < d; ++j) {
        f -= b(i, j) * x.flat()[j];
        for (arma::uword k = 0; k < d; ++k) f += 0.5 * x.flat()[j] * a(first + j, k) * x.flat()[k];
      }
      EXPECT_NEAR(p->component_gradient(i, x, g), f, 1e-11 * (1 + std::abs(f)));
    }
  }
}

TEST(FiniteSumQuadratic, SolutionIsTheMinimum) {
  for (const Given& given : {Given{}, shared}) {
    const auto p = built(finite_sum_quadratic(), given);
    const Slope at = gradient_at(*p, *p->facts().solution);
    EXPECT_NEAR(at.f, *p->facts().minimum, 1e-12 * (1 + std::abs(at.f)));
    EXPECT_LT(arma::norm(at.g.flat()), 1e-11);
  }
}

TEST(FiniteSumQuadratic, ABatchSeesTheMeanOfItsNoiseVectors) {
  const auto p = built(finite_sum_quadratic(), shared);
  const Blocks x = start_of(*p);
  const arma::mat noise = -dumped(*p, "b");
  const arma::vec curvatures = dumped(*p, "A").diag();
  EXPECT_NEAR(curvatures[5], std::pow(10.0, -1.5), 1e-15);
  EXPECT_NEAR(curvatures[0], 1, 1e-15);
  for (const std::uint32_t first : {0u, 4u, 8u}) {
    const Slope at = gradient_at(*p, x, {first, first + 1, first + 2, first + 3});
    const arma::vec mean = arma::mean(noise.rows(first, first + 3), 0).t();
    EXPECT_LT(arma::norm(at.g.flat() - 2 * curvatures - mean), 1e-14);
  }
}

TEST(FiniteSumQuadratic, DerivativesAreTrue) {
  for (const Given& given : {Given{}, shared}) {
    const auto p = built(finite_sum_quadratic(), given);
    const Blocks x = somewhere(*p);
    EXPECT_NEAR(taylor_order(*p, x), 2, 0.01);
    EXPECT_LT(hessian_gap(*p, x), 1e-7);
    EXPECT_LT(dense_gap(*p, x), 1e-13);
    EXPECT_LT(components_gap(*p, x), 1e-12);
    EXPECT_LT(batches_gap(*p, x, 3), 1e-12);
  }
}

}  // namespace
}  // namespace kappa
