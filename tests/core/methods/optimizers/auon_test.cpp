/// AuON and its hybrid against plain loops, the bounds of the cosh factor, and SGD as the limit.
#include "core/linalg/newton_schulz.hpp"
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method auon();
Method hybrid_auon();
Method nesterov();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

double root_mean_square_cosh(const arma::mat& u, double gamma) {
  double square = 0, sum = 0;
  for (const double each : u) square += each * each;
  for (const double each : u) {
    const double e = std::exp(gamma * each / (std::sqrt(square) + 1e-7)), cosh = (e + 1 / e) / 2;
    sum += cosh * cosh;
  }
  return std::sqrt(sum / static_cast<double>(u.n_elem));
}

void expect_auon(const Method& method, const Settings& settings, int newton_schulz_steps, double eta, double beta,
                 double gamma, double lambda) {
  arma::mat m(5, 3, arma::fill::zeros), u = m;
  expect_path(
      method, settings, toy({{"W", 5, 3, Role::hidden}}),
      [&](const Vec& x, const Vec& g, int) {
        for (std::size_t k = 0; k < g.size(); ++k) {
          m[k] = beta * m[k] + (1 - beta) * g[k];
          u[k] = (1 - beta) * g[k] + beta * m[k];
        }
        const arma::mat o = newton_schulz_steps < 0 ? u : newton_schulz(u, newton_schulz_steps);
        const double r = root_mean_square_cosh(o, gamma);
        Vec next = x;
        for (std::size_t k = 0; k < g.size(); ++k) next[k] = x[k] * (1 - eta * lambda) - eta * o[k] / (r + 1e-8);
        return next;
      },
      1e-11, Way::tied);
}

TEST(Auon, FollowsItsEquation) {
  expect_auon(optimizers::auon(), {}, -1, 0.24, 0.95, 1.5, 0);
  expect_auon(optimizers::auon(), {{"learning_rate", 0.1}, {"momentum", 0.5}, {"gamma", 4.0}, {"weight_decay", 0.2}},
              -1, 0.1, 0.5, 4, 0.2);
  expect_auon(optimizers::hybrid_auon(), {}, 1, 0.24, 0.95, 1.5, 0);
  expect_auon(optimizers::hybrid_auon(), {{"newton_schulz_steps", std::int64_t{5}}, {"learning_rate", 0.08}}, 5, 0.08,
              0.95, 1.5, 0);
}

/// γ = 0 leaves r = 1, up to its 1e-8: SGD with Nesterov momentum, whose sum is the mean over 1 − β.
TEST(Auon, IsSgdWithoutTheCosh) {
  const Toy problem = toy({{"W", 4, 3, Role::hidden}});
  const Vec x0 = random_vec(12, 1);
  Hand hand(optimizers::auon(), {{"gamma", 0.0}, {"learning_rate", 0.1}}, problem, x0);
  Hand sgd(optimizers::nesterov(), {{"momentum", 0.95}, {"learning_rate", 0.1 * 0.05}}, problem, x0);
  for (int t = 0; t < 40; ++t) {
    hand.step();
    sgd.step();
  }
  expect_near(hand.x(), sgd.x(), 1e-6, "after 40 steps");
}

TEST(Auon, ReportsAFactorBetweenItsBounds) {
  const Toy problem = toy({{"W", 4, 3, Role::hidden}, {"Z", 2, 2, Role::hidden}});
  Hand hand(optimizers::auon(), {}, problem, random_vec(16, 1));
  for (int t = 0; t < 20; ++t) {
    hand.step();
    for (const auto& [name, n] : {std::pair<const char*, double>{"cosh_factor:W", 12}, {"cosh_factor:Z", 4}}) {
      const double r = hand.log.numbers.at(name);
      EXPECT_GE(r, std::cosh(1.5 / std::sqrt(n)) - 1e-6) << name;
      EXPECT_LE(r, std::sqrt(1 + std::pow(std::sinh(1.5), 2) / n)) << name;
    }
  }
}

TEST(Auon, SkipsZeroMomentumButStillDecays) {
  Toy flat = toy({{"W", 3, 2, Role::hidden}});
  for (Vec& row : flat.a) std::fill(row.begin(), row.end(), 0.0);
  const Vec x0 = random_vec(6, 1);
  for (const Method& method : {optimizers::auon(), optimizers::hybrid_auon()}) {
    Hand hand(method, {{"weight_decay", 0.5}, {"learning_rate", 0.1}}, flat, x0);
    hand.step();
    for (std::size_t k = 0; k < 6; ++k) EXPECT_NEAR(hand.x()[k], 0.95 * x0[k], 1e-15);
  }
}

}  // namespace
}  // namespace kappa
