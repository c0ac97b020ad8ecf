/// LANTON against its equation on layers of different noise: option I, option II, its groups of vectors.
#include "core/random/matrices.hpp"
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method lanton();
Method muon_exact();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

double nuclear(const arma::mat& w) { return arma::accu(arma::svd(w)); }
arma::mat orthogonal(const arma::mat& w) {
  arma::mat u, v;
  arma::vec s;
  arma::svd_econ(u, s, v, w);
  return u * v.t();
}

const std::vector<BlockShape> layers = {{"A", 3, 2, Role::hidden}, {"B", 2, 4, Role::hidden}};

TEST(Lanton, FollowsItsEquation) {
  constexpr double eta = 0.05, beta1 = 0.8, beta2 = 0.7, alpha = 0.3;
  Blocks m(layers), before(layers), now(layers);
  arma::vec h(2, arma::fill::zeros);
  expect_path(
      optimizers::lanton(), {{"learning_rate", eta}, {"beta1", beta1}, {"beta2", beta2}, {"alpha", alpha}}, toy(layers),
      [&](const Vec& x, const Vec& g, int t) {
        now.flat() = arma::vec(g);
        m.flat() = beta1 * m.flat() + (1 - beta1) * now.flat();
        arma::vec rate(2);
        for (std::size_t i = 0; i < 2; ++i) {
          const arma::mat step = now.block(i) - before.block(i);
          if (t >= 2) h[i] = beta2 * h[i] + (1 - beta2) * std::pow(nuclear(step), 2);
          rate[i] = alpha / std::sqrt(alpha * alpha + h[i]);
        }
        before.flat() = now.flat();
        Blocks next(layers);
        for (std::size_t i = 0; i < 2; ++i)
          next.block(i) = -eta * std::sqrt(rate[i] / rate.max()) * orthogonal(m.block(i));
        Vec to(x);
        for (std::size_t k = 0; k < to.size(); ++k) to[k] += next.flat()[k];
        return to;
      },
      1e-9, Way::tied);
}

/// Without noise a second sample is the gradient itself: H stays zero and all layers take Muon's steps.
TEST(Lanton, WithASecondSampleAndNoNoiseIsExactMuon) {
  const Toy problem = toy(layers);
  const Vec x0 = random_vec(14, 1);
  Hand hand(optimizers::lanton(), {{"noise_estimate", std::string("second_sample")}, {"learning_rate", 0.02}}, problem,
            x0);
  Hand muon(optimizers::muon_exact(), {{"nesterov", false}, {"scale", std::string("none")}}, problem, x0);
  for (int t = 0; t < 10; ++t) {
    hand.step();
    muon.step();
    EXPECT_EQ(hand.log.numbers.at("noise:A"), 0);
    EXPECT_EQ(hand.log.numbers.at("rate_factor:B"), 1);
  }
  expect_near(hand.x(), muon.x(), 1e-12, "ten steps");
  EXPECT_GT(hand.counts.gradients, muon.counts.gradients);
}

TEST(Lanton, VectorsMayStepAsAGroupOfTheirOwn) {
  const Toy problem = toy({{"A", 3, 2, Role::hidden}, {"b", 3, 1, Role::vector}, {"c", 2, 1, Role::vector}});
  const Vec x0 = random_vec(11, 1);
  for (const bool sign : {true, false}) {
    const double eta = 0.01, alpha = 0.2;
    Hand hand(
        optimizers::lanton(),
        {{"vectors", std::string(sign ? "sign" : "rms")}, {"learning_rate", eta}, {"alpha", alpha}, {"beta1", 0.0}},
        problem, x0);
    Vec x = x0, before;
    arma::vec h(2, arma::fill::zeros);
    for (int t = 1; t <= 8; ++t) {
      const Vec g = problem.gradient(x, problem.all());
      hand.step();
      arma::vec size(2, arma::fill::zeros), rate(2), length(2, arma::fill::zeros);
      for (std::size_t k = 6; k < 11; ++k) {
        const std::size_t i = k < 9 ? 0 : 1;
        length[i] += g[k] * g[k] / (i == 0 ? 3 : 2);
        if (t > 1) size[i] += sign ? std::abs(g[k] - before[k]) : std::pow(g[k] - before[k], 2);
      }
      if (t > 1) h = 0.9 * h + 0.1 * (sign ? arma::vec(arma::square(size)) : size);
      for (std::size_t i = 0; i < 2; ++i) rate[i] = alpha / std::sqrt(alpha * alpha + h[i]);
      for (std::size_t k = 6; k < 11; ++k) {
        const std::size_t i = k < 9 ? 0 : 1;
        const double direction = sign ? (g[k] > 0 ? 1 : -1) : g[k] / std::sqrt(length[i]);
        EXPECT_NEAR(hand.x()[k], x[k] - eta * std::sqrt(rate[i] / rate.max()) * direction, 1e-12) << t << " " << k;
      }
      before = g;
      x = hand.x();
    }
  }
}

}  // namespace
}  // namespace kappa
