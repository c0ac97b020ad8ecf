/// Shampoo, SOAP, Scion, Adafactor, spectral descent, Lion-κ, SPECTRA, norm constraints and Muon on the sphere: where
/// they fall together with simpler methods, and what they promise.
#include "core/linalg/polar.hpp"
#include "core/linalg/soft_clip.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method adafactor();
Method adam();
Method adamw();
Method gradient_descent();
Method lion_kappa();
Method muon_exact();
Method muon_sphere();
Method norm_constraint();
Method scion();
Method shampoo();
Method signum();
Method soap();
Method spectra();
Method spectral_descent();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

Value node(std::string id, Settings settings = {}) {
  return std::make_shared<const Node>(Node{Kind::optimizer, std::move(id), std::move(settings)});
}
Value word(const char* text) { return std::string(text); }

/// A 4 x 3 matrix beside a vector of 2.
Toy layered(Role role = Role::hidden) { return toy({{"W", 4, 3, role}, {"b", 2, 1, Role::vector}}); }
/// `rows` x `cols` and nothing else.
Toy matrix(arma::uword rows, arma::uword cols, Role role = Role::hidden) { return toy({{"W", rows, cols, role}}, 60); }

arma::mat as_matrix(const Vec& v, arma::uword rows, arma::uword cols) { return arma::mat(v.data(), rows, cols); }
double gap(const arma::mat& a, const arma::mat& b) { return arma::norm(a - b, "fro"); }

TEST(Shampoo, ItsFirstStepIsThePolarFactor) {
  const Toy problem = matrix(4, 3);
  const Vec x0 = random_vec(12, 1);
  Hand hand(optimizers::shampoo(), {{"learning_rate", 0.1}, {"epsilon", 1e-300}}, problem, x0);
  hand.step();
  const arma::mat g = as_matrix(problem.gradient(x0, problem.all()), 4, 3);
  EXPECT_LT(gap(as_matrix(hand.x(), 4, 3), as_matrix(x0, 4, 3) - 0.1 * polar(g)), 1e-8);
}

TEST(Shampoo, RefreshesItsRootsNowAndThen) {
  const Toy problem = matrix(4, 3);
  const Vec x0 = random_vec(12, 1);
  const Settings kept = {{"learning_rate", 0.1}, {"refresh_every", std::int64_t{3}}};
  Hand each(optimizers::shampoo(), {{"learning_rate", 0.1}}, problem, x0),
      rare(optimizers::shampoo(), kept, problem, x0);
  each.step(), rare.step();
  EXPECT_EQ(each.x(), rare.x());
  const arma::mat g0 = as_matrix(problem.gradient(x0, problem.all()), 4, 3), before = as_matrix(rare.x(), 4, 3);
  const arma::mat g1 = as_matrix(problem.gradient(rare.x(), problem.all()), 4, 3);
  each.step(), rare.step();
  EXPECT_NE(each.x(), rare.x());
  const auto root = [](const arma::mat& a) {
    arma::vec values;
    arma::mat vectors;
    arma::eig_sym(values, vectors, a);
    return arma::mat(vectors * arma::diagmat(arma::pow(values, -0.25)) * vectors.t());
  };
  const arma::mat left = root(g0 * g0.t() + 1e-6 * arma::eye(4, 4)), right = root(g0.t() * g0 + 1e-6 * arma::eye(3, 3));
  EXPECT_LT(gap(as_matrix(rare.x(), 4, 3), before - 0.1 * left * g1 * right), 1e-6);
}

TEST(Soap, OnlyLearnsABasisFirst) {
  const Vec x0 = random_vec(12, 1);
  Hand hand(optimizers::soap(), {}, matrix(4, 3), x0);
  hand.step();
  EXPECT_EQ(hand.x(), x0);
  hand.step();
  EXPECT_NE(hand.x(), x0);
}

/// Where gradients are diagonal with sizes that keep their order, the eigenbasis is the coordinates' own.
TEST(Soap, OnDiagonalGradientsIsAdam) {
  Toy problem = matrix(3, 3);
  for (std::size_t i = 0; i < problem.a.size(); ++i)
    for (std::size_t k = 0; k < 9; ++k)
      problem.a[i][k] = k % 4 == 0 && k / 4 == i % 3 ? 3.0 - static_cast<double>(k / 4) : 0;
  const Vec x0 = {5, 0, 0, 0, 5, 0, 0, 0, 5};
  const Settings same = {{"learning_rate", 1e-3}, {"beta1", 0.95}, {"beta2", 0.95}, {"weight_decay", 0.0}};
  Hand soap(optimizers::soap(), same, problem, x0), adam(optimizers::adam(), same, problem, x0);
  soap.step();
  for (int t = 0; t < 35; ++t) {
    soap.step();
    adam.step();
    expect_near(soap.x(), adam.x(), 1e-11, "step " + std::to_string(t));
  }
}

