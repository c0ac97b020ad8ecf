/// The network kernel: beside plain loops, beside differences, and in both real types.
#include "core/linalg/mlp.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

const std::vector<MlpShape> shapes = {{{3, 1}, Activation::tanh, true},
                                      {{3, 5, 2}, Activation::tanh, true},
                                      {{3, 4, 5, 2}, Activation::sigmoid, true},
                                      {{2, 4, 3, 1}, Activation::tanh, false},
                                      {{3, 6, 2}, Activation::relu, true}};

double activated(Activation kind, double z) {
  if (kind == Activation::relu) return z > 0 ? z : 0;
  return kind == Activation::tanh ? std::tanh(z) : 1 / (1 + std::exp(-z));
}

/// One sample, one unit at a time, weights taken one after the other.
std::vector<double> by_loops(const MlpShape& shape, const arma::vec& p, std::vector<double> a) {
  std::size_t at = 0;
  for (std::size_t l = 0; l < shape.layers(); ++l) {
    std::vector<double> next(shape.widths[l + 1], 0.0);
    for (double& unit : next)
      for (const double each : a) unit += p[at++] * each;
    if (shape.biases)
      for (double& unit : next) unit += p[at++];
    if (l + 1 < shape.layers())
      for (double& unit : next) unit = activated(shape.activation, unit);
    a = next;
  }
  EXPECT_EQ(at, p.n_elem);
  return a;
}

struct Case {
  arma::vec p;
  arma::mat x, slope;
};
Case some(const MlpShape& shape, arma::uword samples = 4) {
  return {normal_vector(Rng(1, "p"), shape.size()), normal_matrix(Rng(1, "x"), shape.widths.front(), samples),
          normal_matrix(Rng(1, "slope"), shape.widths.back(), samples)};
}
/// The sum of slope % outputs.
double weighed(const MlpShape& shape, const arma::vec& p, const Case& c) {
  MlpPass<double> pass;
  return arma::accu(c.slope % mlp_forward(shape, p, c.x, pass));
}
arma::vec gradient(const MlpShape& shape, const arma::vec& p, const Case& c) {
  MlpPass<double> pass;
  arma::vec g;
  mlp_forward(shape, p, c.x, pass);
  mlp_backward(shape, p, c.x, pass, c.slope, g);
  return g;
}

TEST(Mlp, GivesWhatPlainLoopsGive) {
  for (const MlpShape& shape : shapes) {
    const Case c = some(shape);
    MlpPass<double> pass;
    const arma::mat& out = mlp_forward(shape, c.p, c.x, pass);
    for (arma::uword i = 0; i < c.x.n_cols; ++i) {
      const auto expected = by_loops(shape, c.p, arma::conv_to<std::vector<double>>::from(c.x.col(i)));
      for (arma::uword k = 0; k < out.n_rows; ++k) EXPECT_NEAR(out(k, i), expected[k], 1e-13);
    }
  }
}

TEST(Mlp, ItsGradientIsTheSlope) {
  for (const MlpShape& shape : shapes) {
    const Case c = some(shape);
    const arma::vec g = gradient(shape, c.p, c);
    for (arma::uword i = 0; i < c.p.n_elem; ++i) {
      arma::vec plus = c.p, minus = c.p;
      plus[i] += 1e-5;
      minus[i] -= 1e-5;
      EXPECT_NEAR(g[i], (weighed(shape, plus, c) - weighed(shape, minus, c)) / 2e-5, 1e-7) << i;
    }
  }
}

TEST(Mlp, ItsJacobianHoldsTheGradientOfEachOutput) {
  for (const MlpShape& shape : shapes) {
    Case c = some(shape);
    MlpPass<double> pass;
    mlp_forward(shape, c.p, c.x, pass);
    const arma::mat j = mlp_jacobian(shape, c.p, c.x, pass);
    ASSERT_EQ(j.n_rows, shape.size());
    for (arma::uword i = 0; i < c.x.n_cols; ++i)
      for (arma::uword k = 0; k < shape.widths.back(); ++k) {
        c.slope.zeros();
        c.slope(k, i) = 1;
        EXPECT_LT(arma::norm(j.col(i * shape.widths.back() + k) - gradient(shape, c.p, c)), 1e-13);
      }
  }
}

/// For ½ Σ outputs², whose slope is the outputs themselves.
TEST(Mlp, ItsHessianProductIsTheChangeOfTheGradient) {
  for (const MlpShape& shape : shapes) {
    const Case c = some(shape);
    const arma::vec v = normal_vector(Rng(2, "v"), shape.size());
    const auto slope_at = [&](const arma::vec& p) {
      MlpPass<double> pass;
      Case own = c;
      own.slope = mlp_forward(shape, p, c.x, pass);
      return gradient(shape, p, own);
    };
    MlpPass<double> pass;
    const arma::mat out = mlp_forward(shape, c.p, c.x, pass);
    arma::vec product;
    mlp_hessian_product(
        shape, c.p, v, c.x, pass, out, [](const arma::mat& moved) { return moved; }, product);
    const double h = 1e-6;
    const arma::vec expected = (slope_at(c.p + h * v) - slope_at(c.p - h * v)) / (2 * h);
    EXPECT_LT(arma::norm(product - expected), 1e-7 * (1 + arma::norm(expected)));
  }
}

TEST(Mlp, FloatDiffersByRoundingOnly) {
  for (const MlpShape& shape : shapes) {
    const Case c = some(shape);
    const arma::fvec p = arma::conv_to<arma::fvec>::from(c.p);
    const arma::fmat x = arma::conv_to<arma::fmat>::from(c.x), slope = arma::conv_to<arma::fmat>::from(c.slope);
    MlpPass<float> pass;
    arma::fvec g;
    mlp_forward(shape, p, x, pass);
    mlp_backward(shape, p, x, pass, slope, g);
    const arma::vec expected = gradient(shape, c.p, c);
    const double gap = arma::norm(arma::conv_to<arma::vec>::from(g) - expected) / arma::norm(expected);
    EXPECT_LT(gap, 1e-5);
    EXPECT_GT(gap, 1e-12);
  }
}

TEST(Mlp, NoSamplesGiveNoOutputsAndNoGradient) {
  const MlpShape& shape = shapes[1];
  const Case c = some(shape, 0);
  MlpPass<double> pass;
  EXPECT_EQ(mlp_forward(shape, c.p, c.x, pass).n_cols, 0u);
  EXPECT_EQ(arma::norm(gradient(shape, c.p, c)), 0);
}

}  // namespace
}  // namespace kappa
