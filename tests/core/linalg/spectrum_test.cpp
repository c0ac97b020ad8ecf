/// Tests of the spectral scalars: definitions by plain loops, checked values, invariances, edge cases.
#include "core/linalg/spectrum.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <utility>
#include <vector>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

using std::numbers::e;
using std::numbers::pi;

arma::mat random_matrix(std::uint64_t seed) {
  const arma::uword p = *rc::gen::inRange(1, 9), q = *rc::gen::inRange(1, 9);
  return normal_matrix(Rng(seed, "w"), p, q);
}
bool near(double a, double b, double tolerance = 1e-10) { return std::abs(a - b) <= tolerance * (1 + std::abs(b)); }

const std::vector<double (*)(const Spectrum&)> kScalars = {
    numerical_zero, rank,           condition_number,    effective_condition_number,
    stable_rank,    effective_rank, participation_ratio, nuclear_norm,
    spectral_norm,  frobenius_norm, log_volume,          output_entropy};
const std::vector<double (*)(const Spectrum&)> kScaleFree = {rank,        condition_number, effective_condition_number,
                                                             stable_rank, effective_rank,   participation_ratio};

TEST(Spectrum, AllOnes) {
  const arma::mat w = arma::ones(3, 4);
  const Spectrum s = spectrum(w);
  EXPECT_NEAR(spectral_norm(s), 3.4641, 1e-4);
  EXPECT_EQ(condition_number(s), arma::datum::inf);
  EXPECT_NEAR(effective_condition_number(s), 1.0, 1e-12);
  EXPECT_EQ(rank(s), 1.0);
  EXPECT_NEAR(stable_rank(s), 1.0, 1e-12);
  EXPECT_NEAR(effective_rank(s), 1.0, 1e-12);
  EXPECT_NEAR(participation_ratio(s), 1.0, 1e-12);
  EXPECT_NEAR(log_volume(s), 1.2425, 1e-4);
  EXPECT_NEAR(nuclear_norm(s), 3.4641, 1e-4);
  EXPECT_NEAR(approximate_nuclear_norm(w), 5.1962, 1e-4);
}

TEST(Spectrum, Identity) {
  const Spectrum s = spectrum(arma::eye(4, 4));
  for (auto* scalar : {rank, stable_rank, effective_rank, participation_ratio, nuclear_norm})
    EXPECT_NEAR(scalar(s), 4.0, 1e-12);
  EXPECT_NEAR(condition_number(s), 1.0, 1e-12);
  EXPECT_NEAR(frobenius_norm(s), 2.0, 1e-12);
  EXPECT_NEAR(log_volume(s), 0.0, 1e-12);
  EXPECT_NEAR(output_entropy(s), 2.0 * std::log(2 * pi * e), 1e-12);
  EXPECT_EQ(orthogonality_error(arma::eye(4, 4)), 0.0);
}

TEST(Spectrum, ZeroMatrix) {
  const arma::mat w = arma::zeros(3, 4);
  const Spectrum s = spectrum(w);
  EXPECT_EQ(s.s.n_elem, 3u);
  for (auto* scalar :
       {rank, stable_rank, effective_rank, participation_ratio, nuclear_norm, spectral_norm, frobenius_norm})
    EXPECT_EQ(scalar(s), 0.0);
  EXPECT_TRUE(std::isnan(condition_number(s)));
  EXPECT_TRUE(std::isnan(effective_condition_number(s)));
  EXPECT_EQ(log_volume(s), -arma::datum::inf);
  EXPECT_EQ(output_entropy(s), -arma::datum::inf);
  EXPECT_EQ(output_entropy(w, arma::eye(4, 4)), -arma::datum::inf);
  EXPECT_NEAR(orthogonality_error(w), 1.732, 1e-3);
  EXPECT_EQ(row_norm_dispersion(w), 0.0);
  EXPECT_EQ(approximate_nuclear_norm(w), 0.0);
  EXPECT_EQ(imbalance(w, w), 0.0);
  EXPECT_TRUE(std::isnan(principal_angles(w, w)(0)));
}

