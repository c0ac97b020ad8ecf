/// Minimisers over boxes and balls, by their optimality conditions.
#include "core/random/box_solution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

struct Bowl {
  arma::mat h;
  arma::vec b;
};
Bowl bowl(std::uint64_t seed, arma::uword d, arma::uword rows) {
  const arma::mat a = normal_matrix(Rng(seed, "a"), rows, d) / std::sqrt(static_cast<double>(rows));
  const arma::mat h = arma::symmatu(a.t() * a);
  return {h, h * arma::vec(3 * normal_vector(Rng(seed, "x"), d))};
}

TEST(BoxSolution, EveryBoundIsPressedAgainstAndTheRestIsFlat) {
  std::size_t free = 0, bound = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const Bowl f = bowl(seed, 12, seed % 2 ? 24 : 14);
    const arma::vec x = constrained_minimiser(f.h, f.b, FeasibleSet::box, 1.3), pull = f.b - f.h * x;
    for (arma::uword i = 0; i < x.n_elem; ++i) {
      EXPECT_LE(std::abs(x[i]), 1.3);
      if (std::abs(x[i]) < 1.3) {
        EXPECT_NEAR(pull[i], 0, 1e-11);
        ++free;
      } else {
        EXPECT_GE(pull[i] * x[i], -1e-11);
        ++bound;
      }
    }
  }
  EXPECT_GT(std::min(free, bound), 10u) << "only one half was tried";
}

TEST(BoxSolution, OnTheBallThePullPointsOutwards) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const Bowl f = bowl(seed, 12, 24);
    const arma::vec x = constrained_minimiser(f.h, f.b, FeasibleSet::ball, 2), pull = f.b - f.h * x;
    EXPECT_NEAR(arma::norm(x), 2, 1e-12);
    EXPECT_LT(arma::norm(pull - arma::dot(pull, x) / 4 * x), 1e-11 * arma::norm(f.b));
    EXPECT_GT(arma::dot(pull, x), 0);
  }
}

TEST(BoxSolution, ALooseConstraintIsNone) {
  const Bowl f = bowl(3, 9, 18);
  const arma::vec x = constrained_minimiser(f.h, f.b, FeasibleSet::none, 1);
  EXPECT_LT(arma::norm(f.h * x - f.b), 1e-11);
  for (const FeasibleSet set : {FeasibleSet::box, FeasibleSet::ball})
    EXPECT_LT(arma::norm(constrained_minimiser(f.h, f.b, set, 1e3) - x), 1e-10);
}

TEST(BoxSolution, DegenerateInput) {
  const Bowl flat = bowl(5, 6, 2);  // rank two
  const arma::vec x = constrained_minimiser(flat.h, flat.b, FeasibleSet::box, 1), pull = flat.b - flat.h * x;
  EXPECT_TRUE(x.is_finite());
  EXPECT_LT(arma::norm(nearest_in(FeasibleSet::box, x + pull, 1) - x), 1e-9);
  const arma::mat zero(3, 3, arma::fill::zeros);
  EXPECT_EQ(arma::norm(constrained_minimiser(zero, arma::vec(3, arma::fill::zeros), FeasibleSet::box, 1)), 0.0);
  const Bowl f = bowl(1, 4, 8);
  EXPECT_EQ(arma::norm(constrained_minimiser(f.h, f.b, FeasibleSet::ball, 0)), 0.0);
  EXPECT_EQ(arma::norm(constrained_minimiser(f.h, f.b, FeasibleSet::box, 0)), 0.0);
}

}  // namespace
}  // namespace kappa