TEST(Scion, StaysInTheBallOnceInside) {
  const double radius = 2, limit = radius * std::sqrt(4.0 / 3);
  Vec x0 = random_vec(12, 1);
  const double size = arma::norm(as_matrix(x0, 4, 3), 2);
  for (double& each : x0) each *= 0.99 * limit / size;
  for (const bool constrained : {true, false}) {
    Hand hand(optimizers::scion(), {{"learning_rate", 0.2}, {"radius", radius}, {"constrained", constrained}},
              matrix(4, 3), x0);
    double most = 0;
    for (int t = 0; t < 80; ++t) {
      hand.step({static_cast<std::uint32_t>(t % 60)});
      most = std::max(most, arma::norm(as_matrix(hand.x(), 4, 3), 2));
    }
    if (constrained)
      EXPECT_LE(most, limit * (1 + 1e-12));
    else
      EXPECT_GT(most, 1.2 * limit) << "without the shrinking nothing holds it: the ball was not put to a test";
  }
}

TEST(Scion, EveryLayerHasItsOwnExtremePoint) {
  const auto moved = [](const Toy& problem, Settings settings) {
    const std::size_t d = problem.a.front().size();
    settings["learning_rate"] = 0.1;
    settings["constrained"] = false;
    settings["radius"] = 3.0;
    settings["last_radius"] = 7.0;
    Hand hand(optimizers::scion(), settings, problem, Vec(d));
    hand.step();
    return hand.x();
  };
  const auto slope = [](const Toy& problem) { return problem.gradient(Vec(problem.a.front().size()), problem.all()); };
  const Toy hidden = layered(), first = layered(Role::first), last = layered(Role::last);
  const Vec g = slope(hidden), at = moved(hidden, {});
  EXPECT_LT(gap(as_matrix(at, 4, 3), -0.3 * std::sqrt(4.0 / 3) * polar(as_matrix(g, 4, 3))), 1e-13);
  const arma::vec b = {g[12], g[13]};
  EXPECT_NEAR(at[12], -0.3 * std::sqrt(2.0) * b[0] / arma::norm(b), 1e-14);
  EXPECT_NEAR(at[13], -0.3 * std::sqrt(2.0) * b[1] / arma::norm(b), 1e-14);
  const arma::mat w = as_matrix(g, 4, 3);
  EXPECT_LT(gap(as_matrix(moved(first, {}), 4, 3), -0.3 * std::sqrt(12.0) / arma::norm(w, "fro") * w), 1e-13);
  EXPECT_LT(gap(as_matrix(moved(last, {}), 4, 3), -0.7 / 3 * arma::sign(w)), 1e-13);
  EXPECT_LT(gap(as_matrix(moved(first, {{"vector_norm", word("sign")}}), 4, 3), -0.3 * arma::sign(w)), 1e-13);
}

/// Its rows and columns hold the mean squares exactly where those have rank one.
TEST(Adafactor, OfRankOneSquaresIsTheSign) {
  Toy problem = matrix(3, 2);
  problem.a.assign(1, {0.5, -1, 2, 1, -2, 4});  // one sample: |g| has rank one at every step
  problem.y = {3};
  Vec x(6);
  Hand hand(optimizers::adafactor(), {}, problem, x);
  const Vec g = problem.gradient(x, problem.all());
  hand.step();
  for (std::size_t k = 0; k < 6; ++k) EXPECT_NEAR(hand.x()[k], -1e-3 * 1e-2 * (g[k] > 0 ? 1 : -1), 1e-18) << k;
}

