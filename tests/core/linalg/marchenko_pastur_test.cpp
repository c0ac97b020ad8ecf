/// Tests of the Marchenko-Pastur law against quadrature, its moments and a sample.
#include "core/linalg/marchenko_pastur.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

/// Midpoint rule in the angle, where the square roots at both edges are smooth.
double integral(double a, double b, const std::function<double(double)>& f) {
  const int n = 20000;
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    const double angle = std::numbers::pi * (i + 0.5) / n;
    sum += f(0.5 * (a + b) - 0.5 * (b - a) * std::cos(angle)) * 0.5 * (b - a) * std::sin(angle);
  }
  return sum * std::numbers::pi / n;
}

TEST(MarchenkoPastur, CheckedValues) {
  const MarchenkoPastur law(0.5);
  EXPECT_NEAR(law.lower(), 0.0858, 1e-4);
  EXPECT_NEAR(law.upper(), 2.9142, 1e-4);
  EXPECT_NEAR(integral(law.lower(), law.upper(), [&](double x) { return law.density(x); }), 1.0, 1e-5);
  EXPECT_EQ(law.atom(), 0.0);
}

RC_GTEST_PROP(MarchenkoPastur, MassMomentsAndAtom, ()) {
  const double gamma = *rc::gen::inRange(1, 600) / 100.0, variance = *rc::gen::inRange(1, 50) / 10.0;
  const MarchenkoPastur law(gamma, variance);
  const auto moment = [&](int k) {
    return integral(law.lower(), law.upper(), [&](double x) { return std::pow(x, k) * law.density(x); });
  };
  RC_ASSERT(std::abs(moment(0) + law.atom() - 1) < 1e-5);
  RC_ASSERT(std::abs(moment(1) - variance) < 1e-6 * variance);
  RC_ASSERT(std::abs(moment(2) - variance * variance * (1 + gamma)) < 1e-5 * variance * variance * (1 + gamma));
  RC_ASSERT(std::abs(law.atom() - std::max(0.0, 1 - 1 / gamma)) < 1e-15);
}

RC_GTEST_PROP(MarchenkoPastur, CdfIsTheIntegralOfTheDensity, ()) {
  const double gamma = *rc::gen::inRange(5, 400) / 100.0, part = *rc::gen::inRange(1, 100) / 100.0;
  const MarchenkoPastur law(gamma, 1.7);
  const double x = law.lower() + part * (law.upper() - law.lower());
  const double mass = integral(law.lower(), x, [&](double t) { return law.density(t); });
  RC_ASSERT(std::abs(law.cdf(x) - law.atom() - mass) < 1e-5);
}

RC_GTEST_PROP(MarchenkoPastur, QuantileInvertsTheCdf, ()) {
  const double gamma = *rc::gen::inRange(5, 400) / 100.0, p = *rc::gen::inRange(0, 1001) / 1000.0;
  const MarchenkoPastur law(gamma, 0.3);
  const double x = law.quantile(p);
  if (gamma > 1 && p <= law.atom())
    RC_ASSERT(x == 0.0);
  else
    RC_ASSERT(std::abs(law.cdf(x) - p) < 1e-12);
}

TEST(MarchenkoPastur, EdgesOfTheCdf) {
  for (const double gamma : {0.2, 1.0, 3.0}) {
    const MarchenkoPastur law(gamma);
    EXPECT_EQ(law.cdf(-1), 0.0);
    EXPECT_EQ(law.cdf(0), law.atom());
    EXPECT_EQ(law.cdf(law.lower() / 2), law.atom());
    EXPECT_EQ(law.cdf(law.upper()), 1.0);
    EXPECT_EQ(law.cdf(1e9), 1.0);
    EXPECT_EQ(law.density(-1.0), 0.0);
    EXPECT_EQ(law.density(law.upper() + 1), 0.0);
    EXPECT_NEAR(law.quantile(1), law.upper(), 1e-12);
  }
}

