/// Methods that shrink singular values, beside scalars on diagonal matrices and beside an SVD of the filled table.
#include <algorithm>

#include "core/run/equivariance.hpp"
#include "tests/core/methods/optimizers/drive.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa {
namespace optimizers {
Method nuclear_proximal();
}
namespace problems {
Method matrix_completion();
}

namespace {

using namespace by_hand;

const Vec target = {5, 2, 0.3};

/// f(Z) = 1/4 |Z - diag(target)|^2.
Toy diagonal() {
  Toy problem = toy({{"Z", 3, 3, Role::hidden}}, 9);
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t k = 0; k < 9; ++k) problem.a[i][k] = i == k ? std::sqrt(4.5) : 0;
    problem.y[i] = i % 4 == 0 ? std::sqrt(4.5) * target[i / 4] : 0;
  }
  problem.known.smoothness = 0.5;
  return problem;
}

double lowered(double x, double by) { return std::max(x - by, 0.0); }

TEST(NuclearProximal, IsAcceleratedSoftThresholdingOfSingularValues) {
  for (const bool accelerated : {true, false}) {
    const double eta = 0.3, tau = 0.5;
    Hand hand(optimizers::nuclear_proximal(),
              {{"learning_rate", eta}, {"regularization", tau}, {"acceleration", accelerated}}, diagonal(), Vec(9));
    Vec x(3), y(3);
    double t = 1;
    for (int step = 1; step <= 40; ++step) {
      const double next = accelerated ? (1 + std::sqrt(1 + 4 * t * t)) / 2 : 1;
      for (std::size_t i = 0; i < 3; ++i) {
        const double now = lowered(y[i] - eta * (y[i] - target[i]), eta * tau);  // of 1/2 |Z - M|^2
        y[i] = now + (t - 1) / next * (now - x[i]);
        x[i] = now;
      }
      t = next;
      hand.step();
      const Vec judged = hand.judged(), point = hand.x();
      for (std::size_t k = 0; k < 9; ++k) {
        EXPECT_NEAR(judged[k], k % 4 == 0 ? x[k / 4] : 0, 1e-13) << "step " << step;
        EXPECT_NEAR(point[k], k % 4 == 0 ? y[k / 4] : 0, 1e-13) << "step " << step;
      }
    }
  }
}

TEST(NuclearProximal, StepsByTheOperatorsNormWhenItIsToChoose) {
  Hand hand(optimizers::nuclear_proximal(), {{"regularization", 0.5}}, diagonal(), Vec(9));
  hand.step();  // the whole way, since the operator is the identity
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(hand.judged()[4 * i], lowered(target[i], 0.5), 1e-14);
  EXPECT_EQ(hand.log.numbers.at("learning_rate"), 1);
  Toy blind = diagonal();
  blind.known.smoothness.reset();
  Hand lost(optimizers::nuclear_proximal(), {}, blind, Vec(9));
  EXPECT_THROW(lost.step(), Refused);
}

TEST(SoftImpute, FillsInAndShrinks) {
  const auto table =
      support::built(problems::matrix_completion(), {{"dimension", std::int64_t{7}}, {"dimension2", std::int64_t{5}}});
  const auto points =
      path_of(table, {Kind::optimizer, "soft_impute", {{"shrinkage", 0.1}}}, table->lift()->start(Rng(1, "")), 5, 1);
  const arma::mat entries = support::dumped(*table, "entries"), y = support::dumped(*table, "y");
  arma::mat x(7, 5, arma::fill::zeros);
  double tau = 0;
  ASSERT_EQ(points.size(), 6u);
  for (std::size_t t = 0; t < points.size(); ++t) {
    const arma::mat found = points[t].block(0);
    EXPECT_LT(arma::norm(found - x, "fro"), 1e-13) << t;
    for (arma::uword k = 0; k < entries.n_rows; ++k)
      x(static_cast<arma::uword>(entries(k, 0)), static_cast<arma::uword>(entries(k, 1))) = y(k, 0);
    arma::mat u, v;
    arma::vec s;
    ASSERT_TRUE(arma::svd_econ(u, s, v, x));
    if (t == 0) tau = 0.1 * s.max();
    x = u * arma::diagmat(arma::clamp(s - tau, 0, arma::datum::inf)) * v.t();
  }
}

}  // namespace
}  // namespace kappa
