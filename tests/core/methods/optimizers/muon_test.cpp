/// Muon and exact Muon against products in plain loops, who steps which block, and degenerate gradients.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method adamw();
Method muon();
Method muon_exact();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

/// Column-major, as blocks are.
struct Grid {
  std::size_t rows = 0, cols = 0;
  Vec v;
  double at(std::size_t i, std::size_t j) const { return v[i + j * rows]; }
};

Grid times(const Grid& a, const Grid& b) {
  Grid c{a.rows, b.cols, Vec(a.rows * b.cols)};
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < b.cols; ++j)
      for (std::size_t k = 0; k < a.cols; ++k) c.v[i + j * c.rows] += a.at(i, k) * b.at(k, j);
  return c;
}

Grid flipped(const Grid& a) {
  Grid b{a.cols, a.rows, Vec(a.v.size())};
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.cols; ++j) b.v[j + i * b.rows] = a.at(i, j);
  return b;
}

/// p(X) = aX + (bA + cA^2)X, A = XX', from X over its norm (plus 1e-7).
Grid iterated(const Grid& u, int steps, double a, double b, double c) {
  if (u.rows > u.cols) return flipped(iterated(flipped(u), steps, a, b, c));
  double norm = 0;
  for (const double each : u.v) norm += each * each;
  Grid x = u;
  for (double& each : x.v) each /= std::sqrt(norm) + 1e-7;
  for (int s = 0; s < steps; ++s) {
    const Grid gram = times(x, flipped(x)), cube = times(gram, x), fifth = times(gram, cube);
    for (std::size_t k = 0; k < x.v.size(); ++k) x.v[k] = a * x.v[k] + b * cube.v[k] + c * fifth.v[k];
  }
  return x;
}

using Orthogonal = Grid (*)(const Grid&);
Grid quintic(const Grid& u) { return iterated(u, 5, 3.4445, -4.7750, 2.0315); }
Grid cubic_to_the_end(const Grid& u) { return iterated(u, 80, 1.5, -0.5, 0); }

struct Setting {
  double eta = 0.02, beta = 0.95, lambda = 0, factor = 1;
  bool nesterov = true;
};

/// One matrix block, stepped by Muon around `map`.
void expect_muon(const Method& method, const Settings& settings, std::size_t rows, std::size_t cols,
                 const Setting& frame, Orthogonal map, double tolerance) {
  Vec m(rows * cols);
  expect_path(
      method, settings, toy({{"W", rows, cols, Role::hidden}}),
      [&](const Vec& x, const Vec& g, int) {
        Grid u{rows, cols, Vec(m.size())};
        for (std::size_t k = 0; k < m.size(); ++k) {
          m[k] = frame.beta * m[k] + (1 - frame.beta) * g[k];
          u.v[k] = frame.nesterov ? (1 - frame.beta) * g[k] + frame.beta * m[k] : m[k];
        }
        const Grid o = map(u);
        Vec next = x;
        for (std::size_t k = 0; k < m.size(); ++k)
          next[k] = x[k] * (1 - frame.eta * frame.lambda) - frame.eta * frame.factor * o.v[k];
        return next;
      },
      tolerance, Way::tied);
}

TEST(Muon, FollowsItsEquationAtItsDefaults) {
  expect_muon(optimizers::muon(), {}, 6, 4, {.factor = std::sqrt(1.5)}, quintic, 1e-11);
  expect_muon(optimizers::muon(), {}, 3, 5, {}, quintic, 1e-11);
}

TEST(Muon, FollowsItsEquationWithEverySetting) {
  const Settings plain = {{"nesterov", false}, {"momentum", 0.5}, {"weight_decay", 0.7}, {"learning_rate", 0.05}};
  const Setting frame{.eta = 0.05, .beta = 0.5, .lambda = 0.7, .nesterov = false};
  const std::pair<const char*, double> factors[] = {{"original", std::sqrt(5.0 / 3)},
                                                    {"moonshot", 0.2 * std::sqrt(5.0)},
                                                    {"spectral", std::sqrt(5.0 / 3)},
                                                    {"none", 1}};
  for (const auto& [scale, factor] : factors) {
    Settings settings = plain;
    settings["scale"] = std::string(scale);
    Setting scaled = frame;
    scaled.factor = factor;
    expect_muon(optimizers::muon(), settings, 5, 3, scaled, quintic, 1e-11);
  }
  Settings wide = plain;
  wide["scale"] = std::string("spectral");
  Setting shrunk = frame;
  shrunk.factor = std::sqrt(0.5);
  expect_muon(optimizers::muon(), wide, 2, 4, shrunk, quintic, 1e-11);
  Settings cubic = plain;
  cubic["coefficients"] = std::string("cubic");
  cubic["newton_schulz_steps"] = std::int64_t{2};
  expect_muon(
      optimizers::muon(), cubic, 3, 5, frame, [](const Grid& u) { return iterated(u, 2, 1.5, -0.5, 0); }, 1e-12);
}

