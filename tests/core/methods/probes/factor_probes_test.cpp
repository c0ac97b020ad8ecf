/// Probes of factors: imbalance, and what an estimate holds of the truth, beside eigenvalues taken directly.
#include <gtest/gtest.h>

#include "core/random/matrices.hpp"
#include "tests/support/probe_bench.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa {
namespace problems {
Method asymmetric_sensing();
Method matrix_sensing();
}  // namespace problems

namespace {

test::Bench bench_of(std::shared_ptr<const ProblemModel> problem, Blocks x) {
  test::Bench bench;
  bench.problem = std::move(problem);
  bench.x = std::move(x);
  return bench;
}

TEST(Imbalance, OfTwoFactors) {
  const auto problem =
      support::built(problems::asymmetric_sensing(), {{"dimension", std::int64_t{6}}, {"dimension2", std::int64_t{4}}});
  const Blocks x = support::somewhere(*problem);
  const test::Emitted seen = bench_of(problem, x).show(test::probe_node("imbalance"));
  const arma::mat f = x.block(0), g = x.block(1), gap = f.t() * f - g.t() * g;
  double squares = 0;
  for (const double each : gap) squares += each * each;
  EXPECT_NEAR(seen.scalars.at("imbalance"), std::sqrt(squares), 1e-12);
  const arma::vec& found = seen.spectra.at("imbalance_eigenvalues");
  EXPECT_LT(arma::norm(found - arma::reverse(arma::eig_sym(arma::symmatu(gap)))), 1e-12);
  EXPECT_TRUE(found.is_sorted("descend"));
  EXPECT_LT(found.min(), 0);
}

TEST(Imbalance, OfLayersOneAboveTheOther) {
  const arma::mat first = normal_matrix(Rng(1, "first"), 4, 3), second = normal_matrix(Rng(1, "second"), 2, 4),
                  third = normal_matrix(Rng(1, "third"), 5, 2);
  Blocks x(
      {{"W1", 4, 3, Role::first}, {"b1", 4, 1, Role::vector}, {"W2", 2, 4, Role::hidden}, {"W3", 5, 2, Role::last}});
  x.block(0) = first;
  x.block(2) = second;
  x.block(3) = third;
  const test::Emitted seen = bench_of(test::two_blocks().problem, x).show(test::probe_node("imbalance"));
  EXPECT_NEAR(seen.scalars.at("imbalance:W1"), arma::norm(second.t() * second - first * first.t(), "fro"), 1e-12);
  EXPECT_NEAR(seen.scalars.at("imbalance:W2"), arma::norm(third.t() * third - second * second.t(), "fro"), 1e-12);
  EXPECT_EQ(seen.spectra.at("imbalance_eigenvalues:W1").n_elem, 4u);
  EXPECT_EQ(seen.spectra.at("imbalance_eigenvalues:W2").n_elem, 2u);
  EXPECT_FALSE(test::two_blocks().show(test::probe_node("imbalance")).refusal.empty());
}

/// From the solution's factors, and from an SVD where the factor is too thin to hold the truth's vectors.
TEST(TruthProbes, SeeWhatTheEstimateHoldsOfTheTruth) {
  for (const std::int64_t columns : {4, 1}) {
    const auto problem = support::built(
        problems::matrix_sensing(),
        {{"dimension", std::int64_t{7}}, {"true_rank", std::int64_t{3}}, {"rank", columns}, {"condition_number", 3.0}});
    const Blocks x = support::somewhere(*problem);
    const arma::mat estimate = problem->estimate(x), &truth = problem->facts().truth_matrix;
    arma::vec values;
    arma::mat vectors;
    ASSERT_TRUE(arma::eig_sym(values, vectors, truth));
    const auto bench = bench_of(problem, x);
    const test::Emitted aligned = bench.show(test::probe_node("aligned_eigenvalues")),
                        distance = bench.show(test::probe_node("distance_to_truncation"));
    arma::mat best(7, 7, arma::fill::zeros);
    ASSERT_EQ(aligned.channels.size(), 4u);  // all together, and each on its own
    for (arma::uword i = 0; i < 3; ++i) {
      const arma::vec u = vectors.col(6 - i);
      EXPECT_NEAR(aligned.scalars.at("aligned_eigenvalues:u" + std::to_string(i + 1)), arma::dot(u, estimate * u),
                  1e-12);
      EXPECT_EQ(aligned.spectra.at("aligned_eigenvalues")[i],
                aligned.scalars.at("aligned_eigenvalues:u" + std::to_string(i + 1)));
      best += values[6 - i] * u * u.t();
      EXPECT_NEAR(distance.scalars.at("distance_to_truncation:rank " + std::to_string(i + 1)),
                  arma::norm(estimate - best, "fro") / arma::norm(best, "fro"), 1e-12);
    }
  }
  EXPECT_FALSE(test::two_blocks().show(test::probe_node("aligned_eigenvalues")).refusal.empty());
}

}  // namespace
}  // namespace kappa
