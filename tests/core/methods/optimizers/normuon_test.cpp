/// NorMuon against plain loops over Muon's own update, its first step, and what it leaves of zero rows.
#include "core/linalg/newton_schulz.hpp"
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method adamw();
Method muon();
Method normuon();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

/// One matrix block by loops over entries, column-major.
struct Reference {
  std::size_t rows, cols;
  double eta = 0.02, beta1 = 0.95, beta2 = 0.95, lambda = 0;
  bool nesterov = true;
  Vec m = Vec(rows * cols), v = Vec(rows);

  Vec next(const Vec& x, const Vec& g) {
    arma::mat u(rows, cols);
    for (std::size_t k = 0; k < m.size(); ++k) {
      m[k] = beta1 * m[k] + (1 - beta1) * g[k];
      u[k] = nesterov ? (1 - beta1) * g[k] + beta1 * m[k] : m[k];
    }
    arma::mat o = newton_schulz(u);  // judged on its own in muon_test
    double before = 0, after = 0;
    for (const double each : o) before += each * each;
    for (std::size_t i = 0; i < rows; ++i) {
      double mean = 0;
      for (std::size_t j = 0; j < cols; ++j) mean += o(i, j) * o(i, j) / static_cast<double>(cols);
      v[i] = beta2 * v[i] + (1 - beta2) * mean;
      for (std::size_t j = 0; j < cols; ++j) {
        o(i, j) /= std::sqrt(v[i]) + 1e-10;
        after += o(i, j) * o(i, j);
      }
    }
    const double shape = std::sqrt(std::max(1.0, static_cast<double>(rows) / static_cast<double>(cols)));
    Vec to = x;
    for (std::size_t k = 0; k < m.size(); ++k)
      to[k] = x[k] * (1 - eta * lambda) - eta * shape * o[k] * std::sqrt(before) / (std::sqrt(after) + 1e-10);
    return to;
  }
};

TEST(NorMuon, FollowsItsEquation) {
  for (const auto& [rows, cols] : {std::pair<std::size_t, std::size_t>{6, 3}, {3, 5}}) {
    Reference at_defaults{.rows = rows, .cols = cols};
    expect_path(
        optimizers::normuon(), {}, toy({{"W", rows, cols, Role::hidden}}),
        [&](const Vec& x, const Vec& g, int) { return at_defaults.next(x, g); }, 1e-10, Way::tied);
    Reference set{
        .rows = rows, .cols = cols, .eta = 0.05, .beta1 = 0.6, .beta2 = 0.8, .lambda = 0.3, .nesterov = false};
    expect_path(
        optimizers::normuon(),
        {{"learning_rate", 0.05}, {"momentum", 0.6}, {"beta2", 0.8}, {"weight_decay", 0.3}, {"nesterov", false}},
        toy({{"W", rows, cols, Role::hidden}}), [&](const Vec& x, const Vec& g, int) { return set.next(x, g); }, 1e-10,
        Way::tied);
  }
}

/// v holds one sample: rows of the first update are all equally long, up to the 1e-10 beside √v, and together as long
/// as Muon's.
TEST(NorMuon, EvensTheRowsOfTheFirstStepExactly) {
  const Toy problem = toy({{"W", 6, 2, Role::hidden}});
  const Vec x0 = random_vec(12, 1);
  Hand hand(optimizers::normuon(), {}, problem, x0), muon(optimizers::muon(), {}, problem, x0);
  hand.step();
  muon.step();
  double whole = 0, muons = 0, first = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    double row = 0;
    for (const std::size_t k : {i, i + 6}) {
      row += std::pow(hand.x()[k] - x0[k], 2);
      muons += std::pow(muon.x()[k] - x0[k], 2);
    }
    if (i == 0) first = row;
    EXPECT_NEAR(row, first, 1e-6 * first);
    whole += row;
  }
  EXPECT_NEAR(whole, muons, 1e-8 * muons);
}

TEST(NorMuon, LeavesZeroRowsAndGivesVectorsAway) {
  Toy problem = toy({{"W", 4, 2, Role::hidden}, {"b", 2, 1, Role::vector}});
  for (Vec& row : problem.a) row[1] = row[5] = 0;  // nothing depends on the second row of W
  const Vec x0 = random_vec(10, 1);
  Hand hand(optimizers::normuon(), {}, problem, x0);
  Hand adamw(optimizers::adamw(),
             {{"learning_rate", 3e-4}, {"beta1", 0.9}, {"beta2", 0.95}, {"epsilon", 1e-10}, {"weight_decay", 0.0}},
             problem, x0);
  hand.step();
  adamw.step();
  for (const std::size_t k : {1, 5}) EXPECT_EQ(hand.x()[k], x0[k]);
  for (const std::size_t k : {8, 9}) EXPECT_EQ(hand.x()[k], adamw.x()[k]);
}

}  // namespace
}  // namespace kappa
