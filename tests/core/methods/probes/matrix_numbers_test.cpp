/// Probes that are one number of one matrix, on matrices whose numbers are known, and on broken ones.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/support/probe_bench.hpp"

namespace kappa {
namespace {

double number_of(const std::string& id, const arma::mat& w) {
  test::Bench bench = test::two_blocks();
  bench.x = single_block("W", w);
  const test::Emitted emitted = bench.show(test::probe_node(id));
  EXPECT_EQ(emitted.scalars.count(id), 1u) << id;
  return emitted.scalars.at(id);
}

/// Singular values 4, 2, 1, 0 in a turned frame.
arma::mat turned() {
  arma::mat g(4, 4), q, r, p(5, 4, arma::fill::zeros);
  Rng(3, "turned").fill_normal({g.memptr(), g.n_elem});
  arma::qr(q, r, g);
  p.diag() = arma::vec{4, 2, 1, 0};
  return p * q;
}

TEST(MatrixNumbers, OfAnOrdinaryMatrix) {
  const arma::mat w = turned();
  const double shares[] = {4.0 / 7, 2.0 / 7, 1.0 / 7};
  double entropy = 0;
  for (const double p : shares) entropy -= p * std::log(p);
  const std::map<std::string, double> expected = {{"effective_condition_number", 4},
                                                  {"rank", 3},
                                                  {"stable_rank", 21.0 / 16},
                                                  {"effective_rank", std::exp(entropy)},
                                                  {"participation_ratio", 21.0 * 21 / (256 + 16 + 1)},
                                                  {"nuclear_norm", 7},
                                                  {"spectral_norm", 4},
                                                  {"frobenius_norm", std::sqrt(21.0)},
                                                  {"orthogonality_error", std::sqrt(15.0 * 15 + 9 + 0 + 1)},
                                                  {"log_volume", std::log(8.0)},
                                                  {"row_norm_dispersion", std::sqrt(21.0 / 5 - 1.4 * 1.4) / 1.4}};
  for (const auto& [id, value] : expected) EXPECT_NEAR(number_of(id, w), value, 1e-12) << id;
  EXPECT_GT(number_of("condition_number", w), 1e15);
}

TEST(MatrixNumbers, OfAllOnes) {
  const arma::mat ones(3, 4, arma::fill::ones);
  EXPECT_TRUE(std::isinf(number_of("condition_number", ones)));
  EXPECT_NEAR(number_of("effective_condition_number", ones), 1, 1e-14);
  EXPECT_NEAR(number_of("log_volume", ones), 1.2425, 1e-4);
  EXPECT_NEAR(number_of("approximate_nuclear_norm", ones), 5.1962, 1e-4);
  EXPECT_NEAR(number_of("nuclear_norm", ones), 3.4641, 1e-4);
}

TEST(MatrixNumbers, OfNoNumbersAreGaps) {
  arma::mat w(2, 3, arma::fill::ones);
  w(1, 1) = std::nan("");
  for (const char* id : {"condition_number", "effective_condition_number", "rank", "stable_rank", "effective_rank",
                         "participation_ratio", "nuclear_norm", "approximate_nuclear_norm", "spectral_norm",
                         "frobenius_norm", "orthogonality_error", "log_volume", "row_norm_dispersion"})
    EXPECT_TRUE(std::isnan(number_of(id, w))) << id;
}

TEST(MatrixNumbers, OfUpdatesOfOneBlock) {
  const test::Bench bench = test::two_blocks();
  const test::Emitted emitted =
      bench.show(test::probe_node("frobenius_norm", {{"of", std::string("update")}, {"block", std::string("v")}}));
  ASSERT_EQ(emitted.scalars.size(), 1u);
  EXPECT_NEAR(emitted.scalars.at("update_frobenius_norm:v"), 6.5, 1e-14);
}

}  // namespace
}  // namespace kappa
