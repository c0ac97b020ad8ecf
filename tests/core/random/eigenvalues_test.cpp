/// Tests of the covariance spectra against their table.
#include "core/random/eigenvalues.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>

namespace kappa {
namespace {

using enum SpectrumShape;
constexpr std::array kAll = {isotropic, geometric, linear, powerlaw, twocluster, spiked};

double gap(const arma::vec& a, const arma::vec& b) { return arma::abs(a - b).max(); }

TEST(CovarianceEigenvalues, Table) {
  EXPECT_LT(gap(covariance_eigenvalues(isotropic, 3, 100), {1, 1, 1}), 1e-15);
  EXPECT_LT(gap(covariance_eigenvalues(geometric, 3, 100), {1, 0.1, 0.01}), 1e-15);
  EXPECT_LT(gap(covariance_eigenvalues(linear, 3, 10), {1, 0.55, 0.1}), 1e-15);
  EXPECT_LT(gap(covariance_eigenvalues(powerlaw, 4, 999, 2), {1, 0.25, 1.0 / 9, 1.0 / 16}), 1e-15);
  EXPECT_LT(gap(covariance_eigenvalues(twocluster, 5, 4, 0, 0.4), {1, 1, 0.25, 0.25, 0.25}), 1e-15);
  EXPECT_LT(gap(covariance_eigenvalues(spiked, 4, 4, 0, 0, 1), {1, 0.25, 0.25, 0.25}), 1e-15);
  EXPECT_LT(gap(covariance_eigenvalues(spiked, 3, 4, 0, 0, 3), {1, 1, 1}), 1e-15);
}

RC_GTEST_PROP(CovarianceEigenvalues, DescendFromOneWithTheirConditionNumber, ()) {
  const arma::uword d = *rc::gen::inRange(2, 40);
  const double kappa = std::pow(10.0, *rc::gen::inRange(0, 80) / 10.0), alpha = *rc::gen::inRange(0, 30) / 10.0;
  const double fraction = *rc::gen::inRange(1, 100) / 100.0;
  const arma::uword count = *rc::gen::inRange<arma::uword>(1, d);
  for (const SpectrumShape shape : kAll) {
    const arma::vec v = covariance_eigenvalues(shape, d, kappa, alpha, fraction, count);
    RC_ASSERT(v.n_elem == d);
    RC_ASSERT(v(0) == 1.0);
    RC_ASSERT(v.is_sorted("descend"));
    const double expected = shape == isotropic  ? 1.0
                            : shape == powerlaw ? std::pow(static_cast<double>(d), alpha)
                                                : kappa;
    RC_ASSERT(std::abs(v(0) / v.back() / expected - 1) < 1e-9);
  }
}

TEST(CovarianceEigenvalues, SmallestSizes) {
  for (const SpectrumShape shape : kAll) {
    EXPECT_TRUE(covariance_eigenvalues(shape, 0, 10).is_empty());
    const arma::vec one = covariance_eigenvalues(shape, 1, 10, 2, 0.1, 1);
    ASSERT_EQ(one.n_elem, 1u);
    EXPECT_EQ(one(0), 1.0);
  }
}

TEST(Spaced, EndsAndSinglePoints) {
  EXPECT_LT(gap(lin_spaced(1, 0, 5), {1, 0.75, 0.5, 0.25, 0}), 1e-15);
  EXPECT_LT(gap(log_spaced(0, -2, 3), {1, 0.1, 0.01}), 1e-15);
  EXPECT_EQ(lin_spaced(3, 8, 1)(0), 3.0);
  EXPECT_EQ(log_spaced(2, 8, 1)(0), 100.0);
  EXPECT_EQ(lin_spaced(0.1, 0.7, 11)(10), 0.7);
  EXPECT_TRUE(lin_spaced(0, 1, 0).is_empty());
}

}  // namespace
}  // namespace kappa
