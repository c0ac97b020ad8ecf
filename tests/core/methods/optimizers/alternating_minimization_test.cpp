/// Alternating minimization and the one-step rebalance beside least squares row by row in plain algebra.
#include <gtest/gtest.h>

#include "core/kinds/optimizer.hpp"
#include "core/kinds/oracle.hpp"
#include "core/run/equivariance.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa {
namespace problems {
Method asymmetric_sensing();
Method matrix_completion();
Method quadratic();
}  // namespace problems

namespace {

using support::built;
using support::Given;

Node altmin(Given settings = {}) { return {Kind::optimizer, "alternating_minimization", std::move(settings)}; }

std::shared_ptr<const ProblemModel> table() {
  return built(problems::matrix_completion(), {{"dimension", std::int64_t{20}},
                                               {"dimension2", std::int64_t{15}},
                                               {"true_rank", std::int64_t{2}},
                                               {"rank", std::int64_t{2}},
                                               {"observed", 0.6}});
}
std::shared_ptr<const ProblemModel> pair_of(Given more = {}) {
  Given given = {{"dimension", std::int64_t{6}},
                 {"dimension2", std::int64_t{5}},
                 {"true_rank", std::int64_t{2}},
                 {"rank", std::int64_t{3}}};
  for (auto& [key, value] : more) given.insert_or_assign(key, value);
  return built(problems::asymmetric_sensing(), std::move(given));
}
arma::mat product(const Blocks& x) { return x.block(0) * x.block(1).t(); }

/// Row by row: the least-squares row beside `fixed`, from `from` by so many conjugate gradient steps; 0: exactly.
arma::mat fitted(const arma::mat& entries, const arma::mat& y, const arma::mat& fixed, const arma::mat& from, bool left,
                 int steps) {
  arma::mat out = from;
  for (arma::uword row = 0; row < from.n_rows; ++row) {
    arma::mat gram(fixed.n_cols, fixed.n_cols, arma::fill::zeros);
    arma::vec b(fixed.n_cols, arma::fill::zeros);
    for (arma::uword k = 0; k < entries.n_rows; ++k) {
      if (static_cast<arma::uword>(entries(k, left ? 0 : 1)) != row) continue;
      const arma::vec a = fixed.row(static_cast<arma::uword>(entries(k, left ? 1 : 0))).t();
      gram += a * a.t();
      b += y(k, 0) * a;
    }
    arma::vec x = from.row(row).t();
    if (steps == 0) {
      x = arma::solve(gram, b);
    } else {
      arma::vec r = b - gram * x, p = r;
      for (int k = 0; k < steps; ++k) {
        const double before = arma::dot(r, r), size = before / arma::dot(p, gram * p);
        x += size * p;
        r -= size * (gram * p);
        p = r + arma::dot(r, r) / before * p;
      }
    }
    out.row(row) = x.t();
  }
  return out;
}

/// Products after each sweep, by the book.
std::vector<arma::mat> by_the_book(const ProblemModel& problem, const Blocks& start, int sweeps, int steps, bool warm) {
  const arma::mat entries = support::dumped(problem, "entries"), y = support::dumped(problem, "y");
  const arma::mat nothing_right(start.shape(1).rows, start.shape(1).cols, arma::fill::zeros),
      nothing_left(start.shape(0).rows, start.shape(0).cols, arma::fill::zeros);
  arma::mat u, r, q, v = nothing_right;
  arma::qr_econ(u, r, arma::mat(start.block(0)));
  std::vector<arma::mat> out;
  for (int t = 0; t < sweeps; ++t) {
    v = fitted(entries, y, u, warm ? v : nothing_right, false, steps);
    arma::qr_econ(q, r, v);
    const arma::mat w = fitted(entries, y, q, warm ? arma::mat(u * r.t()) : nothing_left, true, steps);
    arma::qr_econ(u, r, w);
    v = q * r.t();
    out.push_back(u * v.t());
  }
  return out;
}

void expect_by_the_book(const Node& method, int steps, bool warm, double tolerance) {
  const auto problem = table();
  const Blocks start = support::start_of(*problem);
  const auto expected = by_the_book(*problem, start, 4, steps, warm);
  const auto points = path_of(problem, method, start, 4, 1);
  ASSERT_EQ(points.size(), 5u);
  for (std::size_t t = 0; t < expected.size(); ++t) {
    const arma::mat u = points[t + 1].block(0);
    EXPECT_LT(arma::norm(product(points[t + 1]) - expected[t], "fro"), tolerance) << "sweep " << t + 1;
    EXPECT_LT(arma::norm(u.t() * u - arma::eye(2, 2), "fro"), 1e-13);
  }
}

TEST(AlternatingMinimization, SolvesExactly) { expect_by_the_book(altmin(), 0, false, 1e-11); }

TEST(AlternatingMinimization, TakesConjugateGradientStepsOfEachRow) {
  const std::string rough = "conjugate_gradient";
  expect_by_the_book(altmin({{"solver", rough}}), 1, true, 1e-12);
  expect_by_the_book(altmin({{"solver", rough}, {"warm_start", false}}), 1, false, 1e-12);
  // As many steps as unknowns: exact.
  expect_by_the_book(altmin({{"solver", rough}, {"cg_steps", std::int64_t{2}}}), 0, true, 1e-9);
}

TEST(AlternatingMinimization, NoiseIsAddedAsAShareOfTheError) {
  const auto problem = table();
  const Blocks start = support::start_of(*problem);
  const auto clean = path_of(problem, altmin(), start, 3, 1);
  const auto silent = path_of(problem, altmin({{"solver", std::string("noisy")}, {"noise", 0.0}}), start, 3, 1);
  for (std::size_t t = 0; t < clean.size(); ++t) EXPECT_EQ(arma::norm(clean[t].flat() - silent[t].flat()), 0);
  const auto faint = path_of(problem, altmin({{"solver", std::string("noisy")}, {"noise", 1e-6}}), start, 1, 1);
  const double size = arma::norm(product(faint[1]) - product(clean[1]), "fro") / arma::norm(product(clean[1]), "fro");
  EXPECT_GT(size, 1e-7);  // two solves, each moved by 1e-6 of its size
  EXPECT_LT(size, 1e-5);
}

TEST(AlternatingMinimization, FindsAFullySeenMatrixInASweep) {
  for (const std::int64_t rank : {2, 3, 7}) {
    const auto problem = pair_of({{"rank", rank}});
    const auto points = path_of(problem, altmin(), support::start_of(*problem), 3, 1);
    for (std::size_t t = 1; t < points.size(); ++t)
      EXPECT_LT(arma::norm(product(points[t]) - problem->facts().truth_matrix, "fro"), 1e-12) << rank;
  }
}

/// Random views tie all rows together: one system, and as many steps as unknowns solve it.
TEST(AlternatingMinimization, SolvesTiedRowsTogether) {
  const auto problem =
      pair_of({{"rank", std::int64_t{2}}, {"observation", std::string("sampled")}, {"measurements", std::int64_t{60}}});
  const Blocks start = support::start_of(*problem);
  const auto exact = path_of(problem, altmin(), start, 2, 1);
  const auto rough = path_of(
      problem, altmin({{"solver", std::string("conjugate_gradient")}, {"cg_steps", std::int64_t{14}}}), start, 2, 1);
  for (std::size_t t = 1; t < exact.size(); ++t)
    EXPECT_LT(arma::norm(product(exact[t]) - product(rough[t]), "fro"), 1e-7) << t;
}

TEST(AlternatingMinimization, RefusesWhatIsNoPairOfFactors) {
  const auto problem = built(problems::quadratic());
  EXPECT_THROW(path_of(problem, altmin(), support::start_of(*problem), 1, 1), Refused);
  EXPECT_THROW(path_of(table(), altmin(), support::start_of(*table()), 1, 1, 5), Refused);
}

Node rebalance(double rate) { return {Kind::optimizer, "one_step_rebalance", {{"learning_rate", rate}}}; }

/// The solution, its factors made unlike, and off by a little.
Blocks near_solution(const ProblemModel& problem) {
  Blocks x = *problem.facts().solution;
  x.block(0) *= 3;
  x.block(1) /= 3;
  x.flat() += 0.02 * normal_vector(Rng(4, "near"), x.flat().n_elem);
  return x;
}

TEST(OneStepRebalance, KeepsTheProductAndEvensTheFirstFactor) {
  for (const std::int64_t rank : {3, 8}) {
    const auto problem = pair_of({{"rank", rank}});
    const Blocks start = near_solution(*problem);
    const auto points = path_of(problem, rebalance(0), start, 2, 1);
    EXPECT_LT(arma::norm(product(points[1]) - product(start), "fro"), 1e-12);
    const arma::mat f = points[1].block(0), gram = f.t() * f;
    const arma::uword kept = std::min<arma::uword>(static_cast<arma::uword>(rank), 6);
    for (arma::uword i = 0; i < gram.n_rows; ++i)
      for (arma::uword j = 0; j < gram.n_cols; ++j) EXPECT_NEAR(gram(i, j), i == j && i < kept ? 1 : 0, 1e-12);
    EXPECT_EQ(arma::norm(points[2].flat() - points[1].flat()), 0) << "only once";
    const auto moved = path_of(problem, rebalance(0.1), start, 1, 1);
    const auto descended =
        path_of(problem, {Kind::optimizer, "gradient_descent", {{"learning_rate", 0.1}}}, points[1], 1, 1);
    EXPECT_LT(arma::norm(moved[1].flat() - descended[1].flat()), 1e-13) << "a gradient step follows at once";
  }
}

/// What holds before the one step need not hold through it: there only the rows of the factors may be turned. Where it
/// never comes, all of gradient descent's laws stay.
TEST(OneStepRebalance, ItsLawsAreThoseOfItsOneStep) {
  const auto problem = pair_of();
  for (const double threshold : {0.0, 0.3}) {
    Node method = rebalance(0.1);
    method.params["threshold"] = threshold;
    const Law claimed = make_optimizer(method)->laws();
    EXPECT_EQ(claimed, threshold > 0 ? Law::left_rotation : Law::isometries);
    for (const bool near : {false, true}) {
      const Blocks start = near ? near_solution(*problem) : support::start_of(*problem);
      const auto plain = path_of(problem, method, start, 4, 1);
      for (const Action& action : law_actions(*start.layout(), Rng(3, "actions"))) {
        const double gap =
            equivariance_gap(action, plain, path_of(moved(problem, action), method, action(start), 4, 1));
        const bool holds = has(threshold > 0 && near ? Law::left_rotation : Law::isometries, action.law);
        EXPECT_EQ(gap < 1e-9, holds) << action.name << ", " << near << ": " << gap;
      }
    }
  }
}

TEST(OneStepRebalance, IsGradientDescentUntilTheErrorIsSmall) {
  const auto problem = pair_of();
  const Blocks start = support::start_of(*problem);
  const auto plain = path_of(problem, {Kind::optimizer, "gradient_descent", {{"learning_rate", 0.1}}}, start, 200, 1);
  const auto other = path_of(problem, rebalance(0.1), start, 200, 1);
  const arma::mat& truth = problem->facts().truth_matrix;
  std::size_t t = 0;
  while (t < plain.size() && arma::norm(product(plain[t]) - truth, "fro") >= 0.3 * arma::norm(truth, "fro")) ++t;
  ASSERT_GT(t, 5u);
  ASSERT_LT(t + 1, plain.size());
  EXPECT_EQ(arma::norm(plain[t].flat() - other[t].flat()), 0);
  EXPECT_GT(arma::norm(plain[t + 1].flat() - other[t + 1].flat()), 0.01);
}

}  // namespace
}  // namespace kappa
