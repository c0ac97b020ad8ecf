/// The reduced form against extended precision and against the plain form: up to condition numbers of 1e8 and beyond,
/// near the minimum and far from it; where it is refused; and that choosing it changes nothing but rounding.
#include "core/random/reduced_least_squares.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/random/least_squares.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

constexpr double eps = std::numeric_limits<double>::epsilon();

struct Setting {
  arma::uword n = 400, d = 50;
  double kappa = 1;  ///< of the Gram matrix
  bool rotate = false;
  double noise = 0;
};

/// y = X w* + noise, |w*| = 1, curvatures from about 1 down to 1/kappa.
RegressionData made(const Setting& s) {
  const Rng rng(1, "made");
  arma::mat x = normal_matrix(rng.child("x"), s.n, s.d);
  if (s.d > 1) x.each_row() %= arma::logspace(0, -0.5 * std::log10(s.kappa), s.d).t();
  if (s.rotate) x = x * haar_orthogonal(rng.child("rotation"), s.d);
  RegressionData out;
  out.truth = unit_vector(rng.child("truth"), s.d);
  out.y = x * out.truth + s.noise * normal_vector(rng.child("noise"), s.n);
  out.samples = x.t();
  return out;
}

struct Slope {
  long double f = 0;
  std::vector<long double> g;
};

Slope exact(const RegressionData& data, double lambda, const arma::vec& w) {
  const arma::uword n = data.rows();
  Slope out{0, std::vector<long double>(w.n_elem, 0)};
  for (arma::uword i = 0; i < n; ++i) {
    long double r = -static_cast<long double>(data.y[i]);
    for (arma::uword j = 0; j < w.n_elem; ++j) r += static_cast<long double>(data.samples(j, i)) * w[j];
    for (arma::uword j = 0; j < w.n_elem; ++j) out.g[j] += data.samples(j, i) * r / n;
    out.f += r * r / (2 * n);
  }
  for (arma::uword j = 0; j < w.n_elem; ++j) {
    const long double pull = static_cast<long double>(lambda) * w[j];
    out.g[j] += pull;
    out.f += pull * w[j] / 2;
  }
  return out;
}

double away(const arma::vec& g, const Slope& from) {
  long double sum = 0;
  for (arma::uword j = 0; j < g.n_elem; ++j) sum += std::pow(g[j] - from.g[j], 2.0L);
  return static_cast<double>(std::sqrt(sum));
}

struct Errors {
  double f = 0, g = 0;
};

Errors of_reduced(const ReducedLeastSquares& form, const Slope& true_slope, const arma::vec& w) {
  Scratch room;
  arma::vec g;
  const double f = form.value_gradient(w, g, room);
  EXPECT_EQ(f, form.value(w, room));
  EXPECT_GE(f, 0);
  return {static_cast<double>(std::abs(f - true_slope.f)), away(g, true_slope)};
}

Errors of_plain(const RegressionData& data, double lambda, const Slope& true_slope, const arma::vec& w) {
  const arma::vec r = data.samples.t() * w - data.y, g = data.samples * r / data.rows() + lambda * w;
  const double f = arma::dot(r, r) / (2 * static_cast<double>(data.rows())) + lambda / 2 * arma::dot(w, w);
  return {static_cast<double>(std::abs(f - true_slope.f)), away(g, true_slope)};
}

double largest(const RegressionData& data) {
  return std::pow(arma::norm(data.samples), 2) / static_cast<double>(data.rows());
}

ReducedLeastSquares reduced(const RegressionData& data, double lambda = 0) { return {data, factor(data), lambda}; }

std::vector<arma::vec> descent(const RegressionData& data, const ReducedLeastSquares& form, double lambda) {
  std::vector<arma::vec> out;
  arma::vec w(data.features(), arma::fill::zeros), g;
  Scratch room;
  const double rate = 1 / (largest(data) + lambda);
  for (const int steps : {10, 300, 3000}) {
    for (int t = 0; t < steps; ++t) {
      form.value_gradient(w, g, room);
      w -= rate * g;
    }
    out.push_back(w);
  }
  return out;
}

