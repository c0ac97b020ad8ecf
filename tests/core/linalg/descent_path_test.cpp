/// Gradient descent in closed form beside gradient descent in a loop, on every kind of matrix.
#include "core/linalg/descent_path.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

arma::vec stepped(const arma::mat& a, const arma::vec& y, arma::vec w, int steps, double size) {
  for (int k = 0; k < steps; ++k) w -= size * (a.t() * (a * w - y));
  return w;
}

struct Case {
  const char* name;
  arma::mat a;
};
std::vector<Case> cases() {
  const Rng rng(1, "cases");
  const arma::mat two = normal_matrix(rng.child("low"), 9, 2) * normal_matrix(rng.child("rank"), 2, 6);
  return {{"tall", normal_matrix(rng.child("tall"), 12, 5)},
          {"wide", normal_matrix(rng.child("wide"), 5, 12)},
          {"square", normal_matrix(rng.child("square"), 7, 7)},
          {"row", normal_matrix(rng.child("row"), 1, 6)},
          {"column", normal_matrix(rng.child("column"), 6, 1)},
          {"rank two", two},
          {"ill-conditioned", matrix_with_spectrum(rng.child("ill"), 8, 8, log_spaced(0, -7, 8))},
          {"zero", arma::mat(4, 3, arma::fill::zeros)}};
}

TEST(DescentPath, IsTheLoop) {
  for (const auto& [name, a] : cases()) {
    const arma::vec y = normal_vector(Rng(2, "y"), a.n_rows), w0 = normal_vector(Rng(3, "w"), a.n_cols);
    const DescentPath path(a, y);
    const double largest = path.singular_values()[0], size = largest > 0 ? 1 / (largest * largest) : 0.5;
    for (const double factor : {0.3, 1.0, 1.9})
      for (const int steps : {0, 1, 2, 37, 400}) {
        const arma::vec zero(a.n_cols, arma::fill::zeros);
        EXPECT_LT(arma::norm(path.after(steps, factor * size) - stepped(a, y, zero, steps, factor * size)), 1e-8)
            << name << ", " << steps << " steps";
        EXPECT_LT(arma::norm(path.after(steps, factor * size, w0) - stepped(a, y, w0, steps, factor * size)), 1e-8)
            << name << ", " << steps << " steps from elsewhere";
      }
  }
}

TEST(DescentPath, LosesNoDigitsOverAMillionSteps) {
  const arma::mat a = arma::diagmat(arma::vec{1, 1e-3, 1e-7});
  const arma::vec y = {1, 1e-3, 1e-7}, w = DescentPath(a, y).after(1e6, 1);
  EXPECT_DOUBLE_EQ(w[0], 1);
  EXPECT_NEAR(w[1], 0.632120742767688, 1e-12);          // 1 - exp(1e6 log1p(-1e-6))
  EXPECT_NEAR(w[2] / 9.9999999500000500e-9, 1, 1e-12);  // 1 - (1 - 1e-14)^1e6
}

TEST(DescentPath, EndsAtTheNearestMinimiser) {
  for (const auto& [name, a] : cases()) {
    const arma::vec y = normal_vector(Rng(2, "y"), a.n_rows), w0 = normal_vector(Rng(3, "w"), a.n_cols);
    const DescentPath path(a, y, 1e-10);
    const double largest = path.singular_values()[0], size = largest > 0 ? 1 / (largest * largest) : 0.5;
    const arma::mat inverse = arma::pinv(a, 1e-10 * largest);
    const arma::vec end = inverse * y, from = w0 + inverse * (y - a * w0);
    const double scale = 1 + arma::norm(inverse);
    EXPECT_LT(arma::norm(path.after(arma::datum::inf, size) - end), 1e-7 * scale) << name;
    EXPECT_LT(arma::norm(path.after(arma::datum::inf, size, w0) - from), 1e-7 * scale) << name;
    EXPECT_LT(arma::norm(path.ridge(0) - end), 1e-7 * scale) << name;
    const arma::mat gram = a.t() * a + 0.3 * arma::eye(a.n_cols, a.n_cols);
    EXPECT_LT(arma::norm(path.ridge(0.3) - arma::solve(gram, arma::vec(a.t() * y))), 1e-10) << name;
  }
}

TEST(DescentPath, Limits) {
  const arma::mat a = arma::diagmat(arma::vec{2, 0.5});
  const DescentPath path(a, {1, 1});
  EXPECT_DOUBLE_EQ(path.condition_number(), 4);
  EXPECT_TRUE(std::isnan(path.after(arma::datum::inf, 0.5)[0]));  // at 2/s₁² it swings for ever
  EXPECT_GT(std::abs(path.after(200, 0.6)[0]), 1e20);             // beyond, it flies away
  EXPECT_NEAR(path.after(arma::datum::inf, 0.4)[1], 2, 1e-14);
  EXPECT_TRUE(std::isnan(DescentPath(arma::mat(2, 2, arma::fill::zeros), {1, 1}).condition_number()));
  EXPECT_EQ(DescentPath(arma::diagmat(arma::vec{1, 0}), {1, 1}).condition_number(), arma::datum::inf);
  EXPECT_TRUE(DescentPath(arma::mat(2, 2, arma::fill::value(arma::datum::nan)), {1, 1}).after(3, 1).has_nan());
}

TEST(PowerOfRest, AnyFactorAnyCount) {
  EXPECT_EQ(power_of_rest(0, 1e9), 1);
  EXPECT_EQ(power_of_rest(0, arma::datum::inf), 1);
  EXPECT_EQ(power_of_rest(1, 3), 0);
  EXPECT_EQ(power_of_rest(1, 0), 1);
  EXPECT_NEAR(power_of_rest(0.3, 5), std::pow(0.7, 5), 1e-15);
  EXPECT_NEAR(power_of_rest(1.5, 3), -0.125, 1e-15);
  EXPECT_EQ(power_of_rest(1.5, arma::datum::inf), 0);
  EXPECT_TRUE(std::isnan(power_of_rest(2.5, arma::datum::inf)));
}

}  // namespace
}  // namespace kappa
