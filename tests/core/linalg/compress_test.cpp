/// Compressors of a vector against sorting.
#include "core/linalg/compress.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

TEST(TopEntries, KeepsTheLargestAndNothingElse) {
  for (const arma::uword n : {1, 2, 7, 50})
    for (arma::uword k = 0; k <= n + 1; ++k) {
      const arma::vec v = normal_vector(Rng(n, "v", k), n), out = top_entries(v, k);
      const arma::vec sorted = arma::sort(arma::vec(arma::abs(v)), "descend");
      ASSERT_EQ(out.n_elem, n);
      EXPECT_EQ(arma::accu(out != 0), std::min(k, n));
      for (arma::uword i = 0; i < n; ++i)
        EXPECT_EQ(out[i], k > 0 && std::abs(v[i]) >= sorted[std::min(k, n) - 1] ? v[i] : 0);
    }
}

TEST(TopEntries, KeepsTheFirstOfEquals) {
  const arma::vec out = top_entries({1, -1, 1, -1}, 2);
  EXPECT_EQ(arma::norm(out - arma::vec{1, -1, 0, 0}), 0);
}

TEST(TopEntries, LeavesAtMostItsShareOfTheSquares) {
  for (const arma::uword k : {1, 3, 9}) {
    const arma::vec v = normal_vector(Rng(1, "v", k), 10), left = v - top_entries(v, k);
    EXPECT_LE(arma::dot(left, left), (1 - static_cast<double>(k) / 10) * arma::dot(v, v));
  }
}

TEST(TopEntries, ShowsWhatIsNotANumber) {
  EXPECT_TRUE(std::isnan(top_entries({1, arma::datum::nan, 3}, 1)[1]));
  EXPECT_TRUE(top_entries({}, 3).is_empty());
  EXPECT_EQ(arma::norm(top_entries(arma::vec(4, arma::fill::zeros), 2)), 0);
}

TEST(EntriesAbove, IsAHardThreshold) {
  const arma::vec out = entries_above({0.5, -0.6, 0.4, -3, arma::datum::nan}, 0.5);
  EXPECT_EQ(arma::norm(out.head(4) - arma::vec{0, -0.6, 0, -3}), 0);
  EXPECT_TRUE(std::isnan(out[4]));
}

}  // namespace
}  // namespace kappa