/// Rounding of one vector in an expression of this size, with room for a factor of ten; seen errors stay a third below.
void expect_exact(const Setting& s, double lambda) {
  const RegressionData data = made(s);
  const ReducedLeastSquares form = reduced(data, lambda);
  ASSERT_TRUE(form.usable());
  const double top = largest(data) + lambda, y = arma::norm(data.y) / std::sqrt(static_cast<double>(s.n));
  std::vector<arma::vec> points = descent(data, form, lambda);
  points.push_back(arma::vec(s.d, arma::fill::zeros));
  points.push_back(data.truth);
  points.push_back(data.truth + 1e-8 * normal_vector(Rng(1, "near"), s.d));
  points.push_back(normal_vector(Rng(1, "far"), s.d));
  for (const arma::vec& w : points) {
    const Slope at = exact(data, lambda, w);
    const double size = std::sqrt(top) * (std::sqrt(top) * arma::norm(w) + y);
    const Errors got = of_reduced(form, at, w), plain = of_plain(data, lambda, at, w);
    EXPECT_LT(got.g, 10 * eps * size) << "plain " << plain.g;
    const double f = static_cast<double>(at.f), floor = eps * eps * size * size / top;
    EXPECT_LT(got.f, 20 * eps * (f + std::sqrt(f / top) * eps * size) + 300 * eps * std::sqrt(f / top) * size + floor)
        << "plain " << plain.f << " of " << f;
  }
}

TEST(ReducedLeastSquares, IsExactUpToRoundingAtEveryConditionNumber) {
  for (const double kappa : {1.0, 1e4, 1e8, 1e12, 1e15})
    for (const bool rotate : {false, true})
      for (const double lambda : {0.0, 1e-3}) expect_exact({400, 50, kappa, rotate, 0}, lambda);
  for (const double kappa : {1.0, 1e4, 1e8}) expect_exact({400, 50, kappa, false, 0.1}, 0);
  expect_exact({400, 50, 1e8, true, 0.1}, 1e-3);
  expect_exact({30, 1, 1, false, 0.1}, 0);
}

/// Where y is X w* but for its rounding, the loss falls as far as that and the gradient to nothing.
TEST(ReducedLeastSquares, NearTheMinimumItIsTheMoreExactForm) {
  for (const bool rotate : {false, true})
    for (const double kappa : {1.0, 1e4, 1e8}) {
      const RegressionData data = made({400, 50, kappa, rotate, 0});
      const ReducedLeastSquares form = reduced(data);
      for (const double distance : {0.0, 1e-12, 1e-8}) {
        const arma::vec w = data.truth + distance * normal_vector(Rng(1, "near"), 50);
        const Slope at = exact(data, 0, w);
        const Errors got = of_reduced(form, at, w), plain = of_plain(data, 0, at, w);
        EXPECT_LT(got.f, 0.1 * plain.f) << kappa << " " << distance;
        EXPECT_LT(got.g, 0.1 * plain.g) << kappa << " " << distance;
      }
      Scratch room;
      EXPECT_LT(form.value(data.truth, room), 1e-31);
    }
}

TEST(ReducedLeastSquares, NoNoiseAndAsManyLiveRowsAsWeightsNeverGoBelowZero) {
  RegressionData data = made({400, 50, 1e6, true, 0});
  data.samples.tail_cols(350).zeros();
  data.y.tail(350).zeros();
  const ReducedLeastSquares form = reduced(data);
  ASSERT_TRUE(form.usable());
  Scratch room;
  for (const arma::vec& w : descent(data, form, 0)) EXPECT_GE(form.value(w, room), 0);
  for (std::uint64_t seed = 1; seed < 50; ++seed)
    EXPECT_GE(form.value(data.truth + 1e-16 * normal_vector(Rng(seed, "near"), 50), room), 0);
}

