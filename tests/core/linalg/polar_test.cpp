/// Tests of the polar factor.
#include "core/linalg/polar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

double gap(const arma::mat& a, const arma::mat& b) { return arma::norm(a - b, "fro"); }

RC_GTEST_PROP(Polar, AlignsAndIsOrthogonal, (std::uint64_t seed)) {
  const arma::uword p = *rc::gen::inRange(1, 9), q = *rc::gen::inRange(1, 9);
  const arma::mat g = normal_matrix(Rng(seed, "g"), p, q), o = polar(g);
  const arma::mat gram = p <= q ? arma::mat(o * o.t()) : arma::mat(o.t() * o);
  RC_ASSERT(gap(gram, arma::eye(arma::size(gram))) < 1e-12);
  RC_ASSERT(std::abs(arma::accu(g % o) - arma::accu(arma::svd(g))) < 1e-10);  // <G, polar G> is the nuclear norm
}

RC_GTEST_PROP(Polar, CommutesWithRotations, (std::uint64_t seed)) {
  const Rng rng(seed, "g");
  const arma::mat g = normal_matrix(rng.child("g"), 5, 3);
  const arma::mat q = haar_orthogonal(rng.child("q"), 5), r = haar_orthogonal(rng.child("r"), 3);
  RC_ASSERT(gap(polar(q * g * r), q * polar(g) * r) < 1e-9);
  RC_ASSERT(gap(polar(1e-30 * g), polar(g)) < 1e-10);
}

TEST(Polar, LeavesOutTheNullSpace) {
  const Rng rng(1, "g");
  const arma::mat u = orthonormal_columns(rng.child("u"), 6, 2), v = orthonormal_columns(rng.child("v"), 4, 2);
  EXPECT_LT(gap(polar(u * arma::diagmat(arma::vec{5, 1e-3}) * v.t()), u * v.t()), 1e-10);
}

TEST(Polar, Degenerate) {
  EXPECT_EQ(arma::accu(arma::abs(polar(arma::zeros(3, 4)))), 0.0);
  EXPECT_TRUE(polar(arma::mat()).is_empty());
  EXPECT_EQ(polar(arma::mat(0, 3)).n_cols, 3u);
  EXPECT_EQ(polar(arma::mat(1, 1, arma::fill::value(-7.0)))(0, 0), -1.0);
  for (const double bad : {arma::datum::nan, arma::datum::inf}) {
    arma::mat g(3, 2, arma::fill::ones);
    g(1, 1) = bad;
    const arma::mat o = polar(g);
    EXPECT_EQ(arma::size(o), arma::size(g));
    EXPECT_TRUE(o.is_finite() == false && arma::uvec(arma::find_nan(o)).n_elem == 6);
  }
}

TEST(Polar, TellsTheNuclearNormToo) {
  double size = 0;
  const arma::mat g = normal_matrix(Rng(5, "g"), 6, 4), o = polar(g, size);
  EXPECT_NEAR(size, arma::dot(o, g), 1e-12);
  EXPECT_EQ(arma::abs(o - polar(g)).max(), 0.0);
  polar(arma::zeros(3, 4), size);
  EXPECT_EQ(size, 0.0);
  polar(arma::mat(2, 2, arma::fill::value(arma::datum::inf)), size);
  EXPECT_TRUE(std::isnan(size));
}

}  // namespace
}  // namespace kappa
