/// The Weibull fit on laws whose shape is known, against a plain re-computation, and where there is no fit.
#include "core/linalg/weibull.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

arma::vec sample(arma::uword n, std::uint64_t seed, const std::function<double(Rng&)>& draw) {
  Rng rng(seed, "sample");
  arma::vec out(n);
  for (double& each : out) each = draw(rng);
  return out;
}

double mean_shape(const std::function<double(Rng&)>& draw) {
  double sum = 0;
  for (std::uint64_t seed = 101; seed < 106; ++seed) sum += weibull_fit(sample(100'000, seed, draw)).shape / 5;
  return sum;
}

TEST(Weibull, ShapesOfKnownLaws) {
  EXPECT_NEAR(mean_shape([](Rng& r) { return r.normal(); }), 1.207, 0.02);
  EXPECT_NEAR(mean_shape([](Rng& r) { return r.rademacher() * r.exponential(); }), 1.000, 0.02);
  EXPECT_NEAR(mean_shape([](Rng& r) { return r.uniform(-1, 1); }), 1.374, 0.02);
  EXPECT_NEAR(mean_shape([](Rng& r) { return r.student(3); }), 1.107, 0.02);
  EXPECT_NEAR(mean_shape([](Rng& r) { return 2 * std::pow(r.exponential(), 1 / 1.7); }), 1.700, 0.02);
}

TEST(Weibull, NumbersOfANormalAndOfATrueWeibull) {
  const WeibullFit normal = weibull_fit(sample(100'000, 1, [](Rng& r) { return r.normal(); }));
  EXPECT_NEAR(normal.scale, 0.886, 0.01);
  EXPECT_NEAR(normal.r_squared, 0.998, 0.001);
  const WeibullFit own = weibull_fit(sample(100'000, 1, [](Rng& r) { return 2 * std::pow(r.exponential(), 1 / 1.7); }));
  EXPECT_NEAR(own.scale, 1.998, 0.02);
  EXPECT_GT(own.r_squared, 0.9999);
  EXPECT_LT(own.distance, 0.01);
  EXPECT_GT(normal.distance, own.distance);
}

TEST(Weibull, OfASmallNormalMatrix) {
  double sum = 0;
  for (std::uint64_t seed = 101; seed < 111; ++seed)
    sum += weibull_fit(normal_matrix(Rng(seed, "w"), 64, 64)).shape / 10;
  EXPECT_NEAR(sum, 1.207, 0.03);
}

TEST(Weibull, ByPlainSums) {
  const arma::mat w = normal_matrix(Rng(5, "w"), 15, 12);
  std::vector<double> size(w.begin(), w.end());
  for (double& each : size) each = std::abs(each);
  std::sort(size.begin(), size.end());
  arma::mat a(0, 2);
  arma::vec y;
  for (int i = 1; i <= 180; ++i) {
    const double f = (i - 0.5) / 180;
    if (f < 0.1 || f > 0.9) continue;
    a.insert_rows(a.n_rows, arma::rowvec{std::log(size[static_cast<std::size_t>(i - 1)]), 1});
    y.insert_rows(y.n_rows, arma::vec{std::log(-std::log(1 - f))});
  }
  const arma::vec line = arma::solve(a, y), miss = y - a * line;
  const WeibullFit found = weibull_fit(w);
  EXPECT_NEAR(found.shape, line[0], 1e-11);
  EXPECT_NEAR(found.scale, std::exp(-line[1] / line[0]), 1e-11);
  EXPECT_NEAR(found.r_squared, 1 - arma::dot(miss, miss) / arma::accu(arma::square(y - arma::mean(y))), 1e-11);
}

TEST(Weibull, SeesScaleButNotSignOrPlace) {
  const arma::mat w = normal_matrix(Rng(6, "w"), 20, 10);
  const WeibullFit one = weibull_fit(w), scaled = weibull_fit(arma::mat(-3 * arma::reshape(w.t(), 5, 40)));
  EXPECT_NEAR(scaled.shape, one.shape, 1e-12);
  EXPECT_NEAR(scaled.scale, 3 * one.scale, 1e-11);
  EXPECT_NEAR(scaled.r_squared, one.r_squared, 1e-12);
  EXPECT_NEAR(scaled.distance, one.distance, 1e-12);
}

TEST(Weibull, NoFit) {
  arma::mat bad = normal_matrix(Rng(7, "w"), 20, 10), mostly_zero(20, 10, arma::fill::zeros);
  bad(3, 3) = arma::datum::nan;
  mostly_zero.head_cols(1).randu();
  for (const arma::mat& w :
       {arma::mat(), arma::mat(20, 10, arma::fill::zeros), arma::mat(20, 10, arma::fill::value(0.3)),
        normal_matrix(Rng(8, "w"), 1, 99), bad, mostly_zero}) {
    const WeibullFit fit = weibull_fit(w);
    EXPECT_TRUE(std::isnan(fit.shape) && std::isnan(fit.scale) && std::isnan(fit.r_squared) &&
                std::isnan(fit.distance));
  }
  EXPECT_FALSE(std::isnan(weibull_fit(normal_matrix(Rng(8, "w"), 1, 100)).shape));
}

}  // namespace
}  // namespace kappa