TEST(SpectralDescent, AtTheSpectralSmoothnessLowersByItsBound) {
  Toy problem = matrix(4, 3);
  arma::mat a(problem.a.size(), 12);
  for (arma::uword i = 0; i < a.n_rows; ++i)
    for (arma::uword k = 0; k < 12; ++k) a(i, k) = problem.a[i][k];
  problem.known.smoothness = arma::eig_sym(arma::mat(a.t() * a / static_cast<double>(a.n_rows))).max();
  const Vec x0 = random_vec(12, 1);
  Hand hand(optimizers::spectral_descent(), {}, problem, x0);
  hand.step();
  const double nuclear = arma::accu(singular_values(as_matrix(problem.gradient(x0, problem.all()), 4, 3)));
  const double fall = problem.value(x0, problem.all()) - problem.value(hand.x(), problem.all());
  EXPECT_GE(fall, nuclear * nuclear / (2 * 3 * *problem.known.smoothness));
  // A vector's step is gradient descent's.
  Hand vector(optimizers::spectral_descent(), {{"learning_rate", 0.1}}, toy(), Vec(5, 1.0));
  Hand plain(optimizers::gradient_descent(), {{"learning_rate", 0.1}}, toy(), Vec(5, 1.0));
  vector.step(), plain.step();
  expect_near(vector.x(), plain.x(), 1e-14, "vector");
}

TEST(LionKappa, OfTheNuclearNormIsMuonWithMomentumAndDecay) {
  const Vec x0 = random_vec(12, 1);
  Hand lion(
      optimizers::lion_kappa(),
      {{"kappa", word("nuclear")}, {"learning_rate", 0.03}, {"beta1", 0.8}, {"beta2", 0.8}, {"weight_decay", 0.4}},
      matrix(4, 3), x0);
  Hand muon(
      optimizers::muon_exact(),
      {{"learning_rate", 0.03}, {"momentum", 0.8}, {"nesterov", false}, {"scale", word("none")}, {"weight_decay", 0.4}},
      matrix(4, 3), x0);
  for (std::uint32_t t = 0; t < 40; ++t) {
    lion.step({t, t + 7});
    muon.step({t, t + 7});
    expect_near(lion.x(), muon.x(), 1e-12, "step " + std::to_string(t));
  }
}

TEST(LionKappa, EveryKappaHasItsGradient) {
  const Toy problem = toy();
  const double e = 0.3;
  struct Case {
    const char* name;
    double (*u)(double z, double norm, double e);
  };
  for (const Case& one : {Case{"l1", [](double z, double, double) { return z > 0   ? 1.0
                                                                           : z < 0 ? -1.0
                                                                                   : 0.0; }},
                          Case{"l2", [](double z, double norm, double) { return z / norm; }},
                          Case{"huber", [](double z, double, double w) { return std::clamp(z / w, -1.0, 1.0); }},
                          Case{"smooth_l1", [](double z, double, double w) { return z / std::sqrt(z * z + w * w); }}}) {
    Vec m(5);
    expect_path(
        optimizers::lion_kappa(),
        {{"kappa", word(one.name)},
         {"epsilon", e},
         {"learning_rate", 0.05},
         {"beta1", 0.6},
         {"beta2", 0.8},
         {"weight_decay", 0.2}},
        problem,
        [&](const Vec& x, const Vec& g, int) {
          Vec z(5), next = x;
          double norm = 0;
          for (std::size_t k = 0; k < 5; ++k) z[k] = 0.6 * m[k] + 0.4 * g[k], norm += z[k] * z[k];
          for (std::size_t k = 0; k < 5; ++k) {
            next[k] -= 0.05 * (one.u(z[k], std::sqrt(norm), e) + 0.2 * x[k]);
            m[k] = 0.8 * m[k] + 0.2 * g[k];
          }
          return next;
        },
        1e-11, Way::tied);
  }
}

TEST(Spectra, ClipsWhatItsBaseProposes) {
  const Toy problem = layered();
  const Vec x0 = random_vec(14, 1), g = problem.gradient(x0, problem.all());
  for (const char* by : {"svd", "newton_schulz"}) {
    Hand hand(optimizers::spectra(),
              {{"learning_rate", 0.1},
               {"weight_decay", 0.2},
               {"clip", 0.6},
               {"by", word(by)},
               {"newton_schulz_steps", std::int64_t{20}},
               {"base", node("signum", {{"learning_rate", 1.0}, {"momentum", 0.0}})}},
              problem, x0);
    hand.step();
    const arma::mat u = soft_clip(arma::sign(as_matrix(g, 4, 3)), 0.6);
    EXPECT_LT(gap(as_matrix(hand.x(), 4, 3), 0.98 * as_matrix(x0, 4, 3) - 0.1 * std::sqrt(4.0 / 3) * u), 1e-10) << by;
    const double b = 1 / std::sqrt(1 + 2 / 0.36);  // of the vector (±1, ±1)
    EXPECT_NEAR(hand.x()[12], 0.98 * x0[12] - 0.1 * b * (g[12] > 0 ? 1 : -1), 1e-14);
  }
}

