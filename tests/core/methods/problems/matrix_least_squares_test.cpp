/// Matrix least squares: derivatives, batches, facts, and the generator's geometric singular values.
#include <gtest/gtest.h>

#include "core/linalg/spectrum.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method matrix_least_squares();
}

namespace kappa {
namespace {

using namespace support;
using problems::matrix_least_squares;

const Given kSmall = {{"rows", std::int64_t{4}},
                      {"columns", std::int64_t{5}},
                      {"samples", std::int64_t{23}},
                      {"condition_number", 50.0},
                      {"noise", 0.2}};

TEST(MatrixLeastSquares, DerivativesAreTrue) {
  for (const std::int64_t samples : {23, 3}) {
    Given given = kSmall;
    given.insert_or_assign("samples", samples);
    const auto p = built(matrix_least_squares(), given);
    const Blocks x = somewhere(*p);
    EXPECT_NEAR(taylor_order(*p, x), 2, 0.02);
    EXPECT_NEAR(taylor_order(*p, x, {2, 0, 2}), 2, 0.02);
    EXPECT_LT(hessian_gap(*p, x), 1e-7);
    EXPECT_LT(dense_gap(*p, x), 1e-13);
    EXPECT_LT(components_gap(*p, x), 1e-13);
    EXPECT_LT(batches_gap(*p, x, 4), 1e-13);
    arma::vec r;
    arma::mat j;
    Scratch room;
    p->residual(x, r, {{}, Rng(0, "r"), room});
    p->jacobian(x, j, {{}, Rng(0, "r"), room});
    const Slope at = gradient_at(*p, x);
    EXPECT_NEAR(0.5 * arma::dot(r, r), at.f, 1e-13 * at.f);
    EXPECT_LT(arma::norm(j.t() * r - at.g.flat()), 1e-12 * arma::norm(at.g.flat()));
  }
}

TEST(MatrixLeastSquares, FactsAreTrue) {
  for (const std::int64_t samples : {23, 3}) {
    Given given = kSmall;
    given.insert_or_assign("samples", samples);
    const auto p = built(matrix_least_squares(), given);
    const Facts& facts = p->facts();
    EXPECT_LT(arma::norm(gradient_at(*p, *facts.solution).g.flat()), 1e-13);
    EXPECT_EQ(value_at(*p, *facts.solution), *facts.minimum);
    const arma::vec values = arma::eig_sym(p->hessian(*facts.solution));
    EXPECT_LT(arma::abs(values - facts.hessian_spectrum).max(), 1e-13);
    EXPECT_NEAR(*facts.smoothness, values.max(), 1e-13);
    EXPECT_NEAR(*facts.strong_convexity, samples == 3 ? 0.0 : values.min(), 1e-13);
    EXPECT_EQ(*facts.truth_rank, 4u);
    EXPECT_EQ(arma::norm(p->estimate(*facts.truth) - dumped(*p, "truth"), "fro"), 0);
  }
}

TEST(MatrixLeastSquares, DumpGivesTheLossByPlainLoops) {
  const auto p = built(matrix_least_squares(), kSmall);
  const Blocks x = somewhere(*p);
  const arma::mat w = x.block(0), in = dumped(*p, "X"), out = dumped(*p, "Y");
  ASSERT_EQ(in.n_rows, 5u);
  ASSERT_EQ(out.n_rows, 4u);
  double f = 0, one = 0;
  for (int s = 0; s < 23; ++s)
    for (int i = 0; i < 4; ++i) {
      double r = -out(i, s);
      for (int j = 0; j < 5; ++j) r += w(i, j) * in(j, s);
      f += r * r / 46;
      if (s == 11) one += r * r / 2;
    }
  EXPECT_NEAR(value_at(*p, x), f, 1e-13 * f);
  EXPECT_NEAR(value_at(*p, x, {11}), one, 1e-13 * one);
}

TEST(MatrixLeastSquares, StartsAtZeroInOneHiddenBlock) {
  const Blocks x = start_of(*built(matrix_least_squares()));
  EXPECT_EQ(x.shape(0).name, "W");
  EXPECT_EQ(x.shape(0).role, Role::hidden);
  EXPECT_EQ(x.shape(0).rows, 40u);
  EXPECT_EQ(x.shape(0).cols, 30u);
  EXPECT_EQ(arma::norm(x.flat()), 0);
}

TEST(MatrixLeastSquares, MixingHasGeometricSingularValuesDownToTheRootOfKappa) {
  const auto p = built(matrix_least_squares(), {{"exact_spectrum", true}});
  const arma::vec s = singular_values(dumped(*p, "X")) / std::sqrt(200.0);
  for (int i = 0; i < 30; ++i) EXPECT_NEAR(s[i], std::pow(10, -1.5 * i / 29), 1e-12);
}

TEST(MatrixLeastSquares, WithoutNoiseTheTruthIsTheSolution) {
  const auto p = built(matrix_least_squares());
  EXPECT_LT(*p->facts().minimum, 1e-25);
  EXPECT_LT(arma::norm(p->facts().solution->flat() - p->facts().truth->flat()), 1e-10);
  const double spread = arma::stddev(arma::vectorise(dumped(*p, "truth"))) * std::sqrt(30.0);
  EXPECT_NEAR(spread, 1, 0.08);
}

}  // namespace
}  // namespace kappa
