/// Weibull numbers, output entropy, principal angles and row norms as probes: their channels, values and gaps.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/linalg/spectrum.hpp"
#include "core/linalg/weibull.hpp"
#include "core/random/matrices.hpp"
#include "tests/support/probe_bench.hpp"

namespace kappa {
namespace {

using test::Bench;
using test::Emitted;
using test::probe_node;
using test::two_blocks;

Emitted seen_of(const arma::mat& w, const std::string& id) {
  Bench bench = two_blocks();
  bench.x = single_block("W", w);
  return bench.show(probe_node(id));
}

TEST(LowRankProbes, WeibullNumbersAreTheFits) {
  const arma::mat w = normal_matrix(Rng(1, "w"), 12, 10);
  const WeibullFit fit = weibull_fit(w);
  EXPECT_EQ(seen_of(w, "weibull_shape").scalars.at("weibull_shape"), fit.shape);
  EXPECT_EQ(seen_of(w, "weibull_scale").scalars.at("weibull_scale"), fit.scale);
  EXPECT_EQ(seen_of(w, "weibull_r_squared").scalars.at("weibull_r_squared"), fit.r_squared);
  EXPECT_EQ(seen_of(w, "weibull_distance").scalars.at("weibull_distance"), fit.distance);
  EXPECT_TRUE(std::isnan(seen_of(arma::ones(3, 4), "weibull_shape").scalars.at("weibull_shape")));
}

TEST(LowRankProbes, OutputEntropyOfWhiteInputs) {
  const auto of = [](const arma::mat& w) { return seen_of(w, "output_entropy").scalars.at("output_entropy"); };
  const double one = 0.5 * std::log(2 * std::numbers::pi * std::numbers::e);
  EXPECT_NEAR(of(arma::mat(2, 2, arma::fill::eye)), 2 * one, 1e-14);
  EXPECT_NEAR(of(arma::ones(3, 4)), one + 1.2425, 1e-4);  // rank 1: on its range
  EXPECT_NEAR(of(arma::mat{{3, 0, -4}}), one + std::log(5), 1e-14);
  EXPECT_EQ(of(arma::zeros(3, 4)), -arma::datum::inf);
  EXPECT_TRUE(std::isnan(of(arma::mat{{1, arma::datum::nan}})));
}

/// A bowl with data: three samples of two features, as columns or as rows.
struct WithData : test::Bowl {
  bool columns = true;
  std::uint64_t row_count() const { return 3; }
  std::vector<NamedMatrix> data() const {
    const arma::mat x = {{1, 2, 0}, {0, 1, 3}};
    return {{"X", columns ? x : arma::mat(x.t())}};
  }
};

TEST(LowRankProbes, OutputEntropyOfTheData) {
  const arma::mat w = {{1, 2}, {0, 1}, {3, 0}}, x = {{1, 2, 0}, {0, 1, 3}};
  const double expected = std::log(2 * std::numbers::pi * std::numbers::e) +
                          0.5 * std::log(arma::det(arma::mat(w.t() * w)) * arma::det(arma::mat(x * x.t() / 3)));
  for (const bool columns : {true, false}) {
    Bench bench = two_blocks();
    bench.x = single_block("W", w);
    WithData problem;
    problem.columns = columns;
    bench.problem = model_of(problem);
    const Emitted seen = bench.show(probe_node("output_entropy", {{"inputs", std::string("data")}}));
    EXPECT_NEAR(seen.scalars.at("output_entropy"), expected, 1e-12);
    bench.x = single_block("W", arma::ones(3, 5));  // the data are not its inputs
    EXPECT_TRUE(std::isnan(
        bench.show(probe_node("output_entropy", {{"inputs", std::string("data")}})).scalars.at("output_entropy")));
  }
  EXPECT_FALSE(two_blocks().show(probe_node("output_entropy", {{"inputs", std::string("data")}})).refusal.empty());
}

TEST(LowRankProbes, PrincipalAnglesToTheTruth) {
  Bench bench = two_blocks();
  // v against its centre, the zero vector, has no angle; the estimate WW' = diag(9, 16) spans what diag(9, 15) does.
  const Emitted estimate = bench.show(probe_node("principal_angles", {{"of", std::string("estimate")}}));
  ASSERT_EQ(estimate.spectra.at("estimate_principal_angles").n_elem, 2u);
  EXPECT_LT(arma::abs(estimate.spectra.at("estimate_principal_angles")).max(), 1e-15);
  const Emitted blocks = bench.show(probe_node("principal_angles"));
  EXPECT_TRUE(blocks.spectra.at("principal_angles:v").has_nan());

  test::Bowl turned{.h = arma::mat(4, 4, arma::fill::eye), .center = single_block("W", arma::mat{{1, 0}, {0, 2}})};
  bench.problem = model_of(turned);
  bench.x = single_block("W", arma::mat{{3, 0}, {3, 0}});
  const arma::vec line = bench.show(probe_node("principal_angles")).spectra.at("principal_angles");
  ASSERT_EQ(line.n_elem, 2u);
  EXPECT_NEAR(line[0], 0, 1e-15);  // a line inside the plane
  EXPECT_TRUE(std::isnan(line[1]));
}

TEST(LowRankProbes, PrincipalAnglesOfTheStrongestDirections) {
  arma::mat truth(4, 3, arma::fill::zeros), w(4, 3, arma::fill::zeros);
  truth(0, 0) = 1;
  w(0, 0) = 5, w(1, 0) = 5 * std::tan(0.3), w(2, 1) = 1;
  Bench bench = two_blocks();
  bench.problem = model_of(test::Bowl{.h = arma::mat(12, 12, arma::fill::eye), .center = single_block("W", truth)});
  bench.x = single_block("W", w);
  const auto leading = bench.show(probe_node("principal_angles", {{"directions", std::int64_t{1}}}));
  ASSERT_EQ(leading.spectra.at("principal_angles").n_elem, 1u);
  EXPECT_NEAR(leading.spectra.at("principal_angles")[0], 0.3, 1e-14);
}

TEST(LowRankProbes, RowNormsLargestFirst) {
  const Emitted seen = two_blocks().show(probe_node("row_norms"));
  EXPECT_LT(arma::norm(seen.spectra.at("row_norms:W") - arma::vec{4, 3}), 1e-15);
  EXPECT_LT(arma::norm(seen.spectra.at("row_norms:v") - arma::vec{12, 5}), 1e-15);
  EXPECT_TRUE(seen_of(arma::mat{{1, 2}, {arma::datum::inf, 0}}, "row_norms").spectra.at("row_norms").has_nan());
}

/// What is read off singular values does not see a turn of either side; what is read off rows, columns or entries does.
TEST(LowRankProbes, WhoSeesARotation) {
  arma::mat w = normal_matrix(Rng(2, "w"), 20, 12);
  for (arma::uword i = 0; i < 20; ++i) w.row(i) *= std::pow(0.7, i);
  const arma::mat turned = haar_orthogonal(Rng(3, "q"), 20) * w * haar_orthogonal(Rng(4, "q"), 12);
  const auto moved = [&](const char* id) {
    const double before = seen_of(w, id).scalars.at(id), after = seen_of(turned, id).scalars.at(id);
    return std::abs(after - before) / std::abs(before);
  };
  for (const char* id : {"rank", "condition_number", "effective_condition_number", "stable_rank", "effective_rank",
                         "participation_ratio", "nuclear_norm", "spectral_norm", "frobenius_norm", "log_volume",
                         "output_entropy", "orthogonality_error"})
    EXPECT_LT(moved(id), 1e-9) << id;
  for (const char* id : {"row_norm_dispersion", "approximate_nuclear_norm", "weibull_shape", "weibull_scale"})
    EXPECT_GT(moved(id), 1e-3) << id;
}

/// The sum of column norms is no rank: it saturates where the nuclear norm keeps growing.
TEST(LowRankProbes, ApproximateNuclearNormAgainstTheNuclearNorm) {
  std::vector<double> cheap, exact;
  for (const arma::uword r : {2, 10, 40, 100}) {
    double approximate = 0, nuclear = 0;
    for (std::uint64_t seed = 101; seed < 106; ++seed) {
      arma::mat x = normal_matrix(Rng(seed, "left"), 300, r) * normal_matrix(Rng(seed, "right"), r, 100);
      x.each_row() -= arma::mean(x, 0);
      for (arma::uword i = 0; i < x.n_rows; ++i) x.row(i) /= arma::norm(x.row(i));
      approximate += seen_of(x, "approximate_nuclear_norm").scalars.at("approximate_nuclear_norm") / 1500;
      nuclear += seen_of(x, "nuclear_norm").scalars.at("nuclear_norm") / 1500;
    }
    cheap.push_back(approximate);
    exact.push_back(nuclear);
    EXPECT_GE(approximate, nuclear);
  }
  for (std::size_t i = 1; i < 4; ++i) EXPECT_GT(exact[i], 1.1 * exact[i - 1]);
  EXPECT_LT(cheap[0], cheap[1]);
  EXPECT_LT(cheap[1], cheap[2]);
  EXPECT_NEAR(cheap[2], cheap[3], 0.01);
  EXPECT_NEAR(cheap[3], 0.575, 0.01);
  EXPECT_NEAR(exact[3], 0.474, 0.01);
}

}  // namespace
}  // namespace kappa
