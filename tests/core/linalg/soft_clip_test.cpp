/// Soft and hard caps on singular values, against the SVD.
#include "core/linalg/soft_clip.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

struct Case {
  std::string name;
  arma::mat w;
};

std::vector<Case> cases() {
  const Rng rng(4, "clip");
  const arma::mat two = normal_matrix(rng.child("a"), 6, 2) * normal_matrix(rng.child("b"), 2, 6);
  return {{"square", normal_matrix(rng.child("square"), 5, 5)},
          {"ill-conditioned", matrix_with_spectrum(rng.child("ill"), 8, 6, log_spaced(2, -10, 6))},
          {"rank two of six", two},
          {"tall", 3 * normal_matrix(rng.child("tall"), 12, 3)},
          {"wide", 3 * normal_matrix(rng.child("wide"), 3, 12)},
          {"one row", 4 * normal_matrix(rng.child("row"), 1, 7)},
          {"one column", 4 * normal_matrix(rng.child("column"), 7, 1)},
          {"one by one", arma::mat(1, 1, arma::fill::value(-2.5))},
          {"zero", arma::zeros(4, 3)},
          {"tiny", 1e-150 * normal_matrix(rng.child("tiny"), 3, 4)}};
}

/// U f(sigma) V' by another driver than the kernel's.
arma::mat by_svd(const arma::mat& w, const std::function<double(double)>& f) {
  arma::mat u, v;
  arma::vec s;
  EXPECT_TRUE(arma::svd_econ(u, s, v, w, "both", "std"));
  s.transform(f);
  return u * arma::diagmat(s) * v.t();
}

void expect_same(const arma::mat& found, const arma::mat& expected, double tolerance, const std::string& where) {
  ASSERT_EQ(arma::size(found), arma::size(expected)) << where;
  EXPECT_LE(arma::norm(found - expected, "fro"), tolerance * arma::norm(expected, "fro")) << where;
}

TEST(SoftClip, IsTheRuleOnSingularValues) {
  for (const Case& one : cases())
    for (const double c : {0.3, 5.0}) {
      const arma::mat expected = by_svd(one.w, [c](double s) { return s / std::sqrt(1 + s * s / (c * c)); });
      expect_same(soft_clip(one.w, c), expected, 1e-13, one.name);
      // Shares of U that are smaller than rounding in UU' are still clipped right: their factor is about one.
      expect_same(soft_clip_products(one.w, c, 40), expected, 1e-12, one.name + ", products");
    }
}

TEST(SoftClip, StaysBelowItsLimitAndLeavesSmallMatrices) {
  const arma::mat w = normal_matrix(Rng(1, "w"), 6, 4);
  EXPECT_LT(arma::norm(soft_clip(1e6 * w, 2.0), 2), 2.0);
  expect_same(soft_clip(1e-9 * w, 2.0), 1e-9 * w, 1e-15, "far below the limit");
  EXPECT_EQ(arma::accu(arma::abs(soft_clip(w, 0))), 0.0);
  EXPECT_EQ(arma::accu(arma::abs(soft_clip_products(w, 0, 10))), 0.0);
}

/// Steps quarter the distance while it is large, and then square it: what few steps leave is known.
TEST(SoftClip, TenProductsAreEnoughAtTheSettingOfThePaper) {
  arma::mat u = 3 * normal_matrix(Rng(2, "u"), 30, 50);
  u(0, 0) += 60;
  const arma::mat exact = soft_clip(u, 5);
  double before = 1;
  for (const int steps : {4, 6, 8, 10}) {
    const double error = arma::norm(soft_clip_products(u, 5, steps) - exact, "fro") / arma::norm(exact, "fro");
    EXPECT_LT(error, before) << steps;
    before = error;
  }
  EXPECT_LT(before, 1e-6);
  const double none = arma::norm(soft_clip_products(u, 5, 0) - exact, "fro") / arma::norm(exact, "fro");
  EXPECT_GT(none, 0.3);  // without a step nothing but a factor is done
}

TEST(SoftClip, OfAVectorActsOnlyPastTheLimit) {
  const arma::vec u = {3, -4};
  EXPECT_TRUE(arma::approx_equal(soft_clip_vector(u, 5), u, "absdiff", 0));
  EXPECT_LT(arma::norm(soft_clip_vector(u, 2) - u / std::sqrt(1 + 25.0 / 4)), 1e-15);
  EXPECT_EQ(arma::norm(soft_clip_vector(u, 0)), 0.0);
  EXPECT_EQ(arma::norm(soft_clip_vector(arma::vec(3, arma::fill::zeros), 0)), 0.0);
}

