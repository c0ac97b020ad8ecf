/// Tests of power iteration, Lanczos and conjugate gradients against dense factorisations.
#include "core/linalg/krylov.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

arma::mat symmetric(const Rng& rng, const arma::vec& values) {
  const arma::mat q = haar_orthogonal(rng.child("q"), values.n_elem);
  return q * arma::diagmat(values) * q.t();
}
LinearMap times(const arma::mat& a) {
  return [a](const arma::vec& x) -> arma::vec { return a * x; };
}
arma::vec start(std::uint64_t seed, arma::uword n) { return normal_vector(Rng(seed, "start"), n); }

RC_GTEST_PROP(PowerIteration, FindsTheLargestMagnitudeWithItsSign, (std::uint64_t seed)) {
  const arma::mat a = symmetric(Rng(seed, "a"), {-5, 3, 2, 0.1, 0});
  const PowerResult found = power_iteration(times(a), start(seed, 5), 500, 1e-12);
  RC_ASSERT(found.converged);
  RC_ASSERT(std::abs(found.value + 5) < 1e-6);
  RC_ASSERT(arma::norm(a * found.vector + 5 * found.vector) < 1e-3);
  RC_ASSERT(std::abs(arma::norm(found.vector) - 1) < 1e-12);
}

TEST(PowerIteration, StopsAtItsBudget) {
  const PowerResult found = power_iteration(times(symmetric(Rng(1, "a"), {1.0, 0.9999})), start(1, 2), 3, 1e-15);
  EXPECT_FALSE(found.converged);
  EXPECT_EQ(found.iterations, 3);
}

TEST(PowerIteration, Degenerate) {
  const PowerResult zero = power_iteration(times(arma::zeros(3, 3)), start(1, 3));
  EXPECT_TRUE(zero.converged);
  EXPECT_EQ(zero.value, 0.0);
  for (const PowerResult& found :
       {power_iteration(times(arma::eye(3, 3)), arma::zeros(3)), power_iteration(times(arma::mat()), {}),
        power_iteration(times(arma::mat(3, 3, arma::fill::value(arma::datum::nan))), start(1, 3))}) {
    EXPECT_FALSE(found.converged);
    EXPECT_TRUE(std::isnan(found.value));
  }
}

RC_GTEST_PROP(Lanczos, AllStepsGiveTheSpectrum, (std::uint64_t seed)) {
  const arma::uword n = *rc::gen::inRange(1, 15);
  const arma::mat g = normal_matrix(Rng(seed, "g"), n, n), a = g + g.t();
  const LanczosResult found = lanczos(times(a), n, n + 5, start(seed, n), true);
  RC_ASSERT(found.exhausted);
  RC_ASSERT(arma::abs(found.values - arma::reverse(arma::eig_sym(a))).max() < 1e-9);
  RC_ASSERT(arma::norm(a * found.vectors - found.vectors * arma::diagmat(found.values), "fro") < 1e-8);
}

TEST(Lanczos, EndsOfAnIndefiniteSpectrum) {
  const arma::uword n = 200;
  arma::vec values(n);
  for (arma::uword i = 0; i < n; ++i) values(i) = std::cos(static_cast<double>(i));
  values(0) = 7;
  values(1) = -6;
  const arma::mat a = symmetric(Rng(3, "a"), values);
  const LanczosResult found = lanczos(times(a), n, 30, start(3, n), true);
  EXPECT_EQ(found.steps, 30);
  EXPECT_FALSE(found.exhausted);
  EXPECT_NEAR(found.values(0), 7, 1e-11 * 7);
  EXPECT_NEAR(found.values.back(), -6, 1e-11 * 6);
  const arma::mat gram = found.vectors.t() * found.vectors;
  EXPECT_LT(arma::norm(gram - arma::eye(30, 30), "fro"), 1e-12);
  for (arma::uword i = 0; i < 30; ++i) {
    const arma::vec v = found.vectors.col(i);
    EXPECT_NEAR(arma::norm(a * v - found.values(i) * v), found.residual(i), 1e-11);
  }
}