TEST(Spectrum, OneRow) {
  const arma::mat w = {{3, 0, -4}};
  const Spectrum s = spectrum(w);
  ASSERT_EQ(s.s.n_elem, 1u);
  for (auto* scalar :
       {rank, condition_number, effective_condition_number, stable_rank, effective_rank, participation_ratio})
    EXPECT_NEAR(scalar(s), 1.0, 1e-12);
  for (auto* scalar : {nuclear_norm, spectral_norm, frobenius_norm}) EXPECT_NEAR(scalar(s), 5.0, 1e-12);
  EXPECT_NEAR(log_volume(s), std::log(5.0), 1e-12);
  EXPECT_NEAR(orthogonality_error(w), 24.0, 1e-12);
  EXPECT_NEAR(orthogonality_error(w.t()), 24.0, 1e-12);
  EXPECT_EQ(row_norm_dispersion(w), 0.0);
  EXPECT_NEAR(approximate_nuclear_norm(w), 4.0, 1e-12);
  EXPECT_NEAR(output_entropy(w, arma::diagmat(arma::vec{4, 1, 1})),
              0.5 * std::log(2 * pi * e) + 0.5 * std::log(36 + 16), 1e-12);
}

TEST(Spectrum, EmptyAndNonFiniteAreNaN) {
  std::vector<arma::mat> all = {arma::mat(), arma::mat(0, 3), arma::mat(3, 0)};
  for (const double bad : {arma::datum::nan, arma::datum::inf, -arma::datum::inf}) {
    all.push_back(arma::ones(3, 2));
    all.back()(1, 0) = bad;
  }
  for (const arma::mat& w : all) {
    const Spectrum s = spectrum(w);
    EXPECT_EQ(s.s.n_elem, std::min(w.n_rows, w.n_cols));
    for (auto* scalar : kScalars) EXPECT_TRUE(std::isnan(scalar(s)));
    for (auto* scalar : {orthogonality_error, row_norm_dispersion, approximate_nuclear_norm})
      EXPECT_TRUE(std::isnan(scalar(w)));
    EXPECT_TRUE(std::isnan(imbalance(w, w)));
    EXPECT_TRUE(std::isnan(output_entropy(w, arma::eye(w.n_cols, w.n_cols))));
    EXPECT_TRUE(std::isnan(principal_angles(w, w)(0)));
  }
}

RC_GTEST_PROP(Spectrum, DefinitionsByPlainLoops, (std::uint64_t seed)) {
  const arma::mat w = random_matrix(seed);
  const Spectrum sp = spectrum(w);
  const arma::vec s = arma::svd(w);
  double sum = 0, squares = 0, fourth = 0, logs = 0, entropy = 0;
  for (double x : s) {
    sum += x;
    squares += x * x;
    fourth += x * x * x * x;
    logs += std::log(x);
  }
  for (double x : s) entropy -= x / sum * std::log(x / sum);
  RC_ASSERT(rank(sp) == static_cast<double>(s.n_elem));
  RC_ASSERT(near(condition_number(sp), s(0) / s.back(), 1e-8));
  RC_ASSERT(condition_number(sp) == effective_condition_number(sp));
  RC_ASSERT(near(stable_rank(sp), squares / (s(0) * s(0))));
  RC_ASSERT(near(effective_rank(sp), std::exp(entropy)));
  RC_ASSERT(near(participation_ratio(sp), squares * squares / fourth));
  RC_ASSERT(near(nuclear_norm(sp), sum));
  RC_ASSERT(near(frobenius_norm(sp), arma::norm(w, "fro")));
  RC_ASSERT(near(spectral_norm(sp), arma::norm(w, 2)));
  RC_ASSERT(near(log_volume(sp), logs, 1e-8));
  RC_ASSERT(near(output_entropy(sp), 0.5 * static_cast<double>(s.n_elem) * std::log(2 * pi * e) + logs, 1e-8));
  if (w.is_square()) RC_ASSERT(near(log_volume(sp), std::log(std::abs(arma::det(w))), 1e-7));
}