TEST(HardCap, IsTheLesserOfBoth) {
  for (const Case& one : cases())
    for (const double limit : {0.4, 3.0})
      expect_same(hard_cap(one.w, limit), by_svd(one.w, [limit](double s) { return std::min(s, limit); }), 1e-13,
                  one.name);
}

/// Four odd polynomials on each singular value, and those keep within a few percent of the cap up to three limits.
TEST(HardCap, ByProductsIsItsPolynomialsAndNearTheCap) {
  const double steps[4][3] = {{.805032, .206361, -.019763},
                              {.649867, .162935, -.011150},
                              {1.810259, -.200265, .008251},
                              {1.004384, -.183490, .014413}};
  const auto polynomial = [&](double s) {
    for (const auto& step : steps) s = step[0] * s + step[1] * std::pow(s, 3) + step[2] * std::pow(s, 5);
    return s;
  };
  for (const Case& one : cases()) {
    const double limit = std::max(0.5 * arma::norm(one.w, 2), 1e-160);
    expect_same(hard_cap_products(one.w, limit), by_svd(one.w, [&](double s) { return limit * polynomial(s / limit); }),
                1e-12, one.name);
    EXPECT_LE(arma::norm(hard_cap_products(one.w, limit) - hard_cap(one.w, limit), 2), 0.05 * limit) << one.name;
  }
}

TEST(SoftCap, IsTwoCubics) {
  for (const Case& one : cases()) {
    const double largest = arma::norm(one.w, 2), a = largest > 1e-100 ? 0.2 / (largest * largest) : 0.2;
    const auto cubics = [a](double s) {
      const double t = s - a * s * s * s;
      return t + a * t * t * t;
    };
    expect_same(soft_cap(one.w, a), by_svd(one.w, cubics), 1e-12, one.name);
  }
}

TEST(SoftCap, ItsStrengthSendsTheLargestPossibleValueToTheLimit) {
  struct Setting {
    double limit, decay, update;
  };
  for (const Setting& s : {Setting{1, 0, 0.1}, Setting{2, 0.05, 0.3}, Setting{0.5, 0, 0.02}, Setting{1e-3, 0, 1e-9},
                           Setting{40, 0.01, 10}}) {
    const double a = soft_cap_strength(s.limit, s.decay, s.update), k = s.limit * (1 - s.decay) + s.update;
    const auto after = [&](double strength) { return soft_cap(arma::mat(1, 1, arma::fill::value(k)), strength)(0, 0); };
    EXPECT_NEAR(after(a), s.limit, 1e-14 * s.limit);
    for (int i = 1; i < 100; ++i) EXPECT_GT(after(a * i / 100), s.limit) << "a smaller strength would do";
    // All that a step may make is within the limit, so that the bound holds forever.
    for (int i = 0; i <= 1000; ++i)
      EXPECT_LE(soft_cap(arma::mat(1, 1, arma::fill::value(k * i / 1000)), a)(0, 0), s.limit * (1 + 1e-14));
  }
  EXPECT_NEAR(soft_cap_strength(1, 0, 0.1), 0.1588644191507083, 1e-12);
  EXPECT_EQ(soft_cap_strength(1, 0, 0), 0.0);
  EXPECT_EQ(soft_cap_strength(1, 0.2, 0.1), 0.0);  // the decay takes more than the update adds
}

/// The map turns down before k when updates are longer than three tenths of the limit: values on the way then pass it.
TEST(SoftCap, DoesNotHoldAgainstUpdatesThatAreTooLong) {
  const auto highest = [](double update) {
    const double a = soft_cap_strength(1, 0, update);
    double most = 0;
    for (int i = 0; i <= 1000; ++i)
      most = std::max(most, soft_cap(arma::mat(1, 1, arma::fill::value((1 + update) * i / 1000)), a)(0, 0));
    return most;
  };
  EXPECT_LE(highest(0.28), 1 + 1e-14);
  EXPECT_GT(highest(0.5), 1.02);
}

TEST(SoftClip, WhatIsNotFiniteStaysVisible) {
  for (const double bad : {arma::datum::nan, arma::datum::inf}) {
    arma::mat w(3, 2, arma::fill::ones);
    w(1, 1) = bad;
    for (const arma::mat& out :
         {soft_clip(w, 2), soft_clip_products(w, 2, 10), hard_cap(w, 1), hard_cap_products(w, 1), soft_cap(w, 0.1)}) {
      EXPECT_EQ(arma::size(out), arma::size(w));
      EXPECT_TRUE(out.has_nan());
    }
  }
  EXPECT_TRUE(soft_clip(arma::mat(), 1).is_empty());
  EXPECT_TRUE(soft_clip_products(arma::mat(), 1, 5).is_empty());
  EXPECT_TRUE(hard_cap(arma::mat(), 1).is_empty());
}

}  // namespace
}  // namespace kappa
