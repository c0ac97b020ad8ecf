/// Each map of the symmetry-compatible update against loops over entries or a solve with the Gram matrix.
#include <functional>

#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method symmetry_update();
}

namespace kappa {
namespace {

using namespace by_hand;
using Map = std::function<arma::mat(const arma::mat&)>;

arma::mat orthogonal(const arma::mat& w) {
  arma::mat u, v;
  arma::vec s;
  arma::svd_econ(u, s, v, w);
  return u * v.t();
}
/// Scaled along rows or columns by one over their norms plus epsilon.
arma::mat divided(arma::mat m, bool rows, double epsilon = 1e-8) {
  arma::vec square(rows ? m.n_rows : m.n_cols, arma::fill::zeros);
  for (arma::uword i = 0; i < m.n_rows; ++i)
    for (arma::uword j = 0; j < m.n_cols; ++j) square[rows ? i : j] += m(i, j) * m(i, j);
  for (arma::uword i = 0; i < m.n_rows; ++i)
    for (arma::uword j = 0; j < m.n_cols; ++j) m(i, j) /= std::sqrt(square[rows ? i : j]) + epsilon;
  return m;
}
arma::mat without_mean(arma::mat m) {
  for (arma::uword j = 0; j < m.n_cols; ++j) {
    double mean = 0;
    for (arma::uword i = 0; i < m.n_rows; ++i) mean += m(i, j) / static_cast<double>(m.n_rows);
    for (arma::uword i = 0; i < m.n_rows; ++i) m(i, j) -= mean;
  }
  return m;
}
arma::mat inverse_square_root(const arma::mat& s) { return arma::real(arma::sqrtmat(arma::inv(s))); }
arma::mat left_whitened(const arma::mat& m, double epsilon) {
  return inverse_square_root(m * m.t() + epsilon * arma::eye(m.n_rows, m.n_rows)) * m;
}
arma::mat right_whitened(const arma::mat& m, double epsilon) {
  return m * inverse_square_root(m.t() * m + epsilon * arma::eye(m.n_cols, m.n_cols));
}

void expect_map(const std::string& name, std::size_t rows, std::size_t cols, const Map& map, Settings more = {},
                double tolerance = 1e-9) {
  SCOPED_TRACE(name);
  more["map"] = name;
  arma::mat m(rows, cols, arma::fill::zeros);
  expect_path(
      optimizers::symmetry_update(), more, toy({{"W", rows, cols, Role::hidden}}),
      [&](const Vec& x, const Vec& g, int) {
        for (std::size_t k = 0; k < g.size(); ++k) m[k] = 0.95 * m[k] + 0.05 * g[k];
        const arma::mat o = map(m);
        Vec next = x;
        for (std::size_t k = 0; k < g.size(); ++k) next[k] -= 0.02 * o[k];
        return next;
      },
      tolerance, Way::tied);
}

TEST(SymmetryUpdate, EachMapIsWhatItSays) {
  const auto nuclear = [](const arma::mat& m) { return arma::accu(arma::svd(m)); };
  for (const auto& [rows, cols] : {std::pair<std::size_t, std::size_t>{5, 3}, {3, 4}}) {
    expect_map("gradient", rows, cols, [](const arma::mat& m) { return m; });
    expect_map("sign", rows, cols, [](const arma::mat& m) { return arma::mat(arma::sign(m)); });
    expect_map("polar", rows, cols, orthogonal);
    expect_map("polar_gradient", rows, cols, [&](const arma::mat& m) { return arma::mat(nuclear(m) * orthogonal(m)); });
    expect_map("polar_gradient", rows, cols,
               [&](const arma::mat& m) { return arma::mat(std::sqrt(nuclear(m)) * orthogonal(m)); }, {{"power", 0.5}});
    expect_map("row_norm", rows, cols, [](const arma::mat& m) { return divided(m, true); });
    expect_map("column_norm", rows, cols, [](const arma::mat& m) { return divided(m, false); });
    expect_map("polar_then_row", rows, cols, [](const arma::mat& m) { return divided(orthogonal(m), true); });
    expect_map("row_then_polar", rows, cols, [](const arma::mat& m) { return orthogonal(divided(m, true)); });
    expect_map("centered_row_norm", rows, cols, [](const arma::mat& m) { return divided(without_mean(m), true); });
    const Settings mild = {{"epsilon", 1e-3}};
    expect_map(
        "left_spectral", rows, cols, [](const arma::mat& m) { return left_whitened(m, 1e-3); }, mild);
    expect_map(
        "right_spectral", rows, cols, [](const arma::mat& m) { return right_whitened(m, 1e-3); }, mild);
    expect_map(
        "centered_left_spectral", rows, cols,
        [](const arma::mat& m) { return without_mean(left_whitened(without_mean(m), 1e-3)); }, mild);
  }
}

TEST(SymmetryUpdate, OneSidedMapsWithoutEpsilonArePolar) {
  const Toy problem = toy({{"W", 4, 3, Role::hidden}});
  const Vec x0 = random_vec(12, 1);
  Hand polar(optimizers::symmetry_update(), {}, problem, x0);
  polar.step();
  for (const char* map : {"left_spectral", "right_spectral"}) {
    Hand exact(optimizers::symmetry_update(), {{"map", std::string(map)}, {"epsilon", 0.0}}, problem, x0);
    exact.step();
    expect_near(exact.x(), polar.x(), 1e-13, map);
  }
}

TEST(SymmetryUpdate, ZeroRowsStayAndDecayIsDecoupled) {
  Toy problem = toy({{"W", 3, 2, Role::hidden}});
  for (Vec& row : problem.a) row[1] = row[4] = 0;
  const Vec x0 = random_vec(6, 1);
  for (const double epsilon : {1e-8, 0.0}) {
    Hand hand(optimizers::symmetry_update(),
              {{"map", std::string("row_norm")}, {"epsilon", epsilon}, {"weight_decay", 0.5}, {"learning_rate", 0.1}},
              problem, x0);
    hand.step();
    for (const std::size_t k : {1, 4}) EXPECT_NEAR(hand.x()[k], 0.95 * x0[k], 1e-15);
  }
}

}  // namespace
}  // namespace kappa
