/// Tests of low-rank truths and sensing operators.
#include "core/random/sensing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "core/random/matrices.hpp"

extern "C" void openblas_set_num_threads(int);

namespace kappa {
namespace {

RC_GTEST_PROP(PsdTruth, HasItsSpectrum, (std::uint64_t seed)) {
  const arma::uword n = *rc::gen::inRange(2, 15), r = *rc::gen::inRange<arma::uword>(1, n);
  const PsdTruth truth = psd_truth(Rng(seed, "m"), n, r, 10);
  const arma::mat m = truth.matrix();
  const arma::vec values = arma::reverse(arma::eig_sym(arma::mat(0.5 * (m + m.t()))));
  for (arma::uword i = 0; i < n; ++i) {
    const double expected = i >= r ? 0.0 : r == 1 ? 1.0 : 1 - 0.9 * static_cast<double>(i) / static_cast<double>(r - 1);
    RC_ASSERT(std::abs(values(i) - expected) < 1e-12);
  }
  RC_ASSERT(arma::norm(truth.u.t() * truth.u - arma::eye(r, r), "fro") < 1e-12);
}

RC_GTEST_PROP(Sensing, AdjointIsTheAdjoint, (std::uint64_t seed)) {
  const arma::uword p = *rc::gen::inRange(1, 12), q = *rc::gen::inRange(1, 6), m = *rc::gen::inRange(1, 25);
  for (const SensingOperator& op :
       {symmetric_sensing(Rng(seed, "a"), p, m), asymmetric_sensing(Rng(seed, "a"), p, q, m)}) {
    const arma::mat x = normal_matrix(Rng(seed, "x"), op.rows(), op.cols());
    const arma::vec z = normal_vector(Rng(seed, "z"), m);
    RC_ASSERT(std::abs(arma::dot(op.apply(x), z) - arma::accu(x % op.adjoint(z))) < 1e-10);
    arma::mat sum(op.rows(), op.cols(), arma::fill::zeros);
    for (arma::uword i = 0; i < m; ++i) {
      RC_ASSERT(std::abs(op.apply(x)(i) - arma::accu(op.measurement(i) % x)) < 1e-11);
      sum += z(i) * op.measurement(i);
    }
    RC_ASSERT(arma::norm(sum - op.adjoint(z), "fro") < 1e-11);
    RC_ASSERT(std::abs(op.norm() - arma::norm(op.measurements(), 2)) < 1e-9);
  }
}

/// What a whole-column, two-pass form gives.
struct Plain {
  arma::vec r;
  arma::mat sum;
};
Plain plain(const arma::mat& a, const arma::mat& x, const arma::vec& y) {
  Plain out{a.t() * arma::vectorise(x) - y, {}};
  out.sum = arma::reshape(a * out.r, x.n_rows, x.n_cols);
  return out;
}

/// Measurements as they are said to be: whole ones, each from matrices of its own.
arma::mat whole(const Rng& rng, arma::uword n, arma::uword m) {
  arma::mat all(n * n, m);
  for (arma::uword i = 0; i < m; ++i) {
    const arma::mat g = normal_matrix(rng.child("measurement", i), n, n);
    all.col(i) = arma::vectorise(g + g.t()) * (0.5 / std::sqrt(static_cast<double>(m)));
  }
  return all;
}

/// A matrix of condition number 1e8, of rank 1, zero, of a factor, of no symmetry; where it is square.
std::vector<arma::mat> points(arma::uword p, arma::uword q) {
  const Rng rng(9, "points");
  const arma::mat g = normal_matrix(rng.child("g"), p, q);
  std::vector<arma::mat> out = {g, arma::mat(p, q, arma::fill::zeros), g.col(0) * g.row(0)};
  const arma::uword least = std::min(p, q);
  if (least > 1) out.push_back(matrix_with_spectrum(rng.child("ill"), p, q, arma::logspace(0, -8, least)));
  if (p == q) out.push_back(g * g.t());
  return out;
}

/// Sweeps over all rows and over some against the plain form, for every point.
void expect_plain(const SensingOperator& op, const arma::mat& a) {
  arma::vec r, point, sum;
  arma::mat out;
  const arma::vec y = normal_vector(Rng(5, "y"), a.n_cols);
  SensingOperator::Room room{r, point, sum};
  for (const arma::mat& x : points(op.rows(), op.cols())) {
    const Plain all = plain(a, x, y);
    const double scale = arma::norm(y) + arma::norm(a, "fro") * arma::norm(x, "fro");
    op.misfit_and_sum(x, y, {}, 1, room, out);
    EXPECT_LT(arma::norm(r - all.r), 1e-15 * scale);
    EXPECT_LT(arma::norm(out - all.sum, "fro"), 1e-15 * scale * arma::norm(a, "fro"));
    const arma::vec swept = r;
    op.misfit(x, y, {}, room);
    EXPECT_TRUE(arma::all(r == swept));  // a loss is the same with and without its gradient
    op.misfit_and_sum(x, {}, {}, 2, room, out);
    EXPECT_LT(arma::norm(out - 2 * op.adjoint(op.apply(x)), "fro"), 1e-15 * scale * arma::norm(a, "fro"));

    const std::vector<std::uint32_t> rows = {static_cast<std::uint32_t>(a.n_cols - 1), 0, 0};
    const arma::uvec listed = {a.n_cols - 1, 0, 0};
    const Plain some = plain(a.cols(listed), x, y.elem(listed));
    op.misfit_and_sum(x, y, rows, 0.5, room, out);
    EXPECT_LT(arma::norm(r - some.r), 1e-15 * scale);
    EXPECT_LT(arma::norm(2 * out - some.sum, "fro"), 1e-15 * scale * arma::norm(a, "fro"));
  }
}

TEST(Sensing, PackedOrWholeTheDataAreTheSameBits) {
  openblas_set_num_threads(1);  // as in runs: with more, the plain product below gives other bits
  for (const arma::uword n : {1, 2, 7, 8, 9, 30})
    for (const arma::uword m : {1, 15, 16, 17, 130}) {
      const SensingOperator op = symmetric_sensing(Rng(6, "a"), n, m);
      const arma::mat a = whole(Rng(6, "a"), n, m);
      EXPECT_EQ(op.packed(), n >= 8 && m >= 16);
      EXPECT_EQ(arma::abs(op.measurements() - a).max(), 0) << n << " " << m;
      for (const arma::mat& x : points(n, n)) EXPECT_EQ(arma::abs(op.apply(x) - a.t() * arma::vectorise(x)).max(), 0);
    }
}

TEST(Sensing, SweepsAreThePlainForm) {
  for (const arma::uword n : {1, 3, 8, 21})
    for (const arma::uword m : {1, 4, 16, 35, 300}) {
      const arma::mat a = whole(Rng(6, "a"), n, m);
      expect_plain(symmetric_sensing(Rng(6, "a"), n, m), a);
      expect_plain(SensingOperator(n, n, a), a);
    }
  for (const arma::uword p : {1, 5, 40})
    for (const arma::uword q : {1, 17}) {
      const SensingOperator op = asymmetric_sensing(Rng(7, "a"), p, q, 203);
      expect_plain(op, op.measurements());
    }
}

TEST(Sensing, PackingChangesNothingButRounding) {
  const arma::uword n = 12, m = 40;
  const SensingOperator packed = symmetric_sensing(Rng(8, "a"), n, m), dense(n, n, packed.measurements());
  ASSERT_TRUE(packed.packed());
  EXPECT_FALSE(dense.packed());
  EXPECT_NEAR(packed.norm(), dense.norm(), 1e-14 * dense.norm());
  const arma::vec z = normal_vector(Rng(8, "z"), m);
  EXPECT_LT(arma::norm(packed.adjoint(z) - dense.adjoint(z), "fro"), 1e-14);
  for (arma::uword i = 0; i < m; ++i) EXPECT_EQ(arma::abs(packed.measurement(i) - dense.measurement(i)).max(), 0);
  EXPECT_EQ(symmetric_sensing_bytes(n, m), 8.0 * 78 * 40);
  EXPECT_EQ(symmetric_sensing_bytes(4, m), 8.0 * 16 * 40);
}

TEST(Sensing, WhatIsNotFiniteIsSeen) {
  const SensingOperator op = symmetric_sensing(Rng(8, "a"), 10, 20);
  arma::vec r, point, sum;
  arma::mat out, x(10, 10, arma::fill::ones);
  for (const double bad : {arma::datum::nan, arma::datum::inf}) {
    x(2, 7) = bad;
    op.misfit_and_sum(x, {}, {}, 1, {r, point, sum}, out);
    EXPECT_FALSE(arma::is_finite(arma::dot(r, r)));
    EXPECT_FALSE(out.is_finite());
  }
}

TEST(Sensing, SymmetricMeasurementsAreSymmetricWithTheirVariances) {
  const arma::uword n = 12, m = 2000;
  const SensingOperator op = symmetric_sensing(Rng(1, "a"), n, m);
  double diagonal = 0, off = 0;
  for (arma::uword i = 0; i < m; ++i) {
    const arma::mat a = op.measurement(i);
    ASSERT_EQ(arma::abs(a - a.t()).max(), 0.0);
    const double trace = arma::accu(arma::square(a.diag()));
    diagonal += trace / static_cast<double>(n);
    off += (arma::accu(a % a) - trace) / static_cast<double>(n * (n - 1));
  }
  EXPECT_NEAR(diagonal, 1.0, 0.05);  // variance 1/m each, summed over m
  EXPECT_NEAR(off, 0.5, 0.02);
}

TEST(Sensing, NearlyKeepsTheNormOfLowRankMatrices) {
  const PsdTruth truth = psd_truth(Rng(2, "m"), 30, 2, 2);
  const arma::mat m = truth.matrix();
  const double size = arma::accu(m % m);
  EXPECT_NEAR(std::pow(arma::norm(symmetric_sensing(Rng(2, "a"), 30, 1500).apply(m)), 2) / size, 1, 0.2);
  EXPECT_NEAR(std::pow(arma::norm(asymmetric_sensing(Rng(2, "a"), 30, 30, 1500).apply(m)), 2) / size, 1, 0.2);
}

TEST(Sensing, OneMoreMeasurementOnlyRescalesTheOthers) {
  const SensingOperator few = symmetric_sensing(Rng(3, "a"), 4, 5), more = symmetric_sensing(Rng(3, "a"), 4, 6);
  EXPECT_LT(arma::norm(few.measurements() * std::sqrt(5.0) - more.measurements().head_cols(5) * std::sqrt(6.0), "fro"),
            1e-13);
}

TEST(Sensing, Degenerate) {
  const SensingOperator none;
  EXPECT_EQ(none.count(), 0u);
  EXPECT_EQ(none.norm(), 0.0);
  EXPECT_TRUE(none.adjoint({}).is_empty());
  const SensingOperator op = symmetric_sensing(Rng(4, "a"), 3, 2);
  EXPECT_TRUE(op.apply(arma::mat(2, 2, arma::fill::ones)).has_nan());
  EXPECT_TRUE(op.adjoint(arma::vec{1, 2, 3}).has_nan());
  EXPECT_EQ(symmetric_sensing(Rng(4, "a"), 3, 0).apply(arma::eye(3, 3)).n_elem, 0u);
  EXPECT_EQ(arma::norm(symmetric_sensing(Rng(4, "a"), 3, 0).adjoint({}), "fro"), 0.0);
  EXPECT_TRUE(fully_determined(40, 820));
  EXPECT_FALSE(fully_determined(40, 819));
}

}  // namespace
}  // namespace kappa
