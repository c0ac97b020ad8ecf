/// Each theory against a plain loop of the method it speaks of: exact curves agree, bounds bound.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/kinds/modes.hpp"
#include "core/linalg/spectrum.hpp"
#include "tests/support/bowl.hpp"

namespace kappa {
namespace {

struct Case {
  std::shared_ptr<const ProblemModel> problem;
  Node optimizer;
  std::uint64_t horizon = 60;
  Node problem_node{Kind::problem, "quadratic", {}};
  std::uint64_t batch = 0;

  template <class F>
  auto with_setup(F f) const {
    const Blocks start = problem->start(Rng(1, "init"));
    Scratch scratch;
    const double loss = problem->value(start, {{}, Rng(1, ""), scratch});
    const auto model = make_optimizer(optimizer);
    return f(TheorySetup{*problem, problem_node, *model, optimizer, horizon, batch, start, loss});
  }
  bool applies(const char* id) const {
    return with_setup([&](const TheorySetup& s) { return make_theory({Kind::theory, id, {}})->applies(s); });
  }
  std::vector<TheoryCurve> curves(const char* id) const {
    return with_setup([&](const TheorySetup& s) { return make_theory({Kind::theory, id, {}})->curves(s); });
  }
  std::vector<Assumption> assumptions(const char* id) const {
    return with_setup([&](const TheorySetup& s) { return make_theory({Kind::theory, id, {}})->assumptions(s); });
  }
};

const TheoryCurve& curve_of(const std::vector<TheoryCurve>& curves, TheoryKind kind) {
  for (const TheoryCurve& one : curves)
    if (one.kind == kind) return one;
  throw std::runtime_error("no such curve");
}

Node gd(double eta) { return {Kind::optimizer, "gradient_descent", {{"learning_rate", eta}}}; }
Node with_momentum(const char* id, double eta, double beta, double dampening = 0) {
  return {Kind::optimizer, id, {{"learning_rate", eta}, {"momentum", beta}, {"dampening", dampening}}};
}

test::Bowl ill_conditioned() {
  test::Bowl bowl = test::bowl({0.02, 0.1, 0.5, 1.3, 2});
  bowl.minimum = 0.25;
  return bowl;
}

/// Losses of a loop written out in vectors: `step` moves x, given the gradient's formula and t.
using Gradient = std::function<arma::vec(const arma::vec&)>;
std::vector<double> losses(const test::Bowl& bowl, std::uint64_t horizon,
                           const std::function<void(arma::vec&, const Gradient&, std::uint64_t)>& step) {
  arma::vec x = bowl.center.flat() + 1;
  const Gradient g = [&](const arma::vec& y) -> arma::vec { return bowl.h * (y - bowl.center.flat()); };
  std::vector<double> out;
  for (std::uint64_t t = 0;; ++t) {
    const arma::vec e = x - bowl.center.flat();
    out.push_back(bowl.minimum + 0.5 * arma::dot(e, bowl.h * e));
    if (t == horizon) return out;
    step(x, g, t);
  }
}

void expect_exact(const std::vector<TheoryCurve>& curves, const std::vector<double>& measured) {
  const TheoryCurve& exact = curve_of(curves, TheoryKind::exact);
  EXPECT_EQ(exact.series, "loss");
  ASSERT_EQ(exact.y.size(), measured.size());
  for (std::size_t t = 0; t < measured.size(); ++t) {
    EXPECT_EQ(exact.x[t], static_cast<double>(t));
    EXPECT_NEAR(exact.y[t], measured[t], 1e-10 * measured[t]) << t;
  }
}

void expect_bounded(const std::vector<TheoryCurve>& curves, const std::vector<double>& measured) {
  const TheoryCurve& bound = curve_of(curves, TheoryKind::bound);
  ASSERT_EQ(bound.y.size(), measured.size());
  for (std::size_t t = 0; t < measured.size(); ++t) EXPECT_LE(measured[t], bound.y[t] * (1 + 1e-9)) << t;
}

TEST(GdQuadraticRate, IsTheLoop) {
  for (const double eta : {0.1, 0.5, 0.98}) {
    const test::Bowl bowl = ill_conditioned();
    const auto curves = Case{model_of(bowl), gd(eta)}.curves("gd_quadratic_rate");
    const auto measured = losses(bowl, 60, [&](arma::vec& x, const Gradient& g, std::uint64_t) { x -= eta * g(x); });
    expect_exact(curves, measured);
    expect_bounded(curves, measured);
  }
}

TEST(GdQuadraticRate, BoundIsAttainedByTheSlowestDirection) {
  test::Bowl bowl{.h = arma::diagmat(arma::vec{0.1, 1}), .center = single_block("x", arma::vec{-1, 1})};
  bowl.h(1, 1) = 1e-30;  // the start's only curved direction has λ = 0.1
  bowl.h(0, 0) = 0.1;
  const auto curves = Case{model_of(bowl), gd(3)}.curves("gd_quadratic_rate");
  const auto& exact = curve_of(curves, TheoryKind::exact).y;
  const auto& bound = curve_of(curves, TheoryKind::bound).y;
  for (std::size_t t = 0; t < exact.size(); ++t) EXPECT_NEAR(exact[t], bound[t], 1e-12 * bound[t]);
}

TEST(GdQuadraticRate, SaysWhenItHolds) {
  const auto fine = Case{model_of(ill_conditioned()), gd(0.99)}.assumptions("gd_quadratic_rate");
  ASSERT_EQ(fine.size(), 1u);
  EXPECT_EQ(fine[0].field, "learning_rate");
  EXPECT_EQ(fine[0].text, "η < 2/L: 0.99 < 1.00");
  EXPECT_TRUE(fine[0].holds);
  const auto broken = Case{model_of(ill_conditioned()), gd(1.5)}.assumptions("gd_quadratic_rate");
  EXPECT_FALSE(broken.at(0).holds);
}

TEST(GdQuadraticRate, DivergesOnlyAsFarAsNumbersGo) {
  for (const TheoryCurve& curve : Case{model_of(ill_conditioned()), gd(500), 100'000}.curves("gd_quadratic_rate")) {
    ASSERT_FALSE(curve.y.empty());
    EXPECT_EQ(curve.x.size(), curve.y.size());
    EXPECT_LT(curve.x.back(), 100);
    for (const double y : curve.y) EXPECT_TRUE(std::isfinite(y));
  }
}

TEST(GdQuadraticRate, KeepsToItsGround) {
  const auto problem = model_of(ill_conditioned());
  EXPECT_TRUE((Case{problem, gd(0.1)}.applies("gd_quadratic_rate")));
  EXPECT_FALSE((Case{problem, with_momentum("heavy_ball", 0.1, 0.9)}.applies("gd_quadratic_rate")));
  const auto cosine = std::make_shared<const Node>(Node{Kind::schedule, "cosine", {{"peak", 0.1}}});
  EXPECT_FALSE(
      (Case{problem, {Kind::optimizer, "gradient_descent", {{"learning_rate", cosine}}}}.applies("gd_quadratic_rate")));
  test::Bowl noisy = ill_conditioned();
  noisy.noise = 0.1;
  EXPECT_FALSE((Case{model_of(noisy), gd(0.1)}.applies("gd_quadratic_rate")));
  EXPECT_TRUE((Case{model_of(noisy), gd(0.1)}.curves("gd_quadratic_rate").empty()));
  test::Bowl saddle = ill_conditioned();
  saddle.h = test::curved({-1, 1, 1, 1, 2});
  EXPECT_FALSE((Case{model_of(saddle), gd(0.1)}.applies("gd_quadratic_rate")));
}

TEST(HeavyBallRate, IsTheLoop) {
  const double root = std::sqrt(2.0), low = std::sqrt(0.02);
  const double best_eta = 4 / ((root + low) * (root + low)), best_beta = std::pow((root - low) / (root + low), 2);
  for (const auto& [eta, beta, dampening] :
       {std::tuple{0.1, 0.9, 0.0}, {best_eta, best_beta, 0.0}, {0.3, 0.8, 0.5}, {0.4, 0.0, 0.0}}) {
    const test::Bowl bowl = ill_conditioned();
    arma::vec b;
    const auto measured = losses(
        bowl, 60, [&, eta = eta, beta = beta, dampening = dampening](arma::vec& x, const Gradient& g, std::uint64_t t) {
          b = t == 0 ? g(x) : arma::vec(beta * b + (1 - dampening) * g(x));
          x -= eta * b;
        });
    expect_exact(Case{model_of(bowl), with_momentum("heavy_ball", eta, beta, dampening)}.curves("heavy_ball_rate"),
                 measured);
  }
}

TEST(HeavyBallRate, GuideIsTheTextbookRateAtTheBestSettings) {
  const double kappa = 100, rho = (std::sqrt(kappa) - 1) / (std::sqrt(kappa) + 1);
  test::Bowl bowl = test::bowl({1 / kappa, 0.3, 1});
  const double eta = 4 / std::pow(1 + std::sqrt(1 / kappa), 2);
  const auto curves = Case{model_of(bowl), with_momentum("heavy_ball", eta, rho * rho), 40}.curves("heavy_ball_rate");
  ASSERT_EQ(curves.size(), 3u);
  EXPECT_EQ(curves[1].kind, TheoryKind::guide);
  EXPECT_NEAR(std::pow(curves[1].y[40] / curves[1].y[0], 1.0 / 80), rho, 1e-6);
  EXPECT_NEAR(curves[2].y[40] / curves[1].y[40], 41 * 41, 1e-6);
  const auto assumed =
      Case{model_of(bowl), with_momentum("heavy_ball", eta, rho * rho), 40}.assumptions("heavy_ball_rate");
  EXPECT_TRUE(assumed.at(0).holds);
  EXPECT_FALSE(
      (Case{model_of(bowl), with_momentum("heavy_ball", 3.5, 0.5)}.assumptions("heavy_ball_rate").at(0).holds));
}

TEST(HeavyBallRate, LongRunsJump) {
  const Case many{model_of(ill_conditioned()), with_momentum("heavy_ball", 0.05, 0.5), 5000};
  const auto curves = many.curves("heavy_ball_rate");
  const TheoryCurve& exact = curve_of(curves, TheoryKind::exact);
  const auto measured =
      losses(ill_conditioned(), 5000, [b = arma::vec()](arma::vec& x, const Gradient& g, std::uint64_t now) mutable {
        b = now == 0 ? g(x) : arma::vec(0.5 * b + g(x));
        x -= 0.05 * b;
      });
  for (std::size_t i = 0; i < exact.x.size(); ++i) {
    const double there = measured[static_cast<std::size_t>(exact.x[i])];
    EXPECT_NEAR(exact.y[i], there, 1e-10 * there) << exact.x[i];
  }
}

TEST(NesterovRate, IsTheLoopOfTheLibraryForm) {
  for (const auto& [eta, beta, dampening] : {std::tuple{0.3, 0.9, 0.0}, {0.2, 0.7, 0.3}}) {
    const test::Bowl bowl = ill_conditioned();
    arma::vec b;
    const auto measured = losses(
        bowl, 60,
        [&, eta = eta, beta = beta, dampening = dampening](arma::vec& x, const Gradient& gradient, std::uint64_t t) {
          const arma::vec g = gradient(x);
          b = t == 0 ? g : arma::vec(beta * b + (1 - dampening) * g);
          x -= eta * (g + beta * b);
        });
    expect_exact(Case{model_of(bowl), with_momentum("nesterov", eta, beta, dampening)}.curves("nesterov_rate"),
                 measured);
  }
}

TEST(NesterovRate, StabilityLimitIsWhereTheRootLeavesTheCircle) {
  const test::Bowl bowl = test::bowl({2});
  for (const double beta : {0.0, 0.5, 0.9}) {
    const double limit = 2 * (1 + beta) / ((1 + 2 * beta) * 2);
    for (const double scale : {0.99, 1.01}) {
      const Case c{model_of(bowl), with_momentum("nesterov", scale * limit, beta), 400};
      EXPECT_EQ(c.assumptions("nesterov_rate").at(0).holds, scale < 1);
      const auto curves = c.curves("nesterov_rate");
      const auto& exact = curve_of(curves, TheoryKind::exact).y;
      EXPECT_EQ(exact.back() < exact.front(), scale < 1) << beta;
    }
  }
}

Node theory_form() {
  return {
      Kind::optimizer, "nesterov_convex", {{"learning_rate", std::string("auto")}, {"momentum", std::string("auto")}}};
}

TEST(NesterovRate, BoundsTheTheoryForm) {
  const test::Bowl bowl = ill_conditioned();
  const double kappa = 100, beta = (std::sqrt(kappa) - 1) / (std::sqrt(kappa) + 1);
  arma::vec y;
  const auto measured = losses(bowl, 60, [&](arma::vec& x, const Gradient& g, std::uint64_t t) {
    if (t == 0) y = x;
    const arma::vec next = y - 0.5 * g(y);
    y = next + beta * (next - x);
    x = next;
  });
  const auto curves = Case{model_of(bowl), theory_form()}.curves("nesterov_rate");
  expect_exact(curves, measured);
  expect_bounded(curves, measured);
  const auto& rate = curve_of(curves, TheoryKind::guide);
  EXPECT_NEAR((rate.y[2] - 0.25) / (rate.y[1] - 0.25), 0.81, 1e-12);
}

TEST(NesterovRate, BoundsTheConvexCase) {
  test::Bowl bowl = test::bowl({0, 1e-3, 0.1, 2});
  bowl.h = arma::symmatu(bowl.h);
  arma::vec y;
  const auto measured = losses(bowl, 60, [&](arma::vec& x, const Gradient& g, std::uint64_t t) {
    if (t == 0) y = x;
    const arma::vec next = y - g(y) / arma::eig_sym(bowl.h).max();
    y = next + (static_cast<double>(t) + 1) / (static_cast<double>(t) + 4) * (next - x);
    x = next;
  });
  const auto curves = Case{model_of(bowl), theory_form()}.curves("nesterov_rate");
  expect_exact(curves, measured);
  expect_bounded(curves, measured);
}

TEST(NesterovRate, NeedsTheTheorysOwnStep) {
  const auto problem = model_of(ill_conditioned());
  const auto eta = [&](double step) {
    return Case{problem, {Kind::optimizer, "nesterov_convex", {{"learning_rate", step}}}}.applies("nesterov_rate");
  };
  EXPECT_TRUE(eta(0.5));
  EXPECT_FALSE(eta(0.6));
  EXPECT_FALSE((Case{problem, {Kind::optimizer, "nesterov_convex", {{"momentum", 0.5}}}}.applies("nesterov_rate")));
}

TEST(EdgeOfStability, IsWhereAQuadraticStartsToGrow) {
  const auto edge = [](const Node& optimizer) {
    const auto curves = Case{model_of(ill_conditioned()), optimizer}.curves("edge_of_stability");
    EXPECT_EQ(curves.at(0).series, "sharpness");
    return curves.at(0).y.at(0);
  };
  EXPECT_EQ(edge(gd(0.1)), 20);
  for (const char* id : {"heavy_ball", "nesterov"}) {
    const double limit = edge(with_momentum(id, 0.1, 0.8));
    for (const double scale : {0.99, 1.01}) {
      const Case c{model_of(test::bowl({scale * limit})), with_momentum(id, 0.1, 0.8), 2000};
      const auto curves = c.curves(id == std::string("nesterov") ? "nesterov_rate" : "heavy_ball_rate");
      const auto& exact = curve_of(curves, TheoryKind::exact).y;
      EXPECT_EQ(exact.back() < exact.front(), scale < 1) << id;
    }
  }
  EXPECT_FALSE((Case{model_of(ill_conditioned()), {Kind::optimizer, "adam", {}}}.applies("edge_of_stability")));
}

TEST(SgdNoiseFloor, IsTheMeanOverManyRuns) {
  test::Bowl bowl = test::bowl({0.1, 1});
  bowl.noise = 0.5;
  const Case c{model_of(bowl), gd(0.5), 40, {Kind::problem, "quadratic", {{"noise", 0.5}}}};
  const auto curves = c.curves("sgd_noise_floor");
  ASSERT_EQ(curves.size(), 2u);
  std::vector<double> mean(41, 0.0);
  const int runs = 4000;
  Rng rng(5, "sgd");
  for (int r = 0; r < runs; ++r) {
    const auto one = losses(bowl, 40, [&](arma::vec& x, const Gradient& g, std::uint64_t) {
      arma::vec noise(2);
      rng.fill_normal({noise.memptr(), 2});
      x -= 0.5 * (g(x) + 0.5 * noise);
    });
    for (std::size_t t = 0; t <= 40; ++t) mean[t] += one[t] / runs;
  }
  for (const std::size_t t : {0u, 1u, 5u, 20u, 40u}) EXPECT_NEAR(mean[t], curves[0].y[t], 0.05 * curves[0].y[t]) << t;
  EXPECT_NEAR(curves[1].y[0], 0.5 * 0.5 * 0.25 * (1 / (2 - 0.05) + 1 / (2 - 0.5)), 1e-12);
}

struct Gaussian : test::Bowl {
  arma::mat x;
  std::uint64_t row_count() const { return x.n_rows; }
  std::vector<NamedMatrix> data() const { return {{"X", x}}; }
};

TEST(MarchenkoPastur, PredictsTheSingularValuesOfGaussianData) {
  for (const auto& [n, d] : {std::pair{400u, 200u}, {200u, 400u}}) {
    Gaussian problem{test::bowl({1, 2}), arma::mat(n, d)};
    Rng(2, "x").fill_normal({problem.x.memptr(), problem.x.n_elem});
    const Node isotropic{Kind::problem, "linear_regression", {{"spectrum", std::string("isotropic")}}};
    const Case c{model_of(problem), gd(0.1), 10, isotropic};
    ASSERT_TRUE(c.applies("marchenko_pastur"));
    const auto curve = c.curves("marchenko_pastur").at(0);
    const arma::vec s = singular_values(problem.x) / std::sqrt(static_cast<double>(n));
    ASSERT_EQ(curve.y.size(), s.n_elem);
    for (arma::uword i = 0; i < s.n_elem; ++i) EXPECT_NEAR(curve.y[i], s[i], 0.08) << i;
    Case exact = c;
    exact.problem_node.params["exact_spectrum"] = true;
    EXPECT_FALSE(exact.applies("marchenko_pastur"));
    exact.problem_node.params = {{"spectrum", std::string("geometric")}};
    EXPECT_FALSE(exact.applies("marchenko_pastur"));
  }
}

}  // namespace
}  // namespace kappa
