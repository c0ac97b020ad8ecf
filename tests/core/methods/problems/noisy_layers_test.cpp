/// The problems that matrix methods are told apart on: a gradient stream, rows of different size, noisy layers.
#include <gtest/gtest.h>

#include "core/linalg/spectrum.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method gradient_stream();
Method noisy_matrices();
Method row_imbalanced_regression();
}  // namespace kappa::problems

namespace kappa {
namespace {

using namespace support;

arma::vec gradient_on(const ProblemModel& problem, const Blocks& x, std::uint64_t stream, bool noiseless = false) {
  Scratch room;
  Blocks g = zeros_like(x);
  problem.value_gradient(x, g, {{}, Rng(stream, "noise"), room, noiseless});
  return g.flat();
}

TEST(GradientStream, IsTheSameEverywhereAndNewAtEveryStep) {
  const auto p = built(problems::gradient_stream(), {{"rows", std::int64_t{30}}, {"columns", std::int64_t{20}}});
  const Blocks here = somewhere(*p, 1, 1), there = somewhere(*p, 1, 2);
  EXPECT_EQ(arma::norm(gradient_on(*p, here, 1) - gradient_on(*p, there, 1)), 0);
  EXPECT_GT(arma::norm(gradient_on(*p, here, 1) - gradient_on(*p, here, 2)), 1);
  EXPECT_EQ(arma::norm(gradient_on(*p, here, 1, true)), 0);
  const arma::vec scale = dumped(*p, "row_scale");
  EXPECT_NEAR(arma::mean(arma::log(scale)), 0, 5 / std::sqrt(30.0));
  arma::vec square(30, arma::fill::zeros);
  for (std::uint64_t i = 0; i < 200; ++i) {
    const arma::mat g = arma::reshape(gradient_on(*p, here, i), 30, 20);
    square += arma::sum(arma::square(g), 1) / (200 * 20);
  }
  EXPECT_LT(arma::abs(arma::sqrt(square) / scale - 1).max(), 0.06);
}

TEST(GradientStream, HasTheSignalThatWasAskedFor) {
  const Given still = {{"rows", std::int64_t{12}},
                       {"columns", std::int64_t{8}},
                       {"signal", 2.0},
                       {"noise", 0.0},
                       {"row_imbalance", 0.0}};
  const auto plain = built(problems::gradient_stream(), still);
  const Blocks x = somewhere(*plain);
  EXPECT_NEAR(value_at(*plain, x), arma::dot(gradient_on(*plain, x, 1), x.flat()), 1e-12);
  Given shifted = still, single = still, ill = still;
  shifted.insert_or_assign("row_shift", 3.0);
  single.insert_or_assign("nonzero", std::int64_t{1});
  ill.insert_or_assign("decades", 6.0);
  const arma::mat difference =
      dumped(*built(problems::gradient_stream(), shifted), "signal") - dumped(*plain, "signal");
  EXPECT_LT(arma::norm(difference.each_row() - difference.row(0), "fro"), 1e-12);
  EXPECT_GT(arma::norm(difference.row(0)), 1);
  const arma::mat alone = dumped(*built(problems::gradient_stream(), single), "signal");
  EXPECT_EQ(arma::accu(alone != 0), 1u);
  const arma::vec s = singular_values(dumped(*built(problems::gradient_stream(), ill), "signal"));
  EXPECT_GT(s.front() / s.back(), 1e5);
  EXPECT_LT(s.front() / s.back(), 1e9);
}

TEST(RowImbalancedRegression, DumpGivesTheLossByPlainLoops) {
  for (const bool weighted : {true, false}) {
    const auto p = built(problems::row_imbalanced_regression(),
                         {{"rows", std::int64_t{5}},
                          {"columns", std::int64_t{3}},
                          {"samples", std::int64_t{11}},
                          {"noise", 0.0},
                          {"regime", std::string(weighted ? "weighted_rows" : "scaled_targets")}});
    const arma::mat in = dumped(*p, "X"), truth = dumped(*p, "truth"), scale = dumped(*p, "row_scale");
    const Blocks x = somewhere(*p);
    const arma::mat w = x.block(0);
    double f = 0;
    for (int s = 0; s < 11; ++s)
      for (int i = 0; i < 5; ++i) {
        double r = 0;
        for (int j = 0; j < 3; ++j) r += (w(i, j) - truth(i, j)) * in(j, s);
        f += (weighted ? scale[i] : 1) * r * r / 22;
      }
    EXPECT_NEAR(value_at(*p, x), f, 1e-12 * f);
    EXPECT_NEAR(taylor_order(*p, x), 2, 0.02);
    EXPECT_NEAR(taylor_order(*p, x, {2, 0, 2}), 2, 0.02);
    EXPECT_LT(hessian_gap(*p, x), 1e-7);
    EXPECT_LT(dense_gap(*p, x), 1e-13);
    EXPECT_LT(batches_gap(*p, x, 4), 1e-12);
    const arma::vec values = arma::eig_sym(p->hessian(x));
    EXPECT_LT(arma::abs(values - p->facts().hessian_spectrum).max(), 1e-12);
    EXPECT_EQ(value_at(*p, *p->facts().solution), 0);
  }
}

/// The same draw in both regimes: only the rows of W* are stretched, and the noise is as large in both.
TEST(RowImbalancedRegression, RegimesShareTheirDraw) {
  const auto weighted = built(problems::row_imbalanced_regression()),
             scaled = built(problems::row_imbalanced_regression(), {{"regime", std::string("scaled_targets")}});
  arma::mat stretched = dumped(*weighted, "truth");
  stretched.each_col() %= arma::vec(dumped(*weighted, "row_scale"));
  EXPECT_EQ(arma::norm(stretched - dumped(*scaled, "truth"), "fro"), 0);
  const Blocks x = start_of(*weighted);
  const arma::vec one = gradient_on(*weighted, x, 1) - gradient_on(*weighted, x, 1, true),
                  two = gradient_on(*scaled, x, 1) - gradient_on(*scaled, x, 1, true);
  EXPECT_LT(arma::norm(one - two), 1e-11 * arma::norm(one));
}

TEST(NoisyMatrices, EachLayerHasItsDistanceAndItsNoise) {
  const auto p = built(problems::noisy_matrices(), {{"rows", std::int64_t{40}}, {"columns", std::int64_t{30}}});
  const Blocks x = start_of(*p);
  ASSERT_EQ(x.count(), 4u);
  EXPECT_EQ(arma::norm(x.flat()), 0);
  const double scales[] = {5, 3, 1, 0.5}, noises[] = {0.02, 0.2, 1, 5};
  Blocks noise = zeros_like(x);
  noise.flat() = gradient_on(*p, x, 3) - gradient_on(*p, x, 3, true);
  double f = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    const arma::mat truth = dumped(*p, "truth_W" + std::to_string(k + 1));
    f += arma::accu(arma::square(truth)) / 2;
    EXPECT_NEAR(arma::norm(truth, "fro") / std::sqrt(1200.0), scales[k], 0.1 * scales[k]);
    EXPECT_NEAR(arma::norm(noise.block(k), "fro") / std::sqrt(1200.0), noises[k], 0.1 * noises[k]);
  }
  EXPECT_NEAR(value_at(*p, x), f, 1e-12 * f);
}

TEST(NoisyMatrices, EachLayerNeedsBoth) {
  EXPECT_THROW(built(problems::noisy_matrices(), {{"noises", std::vector<double>{1.0}}}), DataError);
}

}  // namespace
}  // namespace kappa
