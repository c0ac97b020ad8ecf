/// Unconstrained features: derivatives, the global minimum, and what one step of gradient descent does to H.
#include <gtest/gtest.h>

#include "core/linalg/spectrum.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method unconstrained_features();
}

namespace kappa {
namespace {

using namespace support;
using problems::unconstrained_features;

const Given kSmall = {{"class_sizes", std::vector<double>{5, 3, 1}}, {"features", std::int64_t{4}}};

Given with(Given given, const char* key, Value value) {
  given.insert_or_assign(key, std::move(value));
  return given;
}

TEST(UnconstrainedFeatures, DerivativesAreTrue) {
  for (const std::int64_t layers : {1, 2, 4}) {
    const auto p = built(unconstrained_features(), with(kSmall, "layers", layers));
    const Blocks x = somewhere(*p, 0.5);
    EXPECT_NEAR(taylor_order(*p, x), 2, 0.05);
    EXPECT_LT(hessian_gap(*p, x), 1e-7);
  }
}

TEST(UnconstrainedFeatures, LossByPlainSums) {
  const auto p = built(unconstrained_features(), with(kSmall, "layers", std::int64_t{2}));
  const Blocks x = somewhere(*p);
  const arma::mat h = std::sqrt(3.0) * x.block(2), y = dumped(*p, "Y");  // 9 samples, 3 classes
  ASSERT_EQ(y.n_cols, 9u);
  EXPECT_EQ(arma::accu(y.row(0)), 5);
  const arma::mat miss = x.block(1) * x.block(0) * h - y;
  double expected = arma::accu(arma::square(miss)) / 18 + 0.00125 * arma::accu(arma::square(h));
  for (const std::size_t i : {0, 1}) expected += 0.025 * arma::accu(arma::square(x.block(i)));
  EXPECT_NEAR(value_at(*p, x), expected, 1e-13);
}

/// Nothing near the minimum is lower, and descents from many starts do not get below it.
TEST(UnconstrainedFeatures, TheSolutionIsAMinimum) {
  for (const std::int64_t layers : {1, 3})
    for (const std::int64_t features : {2, 4}) {
      const auto p = built(unconstrained_features(), with(with(kSmall, "layers", layers), "features", features));
      const Facts& facts = p->facts();
      EXPECT_NEAR(value_at(*p, *facts.solution), *facts.minimum, 1e-14);
      EXPECT_LT(arma::norm(gradient_at(*p, *facts.solution).g.flat()), 1e-12);
      for (std::uint64_t seed = 1; seed < 4; ++seed) {
        Blocks x = start_of(*p, seed);
        for (int t = 0; t < 3000; ++t) x.flat() -= 0.1 * gradient_at(*p, x).g.flat();
        EXPECT_GE(value_at(*p, x), *facts.minimum - 1e-12);
      }
    }
}

TEST(UnconstrainedFeatures, AStepOnTheFeaturesIsSTimesAsLong) {
  const auto p = built(unconstrained_features(), with(kSmall, "feature_speed", 6.25));
  const auto same = built(unconstrained_features(), with(kSmall, "feature_speed", 1.0));
  const Blocks x = start_of(*p), h = start_of(*same);
  EXPECT_LT(arma::norm(2.5 * x.block(1) - h.block(1), "fro"), 1e-14);
  EXPECT_NEAR(value_at(*p, x), value_at(*same, h), 1e-14);
  const Slope scaled = gradient_at(*p, x), plain = gradient_at(*same, h);
  const arma::mat moved = 2.5 * (x.block(1) - 0.1 * scaled.g.block(1));
  EXPECT_LT(arma::norm(moved - (h.block(1) - 0.1 * 6.25 * plain.g.block(1)), "fro"), 1e-14);
  EXPECT_LT(arma::norm(scaled.g.block(0) - plain.g.block(0), "fro"), 1e-14);
}

}  // namespace
}  // namespace kappa
