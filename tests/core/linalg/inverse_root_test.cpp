/// Tests of roots, symmetric solves and pseudo-inverses by their defining equations.
#include "core/linalg/inverse_root.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/linalg/polar.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

double gap(const arma::mat& a, const arma::mat& b) { return arma::norm(a - b, "fro"); }

arma::mat definite(std::uint64_t seed, arma::uword n) {
  const arma::mat g = normal_matrix(Rng(seed, "g"), n, n + 2);
  return g * g.t() + 0.1 * arma::eye(n, n);
}

RC_GTEST_PROP(InverseRoot, RaisedToThePowerInverts, (std::uint64_t seed)) {
  const arma::uword n = *rc::gen::inRange(1, 7);
  const arma::mat s = definite(seed, n);
  for (const int p : {1, 2, 4}) {
    arma::mat power = arma::eye(n, n);
    for (int i = 0; i < p; ++i) power *= inverse_root(s, p);
    RC_ASSERT(gap(power * s, arma::eye(n, n)) < 1e-8);
  }
  RC_ASSERT(gap(inverse_root(s, 2, 0.5), inverse_root(s + 0.5 * arma::eye(n, n), 2)) < 1e-9);
  RC_ASSERT(gap(square_root(s) * square_root(s), s) < 1e-10 * (1 + arma::norm(s, "fro")));
}

RC_GTEST_PROP(InverseRoot, FourthRootsOnBothSidesArePolar, (std::uint64_t seed)) {
  const arma::mat g = normal_matrix(Rng(seed, "g"), 20, 12);
  RC_ASSERT(gap(inverse_root(g * g.t(), 4) * g * inverse_root(g.t() * g, 4), polar(g)) < 1e-8);
}

TEST(InverseRoot, SemiDefinite) {
  const arma::mat s = arma::diagmat(arma::vec{4, 0, 1});
  EXPECT_LT(gap(inverse_root(s, 2), arma::diagmat(arma::vec{0.5, 0, 1})), 1e-14);
  EXPECT_LT(gap(inverse_root(s, 1, 1.0), arma::diagmat(arma::vec{0.2, 1, 0.5})), 1e-14);
  EXPECT_EQ(arma::abs(inverse_root(arma::zeros(3, 3), 2)).max(), 0.0);
  EXPECT_LT(gap(inverse_root(arma::zeros(3, 3), 2, 0.25), 2 * arma::eye(3, 3)), 1e-14);
}

TEST(InverseRoot, Degenerate) {
  EXPECT_TRUE(inverse_root(arma::mat(), 2).is_empty());
  EXPECT_TRUE(square_root(arma::mat()).is_empty());
  const arma::mat bad(3, 3, arma::fill::value(arma::datum::nan));
  EXPECT_TRUE(inverse_root(bad, 2).has_nan());
  EXPECT_TRUE(square_root(bad).has_nan());
  EXPECT_TRUE(inverse_root(arma::ones(2, 3), 2).has_nan());
}

RC_GTEST_PROP(SolveSpd, SatisfiesTheEquation, (std::uint64_t seed)) {
  const arma::uword n = *rc::gen::inRange(1, 9), k = *rc::gen::inRange(1, 4);
  const arma::mat a = definite(seed, n), b = normal_matrix(Rng(seed, "b"), n, k);
  RC_ASSERT(gap(a * solve_spd(a, b), b) < 1e-9 * (1 + arma::norm(b, "fro")));
}

RC_GTEST_PROP(SolveSpd, SingularGivesTheLeastNormSolution, (std::uint64_t seed)) {
  const arma::mat g = normal_matrix(Rng(seed, "g"), 6, 3), a = g * g.t();
  const arma::vec x = g * normal_vector(Rng(seed, "x"), 3);
  RC_ASSERT(gap(solve_spd(a, a * x), x) < 1e-6 * (1 + arma::norm(x)) * (1 + arma::cond(g) * arma::cond(g)));
}

TEST(SolveSpd, RoundingInPivotsNeverPassesForRank) {
  double worst = 0;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const arma::mat g = normal_matrix(Rng(seed, "g"), 3, 1), a = g * g.t();
    worst = std::max(worst, gap(solve_spd(a, a * g), g) / arma::norm(g));
  }
  EXPECT_LT(worst, 1e-10);
}

