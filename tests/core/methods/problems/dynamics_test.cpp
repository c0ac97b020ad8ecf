/// Quadratic models, the catapult's networks, the classifier and the star, each against plain loops over its formula.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/problem_check.hpp"

namespace kappa {
namespace problems {
Method linear_network_datum();
Method neural_quadratic_model();
Method quadratic_model();
Method star_domain();
Method two_layer_classifier();
}  // namespace problems
namespace {

using namespace support;

TEST(QuadraticModel, OfTwoParameters) {
  const auto problem = built(problems::quadratic_model(), {{"epsilon", 0.02}, {"target", 0.3}});
  const Blocks x = single_block("theta", arma::vec{4, -1.5});
  const double z = 0.5 * (2.25 - 0.02 * 16) - 0.3;
  const Slope at = gradient_at(*problem, x);
  EXPECT_NEAR(at.f, z * z / 2, 1e-14);
  EXPECT_NEAR(at.g.flat()[0], z * -0.02 * 4, 1e-14);
  EXPECT_NEAR(at.g.flat()[1], z * -1.5, 1e-14);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Blocks start = start_of(*problem, seed);
    const double u = 0.02 * start.flat()[0] * start.flat()[0] / 2;
    EXPECT_TRUE(u >= 1.1 && u <= 1.6 && start.flat()[1] >= 0.05 && start.flat()[1] <= 0.3) << u;
  }
}

TEST(QuadraticModel, OfManyParametersIsItsFormula) {
  const auto problem =
      built(problems::quadratic_model(),
            {{"form", std::string("random")}, {"outputs", std::int64_t{3}}, {"dimension", std::int64_t{5}}});
  const arma::mat q = dumped(*problem, "Q"), g = dumped(*problem, "G"), z0 = dumped(*problem, "z0");
  const Blocks x = somewhere(*problem);
  double f = 0;
  for (arma::uword a = 0; a < 3; ++a) {
    double z = z0(a, 0);
    for (arma::uword i = 0; i < 5; ++i) {
      z += g(a, i) * x.flat()[i];
      for (arma::uword j = 0; j < 5; ++j) z += 0.5 * x.flat()[i] * q(5 * a + i, j) * x.flat()[j];
    }
    f += z * z / 2;
  }
  EXPECT_NEAR(value_at(*problem, x), f, 1e-12 * (1 + f));
  EXPECT_EQ(arma::norm(start_of(*problem).flat()), 0);
}

/// Off the diagonal Q has variance 1/P, on it 2/P; G has slope²/P.
TEST(QuadraticModel, HasTheScalesOfItsFormula) {
  const auto problem = built(problems::quadratic_model(), {{"form", std::string("random")}});
  const arma::mat q = dumped(*problem, "Q"), g = dumped(*problem, "G");
  double on = 0, off = 0;
  for (arma::uword a = 0; a < 20; ++a)
    for (arma::uword i = 0; i < 60; ++i)
      for (arma::uword j = 0; j < 60; ++j) (i == j ? on : off) += std::pow(q(60 * a + i, j), 2);
  EXPECT_NEAR(off / (20 * 60 * 59), 1.0 / 60, 0.02 / 60);
  EXPECT_NEAR(on / (20 * 60), 2.0 / 60, 0.2 / 60);
  EXPECT_NEAR(arma::accu(arma::square(g)) / (20 * 60), 0.36 / 60, 0.04 / 60);
}

TEST(LinearNetworkDatum, IsTheScaledProduct) {
  const auto problem = built(problems::linear_network_datum(), {{"width", std::int64_t{7}}, {"target", 0.5}});
  const Blocks x = somewhere(*problem);
  double product = 0;
  for (arma::uword i = 0; i < 7; ++i) product += x.flat()[i] * x.flat()[7 + i] / std::sqrt(7);
  const Slope at = gradient_at(*problem, x);
  EXPECT_NEAR(at.f, 0.5 * std::pow(product - 0.5, 2), 1e-13);
  for (arma::uword i = 0; i < 7; ++i) {
    EXPECT_NEAR(at.g.flat()[i], (product - 0.5) * x.flat()[7 + i] / std::sqrt(7), 1e-13);
    EXPECT_NEAR(at.g.flat()[7 + i], (product - 0.5) * x.flat()[i] / std::sqrt(7), 1e-13);
  }
}

/// f(U₀ + W, v₀ + q) to second order, each order from its own sum; the first is the network itself.
TEST(NeuralQuadraticModel, IsTheSecondOrderExpansion) {
  const auto problem = built(problems::neural_quadratic_model(),
                             {{"width", std::int64_t{6}}, {"inputs", std::int64_t{3}}, {"samples", std::int64_t{4}}});
  const arma::mat in = dumped(*problem, "X");
  const Blocks start = start_of(*problem), x = somewhere(*problem);
  double loss = 0;
  for (arma::uword i = 0; i < 4; ++i) {
    double f = 0;
    for (arma::uword j = 0; j < 6; ++j) {
      const double z = arma::dot(start.block(0).row(j), in.row(i)), v = start.block(1)(0, j);
      const double moved = arma::dot(x.block(0).row(j) - start.block(0).row(j), in.row(i)), q = x.block(1)(0, j) - v;
      const double awake = z > 0 ? 1 : 0;
      f += (v * std::max(z, 0.0) + q * std::max(z, 0.0) + v * awake * moved + q * awake * moved) / std::sqrt(6);
      EXPECT_EQ(std::abs(v), 1);
    }
    loss += f * f / 8;
  }
  EXPECT_NEAR(value_at(*problem, x), loss, 1e-12 * (1 + loss));
}

double classifier_loss(const Blocks& x, const arma::mat& in, const arma::mat& y) {
  double sum = 0;
  for (arma::uword i = 0; i < in.n_rows; ++i) {
    double out = 0;
    for (arma::uword j = 0; j < x.block(0).n_rows; ++j)
      out += x.block(1)(0, j) * std::max(0.0, arma::dot(x.block(0).row(j), in.row(i)));
    sum += std::log(1 + std::exp(-y(i, 0) * out));
  }
  return sum / static_cast<double>(in.n_rows);
}

TEST(TwoLayerClassifier, IsTheLogLossOfASign) {
  const auto problem =
      built(problems::two_layer_classifier(), {{"width", std::int64_t{7}}, {"samples", std::int64_t{30}}});
  const arma::mat in = dumped(*problem, "X"), y = dumped(*problem, "y");
  for (arma::uword i = 0; i < 30; ++i) EXPECT_EQ(y(i, 0), in(i, 0) * in(i, 1) + 0.5 * in(i, 2) >= 0 ? 1 : -1);
  const Blocks x = somewhere(*problem);
  EXPECT_NEAR(value_at(*problem, x), classifier_loss(x, in, y), 1e-12);
  Blocks far = x;
  far.flat() *= 1e3;
  EXPECT_TRUE(std::isfinite(value_at(*problem, far)));
  const Blocks g = gradient_at(*problem, x).g;  // differences where no unit changes sides
  for (arma::uword i = 0; i < x.flat().n_elem; i += 5) {
    Blocks plus = x, minus = x;
    plus.flat()[i] += 1e-6, minus.flat()[i] -= 1e-6;
    EXPECT_NEAR(g.flat()[i], (value_at(*problem, plus) - value_at(*problem, minus)) / 2e-6, 1e-6);
  }
}

/// A draw of the star's gradient is (1−u) times the classifier's between the point and a tip; all draws average to the
/// gradient that a probe sees.
TEST(StarDomain, DrawsAPlaceOnAPathToATip) {
  const std::vector<double> numbers(8, 0.25), more = {-1, .5, .25, 2, 1, .5, -.5, 1};
  std::vector<double> tips = numbers;
  tips.insert(tips.end(), more.begin(), more.end());
  const Given sizes = {{"width", std::int64_t{2}}, {"inputs", std::int64_t{3}}, {"samples", std::int64_t{20}}};
  Given with_tips = sizes;
  with_tips["points"] = tips;
  const auto star = built(problems::star_domain(), with_tips);
  const auto classifier = built(problems::two_layer_classifier(), sizes);
  ASSERT_TRUE(arma::approx_equal(dumped(*star, "X"), dumped(*classifier, "X"), "absdiff", 0)) << "the same data";
  const Blocks x = somewhere(*star);
  Scratch room;
  Blocks g = zeros_like(x), sum = zeros_like(x);
  constexpr int draws = 4000;
  for (int t = 0; t < draws; ++t) {
    star->value_gradient(x, g, {{}, Rng(3, "noise", static_cast<std::uint64_t>(t)), room});
    sum.flat() += g.flat() / draws;
  }
  Blocks expected = zeros_like(x);
  for (int k = 0; k < 2; ++k)
    for (int i = 0; i < 400; ++i) {
      const double u = (i + 0.5) / 400;
      Blocks between = x;
      const arma::vec tip(std::vector<double>(tips.begin() + 8 * k, tips.begin() + 8 * k + 8));
      between.flat() = (1 - u) * x.flat() + u * tip;
      expected.flat() += (1 - u) * gradient_at(*classifier, between).g.flat() / 800;
    }
  EXPECT_LT(arma::norm(sum.flat() - expected.flat()), 0.05 * arma::norm(expected.flat()));
  star->value_gradient(x, g, {{}, Rng(3, "noise"), room, true});
  EXPECT_LT(arma::norm(g.flat() - expected.flat()), 0.02 * arma::norm(expected.flat()));
}

TEST(StarDomain, RefusesHalfANetwork) {
  EXPECT_THROW(built(problems::star_domain(), {{"points", std::vector<double>{1, 2, 3}}}), DataError);
}

}  // namespace
}  // namespace kappa