TEST(Lanczos, StopsAtAnInvariantSubspace) {
  const arma::mat a = symmetric(Rng(4, "a"), {2, 2, 2, 1, 1, 1, 1});
  const LanczosResult found = lanczos(times(a), 7, 7, start(4, 7));
  EXPECT_TRUE(found.exhausted);
  ASSERT_EQ(found.steps, 2);
  EXPECT_NEAR(found.values(0), 2, 1e-12);
  EXPECT_NEAR(found.values(1), 1, 1e-12);
  EXPECT_TRUE(found.vectors.is_empty());
}

TEST(Lanczos, Degenerate) {
  const LanczosResult zero = lanczos(times(arma::zeros(3, 3)), 3, 3, start(1, 3));
  EXPECT_TRUE(zero.exhausted);
  EXPECT_EQ(zero.values(0), 0.0);
  EXPECT_TRUE(lanczos(times(arma::eye(3, 3)), 3, 3, arma::zeros(3)).values.is_empty());
  EXPECT_TRUE(lanczos(times(arma::eye(3, 3)), 3, 0, start(1, 3)).values.is_empty());
  EXPECT_TRUE(lanczos(times(arma::eye(3, 3)), 3, 3, start(1, 2)).values.is_empty());
  EXPECT_TRUE(lanczos(times(arma::mat()), 0, 3, {}).values.is_empty());
  const arma::mat bad(3, 3, arma::fill::value(arma::datum::nan));
  EXPECT_TRUE(lanczos(times(bad), 3, 3, start(1, 3)).values.is_empty());
}

RC_GTEST_PROP(ConjugateGradient, SolvesInAtMostTheDimension, (std::uint64_t seed)) {
  const arma::uword n = *rc::gen::inRange(1, 12);
  const arma::mat g = normal_matrix(Rng(seed, "g"), n, n), a = g * g.t() + arma::eye(n, n);
  const arma::vec b = start(seed, n), x0 = 3 * normal_vector(Rng(seed, "x0"), n);
  for (const arma::vec& from : {arma::vec(), x0}) {
    const SolveResult found = conjugate_gradient(times(a), b, 3 * static_cast<int>(n) + 5, 1e-12, from);
    RC_ASSERT(found.converged);
    RC_ASSERT(arma::norm(a * found.x - b) < 1e-9 * arma::norm(b) * (1 + arma::norm(a)));
  }
}

TEST(ConjugateGradient, TakesAsManyStepsAsThereAreEigenvalues) {
  const arma::mat a = symmetric(Rng(5, "a"), {1, 1, 1, 4, 4, 4, 9, 9});
  const SolveResult found = conjugate_gradient(times(a), start(5, 8), 100, 1e-10);
  EXPECT_TRUE(found.converged);
  EXPECT_EQ(found.iterations, 3);
}

TEST(ConjugateGradient, Degenerate) {
  const SolveResult none = conjugate_gradient(times(arma::eye(3, 3)), arma::zeros(3), 10, 1e-10, arma::ones(3));
  EXPECT_TRUE(none.converged);
  EXPECT_EQ(arma::norm(none.x), 0.0);
  EXPECT_EQ(none.iterations, 0);
  EXPECT_FALSE(conjugate_gradient(times(-arma::eye(3, 3)), start(1, 3), 10).converged);
  EXPECT_FALSE(conjugate_gradient(times(arma::zeros(3, 3)), start(1, 3), 10).converged);
  EXPECT_FALSE(conjugate_gradient(times(arma::eye(3, 3)), {arma::datum::nan, 0, 0}, 10).converged);
  EXPECT_TRUE(conjugate_gradient(times(arma::mat()), {}, 10).converged);
  const SolveResult stopped = conjugate_gradient(times(symmetric(Rng(6, "a"), {1, 10, 100})), start(6, 3), 1);
  EXPECT_EQ(stopped.iterations, 1);
  EXPECT_FALSE(stopped.converged);
}

