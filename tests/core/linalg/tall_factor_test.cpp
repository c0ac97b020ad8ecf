/// The triangle of tall data: same Gram matrix, same distances, whatever the scale of the columns.
#include "core/linalg/tall_factor.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

arma::mat rows_of(arma::uword n, arma::uword columns) { return normal_matrix(Rng(1, "rows"), n, columns); }

TEST(TallFactor, SaysOfTheDataAllThatLeastSquaresNeeds) {
  for (const auto& [n, d] : {std::pair{2000u, 200u}, {90u, 7u}, {8u, 7u}, {5u, 1u}, {4u, 0u}}) {
    const arma::mat data = rows_of(n, d + 1), x = data.head_cols(d);
    const arma::vec y = data.col(d);
    const TallFactor f = tall_factor(data);
    ASSERT_EQ(f.r.n_rows, d);
    ASSERT_EQ(f.r.n_cols, d);
    EXPECT_TRUE(d == 0 || f.r.is_trimatu());
    EXPECT_LE(arma::norm(f.r.t() * f.r - x.t() * x, "fro"), 1e-14 * n * (d + 1));
    EXPECT_LE(arma::norm(f.r.t() * f.c - x.t() * y), 1e-14 * n * (d + 1));
    const arma::vec w = normal_vector(Rng(1, "w"), d), v = normal_vector(Rng(1, "v"), d);
    const auto whole = [&](const arma::vec& at) { return arma::accu(arma::square(x * at - y)); };
    const auto small = [&](const arma::vec& at) { return arma::accu(arma::square(f.r * at - f.c)); };
    EXPECT_NEAR(whole(w) - whole(v), small(w) - small(v), 1e-13 * (whole(w) + whole(v)));
  }
}

TEST(TallFactor, ScaledColumnsScaleTheirOwnColumnOnly) {
  const arma::mat data = rows_of(50, 5);
  const arma::rowvec scale = {1, std::pow(2.0, -40), std::pow(2.0, 60), std::pow(2.0, -100), 1};
  const TallFactor f = tall_factor(data), g = tall_factor(data.each_row() % scale);
  EXPECT_LT(arma::abs(g.r.each_row() / scale.head(4) - f.r).max(), 1e-13);
  EXPECT_LT(arma::abs(g.c - f.c).max(), 1e-13);
}

TEST(TallFactor, EdgesAnswer) {
  arma::mat data = rows_of(20, 4);
  data.col(1).zeros();
  data.col(2) = data.col(0);
  const TallFactor dependent = tall_factor(data);
  EXPECT_TRUE(dependent.r.is_finite());
  EXPECT_EQ(arma::norm(dependent.r.col(1)), 0);
  EXPECT_LT(std::abs(dependent.r(2, 2)), 1e-14);
  data(3, 0) = arma::datum::nan;
  EXPECT_FALSE(tall_factor(data).r.is_finite());
  EXPECT_THROW(tall_factor(rows_of(3, 4)), std::logic_error);
  EXPECT_THROW(tall_factor(arma::mat()), std::logic_error);
}

}  // namespace
}  // namespace kappa
