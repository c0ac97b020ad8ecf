/// Planes go through the solution and the start, along the directions they say, and show a problem as it is.
#include "core/kinds/slice.hpp"

#include <gtest/gtest.h>

#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method landscape();
Method linear_regression();
Method logistic_regression();
Method matrix_sensing();
Method quadratic();
}  // namespace kappa::problems

namespace kappa {
namespace {

using namespace support;

Slice sliced(const ProblemModel& problem) {
  auto slice = slice_through(problem, start_of(problem), Rng(1, "slice"));
  EXPECT_TRUE(slice.has_value());
  return *slice;
}

double height_at(const ProblemModel& problem, const Slice& slice, double x, double y) {
  Blocks at = zeros_like(slice.centre);
  slice.point({x, y}, at);
  return value_at(problem, at);
}

void expect_orthonormal(const Slice& slice) {
  EXPECT_NEAR(arma::norm(slice.across), 1, 1e-12);
  EXPECT_NEAR(arma::norm(slice.up), 1, 1e-12);
  EXPECT_NEAR(arma::dot(slice.across, slice.up), 0, 1e-12);
}

void expect_inside(const Slice& slice, const Vertex& at) {
  EXPECT_GT(at.x, slice.frame.x0);
  EXPECT_LT(at.x, slice.frame.x1);
  EXPECT_GT(at.y, slice.frame.y0);
  EXPECT_LT(at.y, slice.frame.y1);
}

TEST(Slice, OfABowlTakesTheTwoExtremeDirections) {
  const auto problem = built(problems::quadratic(), {{"dimension", std::int64_t{12}}, {"condition_number", 50.0}});
  const Slice slice = sliced(*problem);
  EXPECT_EQ(slice.kind, PlaneKind::extreme);
  expect_orthonormal(slice);
  const Facts& facts = problem->facts();
  for (const double x : {-1.0, 0.3})
    for (const double y : {-0.2, 0.9})
      EXPECT_NEAR(height_at(*problem, slice, x, y), 0.5 * (*facts.strong_convexity * x * x + *facts.smoothness * y * y),
                  1e-12);
  const Vertex start = slice.place(start_of(*problem));
  EXPECT_NEAR(start.x, -1, 1e-12) << "the start has weight one on every direction, here to the left";
  EXPECT_NEAR(start.y, 1, 1e-12);
  expect_inside(slice, start);
  ASSERT_TRUE(slice.best.has_value());
  EXPECT_NEAR(slice.place(*facts.solution).x, slice.best->x, 1e-12);
}

TEST(Slice, PointsAndPlacesAreInverse) {
  const auto problem =
      built(problems::linear_regression(), {{"samples", std::int64_t{40}}, {"features", std::int64_t{8}}});
  const Slice slice = sliced(*problem);
  Blocks x = zeros_like(slice.centre);
  slice.point({0.37, -1.2}, x);
  const Vertex back = slice.place(x);
  EXPECT_NEAR(back.x, 0.37, 1e-12);
  EXPECT_NEAR(back.y, -1.2, 1e-12);
}

TEST(Slice, OfTwoParametersIsTheirOwnPlane) {
  const auto problem = built(problems::landscape(), {{"function", std::string("himmelblau")}});
  const Slice slice = sliced(*problem);
  EXPECT_EQ(slice.kind, PlaneKind::own);
  EXPECT_EQ(slice.frame.x1, 5);
  const Blocks x = single_block("x", arma::vec{1.25, -3});
  EXPECT_EQ(slice.place(x).x, 1.25);
  EXPECT_EQ(slice.place(x).y, -3);
  EXPECT_EQ(height_at(*problem, slice, 1.25, -3), value_at(*problem, x));
}

TEST(Slice, ElsewhereGoesFromTheStartToTheOptimumAndAcrossTheSteepestWay) {
  const auto problem = built(
      problems::matrix_sensing(),
      {{"dimension", std::int64_t{8}}, {"true_rank", std::int64_t{2}}, {"rank", std::int64_t{3}}, {"init_scale", 0.1}});
  const Blocks start = start_of(*problem);
  const Slice slice = sliced(*problem);
  EXPECT_EQ(slice.kind, PlaneKind::steepest);
  expect_orthonormal(slice);
  const Vertex from = slice.place(start);
  EXPECT_NEAR(from.y, 0, 1e-10);
  EXPECT_LT(from.x, 0);
  expect_inside(slice, from);
  EXPECT_NEAR(height_at(*problem, slice, from.x, from.y), value_at(*problem, start), 1e-12);
  EXPECT_NEAR(value_at(*problem, slice.centre), *problem->facts().minimum, 1e-20);
  // No direction across is steeper than the one taken.
  Blocks v = zeros_like(start), hv = zeros_like(start);
  v.flat() = slice.up;
  problem->hessian_product(slice.centre, v, hv);
  const double taken = arma::dot(slice.up, hv.flat());
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    v.flat() = normal_vector(Rng(seed, "other"), start.flat().n_elem);
    v.flat() -= arma::dot(v.flat(), slice.across) * slice.across;
    v.flat() /= arma::norm(v.flat());
    problem->hessian_product(slice.centre, v, hv);
    EXPECT_LE(arma::dot(v.flat(), hv.flat()), taken * (1 + 1e-6));
  }
}

TEST(Slice, OfAFactorMeansTheSolutionNearestToTheStart) {
  const auto problem = built(
      problems::matrix_sensing(),
      {{"dimension", std::int64_t{6}}, {"true_rank", std::int64_t{2}}, {"rank", std::int64_t{2}}, {"init_scale", 1.0}});
  const Blocks start = start_of(*problem);
  const Slice slice = sliced(*problem);
  const double turned = arma::norm(slice.centre.flat() - start.flat());
  EXPECT_LT(turned, arma::norm(problem->facts().solution->flat() - start.flat()));
  EXPECT_LT(value_at(*problem, slice.centre), 1e-18);
}

TEST(Slice, IsTheSameEveryTime) {
  const auto problem = built(problems::matrix_sensing(), {{"dimension", std::int64_t{8}}, {"init_scale", 0.1}});
  const Slice a = sliced(*problem), b = sliced(*problem);
  EXPECT_TRUE(arma::all(a.up == b.up));
  EXPECT_TRUE(arma::all(a.across == b.across));
  EXPECT_EQ(a.frame.y1, b.frame.y1);
}

TEST(Slice, StaysEmptyWhereThereIsNoPlane) {
  const auto line = built(problems::quadratic(), {{"dimension", std::int64_t{1}}});
  EXPECT_FALSE(slice_through(*line, start_of(*line), Rng(1, "slice")).has_value());
  const auto bowl = built(problems::quadratic(), {{"dimension", std::int64_t{3}}});
  EXPECT_FALSE(slice_through(*bowl, *bowl->facts().solution, Rng(1, "slice")).has_value()) << "begun at the solution";
}

TEST(Slice, DearProblemsGetFewerPointsOrNone) {
  const auto small = built(problems::quadratic(), {{"dimension", std::int64_t{12}}});
  EXPECT_EQ(slice_points(*small, sliced(*small)), 101u);
  const auto large = built(problems::quadratic(), {{"dimension", std::int64_t{300}}});
  const std::uint32_t fewer = slice_points(*large, sliced(*large));
  EXPECT_LT(fewer, 101u);
  EXPECT_GT(fewer, 1u);
}

}  // namespace
}  // namespace kappa
