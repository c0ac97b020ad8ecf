/// Tests of low-rank truths and sensing operators.
#include "core/random/sensing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "core/random/matrices.hpp"

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
  const arma::uword p = *rc::gen::inRange(1, 6), q = *rc::gen::inRange(1, 6), m = *rc::gen::inRange(1, 9);
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