TEST(Spectra, WithAWideLimitIsItsBaseWithDecay) {
  const Vec x0 = random_vec(9, 1);
  Hand clipped(optimizers::spectra(), {{"learning_rate", 0.02}, {"weight_decay", 0.3}, {"clip", 1e12}}, matrix(3, 3),
               x0);
  Hand adamw(optimizers::adamw(), {{"learning_rate", 0.02}, {"weight_decay", 0.3}}, matrix(3, 3), x0);
  for (std::uint32_t t = 0; t < 30; ++t) {
    clipped.step({t});
    adamw.step({t});
    expect_near(clipped.x(), adamw.x(), 1e-11, "step " + std::to_string(t));
  }
}

TEST(Spectra, KeepsTheWeightsBelowTheLimitOverTheDecay) {
  const double rate = 0.1, decay = 0.5, limit = 0.7;
  Hand hand(optimizers::spectra(),
            {{"learning_rate", rate},
             {"weight_decay", decay},
             {"clip", limit},
             {"by", word("svd")},
             {"base", node("signum", {{"learning_rate", 1.0}})}},
            matrix(4, 3), Vec(12));
  for (int t = 1; t <= 100; ++t) {
    hand.step({static_cast<std::uint32_t>(t % 60)});
    EXPECT_LE(arma::norm(as_matrix(hand.x(), 4, 3), 2),
              (1 - std::pow(1 - rate * decay, t)) * limit * std::sqrt(4.0 / 3) / decay * (1 + 1e-12));
  }
}

TEST(Spectra, WarmsItsLimitUpAgainstTheLearningRate) {
  const auto first = [](std::int64_t warmup) {
    Hand hand(optimizers::spectra(),
              {{"learning_rate", 0.01},
               {"peak_learning_rate", 0.1},
               {"clip", 0.5},
               {"by", word("svd")},
               {"clip_warmup_steps", warmup},
               {"base", node("signum", {{"learning_rate", 1.0}})}},
              matrix(3, 3), Vec(9));
    hand.step();
    return arma::norm(as_matrix(hand.x(), 3, 3), 2) / 0.01;
  };
  EXPECT_LT(first(0), 0.5);
  EXPECT_GT(first(5), 1.2);  // the limit is 0.5 · 0.1 / 0.01 = 5
}

TEST(NormConstraint, WithoutAMapIsItsBase) {
  const Vec x0 = random_vec(14, 1);
  const Value muon = node("muon_exact", {{"learning_rate", 0.05}});
  Hand wrapped(optimizers::norm_constraint(), {{"map", word("none")}, {"base", muon}}, layered(), x0);
  Hand plain(optimizers::muon_exact(), {{"learning_rate", 0.05}}, layered(), x0);
  for (int t = 0; t < 20; ++t) {
    wrapped.step();
    plain.step();
    EXPECT_EQ(wrapped.x(), plain.x());
  }
}

/// Every map on the point that the base has reached, in units of √(m/n) or not; vectors are left alone.
TEST(NormConstraint, AppliesItsMapAfterTheStep) {
  const Vec x0 = random_vec(14, 1);
  const Value muon = node("muon_exact", {{"learning_rate", 0.05}});
  Hand plain(optimizers::muon_exact(), {{"learning_rate", 0.05}}, layered(), x0);
  plain.step();
  for (const bool scaled : {false, true}) {
    const double unit = scaled ? std::sqrt(4.0 / 3) : 1, limit = 0.8, decay = 0.1;
    const arma::mat from = as_matrix(x0, 4, 3) / unit, w = as_matrix(plain.x(), 4, 3) / unit;
    arma::mat u, v;
    arma::vec s;
    ASSERT_TRUE(arma::svd_econ(u, s, v, w));
    const arma::mat top = u.col(0) * v.col(0).t();
    const double long_update = arma::norm(w - from, 2);
    const std::vector<std::pair<const char*, arma::mat>> maps = {
        {"weight_decay", 0.9 * w},
        {"spectral_normalise", w / std::max(1.0, s[0] / limit)},
        {"spectral_hammer", w + (limit - s[0]) * top},
        {"spectral_decay", w - decay * s[0] * top},
        {"stiefel", limit * polar(w)},
        {"hard_cap", hard_cap(w, limit)},
        {"soft_cap", soft_cap(w - decay * from, soft_cap_strength(limit, decay, long_update))}};
    for (const auto& [map, expected] : maps) {
      Hand hand(optimizers::norm_constraint(),
                {{"map", word(map)}, {"limit", limit}, {"decay", decay}, {"shape_scaled", scaled}, {"base", muon}},
                layered(), x0);
      hand.step();
      EXPECT_LT(gap(as_matrix(hand.x(), 4, 3), unit * expected), 1e-12) << map << scaled;
      EXPECT_NEAR(hand.x()[12], plain.x()[12], 1e-15) << map;
    }
  }
}