TEST(SpectralNorm, SmallIsExactLargeByLanczos) {
  const Rng rng(7, "norm");
  const arma::mat small = normal_matrix(rng.child("small"), 20, 30);
  EXPECT_NEAR(spectral_norm(small, rng), arma::norm(small, 2), 1e-11);
  const arma::mat large = matrix_with_spectrum(rng.child("large"), 320, 310, {9, 7, 5, 1});
  EXPECT_NEAR(spectral_norm(large, rng), 9, 1e-12);
  EXPECT_NEAR(spectral_norm(1e200 * large, rng) / 1e200, 9, 1e-12);
  EXPECT_NEAR(spectral_norm(1e-200 * large, rng) / 1e-200, 9, 1e-12);
  EXPECT_EQ(spectral_norm(arma::zeros(301, 301), rng), 0.0);
  EXPECT_TRUE(std::isnan(spectral_norm(arma::mat(), rng)));
  EXPECT_TRUE(std::isnan(spectral_norm(arma::mat(2, 2, arma::fill::value(arma::datum::inf)), rng)));
}

TEST(TopSingularValues, AgreeWithTheFullDecomposition) {
  const Rng rng(8, "top");
  const arma::mat small = normal_matrix(rng.child("small"), 9, 6);
  EXPECT_LT(arma::norm(top_singular_values(small, 3, rng) - singular_values(small).head(3)), 1e-12);
  EXPECT_EQ(top_singular_values(small, 99, rng).n_elem, 6u);
  EXPECT_TRUE(top_singular_values(small, 0, rng).is_empty());
  arma::vec falling(310);
  for (arma::uword i = 0; i < 310; ++i) falling(i) = std::pow(0.9, static_cast<double>(i));
  const arma::mat large = matrix_with_spectrum(rng.child("large"), 400, 310, falling);
  EXPECT_LT(arma::abs(top_singular_values(large, 5, rng) - falling.head(5)).max(), 1e-9);
  const arma::mat repeated = matrix_with_spectrum(rng.child("repeated"), 310, 320, {2, 2, 2, 1});
  EXPECT_LT(arma::abs(top_singular_values(repeated, 5, rng) - arma::vec{2, 2, 2, 1, 0}).max(), 1e-9);
}

TEST(TopSingularValues, LanczosHasTheDigitsOfTheFullDecomposition) {
  const Rng rng(9, "top");
  for (const auto& [p, q] : {std::pair{257, 257}, std::pair{300, 500}, std::pair{500, 300}}) {
    const arma::mat w = normal_matrix(rng.child("w"), static_cast<arma::uword>(p), static_cast<arma::uword>(q));
    const arma::vec all = arma::svd(w);
    for (const arma::uword k : {1u, 5u})
      EXPECT_LT(arma::abs(top_singular_values(w, k, rng) / all.head(k) - 1).max(), 1e-12) << p << " x " << q;
    EXPECT_EQ(top_singular_values(w, 5, rng)(4), top_singular_values(w, 5, rng)(4));
    EXPECT_LT(std::abs(spectral_norm(w, rng) / all(0) - 1), 1e-12);
  }
}

TEST(TopSingularValues, NoneIsMissed) {
  const Rng rng(10, "missed");
  const auto check = [&rng](const arma::vec& s) {
    for (const bool tall : {false, true}) {
      const arma::mat w = matrix_with_spectrum(rng.child("w"), tall ? 400 : 300, tall ? 300 : 400, s);
      for (const arma::uword k : {1u, 2u, 3u, 6u})
        EXPECT_LT(arma::abs(top_singular_values(w, k, rng) - s.head(k)).max(), 1e-9 * s(0)) << k;
    }
  };
  arma::vec s(300);
  for (arma::uword i = 0; i < s.n_elem; ++i) s(i) = 1.0 / static_cast<double>(1 + i);
  check(s);
  s(1) = s(0);  // twice: one Krylov space holds it once
  check(s);
  s.head(6).fill(s(0));
  check(s);
  s.tail(200).zeros();
  check(s);
  check(arma::ones(300));
  for (arma::uword i = 0; i < s.n_elem; ++i) s(i) = std::pow(1e-8, static_cast<double>(i) / 299);
  check(s);
  for (arma::uword i = 0; i < s.n_elem; ++i) s(i) = 1 - 1e-6 * static_cast<double>(i);  // a crowded top end
  check(s);
}

}  // namespace
}  // namespace kappa
