/// Assignments against every permutation, and units of networks that were shuffled.
#include "core/linalg/assignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <vector>

#include "core/linalg/relu_network.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

double gained(const arma::mat& gain, const arma::uvec& column) {
  double sum = 0;
  for (arma::uword i = 0; i < column.n_elem; ++i) sum += gain(i, column[i]);
  return sum;
}

double best_by_trying(const arma::mat& gain) {
  std::vector<arma::uword> order(gain.n_cols);
  std::iota(order.begin(), order.end(), arma::uword{0});
  double best = -arma::datum::inf;
  do {
    double sum = 0;
    for (arma::uword i = 0; i < gain.n_rows; ++i) sum += gain(i, order[i]);
    best = std::max(best, sum);
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

TEST(Assignment, IsTheBestOfAllPermutations) {
  for (std::uint64_t seed = 0; seed < 40; ++seed)
    for (const auto& [rows, cols] : {std::pair{6, 6}, {1, 1}, {2, 2}, {3, 6}, {1, 5}}) {
      const arma::mat gain = normal_matrix(Rng(seed, "gain", rows, cols), rows, cols);
      const arma::uvec column = best_assignment(gain);
      EXPECT_EQ(std::set<arma::uword>(column.begin(), column.end()).size(), gain.n_rows);
      EXPECT_NEAR(gained(gain, column), best_by_trying(gain), 1e-12);
    }
}

TEST(Assignment, TiesAndSmallWholeNumbers) {
  Rng rng(3, "ties");
  for (int round = 0; round < 40; ++round) {
    arma::mat gain(6, 6);
    for (double& one : gain) one = static_cast<double>(rng.below(3));
    EXPECT_EQ(gained(gain, best_assignment(gain)), best_by_trying(gain));
  }
  const arma::uvec zero = best_assignment(arma::mat(3, 3, arma::fill::zeros));
  EXPECT_EQ(std::set<arma::uword>(zero.begin(), zero.end()).size(), 3u);
}

TEST(Assignment, OfNothingAndOfNoNumbers) {
  EXPECT_TRUE(best_assignment(arma::mat()).is_empty());
  arma::mat broken(2, 2, arma::fill::ones);
  broken(0, 1) = arma::datum::nan;
  EXPECT_EQ(best_assignment(broken)[1], 1u);
  EXPECT_EQ(best_assignment(arma::mat(3, 2, arma::fill::ones)).n_elem, 3u);
}

TEST(MatchedUnits, UndoAShuffle) {
  const arma::mat w = normal_matrix(Rng(1, "w"), 20, 5);
  const arma::vec a = normal_vector(Rng(1, "a"), 20);
  const auto shuffled = permutation(Rng(1, "order"), 20);
  const arma::uvec order = arma::conv_to<arma::uvec>::from(std::vector<arma::uword>(shuffled.begin(), shuffled.end()));
  const arma::mat w2 = w.rows(order);
  const arma::vec a2 = a.elem(order);
  const arma::uvec found = matched_units(w, a, w2, a2);
  EXPECT_TRUE(arma::approx_equal(w2.rows(found), w, "absdiff", 0));
  EXPECT_TRUE(arma::approx_equal(arma::vec(a2.elem(found)), a, "absdiff", 0));
}

}  // namespace
}  // namespace kappa
