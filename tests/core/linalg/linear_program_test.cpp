/// Linear programs against vertices found by trying them all, with and without upper bounds, of poor rank and scale.
#include "core/linalg/linear_program.hpp"

#include <gtest/gtest.h>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

/// The best basic solution of min c'x, A x = b, x >= 0 over all choices of as many columns as A has rows.
double best_vertex(const LinearProgram& p) {
  const arma::uword m = p.a.n_rows, n = p.a.n_cols;
  double best = arma::datum::inf;
  for (arma::uword mask = 0; mask < (arma::uword{1} << n); ++mask) {
    arma::uvec chosen;
    for (arma::uword j = 0; j < n; ++j)
      if (mask >> j & 1) chosen = arma::join_cols(chosen, arma::uvec{j});
    if (chosen.n_elem != m) continue;
    arma::vec x;
    if (!arma::solve(x, p.a.cols(chosen), p.b, arma::solve_opts::no_approx) || x.min() < -1e-12) continue;
    best = std::min(best, arma::dot(p.c(chosen), x));
  }
  return best;
}

/// Feasible, since b = A x for a positive x, and bounded, since c = A' y + a positive slack.
LinearProgram some(std::uint64_t seed, arma::uword m, arma::uword n) {
  Rng rng(seed, "program");
  LinearProgram p;
  p.a = normal_matrix(rng, m, n);
  p.b = p.a * arma::abs(normal_vector(rng, n));
  p.c = p.a.t() * normal_vector(rng, m) + arma::abs(normal_vector(rng, n));
  return p;
}

TEST(LinearProgram, FindsTheBestVertex) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const LinearProgram p = some(seed, 3, 9);
    const ProgramSolution found = solve(p);
    ASSERT_TRUE(found.converged) << seed;
    EXPECT_NEAR(arma::dot(p.c, found.x), best_vertex(p), 1e-8) << seed;
    EXPECT_GT(found.x.min(), -1e-12);
    EXPECT_LT(arma::norm(p.a * found.x - p.b), 1e-8);
  }
}

/// Upper bounds written as rows with a slack of their own give the same minimum.
TEST(LinearProgram, UpperBoundsAreRowsInDisguise) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    LinearProgram p = some(seed, 2, 5);
    p.b = p.a * arma::vec(5, arma::fill::value(0.4));
    p.upper = arma::vec(5, arma::fill::ones);
    LinearProgram rows;
    rows.a.zeros(7, 10);
    rows.a.submat(0, 0, 1, 4) = p.a;
    rows.a.submat(2, 0, 6, 4).eye();
    rows.a.submat(2, 5, 6, 9).eye();
    rows.b = arma::join_cols(p.b, p.upper);
    rows.c = arma::join_cols(p.c, arma::vec(5, arma::fill::zeros));
    const ProgramSolution found = solve(p);
    ASSERT_TRUE(found.converged);
    EXPECT_NEAR(arma::dot(p.c, found.x), best_vertex(rows), 1e-8);
    EXPECT_LT(found.x.max(), 1 + 1e-12);
  }
}

TEST(LinearProgram, MultipliersCertifyTheMinimum) {
  const LinearProgram p = some(4, 3, 12);
  const ProgramSolution found = solve(p);
  EXPECT_GT((p.c - p.a.t() * found.multipliers).min(), -1e-8);
  EXPECT_NEAR(arma::dot(p.b, found.multipliers), arma::dot(p.c, found.x), 1e-8);
}

TEST(LinearProgram, SurvivesARowGivenTwice) {
  LinearProgram p = some(2, 2, 8);
  const double once = arma::dot(p.c, solve(p).x);
  p.a = arma::join_cols(p.a, p.a.row(0));
  p.b = arma::join_cols(p.b, p.b.row(0));
  EXPECT_NEAR(arma::dot(p.c, solve(p).x), once, 1e-6);
}

TEST(LinearProgram, SaysWhenThereIsNoSolution) {
  LinearProgram p;
  p.a = arma::mat{{1, 1}};
  p.b = arma::vec{-1};  // no x >= 0
  p.c = arma::vec{1, 1};
  EXPECT_FALSE(solve(p).converged);
}

}  // namespace
}  // namespace kappa
