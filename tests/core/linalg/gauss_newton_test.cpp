/// The small Gauss–Newton solve against the large one, on matrices of every shape and rank.
#include "core/linalg/gauss_newton.hpp"

#include <gtest/gtest.h>

#include "core/linalg/softmax.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

arma::vec by_the_large_solve(const arma::mat& j, const arma::vec& r, const arma::mat& q, double damping) {
  arma::mat system = j.t() * (q.is_empty() ? j : arma::mat(q * j));
  system.diag() += damping;
  return -arma::solve(system, arma::vec(j.t() * r));
}

TEST(GaussNewtonDirection, IsThatOfTheLargeSolve) {
  const arma::mat thin = normal_matrix(Rng(1, "thin"), 12, 2);
  const arma::mat cases[] = {normal_matrix(Rng(1, "tall"), 30, 7),
                             normal_matrix(Rng(1, "wide"), 7, 60),
                             normal_matrix(Rng(1, "row"), 1, 9),
                             normal_matrix(Rng(1, "column"), 9, 1),
                             thin * normal_matrix(Rng(1, "flat"), 2, 20),
                             matrix_with_spectrum(Rng(1, "ill"), 10, 15, arma::exp(-2 * arma::linspace(0, 9, 10))),
                             arma::mat(4, 6, arma::fill::zeros)};
  for (const arma::mat& j : cases)
    for (const double damping : {1e-2, 1.0, 30.0}) {
      const arma::vec r = normal_vector(Rng(2, "r"), j.n_rows);
      arma::vec d;
      ASSERT_TRUE(gauss_newton_direction(j, r, {}, damping, d));
      const arma::vec expected = by_the_large_solve(j, r, {}, damping);
      EXPECT_LT(arma::norm(d - expected), 1e-11 * (1 + arma::norm(expected))) << arma::size(j) << damping;
    }
}

TEST(GaussNewtonDirection, TakesTheCurvatureOfTheOutputs) {
  const arma::mat j = normal_matrix(Rng(3, "j"), 12, 20);
  arma::mat p = normal_matrix(Rng(3, "scores"), 3, 4);
  const arma::uvec labels = {0, 1, 2, 1};
  softmax_cross_entropy(p, labels);
  const arma::mat q = softmax_curvature(p);  // singular: each block has a zero eigenvalue
  subtract_labels(p, labels);
  arma::vec d;
  ASSERT_TRUE(gauss_newton_direction(j, arma::vectorise(p), q, 0.1, d));
  const arma::vec expected = by_the_large_solve(j, arma::vectorise(p), q, 0.1);
  EXPECT_LT(arma::norm(d - expected), 1e-11 * arma::norm(expected));
}

TEST(GaussNewtonDirection, SaysWhenThereIsNone) {
  arma::vec d;
  const arma::mat broken(2, 3, arma::fill::value(arma::datum::nan));
  EXPECT_FALSE(gauss_newton_direction(broken, arma::vec{1, 1}, {}, 1, d));
}

}  // namespace
}  // namespace kappa
