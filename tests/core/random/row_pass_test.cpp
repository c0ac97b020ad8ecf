/// One pass over rows against plain loops in extended precision: all shapes, whole, in blocks, gathered, one by one.
#include "core/random/row_pass.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

using Rows = std::vector<std::uint32_t>;

struct Passed {
  arma::vec slopes, g;
};

double bent(double p) { return std::tanh(p) - 0.25; }

Passed passed(const arma::mat& samples, const Rows& rows, const arma::vec& w, bool gradient = true) {
  Scratch room;
  Passed out;
  arma::uword next = 0;
  const auto slopes = [&](arma::uword first, arma::vec& p) {
    EXPECT_EQ(first, next);  // in order, each once
    next += p.n_elem;
    p.transform(bent);
  };
  row_pass(samples, rows, w, room, slopes, gradient ? &out.g : nullptr);
  EXPECT_EQ(next, rows.empty() ? samples.n_cols : rows.size());
  out.slopes = room.a;
  return out;
}

/// The error of both over what rounding may cost: epsilon times the sizes that are added up.
void expect_rounding(const arma::mat& samples, const Rows& rows, const arma::vec& w) {
  const Passed got = passed(samples, rows, w);
  const arma::uword n = rows.empty() ? samples.n_cols : rows.size(), d = samples.n_rows;
  const double eps = std::numeric_limits<double>::epsilon();
  std::vector<long double> g(d, 0), size(d, 0);
  for (arma::uword k = 0; k < n; ++k) {
    const double* const x = samples.colptr(rows.empty() ? k : rows[k]);
    long double p = 0, length = 0;
    for (arma::uword j = 0; j < d; ++j) {
      p += static_cast<long double>(x[j]) * w[j];
      length += std::abs(x[j] * w[j]);
    }
    const double slack = eps * (2 + static_cast<double>(d)) * static_cast<double>(1 + length);
    ASSERT_NEAR(got.slopes[k], bent(static_cast<double>(p)), slack);
    for (arma::uword j = 0; j < d; ++j) {
      g[j] += x[j] * static_cast<long double>(got.slopes[k]);
      size[j] += std::abs(x[j] * got.slopes[k]);
    }
  }
  for (arma::uword j = 0; j < d; ++j)
    ASSERT_NEAR(got.g[j], static_cast<double>(g[j] / n), eps * static_cast<double>(size[j])) << j << " of " << d;
}

Rows spread(arma::uword count, arma::uword n) {
  Rows out(count);
  for (arma::uword k = 0; k < count; ++k) out[k] = static_cast<std::uint32_t>((k * k * 7 + 3 * k) % n);  // some twice
  return out;
}

TEST(RowPass, IsThePlainLoopUpToRounding) {
  for (const auto& [n, d] :
       {std::pair{1u, 1u}, {1u, 40u}, {40u, 1u}, {30u, 90u}, {200u, 20u}, {3001u, 61u}, {37u, 9000u}}) {
    const arma::mat samples = normal_matrix(Rng(1, "x"), d, n);
    const arma::vec w = normal_vector(Rng(1, "w"), d) / std::sqrt(d);
    expect_rounding(samples, {}, w);
    for (const arma::uword batch : {1u, 2u, 5u, 32u, 33u, 300u}) expect_rounding(samples, spread(batch, n), w);
  }
}

TEST(RowPass, IllConditionedRowsLoseNoMore) {
  arma::mat samples = normal_matrix(Rng(1, "x"), 60, 3000);
  samples.each_col() %= arma::logspace(0, -8, 60);
  const arma::vec w = normal_vector(Rng(1, "w"), 60) % arma::logspace(0, 8, 60);
  samples.cols(100, 200) = samples.cols(300, 400);
  samples.row(7).zeros();
  expect_rounding(samples, {}, w);
  expect_rounding(samples, spread(100, 3000), w);
}

TEST(RowPass, WaysDifferByRoundingOnlyAndLossNotAtAll) {
  const arma::mat samples = normal_matrix(Rng(1, "x"), 61, 3001);
  const arma::vec w = normal_vector(Rng(1, "w"), 61);
  Rows all(3001);
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  const Passed whole = passed(samples, {}, w), gathered = passed(samples, all, w);
  EXPECT_LT(arma::abs(whole.slopes - gathered.slopes).max(), 1e-14);
  EXPECT_LT(arma::abs(whole.g - gathered.g).max(), 1e-15);
  EXPECT_TRUE(arma::all(passed(samples, {}, w, false).slopes == whole.slopes));
  EXPECT_TRUE(arma::all(passed(samples, all, w, false).slopes == gathered.slopes));
}

TEST(RowPass, ZeroStaysZeroAndWhatIsNotFiniteIsNotHidden) {
  const arma::mat zero(5, 8, arma::fill::zeros);
  Scratch room;
  arma::vec g;
  row_pass(
      zero, {}, arma::vec(5, arma::fill::ones), room, [](arma::uword, const arma::vec&) {}, &g);
  EXPECT_EQ(arma::norm(g), 0);
  arma::mat bad = normal_matrix(Rng(1, "x"), 60, 40);
  bad(7, 31) = arma::datum::nan;
  const arma::vec w(60, arma::fill::ones);
  EXPECT_FALSE(passed(bad, {}, w).g.is_finite());
  EXPECT_FALSE(passed(bad, {31}, w).g.is_finite());
  EXPECT_TRUE(passed(bad, spread(20, 31), w).g.is_finite());
}

}  // namespace
}  // namespace kappa
