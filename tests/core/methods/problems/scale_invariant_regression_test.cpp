/// Scale-invariant regression: length changes nothing but the gradient's, and the gradient only turns.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method scale_invariant_regression();
Method schedule_bound();
}  // namespace kappa::problems

namespace kappa {
namespace {

using namespace support;

TEST(ScaleInvariantRegression, OnlyTheDirectionPredicts) {
  const auto p = built(problems::scale_invariant_regression(),
                       {{"samples", std::int64_t{40}}, {"features", std::int64_t{6}}, {"start_norm", 3.0}});
  const Blocks x = start_of(*p);
  EXPECT_NEAR(arma::norm(x.flat()), 3, 1e-12);
  Blocks longer = x;
  longer.flat() *= 2.5;
  const Slope one = gradient_at(*p, x), two = gradient_at(*p, longer);
  EXPECT_NEAR(one.f, two.f, 1e-13);
  EXPECT_LT(arma::norm(one.g.flat() - 2.5 * two.g.flat()), 1e-13);
  EXPECT_LT(std::abs(arma::dot(one.g.flat(), x.flat())), 1e-13);
  for (const Rows& rows : {Rows{}, Rows{3, 3, 39}}) EXPECT_NEAR(taylor_order(*p, x, rows), 2, 0.05);

  const arma::mat data = p->data()[0].value;
  const arma::vec y = p->data()[1].value, r = data * x.flat() / 3 - y;
  EXPECT_NEAR(one.f, arma::dot(r, r) / 80, 1e-13);
  EXPECT_NEAR(arma::norm(p->facts().truth->flat()), 1, 1e-12);
}

TEST(ScaleInvariantRegression, HasNoDirectionAtZero) {
  const auto p = built(problems::scale_invariant_regression(), {{"samples", std::int64_t{10}}});
  const Blocks zero = zeros_like(start_of(*p));
  EXPECT_EQ(arma::norm(gradient_at(*p, zero).g.flat()), 0);
}

TEST(ScheduleBound, IsSmoothInEveryRateAndProjectsToPositiveOnes) {
  const auto p = built(problems::schedule_bound(), {{"steps", std::int64_t{9}}});
  Blocks x = start_of(*p);
  EXPECT_NEAR(taylor_order(*p, x), 2, 0.05);
  // One step of size η from D = G = 1: 1/(2η) + η/2.
  const auto single = built(problems::schedule_bound(), {{"steps", std::int64_t{1}}, {"start_rate", 0.5}});
  EXPECT_DOUBLE_EQ(value_at(*single, start_of(*single)), 1.25);
  x.flat()[3] = -1;
  Blocks out = zeros_like(x);
  p->project(x, out);
  EXPECT_EQ(out.flat()[3], 1e-9);
  EXPECT_EQ(out.flat()[2], x.flat()[2]);
}

}  // namespace
}  // namespace kappa
