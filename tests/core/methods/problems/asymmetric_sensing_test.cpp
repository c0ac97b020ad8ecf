/// Asymmetric sensing and what completion adds for alternating methods: losses by plain loops, starts, block solves.
#include <gtest/gtest.h>

#include "core/linalg/spectrum.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa {
namespace problems {
Method asymmetric_sensing();
Method matrix_completion();
}  // namespace problems

namespace {

using namespace support;

std::shared_ptr<const ProblemModel> made(const std::string& observation, Given more = {}) {
  Given given = {{"dimension", std::int64_t{6}},
                 {"dimension2", std::int64_t{4}},
                 {"true_rank", std::int64_t{2}},
                 {"rank", std::int64_t{3}},
                 {"observation", observation},
                 {"measurements", std::int64_t{15}},
                 {"init_scale", 0.5}};
  for (auto& [key, value] : more) given.insert_or_assign(key, value);
  return built(problems::asymmetric_sensing(), std::move(given));
}

TEST(AsymmetricSensing, DumpGivesTheLossByPlainLoops) {
  const auto p = made("sampled", {{"noise", 0.3}}), full = made("full");
  const Blocks x = somewhere(*p);
  const arma::mat f = x.block(0), g = x.block(1), a = dumped(*p, "measurements"), y = dumped(*p, "y"),
                  truth = dumped(*full, "truth");
  ASSERT_EQ(a.n_rows, 15u);
  ASSERT_EQ(a.n_cols, 24u);
  double seen = 0, whole = 0;
  for (arma::uword m = 0; m < 15; ++m) {
    double r = -y(m, 0);
    for (arma::uword i = 0; i < 6; ++i)
      for (arma::uword j = 0; j < 4; ++j)
        for (arma::uword k = 0; k < 3; ++k) r += a(m, 6 * j + i) * f(i, k) * g(j, k);
    seen += r * r / 2;
  }
  for (arma::uword i = 0; i < 6; ++i)
    for (arma::uword j = 0; j < 4; ++j) whole += std::pow(arma::dot(f.row(i), g.row(j)) - truth(i, j), 2) / 2;
  EXPECT_NEAR(value_at(*p, x), seen, 1e-13 * seen);
  EXPECT_NEAR(value_at(*full, x), whole, 1e-13 * whole);
}

TEST(AsymmetricSensing, ComponentsAndBatchesAverageToTheWhole) {
  const auto p = made("sampled", {{"noise", 0.1}, {"measurements", std::int64_t{130}}});
  const Blocks x = somewhere(*p);
  const Rows rows = {7, 129, 7};
  EXPECT_EQ(value_at(*p, x), gradient_at(*p, x).f);
  EXPECT_EQ(value_at(*p, x, rows), gradient_at(*p, x, rows).f);
  EXPECT_NEAR(taylor_order(*p, x, rows), 2, 0.1);
  EXPECT_LT(components_gap(*p, x), 1e-13);
  EXPECT_LT(batches_gap(*p, x, 13), 1e-13);
}

TEST(AsymmetricSensing, SolvesOneFactorAtATime) {
  for (const char* observation : {"full", "sampled"})
    for (const std::size_t i : {0, 1}) {
      const auto p = made(observation, {{"noise", 0.1}});
      const Blocks x = somewhere(*p);
      Blocks solved = x;
      p->solve_block(i, x, solved);
      EXPECT_EQ(arma::norm(solved.block(1 - i) - x.block(1 - i)), 0);
      const Slope at = gradient_at(*p, solved);
      EXPECT_LT(arma::norm(at.g.block(i)), 1e-9) << observation;
      EXPECT_LT(at.f, value_at(*p, x)) << observation;
    }
}

TEST(AsymmetricSensing, StartsUnbalanced) {
  const auto p = built(problems::asymmetric_sensing(), {{"dimension", std::int64_t{400}},
                                                        {"dimension2", std::int64_t{100}},
                                                        {"rank", std::int64_t{50}},
                                                        {"init_scale", 0.1}});
  const Blocks x = start_of(*p);
  EXPECT_NEAR(arma::norm(x.block(0), "fro") / 0.1, std::sqrt(50.0), 0.3);
  EXPECT_NEAR(arma::norm(x.block(1), "fro") / 0.1, std::sqrt(50.0) / 3, 0.2);
}

TEST(AsymmetricSensing, TheTruthIsSymmetricWhereItCanBe) {
  const Given square = {
      {"dimension", std::int64_t{7}}, {"dimension2", std::int64_t{7}}, {"true_rank", std::int64_t{3}}};
  const auto even = made("full", square);
  const arma::mat& m = even->facts().truth_matrix;
  EXPECT_LT(arma::norm(m - m.t(), "fro"), 1e-15);
  Given other = square;
  other["symmetric_truth"] = false;
  const auto askew = made("full", other);
  const arma::mat& n = askew->facts().truth_matrix;
  EXPECT_GT(arma::norm(n - n.t(), "fro"), 0.1);
  const double expected[] = {1, (1 + 1 / 1.5) / 2, 1 / 1.5};
  for (const auto& p : {even, askew}) {
    const arma::vec s = singular_values(p->facts().truth_matrix);
    for (arma::uword i = 0; i < 3; ++i) EXPECT_NEAR(s[i], expected[i], 1e-14);
    EXPECT_LT(arma::norm(p->estimate(*p->facts().solution) - p->facts().truth_matrix, "fro"), 1e-14);
  }
}

TEST(AsymmetricSensing, TooFewColumnsKeepTheLeadingPart) {
  const auto p = made("full", {{"true_rank", std::int64_t{3}}, {"rank", std::int64_t{1}}, {"condition_number", 4.0}});
  EXPECT_NEAR(*p->facts().minimum, 0.5 * (0.625 * 0.625 + 0.25 * 0.25), 1e-15);
  EXPECT_NEAR(value_at(*p, *p->facts().solution), *p->facts().minimum, 1e-15);
  EXPECT_LT(arma::norm(gradient_at(*p, *p->facts().solution).g.flat()), 1e-14);
}

/// What is seen of the table over p, zero elsewhere.
arma::mat filled(const ProblemModel& problem, double p) {
  const arma::mat entries = dumped(problem, "entries"), y = dumped(problem, "y");
  arma::mat seen(arma::size(problem.facts().truth_matrix), arma::fill::zeros);
  for (arma::uword k = 0; k < entries.n_rows; ++k)
    seen(static_cast<arma::uword>(entries(k, 0)), static_cast<arma::uword>(entries(k, 1))) = y(k, 0) / p;
  return seen;
}

/// By a full SVD, and by Lanczos where that would cost too much.
TEST(MatrixCompletion, StartsAtTheLeadingPartOfWhatIsSeen) {
  for (const std::int64_t size : {12, 420}) {
    const auto problem = built(problems::matrix_completion(), {{"dimension", size},
                                                               {"dimension2", size - 3},
                                                               {"true_rank", std::int64_t{2}},
                                                               {"rank", std::int64_t{2}},
                                                               {"start", std::string("spectral")}});
    const arma::mat seen = filled(*problem, 0.5);
    arma::mat u, v;
    arma::vec s;
    ASSERT_TRUE(arma::svd_econ(u, s, v, seen));
    const arma::mat best = u.head_cols(2) * arma::diagmat(s.head(2)) * v.head_cols(2).t();
    const Blocks x = start_of(*problem);
    EXPECT_LT(arma::norm(problem->estimate(x) - best, "fro"), 1e-8 * arma::norm(best, "fro")) << size;
    const arma::mat f = x.block(0), g = x.block(1);
    EXPECT_LT(arma::norm(f.t() * f - g.t() * g, "fro"), 1e-8) << size;
  }
}

TEST(MatrixCompletion, MoreColumnsThanTheTableHasStayZeroAtTheStart) {
  const auto problem = built(problems::matrix_completion(), {{"dimension", std::int64_t{5}},
                                                             {"dimension2", std::int64_t{4}},
                                                             {"rank", std::int64_t{6}},
                                                             {"start", std::string("spectral")}});
  const Blocks x = start_of(*problem);
  EXPECT_LT(arma::norm(problem->estimate(x) - filled(*problem, 0.5), "fro"), 1e-13);
  EXPECT_EQ(arma::norm(x.block(0).tail_cols(2), "fro"), 0);
}

TEST(MatrixCompletion, LiftSeesTheSameLoss) {
  const auto problem =
      built(problems::matrix_completion(), {{"dimension", std::int64_t{7}}, {"dimension2", std::int64_t{5}}});
  const auto lifted = problem->lift();
  const Blocks x = somewhere(*problem);
  const arma::mat estimate = problem->estimate(x);
  Blocks z = start_of(*lifted);
  EXPECT_EQ(arma::norm(z.flat()), 0);
  z.block(0) = estimate;
  for (const Rows& rows : {Rows{}, Rows{3, 0, 3}}) {
    EXPECT_NEAR(value_at(*lifted, z, rows), value_at(*problem, x, rows), 1e-13 * value_at(*problem, x, rows));
    const Slope at_z = gradient_at(*lifted, z, rows), at_x = gradient_at(*problem, x, rows);
    const arma::mat gz = at_z.g.block(0), gx = at_x.g.block(0), right = x.block(1);
    EXPECT_LT(arma::norm(gz * right - gx, "fro"), 1e-12 * arma::norm(gx, "fro"));
  }
  EXPECT_EQ(*lifted->facts().smoothness, 2);  // one over the share seen
}

}  // namespace
}  // namespace kappa