RC_GTEST_PROP(Spectrum, DoesNotSeeRotationsTranspositionOrPermutation, (std::uint64_t seed)) {
  const arma::mat w = random_matrix(seed);
  const Rng rng(seed, "rotation");
  const arma::mat turned =
      haar_orthogonal(rng.child("left"), w.n_rows) * w * haar_orthogonal(rng.child("right"), w.n_cols);
  for (auto* scalar : kScalars) {
    RC_ASSERT(near(scalar(spectrum(turned)), scalar(spectrum(w)), 1e-7));
    RC_ASSERT(near(scalar(spectrum(w.t())), scalar(spectrum(w)), 1e-7));
    RC_ASSERT(near(scalar(spectrum(arma::reverse(w))), scalar(spectrum(w)), 1e-7));
  }
  RC_ASSERT(near(orthogonality_error(turned), orthogonality_error(w), 1e-9));
}

RC_GTEST_PROP(Spectrum, RanksAndConditionsDoNotSeeScale, (std::uint64_t seed)) {
  const arma::mat w = random_matrix(seed);
  for (const double scale : {1e-150, 1e-12, 1e12, 1e150}) {
    for (auto* scalar : kScaleFree) RC_ASSERT(near(scalar(spectrum(scale * w)), scalar(spectrum(w)), 1e-8));
    RC_ASSERT(near(row_norm_dispersion(scale * w), row_norm_dispersion(w)));
    RC_ASSERT(near(approximate_nuclear_norm(scale * w) / scale, approximate_nuclear_norm(w)));
    RC_ASSERT(near(frobenius_norm(spectrum(scale * w)) / scale, arma::norm(w, "fro")));
  }
}

RC_GTEST_PROP(Spectrum, RanksAreOrdered, (std::uint64_t seed)) {
  const arma::mat w = random_matrix(seed);
  const Spectrum s = spectrum(w);
  const double slack = 1 + 1e-12;
  RC_ASSERT(1 <= stable_rank(s) * slack);
  RC_ASSERT(stable_rank(s) <= participation_ratio(s) * slack);
  RC_ASSERT(participation_ratio(s) <= rank(s) * slack);
  RC_ASSERT(effective_rank(s) <= rank(s) * slack);
  if (w.n_rows >= w.n_cols) RC_ASSERT(nuclear_norm(s) <= approximate_nuclear_norm(w) * slack);
}

TEST(Spectrum, ApproximateNuclearNormIsNoBoundForWideMatrices) {
  const arma::mat w = normal_matrix(Rng(1, "wide"), 50, 80);
  EXPECT_LT(approximate_nuclear_norm(w), nuclear_norm(spectrum(w)));
}

TEST(Spectrum, RankDeficient) {
  const arma::mat w = matrix_with_spectrum(Rng(4, "w"), 9, 6, {3, 2, 0.5, 1e-3});
  const Spectrum s = spectrum(w);
  EXPECT_EQ(rank(s), 4.0);
  EXPECT_NEAR(effective_condition_number(s), 3000, 1e-6);
  EXPECT_GT(condition_number(s), 1e15);
  EXPECT_NEAR(log_volume(s), std::log(3e-3), 1e-9);
  EXPECT_NEAR(output_entropy(s), 2 * std::log(2 * pi * e) + std::log(3e-3), 1e-9);
}

arma::vec falling(arma::uword n, double from, double to) {
  arma::vec s(n);
  for (arma::uword i = 0; i < n; ++i)
    s(i) = from * std::pow(to / from, static_cast<double>(i) / static_cast<double>(n - 1));
  return s;
}

TEST(SingularValues, FromTheGramMatrixKeepTheirDigits) {
  for (const auto& [p, q] : {std::pair{32, 64}, std::pair{200, 40}, std::pair{70, 300}, std::pair{33, 1000}})
    for (const double smallest : {1.0, 0.2, 1.001 / 32})
      for (const double scale : {1.0, 1e-90, 1e90}) {
        const auto rows = static_cast<arma::uword>(p), cols = static_cast<arma::uword>(q);
        const arma::vec s = falling(std::min(rows, cols), scale, smallest * scale);
        const arma::mat w = matrix_with_spectrum(Rng(3, "w"), rows, cols, s);
        EXPECT_LT(arma::abs(singular_values(w) / arma::svd(w) - 1).max(), 1e-12) << p << " x " << q << ": " << smallest;
      }
}