TEST(NormConstraint, ByProductsComesNearTheSvd) {
  const Vec x0 = random_vec(12, 1);
  for (const char* map :
       {"spectral_normalise", "spectral_hammer", "spectral_decay", "stiefel", "hard_cap", "soft_cap"}) {
    const auto moved = [&](const char* by) {
      Hand hand(optimizers::norm_constraint(),
                {{"map", word(map)},
                 {"limit", 1.0},
                 {"decay", 0.1},
                 {"update_norm", 0.05},
                 {"by", word(by)},
                 {"base", node("muon_exact", {{"learning_rate", 0.05}})}},
                matrix(4, 3), x0);
      hand.step();
      return as_matrix(hand.x(), 4, 3);
    };
    const arma::mat exact = moved("svd");
    EXPECT_LT(gap(moved("products"), exact), 0.1 * arma::norm(exact, "fro")) << map;
  }
}

TEST(NormConstraint, SurvivesZeroMatrices) {
  for (const char* map : {"spectral_normalise", "spectral_hammer", "spectral_decay", "stiefel", "hard_cap", "soft_cap"})
    for (const char* by : {"svd", "products"}) {
      Toy flat = matrix(4, 3);
      for (Vec& row : flat.a) std::fill(row.begin(), row.end(), 0.0);
      Hand hand(optimizers::norm_constraint(), {{"map", word(map)}, {"by", word(by)}, {"decay", 0.1}}, flat, Vec(12));
      for (int t = 0; t < 3; ++t) hand.step();
      for (const double each : hand.x()) EXPECT_TRUE(std::isfinite(each)) << map << " by " << by;
    }
}

TEST(MuonSphere, KeepsEveryNormAndTurnsByTheLearningRate) {
  const Vec x0 = random_vec(12, 1);
  Hand hand(optimizers::muon_sphere(), {{"learning_rate", 0.2}}, matrix(4, 3), x0);
  const double radius = arma::norm(as_matrix(x0, 4, 3), "fro");
  for (int t = 0; t < 60; ++t) {
    const arma::mat before = as_matrix(hand.x(), 4, 3);
    hand.step();
    const arma::mat now = as_matrix(hand.x(), 4, 3);
    EXPECT_NEAR(arma::norm(now, "fro"), radius, 1e-13 * radius);
    // A step of length ηR cannot turn a vector of length R by more than the angle whose sine is η.
    EXPECT_LE(std::acos(std::min(1.0, arma::accu(now % before) / (radius * radius))), std::asin(0.2) + 1e-9);
  }
}

TEST(MuonSphere, DecayIsALongerStep) {
  const Vec x0 = random_vec(12, 1);
  const auto moved = [&](double rate, double decay) {
    Hand hand(optimizers::muon_sphere(), {{"learning_rate", rate}, {"weight_decay", decay}, {"by", word("svd")}},
              matrix(4, 3), x0);
    for (int t = 0; t < 5; ++t) hand.step();
    return hand.x();
  };
  expect_near(moved(0.1, 2.0), moved(0.1 / 0.8, 0), 1e-12, "with decay against η/(1 − ηλ)");
}

TEST(MuonSphere, StandsStillWhereNothingPulls) {
  Toy flat = matrix(4, 3);
  for (Vec& row : flat.a) std::fill(row.begin(), row.end(), 0.0);
  Vec x0 = random_vec(12, 1);
  Hand hand(optimizers::muon_sphere(), {}, flat, x0);
  for (int t = 0; t < 3; ++t) hand.step();
  expect_near(hand.x(), x0, 1e-14, "zero gradients");
  Hand zero(optimizers::muon_sphere(), {}, matrix(4, 3), Vec(12));
  for (int t = 0; t < 3; ++t) zero.step();
  for (const double each : zero.x()) EXPECT_EQ(each, 0.0);  // a sphere of radius zero
}

}  // namespace
}  // namespace kappa
