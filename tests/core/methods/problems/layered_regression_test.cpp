/// Layered regression: derivatives, residuals, facts, and the loss by plain loops over what it dumps.
#include <gtest/gtest.h>

#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method layered_regression();
}

namespace kappa {
namespace {

using namespace support;

TEST(LayeredRegression, DerivativesAreTrue) {
  for (const double bend : {0.4, 0.0}) {
    const auto p = built(problems::layered_regression(), {{"bend", bend}, {"samples", std::int64_t{40}}});
    const Blocks x = somewhere(*p);
    ASSERT_EQ(x.count(), 3u);
    EXPECT_NEAR(taylor_order(*p, x), 2, 0.05);
    EXPECT_NEAR(taylor_order(*p, x, {2, 0, 7}), 2, 0.05);
    EXPECT_LT(hessian_gap(*p, x), 1e-6);
    EXPECT_LT(dense_gap(*p, x), 1e-13);
    EXPECT_LT(components_gap(*p, x), 1e-12);
    EXPECT_LT(batches_gap(*p, x, 7), 1e-12);
    arma::vec r;
    arma::mat j;
    Scratch room;
    p->residual(x, r, {{}, Rng(0, "r"), room});
    p->jacobian(x, j, {{}, Rng(0, "r"), room});
    const Slope at = gradient_at(*p, x);
    EXPECT_NEAR(0.3 + 0.5 * arma::dot(r, r), at.f, 1e-12);
    EXPECT_LT(arma::norm(j.t() * r - at.g.flat()), 1e-12);
    EXPECT_NEAR(value_at(*p, *p->facts().solution), 0.3, 1e-15);
    const arma::vec curvature = arma::eig_sym(p->hessian(*p->facts().solution));
    EXPECT_GE(*p->facts().smoothness, curvature.max() * (1 - 1e-12));
    EXPECT_LE(*p->facts().strong_convexity, curvature.min() * (1 + 1e-12));
  }
}

TEST(LayeredRegression, DumpGivesTheLossByPlainLoops) {
  const auto p = built(problems::layered_regression(), {{"samples", std::int64_t{9}}, {"bend", 0.7}});
  const arma::mat a = dumped(*p, "straight"), w = dumped(*p, "bent"), truth = dumped(*p, "truth");
  const Blocks x = somewhere(*p);
  double f = 0.3;
  for (arma::uword i = 0; i < 9; ++i) {
    double straight = 0, now = 0, there = 0;
    for (arma::uword k = 0; k < a.n_cols; ++k) {
      straight += a(i, k) * (x.flat()[k] - truth[k]);
      now += w(i, k) * x.flat()[k];
      there += w(i, k) * truth[k];
    }
    const double r = straight + 0.7 * (std::tanh(now) - std::tanh(there));
    f += r * r / 18;
  }
  EXPECT_NEAR(value_at(*p, x), f, 1e-13 * f);
}

}  // namespace
}  // namespace kappa