TEST(MuonExact, StepsThePolarFactor) {
  expect_muon(optimizers::muon_exact(), {}, 6, 4, {.factor = std::sqrt(1.5)}, cubic_to_the_end, 1e-10);
  expect_muon(optimizers::muon_exact(), {{"nesterov", false}}, 3, 4, {.nesterov = false}, cubic_to_the_end, 1e-10);
}

TEST(Muon, HandsVectorsAndTickedLayersToItsFallback) {
  const std::vector<BlockShape> shapes = {{"first", 2, 3, Role::first},
                                          {"bias", 3, 1, Role::vector},
                                          {"hidden", 2, 2, Role::hidden},
                                          {"last", 1, 2, Role::last}};
  const Toy problem = toy(shapes);
  const Vec x0 = random_vec(15, 1);
  Hand ticked(optimizers::muon(), {{"first_layer_fallback", true}, {"last_layer_fallback", true}}, problem, x0);
  Hand plain(optimizers::muon(), {}, problem, x0);
  Hand adamw(optimizers::adamw(),
             {{"learning_rate", 3e-4}, {"beta1", 0.9}, {"beta2", 0.95}, {"epsilon", 1e-10}, {"weight_decay", 0.0}},
             problem, x0);
  for (Hand* hand : {&ticked, &plain, &adamw}) hand->step();
  for (std::size_t k = 0; k < 15; ++k) {
    const bool bias = k >= 6 && k < 9, hidden = k >= 9 && k < 13;
    EXPECT_EQ(ticked.x()[k] == adamw.x()[k], !hidden) << k;
    EXPECT_EQ(plain.x()[k] == adamw.x()[k], bias) << k;
  }
  const arma::vec& shown = plain.log.blocks.at("momentum").flat();
  EXPECT_EQ(shown.n_elem, 15u);
}

TEST(Muon, AnyGradientMethodMayBeTheFallback) {
  const Toy problem = toy({{"w", 3, 2, Role::hidden}, {"b", 2, 1, Role::vector}});
  const auto chosen = std::make_shared<const Node>(Node{Kind::optimizer, "gradient_descent", {{"learning_rate", 0.5}}});
  const Vec x0 = random_vec(8, 1);
  Hand hand(optimizers::muon(), {{"fallback", chosen}}, problem, x0);
  const Vec g = problem.gradient(x0, problem.all());
  hand.step();
  for (std::size_t k = 6; k < 8; ++k) EXPECT_DOUBLE_EQ(hand.x()[k], x0[k] - 0.5 * g[k]);
}

TEST(Muon, RefusesAFallbackThatAsksForMoreThanGradients) {
  const Toy problem = toy({{"w", 3, 2, Role::hidden}, {"b", 2, 1, Role::vector}});
  for (const char* id : {"sam", "armijo", "schedule_free_sgd"}) {
    const auto chosen = std::make_shared<const Node>(Node{Kind::optimizer, id, {}});
    EXPECT_THROW(Hand(optimizers::muon(), {{"fallback", chosen}}, problem, random_vec(8, 1)), Refused) << id;
  }
}

TEST(Muon, SurvivesDegenerateGradients) {
  for (const Method& method : {optimizers::muon(), optimizers::muon_exact()}) {
    Toy flat = toy({{"w", 3, 2, Role::hidden}, {"s", 1, 1, Role::hidden}});
    for (Vec& row : flat.a) std::fill(row.begin(), row.end(), 0.0);
    const Vec x0 = random_vec(7, 1);
    Hand still(method, {}, flat, x0);
    for (int t = 0; t < 3; ++t) still.step();
    EXPECT_EQ(still.x(), x0) << "a zero gradient";

    Toy thin = toy({{"w", 3, 2, Role::hidden}, {"s", 1, 1, Role::hidden}}, 1);  // one row: gradients of rank one
    Hand moved(method, {}, thin, x0);
    for (int t = 0; t < 5; ++t) moved.step();
    for (const double each : moved.x()) EXPECT_TRUE(std::isfinite(each));
    EXPECT_NE(moved.x(), x0);
  }
}

TEST(MuonExact, IsScaleFreeAndMuonOnlyNearly) {
  const Toy problem = toy({{"w", 3, 2, Role::hidden}});
  EXPECT_TRUE(has(Hand(optimizers::muon_exact(), {}, problem, random_vec(6, 1)).model().laws(), Law::scale_f));
  EXPECT_FALSE(has(Hand(optimizers::muon(), {}, problem, random_vec(6, 1)).model().laws(), Law::scale_f));
}

}  // namespace
}  // namespace kappa
