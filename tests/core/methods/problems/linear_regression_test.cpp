/// Linear and ridge regression: loss, derivatives and batches; facts; the dump by plain loops; a user's own data.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/problem_check.hpp"
#include "tests/support/scratch.hpp"

namespace kappa::problems {
Method linear_regression();
Method ridge_regression();
}  // namespace kappa::problems

namespace kappa {
namespace {

using namespace support;
using problems::linear_regression;
using problems::ridge_regression;

const Given kSmall = {{"samples", std::int64_t{30}}, {"features", std::int64_t{8}}, {"noise", 0.3}};

Given with(Given more) {
  Given all = kSmall;
  for (auto& [key, value] : more) all.insert_or_assign(key, value);
  return all;
}

std::vector<std::shared_ptr<const ProblemModel>> several() {
  return {built(linear_regression(), kSmall), built(ridge_regression(), kSmall),
          built(linear_regression(), with({{"regularization", 0.4}})),
          built(linear_regression(), with({{"features", std::int64_t{50}}})),
          built(linear_regression(), with({{"rotate", true}, {"truth", std::string("sparse")}}))};
}

TEST(LinearRegression, DerivativesAreTrue) {
  for (const auto& p : several()) {
    const Blocks x = somewhere(*p);
    EXPECT_NEAR(taylor_order(*p, x), 2, 0.02);
    EXPECT_NEAR(taylor_order(*p, x, {4, 1, 1, 29}), 2, 0.02);
    EXPECT_LT(hessian_gap(*p, x), 1e-7);
    EXPECT_LT(dense_gap(*p, x), 1e-13);
    EXPECT_LT(components_gap(*p, x), 1e-13);
    EXPECT_LT(batches_gap(*p, x, 7), 1e-13);
    EXPECT_EQ(value_at(*p, x), gradient_at(*p, x).f);
  }
}

TEST(LinearRegression, ResidualsGiveValueGradientAndHessian) {
  for (const auto& p : several()) {
    const Blocks x = somewhere(*p);
    arma::vec r;
    arma::mat j;
    Scratch room;
    p->residual(x, r, {{}, Rng(0, "r"), room});
    p->jacobian(x, j, {{}, Rng(0, "r"), room});
    const Slope at = gradient_at(*p, x);
    EXPECT_NEAR(0.5 * arma::dot(r, r), at.f, 1e-13 * at.f);
    EXPECT_LT(arma::norm(j.t() * r - at.g.flat()), 1e-12 * arma::norm(at.g.flat()));
    EXPECT_LT(arma::norm(j.t() * j - p->hessian(x), "fro"), 1e-12);
  }
}

TEST(LinearRegression, FactsAreTrue) {
  for (const auto& p : several()) {
    const Facts& facts = p->facts();
    const Slope at = gradient_at(*p, *facts.solution);
    EXPECT_EQ(at.f, *facts.minimum);
    EXPECT_LT(arma::norm(at.g.flat()), 1e-13);
    const arma::vec values = arma::eig_sym(p->hessian(*facts.solution));
    EXPECT_LT(arma::abs(values - facts.hessian_spectrum).max(), 1e-13);
    EXPECT_NEAR(*facts.smoothness, values.max(), 1e-13);
    EXPECT_NEAR(*facts.strong_convexity, std::max(values.min(), 0.0), 1e-13);
    for (std::uint64_t seed = 1; seed < 5; ++seed) EXPECT_GE(value_at(*p, somewhere(*p, 0.1, seed)), *facts.minimum);
  }
}

TEST(LinearRegression, UnderdeterminedSolutionIsTheShortest) {
  const auto p = built(linear_regression(), with({{"samples", std::int64_t{10}}, {"features", std::int64_t{40}}}));
  const Facts& facts = p->facts();
  EXPECT_LT(*facts.minimum, 1e-28);
  EXPECT_EQ(*facts.strong_convexity, 0);
  Blocks x = start_of(*p);  // descent from zero stays among the rows, so it ends at the shortest solution
  for (int t = 0; t < 4000; ++t) x.flat() -= *facts.best_learning_rate * gradient_at(*p, x).g.flat();
  EXPECT_LT(arma::norm(x.flat() - facts.solution->flat()), 1e-8);
}

TEST(LinearRegression, ExactSpectrumIsExact) {
  const auto p =
      built(linear_regression(), with({{"exact_spectrum", true}, {"condition_number", 1e4}, {"rotate", true}}));
  const arma::vec values = p->facts().hessian_spectrum;
  EXPECT_NEAR(values.max() / values.min() / 1e4, 1, 1e-10);
  EXPECT_NEAR(values.max(), 1, 1e-12);
}

TEST(LinearRegression, DumpGivesTheLossByPlainLoops) {
  const auto p = built(ridge_regression(), with({{"regularization", 0.7}}));
  const Blocks x = somewhere(*p);
  const arma::mat data = dumped(*p, "X"), y = dumped(*p, "y");
  ASSERT_EQ(data.n_rows, 30u);
  ASSERT_EQ(data.n_cols, 8u);
  ASSERT_EQ(y.n_cols, 1u);
  const auto loss = [&](const Rows& rows) {
    double sum = 0, square = 0;
    for (const std::uint32_t i : rows) {
      double r = -y(i, 0);
      for (int k = 0; k < 8; ++k) r += data(i, k) * x.flat()[k];
      sum += r * r;
    }
    for (int k = 0; k < 8; ++k) square += x.flat()[k] * x.flat()[k];
    return sum / (2.0 * static_cast<double>(rows.size())) + 0.35 * square;
  };
  Rows all(30);
  for (std::uint32_t i = 0; i < 30; ++i) all[i] = i;
  EXPECT_NEAR(value_at(*p, x), loss(all), 1e-13);
  EXPECT_NEAR(value_at(*p, x, {5, 5, 2}), loss({5, 5, 2}), 1e-13);
}

TEST(LinearRegression, NoiseChangesNeitherDesignNorTruthAndOnlyScales) {
  const auto a = built(linear_regression(), with({{"noise", 0.0}})),
             b = built(linear_regression(), with({{"noise", 1.0}})),
             c = built(linear_regression(), with({{"noise", 2.0}, {"test_samples", std::int64_t{50}}}));
  for (const char* name : {"X", "truth"}) EXPECT_EQ(arma::norm(dumped(*a, name) - dumped(*c, name), "fro"), 0) << name;
  const arma::mat one = dumped(*b, "y") - dumped(*a, "y"), two = dumped(*c, "y") - dumped(*a, "y");
  EXPECT_LT(arma::norm(two - 2 * one), 1e-13);
  EXPECT_LT(arma::norm(dumped(*a, "X") * dumped(*a, "truth") - dumped(*a, "y")), 1e-13);
  EXPECT_NEAR(arma::norm(dumped(*a, "truth")), 1, 1e-14);
}

TEST(LinearRegression, TruthShapes) {
  const auto sparse =
      built(linear_regression(),
            with({{"truth", std::string("sparse")}, {"truth_sparsity", std::int64_t{3}}, {"truth_norm", 2.0}}));
  const arma::vec w = dumped(*sparse, "truth");
  EXPECT_EQ(arma::accu(w != 0.0), 3u);
  EXPECT_NEAR(arma::norm(w), 2, 1e-14);
  const arma::vec law =
      dumped(*built(linear_regression(), with({{"truth", std::string("powerlaw")}, {"truth_alpha", 2.0}})), "truth");
  EXPECT_NEAR(std::abs(law[0] / law[1]), 4, 1e-12);
}

TEST(LinearRegression, TestLossIsOfFreshDataWithTheSameCovariance) {
  const auto p =
      built(linear_regression(),
            with({{"test_samples", std::int64_t{40'000}}, {"rotate", true}, {"noise", 0.5}, {"regularization", 1.0}}));
  ASSERT_TRUE(p->can(Can::test_loss));
  const arma::vec truth = dumped(*p, "truth");
  EXPECT_NEAR(p->test_loss(single_block("w", truth)), 0.125, 0.005);
  // The risk of another w is the noise plus its distance in the covariance, which the generator shares with X.
  const auto more =
      built(linear_regression(), with({{"samples", std::int64_t{40'000}}, {"rotate", true}, {"noise", 0.0}}));
  const Blocks zero = start_of(*p);
  EXPECT_NEAR(p->test_loss(zero) - 0.125, value_at(*more, zero), 0.01);
  EXPECT_FALSE(built(linear_regression(), kSmall)->can(Can::test_loss));
}

TEST(LinearRegression, TakesAFileInPlaceOfItsGenerator) {
  const test::ScratchDirectory scratch;
  const std::string path = scratch / "regression.csv";
  std::ofstream(path) << "a,y,b\n1,10,0\n0,20,2\n3,30,1\n";
  const auto p = built(linear_regression(), {{"data", data_of(path, "y")}});
  EXPECT_EQ(p->samples(), 3u);
  EXPECT_TRUE(p->can(Can::data_file));
  EXPECT_NEAR(value_at(*p, start_of(*p)), (100 + 400 + 900) / 6.0, 1e-12);
  EXPECT_NEAR(value_at(*p, single_block("w", arma::vec{1, 10})), (81 + 0 + 17 * 17) / 6.0, 1e-12);
  EXPECT_TRUE(dumped(*p, "truth").is_empty());
  EXPECT_GT(p->footprint(), 0);
  std::filesystem::remove(path);
  EXPECT_THROW(built(linear_regression(), {{"data", data_of(path, "y")}}), DataError);
}

TEST(LinearRegression, FootprintSpeaksBeforeAnythingIsAllocated) {
  const auto model = std::get<MakeProblem>(linear_regression().make)(
      Node{Kind::problem, "", {{"samples", std::int64_t{1'000'000}}, {"features", std::int64_t{100'000}}}});
  EXPECT_GT(model->footprint(), 8e11);
}

TEST(LinearRegression, SmallestSizes) {
  const auto p = built(linear_regression(), {{"samples", std::int64_t{1}}, {"features", std::int64_t{1}}});
  EXPECT_NEAR(taylor_order(*p, somewhere(*p)), 2, 0.02);
  EXPECT_LT(*p->facts().minimum, 1e-28);
}

}  // namespace
}  // namespace kappa