TEST(ReducedLeastSquares, RefusesWhatThePlainFormSaysBetter) {
  const RegressionData good = made({400, 50, 1e2, true, 0.1});
  EXPECT_TRUE(reduced(good).usable());
  RegressionData bad = good;
  bad.samples.row(7) = bad.samples.row(3);
  EXPECT_FALSE(reduced(bad).usable());
  EXPECT_TRUE(reduced(bad, 0.1).usable());  // a penalty tells them apart
  bad = good;
  bad.samples.row(7).zeros();
  EXPECT_FALSE(reduced(bad).usable());
  for (const double value : {arma::datum::nan, arma::datum::inf}) {
    bad = good;
    bad.samples(3, 9) = value;
    EXPECT_FALSE(reduced(bad).usable());
    bad = good;
    bad.y[9] = value;
    EXPECT_FALSE(reduced(bad).usable());
  }
  bad = good;
  bad.samples.zeros();
  EXPECT_FALSE(reduced(bad).usable());
  EXPECT_FALSE(ReducedLeastSquares().usable());
  // Noise over small curvatures makes a minimiser that no descent from zero will see.
  EXPECT_FALSE(reduced(made({400, 50, 1e10, true, 0.1})).usable());
  EXPECT_TRUE(reduced(made({400, 50, 1e10, false, 0.1})).usable());  // where the columns' scales alone are to blame
  bad = good;
  bad.y.zeros();
  EXPECT_TRUE(reduced(bad).usable());
}

TEST(ReducedLeastSquares, SizesAloneDecide) {
  EXPECT_TRUE(worth_reducing(200, 50));
  EXPECT_TRUE(worth_reducing(20'000, 200));
  EXPECT_FALSE(worth_reducing(199, 50));         // not tall
  EXPECT_FALSE(worth_reducing(100, 20));         // small
  EXPECT_FALSE(worth_reducing(10'000'000, 20));  // seconds
  EXPECT_FALSE(worth_reducing(200'000, 0));
}

arma::vec gradient(const LeastSquares& fit, const arma::vec& w, const std::vector<std::uint32_t>& rows, double& f) {
  Scratch room;
  Blocks x = fit.zeros(), g = fit.zeros();
  x.flat() = w;
  const Sample sample{rows, Rng(1, "noise"), room};
  f = fit.value_gradient(x, g, sample);
  EXPECT_EQ(f, fit.value(x, sample));
  return g.flat();
}

TEST(LeastSquares, TheFormOfAllRowsIsThatOfEachRow) {
  for (const auto& [n, d] : {std::pair{400u, 50u}, {199u, 50u}, {4000u, 11u}, {2500u, 60u}})
    for (const double lambda : {0.0, 0.3}) {
      const LeastSquares fit(made({n, d, 1e3, true, 0.2}), lambda);
      const LeastSquares copy = fit;
      std::vector<std::uint32_t> all(n);
      for (std::uint32_t i = 0; i < n; ++i) all[i] = i;
      const arma::vec w = normal_vector(Rng(2, "w"), d);
      double f = 0, by_rows = 0, of_copy = 0;
      const arma::vec g = gradient(fit, w, {}, f), h = gradient(fit, w, all, by_rows);
      EXPECT_NEAR(f, by_rows, 1e-14 * f);
      EXPECT_LT(arma::norm(g - h), 1e-14 * arma::norm(g));
      EXPECT_TRUE(arma::all(gradient(copy, w, {}, of_copy) == g));
      EXPECT_EQ(f, of_copy);
    }
}

TEST(LeastSquares, FactsOfTallDataAreThoseOfAnyOther) {
  for (const double lambda : {0.0, 0.3})
    for (const bool dependent : {false, true}) {
      RegressionData data = made({400, 50, 1e3, true, 0.2});
      if (dependent) data.samples.row(7) = data.samples.row(3);
      RegressionData twice = data;  // the same but for n < 4 d
      twice.samples = data.samples.head_cols(150);
      twice.y = data.y.head(150);
      for (const RegressionData& each : {data, twice}) {
        const LeastSquares fit(each, lambda);
        const Facts facts = fit.facts();
        EXPECT_LT(arma::abs(arma::eig_sym(fit.hessian()) - facts.hessian_spectrum).max(), 1e-14);
        EXPECT_EQ(*facts.strong_convexity == 0, dependent && lambda == 0);
        double f = 0;
        EXPECT_LT(arma::norm(gradient(fit, facts.solution->flat(), {}, f)), 1e-13);
        EXPECT_EQ(f, *facts.minimum);
        EXPECT_NEAR(facts.solution->flat()[3], facts.solution->flat()[dependent ? 7 : 3], 1e-12);  // the shortest
      }
    }
}

}  // namespace
}  // namespace kappa
