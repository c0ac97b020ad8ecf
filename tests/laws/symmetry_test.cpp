/// Every optimizer has exactly the symmetries that it claims, in every configuration.
#include <gtest/gtest.h>

#include "core/run/equivariance.hpp"
#include "tests/laws/configurations.hpp"
#include "tests/laws/trial.hpp"

namespace kappa {
namespace {

using namespace laws;

constexpr double holds_below = 1e-9, broken_above = 1e-3;

std::vector<Action> all_actions(const Layout& layout) { return law_actions(layout, Rng(5, "actions")); }

/// How far the path over T f from T x0 strays from the image under T of the path over f from x0, both with the same
/// draws. Infinite where only one of them runs. Every point counts: a method that has arrived hides what it did on its
/// way.
double gap(const std::shared_ptr<const ProblemModel>& problem, const Node& optimizer, const Action& action,
           const Blocks& start, std::uint64_t batch, std::uint64_t steps = 6) {
  constexpr std::uint64_t seed = 11;
  try {
    return equivariance_gap(action, path_of(problem, optimizer, start, steps, seed, batch),
                            path_of(moved(problem, action), optimizer, action(start), steps, seed, batch));
  } catch (const Refused&) {
    return arma::datum::inf;
  }
}

/// Steps differ between two seeds though nothing but the optimizer could draw numbers. Close to the solution too: far
/// from it a clipped step forgets what was drawn.
bool is_random(const std::shared_ptr<const ProblemModel>& problem, const Node& optimizer, const Blocks& start) {
  std::vector<Blocks> starts = {start};
  if (const auto& solution = problem->facts().solution) {
    starts.push_back(*solution);
    starts.back().flat() += 1e-4 * normal_vector(Rng(22, "near"), solution->flat().n_elem);
  }
  return std::any_of(starts.begin(), starts.end(), [&](const Blocks& from) {
    const Ending one = run({.problem = problem, .optimizer = optimizer, .start = from, .seed = 1});
    const Ending two = run({.problem = problem, .optimizer = optimizer, .start = from, .seed = 2});
    return !same_bits(one.x, two.x);
  });
}

/// Nine tenths of the way to the solution.
Blocks closer(const ProblemModel& problem, const Blocks& start) {
  Blocks x = start;
  if (const auto& solution = problem.facts().solution) x.flat() = 0.9 * solution->flat() + 0.1 * start.flat();
  return x;
}

/// Laws that cannot be asked of a method, and why.
bool cannot_be_asked(const Action& action, Needs needs) {
  const bool metric = has(needs, Needs::prox) || has(needs, Needs::project) || has(needs, Needs::solve_block);
  return metric && !action.isometry;  // a proximal map, a projection or a block belongs to the metric that A changes
}

/// A layer's sides cannot be turned where there are only vectors.
bool moves_nothing(const Action& action) {
  return action.factor == 1 && arma::norm(action.map - arma::eye(arma::size(action.map)), "fro") == 0;
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
    // A second sample of all rows would be the first again. Rows and labels are drawn for the samples, which no action
    // touches: such a draw is the same on both paths. What is drawn for the parameters is not, and asks one way only.
    const std::uint64_t batch = has(model->needs(), Needs::other) ? problem->samples() / 2 : 0;
    const bool draws = !has(model->needs(), Needs::resampled) && is_random(problem, configuration.node, start);
    const bool one_way = is_wrapper(entry) || draws;
    const Blocks near = closer(*problem, start);
    for (const Action& action : all_actions(*start.layout())) {
      const bool claimed = has(model->laws(), action.law);
      if (!claimed && moves_nothing(action)) continue;
      if (cannot_be_asked(action, model->needs())) {
        EXPECT_FALSE(claimed) << action.name << " is claimed but cannot be asked of this method";
        continue;
      }
      double distance = gap(problem, configuration.node, action, start, batch);
      if (action.law == Law::scale_f) {  // some clip until f is loud, and then they do not
        Action loud = action;
        loud.factor *= 100;
        distance = std::max(distance, gap(problem, configuration.node, loud, start, batch));
      } else {  // what a method does only when it is near has to obey its laws too; two steps, or it may have arrived
        distance = std::max(distance, gap(problem, configuration.node, action, near, batch, 2));
      }
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

/// The yardstick itself, on the problem that most methods are tried on, which bends.
TEST(SymmetryYardstick, AMovedProblemIsTheProblemMoved) {
  const auto problem = model_of(rugged());
  const Blocks x = problem->start(Rng(2, "start"));
  Scratch scratch;
  for (const Action& action : all_actions(*x.layout())) {
    const auto there = moved(problem, action);
    const Blocks y = action(x);
    Blocks g = zeros_like(x), along = zeros_like(x);
    const double f = there->value_gradient(y, g, {{}, Rng(1, ""), scratch});
    EXPECT_NEAR(f, action.factor * problem->value(x, {{}, Rng(1, ""), scratch}), 1e-12) << action.name;
    along.flat() = normal_vector(Rng(4, "along"), x.flat().n_elem);
    Blocks near = y;
    near.flat() += 1e-6 * along.flat();
    EXPECT_NEAR((there->value(near, {{}, Rng(1, ""), scratch}) - f) / 1e-6, arma::dot(g.flat(), along.flat()), 1e-4)
        << action.name;
    Blocks product = zeros_like(x);
    there->hessian_product(y, along, product);
    EXPECT_LT(arma::norm(product.flat() - there->hessian(y) * along.flat()), 1e-10) << action.name;
  }
}

}  // namespace
}  // namespace kappa
