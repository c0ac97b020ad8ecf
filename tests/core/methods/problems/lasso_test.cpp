/// The lasso: its smooth part and prox, its subgradient, and a minimum certified by optimality conditions.
#include <gtest/gtest.h>

#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method lasso();
}

namespace kappa {
namespace {

using namespace support;
using problems::lasso;

std::shared_ptr<const ProblemModel> made(double lambda, std::int64_t n = 60, std::int64_t d = 120,
                                         std::uint64_t seed = 1) {
  return built(lasso(),
               {{"samples", n},
                {"features", d},
                {"regularization", lambda},
                {"spectrum", std::string("isotropic")},
                {"truth_sparsity", std::int64_t{8}},
                {"noise", 0.05}},
               seed);
}

double smooth_at(const ProblemModel& p, const Blocks& x, Blocks& g) {
  Scratch room;
  return p.smooth_gradient(x, g, {{}, Rng(1, "noise"), room});
}

TEST(Lasso, ValueIsSmoothPartPlusPenalty) {
  const auto p = made(0.1);
  const Blocks x = somewhere(*p);
  Blocks g = zeros_like(x);
  EXPECT_NEAR(value_at(*p, x), smooth_at(*p, x, g) + 0.1 * arma::norm(x.flat(), 1), 1e-12);
  EXPECT_FALSE(p->facts().smooth);
}

TEST(Lasso, GradientIsTrueAwayFromTheKinksAndASubgradientAtThem) {
  const auto p = made(0.3);
  const Blocks x = somewhere(*p);
  for (const Rows& rows : {Rows{}, Rows{3, 3, 59}}) EXPECT_NEAR(taylor_order(*p, x, rows), 2, 0.05);
  const Blocks zero = start_of(*p);
  const Slope at = gradient_at(*p, zero);
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    const Blocks y = somewhere(*p, 0.3, seed);
    EXPECT_GE(value_at(*p, y), at.f + arma::dot(at.g.flat(), y.flat()) - 1e-12);
  }
  EXPECT_LT(components_gap(*p, x), 1e-13);
  EXPECT_LT(batches_gap(*p, x, 13), 1e-13);
}

TEST(Lasso, ProxMinimisesItsOwnObjective) {
  const auto p = made(0.3);
  const Blocks x = somewhere(*p);
  Blocks out = zeros_like(x);
  p->prox(x, 0.7, out);
  const auto objective = [&](const arma::vec& z) {
    return 0.3 * 0.7 * arma::norm(z, 1) + 0.5 * arma::dot(z - x.flat(), z - x.flat());
  };
  for (std::uint64_t seed = 1; seed < 20; ++seed)
    EXPECT_LE(objective(out.flat()), objective(out.flat() + 0.1 * unit_vector(Rng(seed, "d"), out.flat().n_elem)));
}

TEST(Lasso, SolutionMeetsTheOptimalityConditions) {
  for (const double lambda : {0.001, 0.02, 0.1, 5.0})
    for (const auto& [n, d] : {std::pair<std::int64_t, std::int64_t>{60, 120}, {100, 20}}) {
      const auto p = made(lambda, n, d);
      const Facts& facts = p->facts();
      ASSERT_TRUE(facts.solution.has_value()) << lambda;
      const arma::vec& w = facts.solution->flat();
      Blocks g = zeros_like(*facts.solution);
      smooth_at(*p, *facts.solution, g);
      for (arma::uword i = 0; i < w.n_elem; ++i) {
        if (w[i] == 0)
          EXPECT_LE(std::abs(g.flat()[i]), lambda * (1 + 1e-9));
        else
          EXPECT_NEAR(g.flat()[i], w[i] > 0 ? -lambda : lambda, 1e-9 * (1 + lambda));
      }
      EXPECT_EQ(value_at(*p, *facts.solution), *facts.minimum);
    }
}

TEST(Lasso, ProximalGradientReachesTheMinimumAndNeverPassesIt) {
  const auto p = made(0.05);
  const Facts& facts = p->facts();
  Blocks x = start_of(*p), g = zeros_like(x), next = x;
  for (int t = 0; t < 5000; ++t) {
    smooth_at(*p, x, g);
    next.flat() = x.flat() - g.flat() / *facts.smoothness;
    p->prox(next, 1 / *facts.smoothness, x);
    ASSERT_GE(value_at(*p, x), *facts.minimum - 1e-15);
  }
  EXPECT_NEAR(value_at(*p, x), *facts.minimum, 1e-12);
}

TEST(Lasso, HeavyPenaltyLeavesNothing) { EXPECT_EQ(arma::norm(made(5.0)->facts().solution->flat()), 0); }

TEST(Lasso, WithoutPenaltyItIsLeastSquares) {
  const auto p = made(0.0, 60, 20);
  EXPECT_TRUE(p->facts().smooth);
  EXPECT_LT(arma::norm(gradient_at(*p, *p->facts().solution).g.flat()), 1e-13);
}

}  // namespace
}  // namespace kappa
