/// The diagonal finite sum and the quadratic with a gap: their data by plain loops, their facts, their derivatives.
#include <gtest/gtest.h>

#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method diagonal_finite_sum();
Method gapped_quadratic();
}  // namespace kappa::problems

namespace kappa {
namespace {

using namespace support;
using problems::diagonal_finite_sum;
using problems::gapped_quadratic;

TEST(DiagonalFiniteSum, HasTheChosenMeansAndRestsAtZero) {
  const auto p = built(diagonal_finite_sum());
  const arma::mat a = dumped(*p, "a"), b = dumped(*p, "b");
  ASSERT_EQ(a.n_rows, 64u);
  ASSERT_EQ(a.n_cols, 8u);
  for (arma::uword j = 0; j < 8; ++j) {
    double mean = 0, pull = 0;
    for (arma::uword i = 0; i < 64; ++i) {
      mean += a(i, j) / 64;
      pull += b(i, j) / 64;
      EXPECT_GT(a(i, j), 0);
      EXPECT_LT(a(i, j), 2.3 * std::pow(10.0, static_cast<double>(j) / 7));
    }
    EXPECT_NEAR(mean, std::pow(10.0, static_cast<double>(j) / 7), 1e-12);
    EXPECT_NEAR(pull, 0, 1e-14);
  }
  EXPECT_NEAR(arma::stddev(arma::vectorise(b)), 1, 0.15);
  const Blocks start = start_of(*p);
  EXPECT_EQ(arma::accu(start.flat()), 8);
  double f = 0;
  for (arma::uword j = 0; j < 8; ++j) f += 0.5 * std::pow(10.0, static_cast<double>(j) / 7);
  EXPECT_NEAR(value_at(*p, start), f, 1e-12);
  EXPECT_EQ(value_at(*p, *p->facts().solution), 0);
  EXPECT_EQ(arma::norm(gradient_at(*p, *p->facts().solution).g.flat()), 0);
}

TEST(DiagonalFiniteSum, SamplesAreWhatTheDumpSays) {
  const auto p = built(diagonal_finite_sum(), {{"dimension", std::int64_t{3}}, {"samples", std::int64_t{5}}});
  const arma::mat a = dumped(*p, "a"), b = dumped(*p, "b");
  const Blocks x = somewhere(*p);
  Blocks g = zeros_like(x);
  for (arma::uword i = 0; i < 5; ++i) {
    double f = 0;
    for (arma::uword j = 0; j < 3; ++j) f += 0.5 * a(i, j) * x.flat()[j] * x.flat()[j] - b(i, j) * x.flat()[j];
    EXPECT_NEAR(p->component_gradient(i, x, g), f, 1e-13);
    for (arma::uword j = 0; j < 3; ++j) EXPECT_NEAR(g.flat()[j], a(i, j) * x.flat()[j] - b(i, j), 1e-13);
  }
  EXPECT_NEAR(taylor_order(*p, x, {1, 3}), 2, 0.01);
  EXPECT_LT(batches_gap(*p, x, 2), 1e-12);
  EXPECT_LT(components_gap(*p, x), 1e-12);
}

TEST(GappedQuadratic, HasTheSpectrumOfItsPreset) {
  for (const std::string preset : {"two_cluster", "one_spike", "smooth"}) {
    const auto p = built(gapped_quadratic(), {{"preset", preset}});
    const arma::vec values = arma::eig_sym(dumped(*p, "H"));
    ASSERT_EQ(values.n_elem, 30u);
    EXPECT_LT(arma::abs(values / p->facts().hessian_spectrum - 1).max(), 1e-10) << preset;
    EXPECT_NEAR(values[0], 1, 1e-10);
    EXPECT_NEAR(values[29], 1e4, 1e-8);
    const double second = preset == "two_cluster" ? 5e3 : preset == "one_spike" ? 5 : std::pow(10.0, 4 * 28.0 / 29);
    EXPECT_NEAR(values[28], second, 1e-9 * second) << preset;
    if (preset == "two_cluster") {
      EXPECT_NEAR(values[27], 5, 1e-9);
      EXPECT_NEAR(values[13], std::pow(5.0, 13.0 / 27), 1e-9);
    }
    EXPECT_LT(arma::norm(gradient_at(*p, *p->facts().solution).g.flat()), 1e-10);
    const Blocks x = somewhere(*p);
    EXPECT_NEAR(taylor_order(*p, x), 2, 0.01) << preset;
    EXPECT_LT(dense_gap(*p, x), 1e-14);
    EXPECT_EQ(arma::norm(start_of(*p).flat()), 0);
  }
}

}  // namespace
}  // namespace kappa
