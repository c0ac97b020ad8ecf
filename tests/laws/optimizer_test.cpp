/// What every optimizer keeps: its bits, its forks, its word about the oracle, and finite numbers.
#include <gtest/gtest.h>

#include "tests/laws/configurations.hpp"
#include "tests/laws/trial.hpp"

namespace kappa {
namespace {

using namespace laws;

class OptimizerLaws : public testing::TestWithParam<std::string> {
 protected:
  const Entry& entry() const { return *Catalog::get().find(Kind::optimizer, GetParam()); }
  Node defaults() const { return complete_node({Kind::optimizer, GetParam(), {}}); }

  /// The default setting on a problem that fits, on minibatches where the method takes them.
  Setting setting(std::uint64_t steps) const {
    Setting out{.problem = fitting_problem(defaults()), .optimizer = defaults(), .steps = steps};
    if (out.problem == nullptr || out.problem->samples() == 0) return out;
    out.batch = 5;
    if (!run(out).refusal.empty()) out.batch = 0;
    return out;
  }
};

TEST_P(OptimizerLaws, AsksOnlyForWhatItsCardDeclares) {
  for (const Configuration& configuration : configurations(entry())) {
    std::string why;
    const auto problem = fitting_problem(configuration.node, &why);
    ASSERT_NE(problem, nullptr) << configuration.name << ": " << why;
    const Ending ending = run({.problem = problem, .optimizer = configuration.node, .steps = 25});
    EXPECT_EQ(ending.refusal, "") << configuration.name;
  }
}

TEST_P(OptimizerLaws, TheSameSeedGivesTheSameBits) {
  const Setting once = setting(12);
  const Ending one = run(once), two = run(once);
  EXPECT_TRUE(same_bits(one.x, two.x));
  EXPECT_EQ(one.seen.points, two.seen.points);
}

TEST_P(OptimizerLaws, AForkGoesOnBitForBit) {
  const Setting whole = setting(12);
  const Ending straight = run(whole);
  for (const std::uint64_t half : {std::uint64_t{1}, std::uint64_t{6}, std::uint64_t{11}}) {
    Recording seen;
    auto first = std::make_unique<kappa::Run>(plan_of(whole));
    first->advance(half, seen);
    const auto fork = first->fork();
    Recording lost = seen;
    first->advance(3, lost);  // the original goes its own way, and then is gone
    first.reset();
    fork->advance(13, seen);
    EXPECT_TRUE(same_bits(fork->judged(), straight.x)) << "forked after " << half;
    EXPECT_EQ(seen.points, straight.seen.points) << "forked after " << half;
  }
}

TEST_P(OptimizerLaws, StaysFiniteOnFiniteInput) {
  for (const Configuration& configuration : configurations(entry())) {
    const auto problem = fitting_problem(configuration.node);
    ASSERT_NE(problem, nullptr);
    for (const double scale : {1e-9, 1e-3, 1.0, 1e3}) {
      Blocks start = problem->start(Rng(1, "init"));
      start.flat() *= scale;
      const Ending ending = run({.problem = problem, .optimizer = configuration.node, .start = start, .steps = 1});
      EXPECT_TRUE(all_finite(ending.x)) << configuration.name << " from " << scale;
    }
  }
}

/// At the minimum the gradient is zero to the last bit: nothing may be divided by it.
TEST_P(OptimizerLaws, SurvivesZeroGradients) {
  for (const Configuration& configuration : configurations(entry())) {
    const auto problem = fitting_problem(configuration.node);
    ASSERT_NE(problem, nullptr);
    Blocks at = problem->facts().solution.value_or(problem->start(Rng(1, "init")));
    if (!problem->facts().solution) at.flat().zeros();
    const Ending ending = run({.problem = problem, .optimizer = configuration.node, .start = at, .steps = 5});
    EXPECT_EQ(ending.refusal, "") << configuration.name;
    EXPECT_TRUE(all_finite(ending.x)) << configuration.name;
  }
}

/// On a variant of the law's own problem; methods that live on another structure are tried on theirs by `at`.
void expect_finite(const Configuration& configuration, Rugged problem, const std::function<void(Blocks&)>& at) {
  const Needs needs = make_optimizer(configuration.node)->needs();
  if (has(needs, Needs::prox)) problem.corner = 0.05;
  if (has(needs, Needs::solve_block)) problem.bend = 0;
  Setting setting{.problem = model_of(problem),
                  .optimizer = configuration.node,
                  .start = problem.start(Rng(1, "init")),
                  .steps = 10};
  if (has(needs, Needs::lifted) || !run(setting).refusal.empty()) {
    setting.problem = fitting_problem(configuration.node);
    ASSERT_NE(setting.problem, nullptr);
    setting.start = setting.problem->start(Rng(1, "init"));
  }
  at(*setting.start);
  const Ending ending = run(setting);
  EXPECT_EQ(ending.refusal, "") << configuration.name;
  EXPECT_TRUE(all_finite(ending.x)) << configuration.name;
}

TEST_P(OptimizerLaws, SurvivesOneByOneBlocks) {
  for (const Configuration& configuration : configurations(entry()))
    expect_finite(configuration, rugged(1, 1, 1), [](Blocks&) {});
}

/// Every gradient of W has rank one, and so has the start: Gram matrices are singular, singular values zero.
TEST_P(OptimizerLaws, SurvivesDeficientRank) {
  Rugged flat = rugged(4, 3, 3);
  flat.bend = 0;
  const arma::vec left = normal_vector(Rng(9, "left"), 4);
  for (arma::uword i = 0; i < flat.a.n_rows; ++i) {
    const arma::mat one = 0.1 * left * normal_vector(Rng(9, "right", i), 3).t();
    flat.a.row(i).head(12) = arma::vectorise(one).t();
  }
  for (const Configuration& configuration : configurations(entry()))
    expect_finite(configuration, flat, [](Blocks& x) {
      const arma::mat block = x.block(0);
      x.block(0) = block.col(0) * arma::mat(1, block.n_cols, arma::fill::ones);
    });
}

INSTANTIATE_TEST_SUITE_P(Every, OptimizerLaws, testing::ValuesIn(ids_of(Kind::optimizer)),
                         [](const auto& at) { return at.param; });

}  // namespace
}  // namespace kappa
