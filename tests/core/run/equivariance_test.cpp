/// Actions are what they are called, a moved problem is the problem moved, and gaps are relative to the way.
#include <gtest/gtest.h>

#include "core/kinds/oracle.hpp"
#include "core/random/matrices.hpp"
#include "core/run/equivariance.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method finite_sum_quadratic();
Method matrix_completion();
Method matrix_least_squares();
Method matrix_sensing();
}  // namespace kappa::problems

namespace kappa {
namespace {

std::shared_ptr<const ProblemModel> layer() {
  return support::built(
      problems::matrix_least_squares(),
      {{"rows", std::int64_t{3}}, {"columns", std::int64_t{4}}, {"samples", std::int64_t{9}}, {"noise", 0.5}});
}

TEST(Equivariance, AMovedProblemIsTheProblemMoved) {
  const auto problem = layer();
  const Blocks x = support::somewhere(*problem);
  for (const Action& action : law_actions(*x.layout(), Rng(1, "actions"))) {
    const auto there = moved(problem, action);
    const Blocks y = action(x);
    EXPECT_LT(arma::norm(action.back(y).flat() - x.flat()), 1e-12) << action.name;
    EXPECT_NEAR(support::value_at(*there, y), action.factor * support::value_at(*problem, x), 1e-11) << action.name;
    EXPECT_GT(support::taylor_order(*there, y), 1.9) << action.name;
    EXPECT_LT(support::hessian_gap(*there, y), 1e-7) << action.name;
    EXPECT_LT(support::dense_gap(*there, y), 1e-11) << action.name;
    EXPECT_LT(support::components_gap(*there, y), 1e-11) << action.name;
    const bool keeps_lengths =
        arma::norm(action.map.t() * action.map - arma::eye(arma::size(action.map)), "fro") < 1e-11;
    EXPECT_EQ(action.isometry, keeps_lengths) << action.name;
    const arma::vec curvature = arma::eig_sym(arma::symmatu(there->hessian(y)));
    EXPECT_GE(*there->facts().smoothness, curvature.max() * (1 - 1e-9)) << action.name;
    EXPECT_LE(*there->facts().strong_convexity, curvature.min() * (1 + 1e-9)) << action.name;
    Scratch room;
    arma::vec r;
    arma::mat j;
    there->residual(y, r, {{}, Rng(1, "noise"), room});
    there->jacobian(y, j, {{}, Rng(1, "noise"), room});
    EXPECT_LT(arma::norm(j.t() * r - support::gradient_at(*there, y).g.flat()), 1e-11) << action.name;
  }
}

TEST(Equivariance, AMovedSumKnowsTheSmoothnessOfItsComponents) {
  const auto problem = support::built(problems::finite_sum_quadratic(), {{"dimension", std::int64_t{5}}});
  const Blocks x = support::somewhere(*problem);
  for (const Action& action : law_actions(*x.layout(), Rng(2, "actions"))) {
    const auto there = moved(problem, action);
    const Blocks y = action(x);
    Blocks other = y, g = zeros_like(y), h = g;
    other.flat() += normal_vector(Rng(3, "other"), 5);
    const arma::vec bounds = there->facts().component_smoothness;
    ASSERT_EQ(bounds.n_elem, problem->components());
    for (std::uint64_t i = 0; i < bounds.n_elem; ++i) {
      there->component_gradient(i, y, g);
      there->component_gradient(i, other, h);
      EXPECT_LE(arma::norm(h.flat() - g.flat()), bounds[i] * arma::norm(other.flat() - y.flat()) * (1 + 1e-12))
          << action.name << " " << i;
      const double own = problem->facts().component_smoothness[i];
      if (action.isometry) {
        EXPECT_NEAR(bounds[i], action.factor * own, 1e-12 * bounds[i]) << action.name << " " << i;
      }
    }
  }
}

/// The error's square in the population is what it was, wherever the weights are moved to.
TEST(Equivariance, AMovedCovarianceMeasuresTheSameError) {
  const auto problem = layer();
  const Blocks x = support::somewhere(*problem);
  const auto risk = [](const ProblemModel& of, const Blocks& at) {
    return population_risk(of.facts().covariance, at.flat(), of.facts().truth->flat());
  };
  for (const Action& action : law_actions(*x.layout(), Rng(1, "actions")))
    EXPECT_NEAR(risk(*moved(problem, action), action(x)), risk(*problem, x), 1e-11 * risk(*problem, x)) << action.name;
}

std::shared_ptr<const ProblemModel> factored(const Method& method) {
  return support::built(method, {{"dimension", std::int64_t{5}}, {"rank", std::int64_t{2}}});
}

TEST(Equivariance, TheEstimateDoesNotSeeWhereItsFactorsWereMoved) {
  const auto problem = factored(problems::matrix_sensing());
  const Blocks x = support::somewhere(*problem);
  EXPECT_FALSE(problem->can(Can::lifted));
  EXPECT_TRUE(problem->lift()->can(Can::lifted));
  Blocks z = support::start_of(*problem->lift());
  z.block(0) = problem->estimate(x);
  for (const Action& action : law_actions(*x.layout(), Rng(1, "actions"))) {
    const auto there = moved(problem, action);
    ASSERT_TRUE(there->can(Can::lift));
    EXPECT_LT(arma::norm(there->estimate(action(x)) - problem->estimate(x), "fro"), 1e-12) << action.name;
    EXPECT_NEAR(support::value_at(*there->lift(), z), support::value_at(*there, action(x)), 1e-11) << action.name;
  }
}

/// Either side of the estimate can be turned, and a method that works on it steps on the problem so moved.
TEST(Equivariance, ALiftedProblemIsMovedAsItIs) {
  const auto table =
      support::built(problems::matrix_completion(), {{"dimension", std::int64_t{6}}, {"dimension2", std::int64_t{4}}})
          ->lift();
  const Blocks start = support::somewhere(*table, 0.1);
  const Node method{Kind::optimizer, "soft_impute", {}};
  const auto plain = path_of(table, method, start, 5, 1);
  for (const Action& action : law_actions(*start.layout(), Rng(1, "actions"))) {
    const double gap = equivariance_gap(action, plain, path_of(moved(table, action), method, action(start), 5, 1));
    const bool holds =
        action.law == Law::left_rotation || action.law == Law::right_rotation || action.law == Law::scale_f;
    EXPECT_EQ(gap < 1e-11, holds) << action.name << " " << gap;
  }
}

/// The symmetry of singular value projection has no law's name: the same rotation on both sides.
TEST(Equivariance, SingularValueProjectionTurnsWithBothSides) {
  const auto sensing = factored(problems::matrix_sensing())->lift();
  Blocks start = support::start_of(*sensing);
  const arma::mat seed = normal_matrix(Rng(1, "start"), 5, 5);
  start.block(0) = seed + seed.t();
  const Node method{Kind::optimizer, "singular_value_projection", {}};
  const auto plain = path_of(sensing, method, start, 5, 1);
  const auto turn = [](arma::uword n) { return haar_orthogonal(Rng(2, "turn"), n); };
  const arma::mat left = on_matrices(*start.layout(), true, turn),
                  right = on_matrices(*start.layout(), false, [&](arma::uword n) { return arma::mat(turn(n).t()); });
  const auto gap = [&](const arma::mat& map) {
    const Action action{Law::none, "turn", map, map.t()};
    return equivariance_gap(action, plain, path_of(moved(sensing, action), method, action(start), 5, 1));
  };
  EXPECT_LT(gap(left * right), 1e-11);
  EXPECT_GT(gap(left), 1e-3);
  EXPECT_GT(gap(right), 1e-3);
}

TEST(Equivariance, ActsOnMatricesFromEitherSide) {
  Blocks x({{"W", 3, 2, Role::hidden}, {"v", 2, 1, Role::vector}});
  x.flat() = normal_vector(Rng(1, "x"), 8);
  const arma::mat w = x.block(0), left = normal_matrix(Rng(2, "left"), 3, 3),
                  right = normal_matrix(Rng(3, "right"), 2, 2);
  const auto image = [&](const arma::mat& map) {
    Blocks out = x;
    out.flat() = map * x.flat();
    return out;
  };
  const Blocks from_left = image(on_matrices(*x.layout(), true, [&](arma::uword) { return left; })),
               from_right = image(on_matrices(*x.layout(), false, [&](arma::uword) { return right; }));
  EXPECT_LT(arma::norm(from_left.block(0) - left * w, "fro"), 1e-13);
  EXPECT_LT(arma::norm(from_right.block(0) - w * right, "fro"), 1e-13);
  EXPECT_EQ(arma::norm(from_left.block(1) - x.block(1), "fro"), 0);
  EXPECT_EQ(arma::norm(from_right.block(1) - x.block(1), "fro"), 0);
}

TEST(Equivariance, APathHoldsEveryPointOfTheRun) {
  const auto problem = layer();
  const Blocks start = support::somewhere(*problem);
  const Node descent{Kind::optimizer, "gradient_descent", {{"learning_rate", 0.1}}};
  const std::vector<Blocks> path = path_of(problem, descent, start, 4, 1);
  ASSERT_EQ(path.size(), 5u);
  Blocks x = start;
  for (const Blocks& point : path) {
    EXPECT_LT(arma::norm(point.flat() - x.flat()), 1e-14);
    x.flat() -= 0.1 * support::gradient_at(*problem, x).g.flat();
  }
  for (const Action& action : law_actions(*start.layout(), Rng(1, "actions"))) {
    const double gap = equivariance_gap(action, path, path_of(moved(problem, action), descent, action(start), 4, 1));
    const bool holds = action.law != Law::scale_f && action.law != Law::affine;
    EXPECT_EQ(gap < 1e-12, holds) << action.name << " " << gap;
    EXPECT_EQ(gap > 1e-3, !holds) << action.name << " " << gap;
  }
  EXPECT_THROW(path_of(problem, {Kind::optimizer, "ista", {}}, start, 4, 1), Refused);
}

TEST(Equivariance, TheGapIsRelativeToTheLongestWay) {
  const arma::mat eye(2, 2, arma::fill::eye);
  const Action action{Law::scale_f, "scale_f", eye, eye, 2};
  const auto at = [](double a, double b) { return single_block("x", arma::vec{a, b}); };
  const std::vector<Blocks> plain = {at(1, 1), at(1, 5), at(1, 2)};
  EXPECT_EQ(equivariance_gap(action, plain, plain), 0);
  EXPECT_NEAR(equivariance_gap(action, plain, {at(1, 1), at(1.4, 5), at(1, 2)}), 0.1, 1e-15);
  EXPECT_TRUE(std::isinf(equivariance_gap(action, plain, {at(1, 1)})));
}

}  // namespace
}  // namespace kappa
