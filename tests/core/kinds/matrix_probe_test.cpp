/// Which series a spectrum probe declares: prefixes, blocks only when there are several, refusals in words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/probe_bench.hpp"

namespace kappa {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Chosen choose(const test::Bench& bench, Of of, const std::string& block, bool always = false) {
  return choose_matrices({*bench.problem, bench.optimizer, *bench.x.layout(), false}, of, block, "rank", always);
}

TEST(ChooseMatrices, NamesBlocksWhenThereAreSeveral) {
  const test::Bench bench = test::two_blocks();
  EXPECT_THAT(choose(bench, Of::parameters, "").names, ElementsAre("rank:W", "rank:v"));
  EXPECT_THAT(choose(bench, Of::gradient, "").names, ElementsAre("gradient_rank:W", "gradient_rank:v"));
  EXPECT_THAT(choose(bench, Of::update, "v").names, ElementsAre("update_rank:v"));
  EXPECT_THAT(choose(bench, Of::update, "v").blocks, ElementsAre(1u));
  EXPECT_THAT(choose(bench, Of::estimate, "").names, ElementsAre("estimate_rank"));
  EXPECT_THAT(choose(bench, Of::momentum, "W").names, ElementsAre("momentum_rank:W"));
}

TEST(ChooseMatrices, OneBlockNeedsNoName) {
  test::Bench bench = test::two_blocks();
  bench.x = single_block("X", arma::mat(2, 2, arma::fill::eye));
  EXPECT_THAT(choose(bench, Of::parameters, "").names, ElementsAre("rank"));
  EXPECT_THAT(choose(bench, Of::parameters, "", true).names, ElementsAre("rank:X"));
}

TEST(ChooseMatrices, SaysWhyNot) {
  test::Bench bench = test::two_blocks();
  EXPECT_THAT(choose(bench, Of::parameters, "Q").refusal, HasSubstr("W, v"));
  bench.optimizer.asks = Needs::value;
  EXPECT_FALSE(choose(bench, Of::gradient, "").refusal.empty());
}

TEST(OfNamed, KnowsEveryChoiceOfTheField) {
  const std::vector<Field> fields = matrix_fields();
  ASSERT_EQ(fields.size(), 2u);
  const auto& names = std::get<Choices>(fields[0].domain).names;
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(of_named(names[i]), static_cast<Of>(i));
}

}  // namespace
}  // namespace kappa
