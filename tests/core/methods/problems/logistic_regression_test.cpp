/// Logistic regression: stable far from the plane, true derivatives, a minimum where there is one, labels from files.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/random/logistic_solution.hpp"
#include "tests/support/problem_check.hpp"
#include "tests/support/scratch.hpp"

namespace kappa::problems {
Method logistic_regression();
}

namespace kappa {
namespace {

using namespace support;
using problems::logistic_regression;

const Given kUsual = {{"samples", std::int64_t{120}}, {"features", std::int64_t{6}}, {"truth_norm", 2.0}};

Given with(Given more) {
  Given all = kUsual;
  for (auto& [key, value] : more) all.insert_or_assign(key, value);
  return all;
}

TEST(LogisticRegression, DerivativesAreTrue) {
  for (const double lambda : {0.0, 0.3}) {
    const auto p = built(logistic_regression(), with({{"regularization", lambda}}));
    const Blocks x = somewhere(*p);
    EXPECT_NEAR(taylor_order(*p, x), 2, 0.1);
    EXPECT_NEAR(taylor_order(*p, x, {4, 1, 1, 119}), 2, 0.1);
    EXPECT_LT(hessian_gap(*p, x), 1e-7);
    EXPECT_LT(dense_gap(*p, x), 1e-13);
    EXPECT_LT(components_gap(*p, x), 1e-13);
    EXPECT_LT(batches_gap(*p, x, 50), 1e-13);
    EXPECT_EQ(value_at(*p, x), gradient_at(*p, x).f);
  }
}

TEST(LogisticRegression, DumpGivesTheLossByPlainLoops) {
  const auto p = built(logistic_regression(), with({{"regularization", 0.2}}));
  const Blocks x = somewhere(*p);
  const arma::mat data = dumped(*p, "X"), y = dumped(*p, "y");
  double f = 0, square = 0;
  for (int i = 0; i < 120; ++i) {
    EXPECT_TRUE(y(i, 0) == 1 || y(i, 0) == -1);
    double t = 0;
    for (int k = 0; k < 6; ++k) t += data(i, k) * x.flat()[k];
    f += std::log(1 + std::exp(-y(i, 0) * t)) / 120;
  }
  for (int k = 0; k < 6; ++k) square += x.flat()[k] * x.flat()[k];
  EXPECT_NEAR(value_at(*p, x), f + 0.1 * square, 1e-13);
}

TEST(LogisticRegression, OneExponentialServesLossAndPull) {
  for (double m = -800; m <= 800; m += 0.37)
    for (const double at : {m, 1e-3 * m, m == -800 ? 0.0 : 1e-20 * m}) {
      EXPECT_EQ(log_pull(at).loss, log_loss(at)) << at;
      EXPECT_EQ(log_pull(at).pull, sigmoid(-at)) << at;
    }
  EXPECT_TRUE(std::isnan(log_pull(arma::datum::nan).loss));
  EXPECT_TRUE(std::isnan(log_pull(arma::datum::nan).pull));
}

TEST(LogisticRegression, BlocksOfManyRowsSayWhatEachRowSays) {
  const auto p = built(logistic_regression(), {{"samples", std::int64_t{3001}}, {"features", std::int64_t{61}}});
  const Blocks x = somewhere(*p);
  Rows all(3001);
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  const Slope whole = gradient_at(*p, x), gathered = gradient_at(*p, x, all);
  EXPECT_EQ(whole.f, value_at(*p, x));
  EXPECT_EQ(gathered.f, value_at(*p, x, all));
  EXPECT_NEAR(whole.f, gathered.f, 1e-15 * whole.f);
  EXPECT_LT(arma::norm(whole.g.flat() - gathered.g.flat()), 1e-14 * arma::norm(whole.g.flat()));
  EXPECT_LT(components_gap(*p, x), 1e-13);
}

TEST(LogisticRegression, FarOutItNeitherOverflowsNorLosesDigits) {
  const auto p = built(logistic_regression(), kUsual);
  Blocks x = somewhere(*p);
  x.flat() *= 1e6;
  const Slope at = gradient_at(*p, x);
  EXPECT_TRUE(std::isfinite(at.f));
  EXPECT_TRUE(all_finite(at.g));
  const arma::mat data = dumped(*p, "X"), y = dumped(*p, "y");
  double linear = 0;  // out there the loss is the sum of the violated margins
  for (int i = 0; i < 120; ++i) linear += std::max(0.0, -y(i, 0) * arma::as_scalar(data.row(i) * x.flat())) / 120;
  EXPECT_NEAR(at.f / linear, 1, 1e-9);
}

TEST(LogisticRegression, StartsAtLogTwo) {
  const auto p = built(logistic_regression(), kUsual);
  EXPECT_NEAR(value_at(*p, start_of(*p)), std::log(2.0), 1e-15);
}

TEST(LogisticRegression, SolutionIsStationaryToRounding) {
  for (const double lambda : {0.0, 1e-6, 0.01, 1.0})
    for (const double kappa : {1.0, 1e6}) {
      const auto p = built(logistic_regression(), with({{"regularization", lambda}, {"condition_number", kappa}}));
      const Facts& facts = p->facts();
      ASSERT_TRUE(facts.solution.has_value()) << lambda;
      EXPECT_LT(arma::norm(gradient_at(*p, *facts.solution).g.flat()), 1e-14) << lambda;
      EXPECT_EQ(value_at(*p, *facts.solution), *facts.minimum);
      EXPECT_EQ(*facts.strong_convexity, lambda);
      for (std::uint64_t seed = 1; seed < 5; ++seed) {
        const arma::vec values = arma::eig_sym(p->hessian(somewhere(*p, 1.0, seed)));
        EXPECT_LE(values.max(), *facts.smoothness * (1 + 1e-12));
        EXPECT_GE(values.min(), lambda * (1 - 1e-12));
      }
      EXPECT_NEAR(arma::eig_sym(p->hessian(start_of(*p))).max(), *facts.smoothness, 1e-12);
    }
}

TEST(LogisticRegression, SeparableDataHaveNoSolutionUnlessLengthIsPaidFor) {
  const Given separable = {{"samples", std::int64_t{10}}, {"features", std::int64_t{40}}};
  EXPECT_FALSE(built(logistic_regression(), separable)->facts().solution.has_value());
  Given paid = separable;
  paid.insert_or_assign("regularization", 1e-3);
  const auto p = built(logistic_regression(), paid);
  ASSERT_TRUE(p->facts().solution.has_value());
  EXPECT_LT(arma::norm(gradient_at(*p, *p->facts().solution).g.flat()), 1e-14);
}

TEST(LogisticRegression, FlipsAreTheShareAskedFor) {
  const Given many = with({{"samples", std::int64_t{20'000}}, {"truth_norm", 1e3}});
  Given noisy = many;
  noisy.insert_or_assign("noise", 0.2);
  const arma::mat a = dumped(*built(logistic_regression(), many), "y"),
                  b = dumped(*built(logistic_regression(), noisy), "y");
  EXPECT_NEAR(static_cast<double>(arma::accu(a != b)) / 20'000, 0.2, 0.01);
}

TEST(LogisticRegression, LabelsFollowTheLogisticLaw) {
  const auto p = built(logistic_regression(), with({{"samples", std::int64_t{50'000}}}));
  EXPECT_NEAR(arma::norm(p->facts().solution->flat() - dumped(*p, "truth")), 0, 0.15);
}

class LabelFile : public testing::Test {
 protected:
  std::shared_ptr<const ProblemModel> read(const std::string& text) {
    std::ofstream(path) << text;
    return built(logistic_regression(), {{"data", data_of(path, "label")}});
  }
  const test::ScratchDirectory scratch_;
  const std::string path = scratch_ / "labels.csv";
};

TEST_F(LabelFile, PlusMinusOneOrZeroOne) {
  const arma::vec signs = dumped(*read("x,label\n1,-1\n2,1\n"), "y"), bits = dumped(*read("x,label\n1,0\n2,1\n"), "y");
  EXPECT_EQ(signs[0], -1);
  EXPECT_EQ(bits[0], -1);
  EXPECT_EQ(bits[1], 1);
}

TEST_F(LabelFile, OtherLabelsAreRefusedWithTheirPlace) {
  for (const char* text : {"x,label\n1,1\n2,2\n", "x,label\n1,0\n\"2\",-1\n"}) {
    try {
      read(text);
      ADD_FAILURE() << text;
    } catch (const DataError& error) {
      EXPECT_EQ(error.issue.path, path + ":3:2");
      EXPECT_EQ(error.issue.trouble, Trouble::input);
    }
  }
}

}  // namespace
}  // namespace kappa