TEST(MarchenkoPastur, SingularValuesAreTheRoots) {
  for (const double gamma : {0.3, 1.0, 2.5}) {
    const MarchenkoPastur law(gamma, 2.0);
    const double mass =
        integral(std::sqrt(law.lower()), std::sqrt(law.upper()), [&](double s) { return law.singular_density(s); });
    EXPECT_NEAR(mass + law.atom(), 1.0, 1e-5);
    const double s = std::sqrt(0.5 * (law.lower() + law.upper()));
    EXPECT_NEAR(law.singular_density(s), 2 * s * law.density(s * s), 1e-14);
  }
  const MarchenkoPastur quarter_circle(1.0);
  EXPECT_NEAR(quarter_circle.singular_density(0.0), 2 / std::numbers::pi, 1e-14);
  EXPECT_NEAR(quarter_circle.singular_density(1e-6), 2 / std::numbers::pi, 1e-6);
}

TEST(MarchenkoPastur, ASampleFollowsIt) {
  const arma::mat x = normal_matrix(Rng(0, "sample"), 400, 200);
  const arma::vec eigenvalues = arma::square(singular_values(x)) / 400.0;
  const MarchenkoPastur law(0.5);
  EXPECT_NEAR(eigenvalues.min(), law.lower(), 0.03);
  EXPECT_NEAR(eigenvalues.max(), law.upper(), 0.15);
  for (arma::uword i = 0; i < 200; ++i)
    EXPECT_NEAR(law.cdf(eigenvalues(199 - i)), (static_cast<double>(i) + 0.5) / 200, 0.02);
  EXPECT_NEAR(marchenko_pastur_variance(9.0 * eigenvalues, 0.5), 9.0, 0.3);
  EXPECT_NEAR(law.median(), arma::median(eigenvalues), 0.03);
}

TEST(MarchenkoPastur, IllegalInputIsNaN) {
  for (const auto& law : {MarchenkoPastur(0), MarchenkoPastur(-1), MarchenkoPastur(1, 0),
                          MarchenkoPastur(arma::datum::nan), MarchenkoPastur(arma::datum::inf)})
    for (const double value : {law.lower(), law.upper(), law.atom(), law.density(1.0), law.singular_density(1.0),
                               law.cdf(1), law.quantile(0.5), law.median()})
      EXPECT_TRUE(std::isnan(value));
  EXPECT_TRUE(std::isnan(MarchenkoPastur(0.5).quantile(1.5)));
  EXPECT_TRUE(std::isnan(MarchenkoPastur(0.5).density(arma::datum::nan)));
  EXPECT_TRUE(std::isnan(marchenko_pastur_variance({}, 0.5)));
  EXPECT_TRUE(std::isnan(marchenko_pastur_variance({0, 0, 1}, 3.0)));
}

TEST(MarchenkoPastur, VectorsAreElementwise) {
  const MarchenkoPastur law(0.7);
  const arma::vec at = {0.1, 0.5, 1.0, 9.0};
  for (arma::uword i = 0; i < at.n_elem; ++i) {
    EXPECT_EQ(law.density(at)(i), law.density(at(i)));
    EXPECT_EQ(law.singular_density(at)(i), law.singular_density(at(i)));
  }
}

TEST(MarchenkoPastur, Integrals) {
  for (const double gamma : {0.3, 1.0, 2.5}) {
    const MarchenkoPastur law(gamma, 1.7);
    EXPECT_NEAR(law.integral([](double) { return 1.0; }), 1 - law.atom(), gamma == 1 ? 1e-6 : 1e-12);
    EXPECT_NEAR(law.integral([](double x) { return x; }), 1.7, 1e-12);
    EXPECT_NEAR(law.integral([](double x) { return x * x; }), 1.7 * 1.7 * (1 + gamma), 1e-11);
  }
  EXPECT_NEAR(MarchenkoPastur(0.3, 1.7).integral([](double x) { return 1 / x; }), 1 / (1.7 * 0.7), 1e-12);
  EXPECT_TRUE(std::isnan(MarchenkoPastur(-1).integral([](double x) { return x; })));
}

}  // namespace
}  // namespace kappa
