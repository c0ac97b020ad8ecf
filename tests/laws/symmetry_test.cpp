/// Every optimizer has exactly the symmetries that it claims, in every configuration.
#include <gtest/gtest.h>

#include "tests/laws/action.hpp"
#include "tests/laws/configurations.hpp"
#include "tests/laws/trial.hpp"

namespace kappa {
namespace {

using namespace laws;

constexpr double holds_below = 1e-9, broken_above = 1e-3;

/// How far run(T f, T x0) ends from T run(f, x0), relative to the way made. Infinite where only one of them runs.
double gap_after(std::uint64_t steps, const std::shared_ptr<const ProblemModel>& problem, const Node& optimizer,
                 const Action& action, const Blocks& start) {
  const Ending plain = run({.problem = problem, .optimizer = optimizer, .start = start, .steps = steps});
  const Ending moved = run({.problem = std::make_shared<Moved>(problem, action),
                            .optimizer = optimizer,
                            .start = action(start),
                            .steps = steps});
  if (!plain.refusal.empty() || !moved.refusal.empty()) return arma::datum::inf;
  const arma::vec expected = action(plain.x).flat(), way = expected - action(start).flat();
  return arma::norm(way) > 0 ? arma::norm(moved.x.flat() - expected) / arma::norm(way) : 0.0;
}

/// After two steps and after six: a method that has arrived by then hides what it did on its way.
double gap(const std::shared_ptr<const ProblemModel>& problem, const Node& optimizer, const Action& action,
           const Blocks& start) {
  return std::max(gap_after(2, problem, optimizer, action, start), gap_after(6, problem, optimizer, action, start));
}

/// Steps differ between two seeds though nothing but the optimizer could draw numbers.
bool is_random(const std::shared_ptr<const ProblemModel>& problem, const Node& optimizer, const Blocks& start) {
  const Ending one = run({.problem = problem, .optimizer = optimizer, .start = start, .seed = 1});
  const Ending two = run({.problem = problem, .optimizer = optimizer, .start = start, .seed = 2});
  return !same_bits(one.x, two.x);
}

/// Laws that cannot be asked of a method, and why.
bool cannot_be_asked(const Action& action, Needs needs) {
  const bool metric = has(needs, Needs::prox) || has(needs, Needs::project) || has(needs, Needs::solve_block);
  return metric && !action.isometry;  // a proximal map, a projection or a block belongs to the metric that A changes
}

class SymmetryLaws : public testing::TestWithParam<std::string> {};

TEST_P(SymmetryLaws, IsWhatTheMethodClaims) {
  const Entry& entry = *Catalog::get().find(Kind::optimizer, GetParam());
  for (const Configuration& configuration : configurations(entry)) {
    SCOPED_TRACE(entry.id + ", " + configuration.name);
    std::string why;
    const auto problem = fitting_problem(configuration.node, &why);
    ASSERT_NE(problem, nullptr) << "no problem of the library fits: " << why;
    const auto model = make_optimizer(configuration.node);
    const Blocks start = problem->start(Rng(21, "start"));
    const Ending plain = run({.problem = problem, .optimizer = configuration.node, .start = start});
    ASSERT_TRUE(all_finite(plain.x));
    ASSERT_GT(arma::norm(plain.x.flat() - start.flat()), 0) << "six steps do not move: nothing is measured";
    // Drawn labels are random, and a second sample of all rows is the first again.
    const bool one_way = is_wrapper(entry) || has(model->needs(), Needs::resampled | Needs::other) ||
                         is_random(problem, configuration.node, start);
    for (const Action& action : all_actions(*start.layout())) {
      const bool claimed = has(model->laws(), action.law);
      if (cannot_be_asked(action, model->needs())) {
        EXPECT_FALSE(claimed) << action.name << " is claimed but cannot be asked of this method";
        continue;
      }
      const double distance = gap(problem, configuration.node, action, start);
      const char* found = distance < holds_below ? "holds" : distance > broken_above ? "is broken" : "is approximate";
      if (claimed || (!one_way && distance < holds_below)) {
        EXPECT_EQ(claimed, distance < holds_below)
            << action.name << (claimed ? " is claimed, but " : " is not claimed, but ") << found << ": " << distance;
      }
    }
  }
}

TEST_P(SymmetryLaws, DescendsWhereItIsClaimed) {
  const Entry& entry = *Catalog::get().find(Kind::optimizer, GetParam());
  for (const Configuration& configuration : configurations(entry)) {
    if (!has(make_optimizer(configuration.node)->laws(), Law::descends)) continue;
    SCOPED_TRACE(entry.id + ", " + configuration.name);
    const Ending ending =
        run({.problem = fitting_problem(configuration.node), .optimizer = configuration.node, .steps = 40});
    const auto& loss = ending.seen.points.at("loss");
    for (std::size_t t = 1; t < loss.size(); ++t)
      ASSERT_LE(loss[t].value, loss[t - 1].value * (1 + 1e-12)) << "at step " << t;
    EXPECT_LT(loss.back().value, loss.front().value);
  }
}

INSTANTIATE_TEST_SUITE_P(Every, SymmetryLaws, testing::ValuesIn(ids_of(Kind::optimizer)),
                         [](const auto& at) { return at.param; });

/// The yardstick itself: a problem and its image are one objective, and the actions are what they are called.
TEST(SymmetryYardstick, AMovedProblemIsTheProblemMoved) {
  const auto problem = model_of(rugged());
  const Blocks x = problem->start(Rng(2, "start"));
  Scratch scratch;
  for (const Action& action : all_actions(*x.layout())) {
    const Moved moved(problem, action);
    const Blocks y = action(x);
    Blocks g = zeros_like(x), along = zeros_like(x);
    const double f = moved.value_gradient(y, g, {{}, Rng(1, ""), scratch});
    EXPECT_NEAR(f, action.factor * problem->value(x, {{}, Rng(1, ""), scratch}), 1e-12) << action.name;
    along.flat() = normal_vector(Rng(4, "along"), x.flat().n_elem);
    Blocks near = y;
    near.flat() += 1e-6 * along.flat();
    EXPECT_NEAR((moved.value(near, {{}, Rng(1, ""), scratch}) - f) / 1e-6, arma::dot(g.flat(), along.flat()), 1e-4)
        << action.name;
    Blocks product = zeros_like(x);
    moved.hessian_product(y, along, product);
    EXPECT_LT(arma::norm(product.flat() - moved.hessian(y) * along.flat()), 1e-10) << action.name;
    EXPECT_EQ(action.isometry, arma::norm(action.map.t() * action.map - arma::eye(size(action.map))) < 1e-12)
        << action.name;
  }
}

}  // namespace
}  // namespace kappa