TEST(SingularValues, TheGramMatrixIsLeftAloneWhereItWouldCostDigits) {
  std::vector<arma::mat> all;
  for (const double smallest : {1 / 33.0, 1e-4, 1e-8, 1e-15})
    all.push_back(matrix_with_spectrum(Rng(4, "w"), 40, 100, falling(40, 1, smallest)));
  all.push_back(all.front().t());
  all.push_back(matrix_with_spectrum(Rng(4, "w"), 40, 100, {3, 2, 1}));
  all.push_back(matrix_with_spectrum(Rng(4, "w"), 40, 79, arma::ones(40)));
  all.push_back(matrix_with_spectrum(Rng(4, "w"), 31, 100, arma::ones(31)));
  all.push_back(arma::zeros(40, 100));
  for (const double scale : {1e-160, 1e160})
    all.push_back(scale * matrix_with_spectrum(Rng(4, "w"), 40, 100, falling(40, 1, 0.5)));
  for (const arma::mat& w : all) EXPECT_EQ(arma::abs(singular_values(w) - arma::svd(w)).max(), 0.0);
}

TEST(Spectrum, ConditionNumberIsExactForSingularZero) {
  EXPECT_EQ(condition_number(spectrum(arma::diagmat(arma::vec{2, 0}))), arma::datum::inf);
  EXPECT_NEAR(condition_number(spectrum(arma::diagmat(arma::vec{2, 2e-12}))) / 1e12, 1, 1e-9);
}

RC_GTEST_PROP(Spectrum, EntropyOfACovariance, (std::uint64_t seed)) {
  const arma::mat w = normal_matrix(Rng(seed, "w"), 3, 5), a = normal_matrix(Rng(seed, "a"), 5, 7);
  const arma::mat covariance = a * a.t(), image = w * covariance * w.t();
  const double expected = 1.5 * std::log(2 * pi * e) + 0.5 * std::log(arma::det(image));
  RC_ASSERT(near(output_entropy(w, covariance), expected, 1e-6));
}

RC_GTEST_PROP(Spectrum, RowNormDispersionByLoop, (std::uint64_t seed)) {
  const arma::mat w = random_matrix(seed);
  double mean = 0, square = 0;
  for (arma::uword i = 0; i < w.n_rows; ++i) mean += arma::norm(w.row(i)) / static_cast<double>(w.n_rows);
  for (arma::uword i = 0; i < w.n_rows; ++i)
    square += std::pow(arma::norm(w.row(i)) - mean, 2) / static_cast<double>(w.n_rows);
  RC_ASSERT(near(row_norm_dispersion(w), std::sqrt(square) / mean, 1e-9));
}

RC_GTEST_PROP(Spectrum, OrthogonalityErrorOnTheSmallerSide, (std::uint64_t seed)) {
  const arma::mat w = random_matrix(seed), narrow = w.n_rows <= w.n_cols ? arma::mat(w.t()) : w;
  const arma::mat off = narrow.t() * narrow - arma::eye(narrow.n_cols, narrow.n_cols);
  RC_ASSERT(near(orthogonality_error(w), std::sqrt(arma::accu(off % off)), 1e-9));
  RC_ASSERT(orthogonality_error(orthonormal_columns(Rng(seed, "q"), 7, 3)) < 1e-13);
}

TEST(Spectrum, Imbalance) {
  const arma::mat f = {{1, 2}, {0, 1}}, g = {{1, 0}, {0, 2}, {1, 1}};
  EXPECT_NEAR(imbalance(f, g), std::sqrt(1 + 1 + 1 + 0.0), 1e-14);
  EXPECT_TRUE(std::isnan(imbalance(f, arma::ones(2, 3))));
}

TEST(PrincipalAngles, KnownPlanes) {
  for (const double angle : {0.0, 1e-12, 1e-9, 1e-4, 0.3, 1.0, pi / 2 - 1e-9, pi / 2}) {
    const arma::mat a = {{1, 0}, {0, 1}, {0, 0}, {0, 0}};
    const arma::mat b = {{1, 0}, {0, std::cos(angle)}, {0, std::sin(angle)}, {0, 0}};
    const arma::vec found = principal_angles(a, 3.0 * b);
    ASSERT_EQ(found.n_elem, 2u);
    EXPECT_NEAR(found(0), 0, 1e-15);
    EXPECT_NEAR(found(1), angle, 1e-15 + 1e-12 * angle) << angle;
  }
}