TEST(SolveSpd, IndefiniteAndTiny) {
  const arma::mat a = arma::diagmat(arma::vec{2, -4});
  EXPECT_LT(gap(solve_spd(a, arma::mat(2, 1, arma::fill::ones)), arma::vec{0.5, -0.25}), 1e-14);
  EXPECT_LT(gap(1e-200 * solve_spd(1e-200 * arma::eye(2, 2), arma::ones(2, 1)), arma::ones(2, 1)), 1e-12);
  EXPECT_EQ(arma::abs(solve_spd(arma::zeros(2, 2), arma::ones(2, 1))).max(), 0.0);
}

TEST(SolveSpd, IllConditionedKeepsACholeskyAccuracy) {
  const arma::mat q = haar_orthogonal(Rng(2, "q"), 5);
  const arma::mat a = q * arma::diagmat(arma::vec{1, 1e-2, 1e-4, 1e-6, 1e-8}) * q.t();
  const arma::vec x = arma::ones(5);
  EXPECT_LT(arma::norm(solve_spd(a, a * x) - x), 1e-6);
}

TEST(SolveSpd, Degenerate) {
  EXPECT_TRUE(solve_spd(arma::mat(), arma::mat()).is_empty());
  EXPECT_EQ(solve_spd(arma::eye(3, 3), arma::mat(3, 0)).n_rows, 3u);
  EXPECT_TRUE(solve_spd(arma::eye(3, 3), arma::ones(2, 1)).has_nan());
  EXPECT_TRUE(solve_spd(arma::ones(2, 3), arma::ones(2, 1)).has_nan());
  EXPECT_TRUE(solve_spd(arma::eye(2, 2), arma::mat(2, 1, arma::fill::value(arma::datum::inf))).has_nan());
  EXPECT_TRUE(solve_spd(arma::mat(2, 2, arma::fill::value(arma::datum::nan)), arma::ones(2, 1)).has_nan());
}

RC_GTEST_PROP(PseudoInverse, SatisfiesMoorePenrose, (std::uint64_t seed)) {
  const arma::uword p = *rc::gen::inRange(1, 8), q = *rc::gen::inRange(1, 8), r = *rc::gen::inRange(1, 4);
  const arma::mat x = normal_matrix(Rng(seed, "l"), p, r) * normal_matrix(Rng(seed, "r"), r, q);
  const arma::mat y = pseudo_inverse(x);
  const double scale = 1 + arma::norm(x, "fro") * arma::norm(y, "fro");
  RC_ASSERT(gap(x * y * x, x) < 1e-12 * scale * scale);
  RC_ASSERT(gap(y * x * y, y) < 1e-12 * scale * scale * (1 + arma::norm(y, "fro")));
  RC_ASSERT(gap((x * y).t(), x * y) < 1e-12 * scale * scale);
  RC_ASSERT(gap((y * x).t(), y * x) < 1e-12 * scale * scale);
  RC_ASSERT(gap(pseudo_inverse_gram(x), y * y.t()) < 1e-11 * scale * scale * (1 + std::pow(arma::norm(y, "fro"), 2)));
}

TEST(PseudoInverse, KeepsSmallSingularValuesThatAGramWouldLose) {
  const arma::mat x = matrix_with_spectrum(Rng(3, "x"), 8, 3, {1, 1e-5, 1e-10});
  EXPECT_NEAR(arma::norm(pseudo_inverse_gram(x), 2) / 1e20, 1.0, 1e-4);
  EXPECT_NEAR(arma::norm(pseudo_inverse_gram(x, 1e-7), 2) / 1e10, 1.0, 1e-8);
}

TEST(PseudoInverse, Degenerate) {
  EXPECT_EQ(arma::abs(pseudo_inverse(arma::zeros(2, 3))).max(), 0.0);
  EXPECT_EQ(pseudo_inverse(arma::mat(0, 3)).n_rows, 3u);
  EXPECT_EQ(pseudo_inverse_gram(arma::mat(0, 3)).n_rows, 3u);
  const arma::mat bad(2, 3, arma::fill::value(arma::datum::nan));
  EXPECT_TRUE(pseudo_inverse(bad).has_nan());
  EXPECT_TRUE(pseudo_inverse_gram(bad).has_nan());
}

}  // namespace
}  // namespace kappa