TEST(PrincipalAngles, DifferentDimensionsGiveTheSmaller) {
  const arma::mat plane = {{1, 0}, {0, 1}, {0, 0}}, line = arma::vec{1, 0, 1};
  for (const auto& [a, b] : {std::pair{plane, line}, std::pair{line, plane}}) {
    const arma::vec found = principal_angles(a, b);
    ASSERT_EQ(found.n_elem, 1u);
    EXPECT_NEAR(found(0), pi / 4, 1e-14);
  }
  EXPECT_TRUE(std::isnan(principal_angles(plane, arma::ones(4, 1))(0)));
}

RC_GTEST_PROP(PrincipalAngles, SeeOnlyTheSpansAndAreSymmetric, (std::uint64_t seed)) {
  const Rng rng(seed, "angles");
  const arma::mat a = normal_matrix(rng.child("a"), 7, 3), b = normal_matrix(rng.child("b"), 7, 2);
  const arma::mat q = haar_orthogonal(rng.child("q"), 7);
  const arma::vec angles = principal_angles(a, b);
  const arma::mat mixed = a * haar_orthogonal(rng.child("m"), 3);
  RC_ASSERT(arma::abs(principal_angles(b, a) - angles).max() < 1e-9);
  RC_ASSERT(arma::abs(principal_angles(q * mixed, q * b) - angles).max() < 1e-7);
  RC_ASSERT(
      arma::abs(arma::sort(arma::cos(angles), "descend") - arma::svd(column_space(a).t() * column_space(b))).max() <
      1e-9);
  RC_ASSERT(angles.is_sorted());
}

TEST(SymmetricEigen, RebuildsAndRefuses) {
  const arma::mat g = normal_matrix(Rng(1, "g"), 6, 6), a = g + g.t();
  arma::vec values;
  arma::mat vectors;
  ASSERT_TRUE(symmetric_eigen(a, values, vectors));
  EXPECT_LT(arma::norm(vectors * arma::diagmat(values) * vectors.t() - a, "fro"), 1e-12);
  EXPECT_LT(arma::norm(symmetric_eigenvalues(a) - values), 1e-12);
  EXPECT_FALSE(symmetric_eigen(arma::ones(2, 3), values, vectors));
  arma::mat bad = a;
  bad(2, 2) = arma::datum::nan;
  EXPECT_FALSE(symmetric_eigen(bad, values, vectors));
  EXPECT_TRUE(values.has_nan() && values.n_elem == 6);
  EXPECT_TRUE(symmetric_eigenvalues(bad).has_nan());
  EXPECT_TRUE(symmetric_eigen(arma::mat(), values, vectors));
  EXPECT_TRUE(values.is_empty());
}

TEST(ThinSvd, ShapesAndRefusal) {
  for (const auto& [p, q] : {std::pair{5, 3}, std::pair{3, 5}, std::pair{1, 4}, std::pair{4, 1}}) {
    const arma::mat w = normal_matrix(Rng(2, "w"), static_cast<arma::uword>(p), static_cast<arma::uword>(q));
    arma::mat u, v;
    arma::vec s;
    ASSERT_TRUE(thin_svd(w, u, s, v));
    EXPECT_EQ(u.n_cols, std::min(w.n_rows, w.n_cols));
    EXPECT_LT(arma::norm(u * arma::diagmat(s) * v.t() - w, "fro"), 1e-13);
    arma::mat bad = w;
    bad(0, 0) = arma::datum::inf;
    EXPECT_FALSE(thin_svd(bad, u, s, v));
    EXPECT_TRUE(u.has_nan() && s.has_nan() && v.has_nan());
    EXPECT_EQ(v.n_rows, w.n_cols);
  }
}

TEST(ColumnSpace, HasTheRank) {
  EXPECT_EQ(column_space(arma::ones(5, 3)).n_cols, 1u);
  EXPECT_EQ(column_space(arma::zeros(5, 3)).n_cols, 0u);
  EXPECT_EQ(column_space(arma::eye(5, 3)).n_cols, 3u);
}

}  // namespace
}  // namespace kappa
