/// Newton, Levenberg–Marquardt, L-BFGS and nonlinear conjugate gradients: what each is known to do.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/methods/optimizers/strong_wolfe.hpp"
#include "tests/laws/trial.hpp"

namespace kappa {
namespace {

using namespace laws;
using Given = std::map<std::string, Value, std::less<>>;

Node chosen(std::string id, Given given = {}) {
  return complete_node({Kind::optimizer, std::move(id), std::move(given)});
}
Value word(const char* text) { return std::string(text); }

/// r = √2 (1 − x, 10 (y − x²)): the Rosenbrock function as a sum of squares.
struct Rosenbrock {
  double root = std::sqrt(2.0);
  void build(Rng) {}
  Blocks start(Rng) const { return single_block("x", arma::vec{-1.2, 1}); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    arma::vec r;
    arma::mat j;
    residual(x, r, s);
    jacobian(x, j, s);
    g.flat() = j.t() * r;
    return 0.5 * arma::dot(r, r);
  }
  void residual(const Blocks& p, arma::vec& r, const Sample&) const {
    const double x = p.flat()[0], y = p.flat()[1];
    r = {root * (1 - x), root * 10 * (y - x * x)};
  }
  void jacobian(const Blocks& p, arma::mat& j, const Sample&) const {
    j = {{-root, 0}, {-20 * root * p.flat()[0], 10 * root}};
  }
  arma::mat hessian(const Blocks& p) const {
    const double x = p.flat()[0], y = p.flat()[1];
    return {{2 + 1200 * x * x - 400 * y, -400 * x}, {-400 * x, 200}};
  }
};

/// x'Hx/2 about a solution, with a chosen spectrum; `known` says whether its facts tell the spectrum.
struct Bowl {
  arma::mat h;
  bool known = true;
  void build(Rng) {}
  Blocks start(Rng rng) const { return single_block("x", normal_vector(rng, h.n_rows)); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
    g.flat() = h * x.flat();
    return 0.5 * arma::dot(x.flat(), g.flat());
  }
  arma::mat hessian(const Blocks&) const { return h; }
  Facts facts() const {
    Facts facts;
    if (known) facts.hessian_spectrum = arma::eig_sym(h);
    return facts;
  }
};
Bowl bowl(arma::uword d, double condition, bool known = true) {
  const arma::mat q = haar_orthogonal(Rng(3, "q"), d);
  arma::vec values(d);
  for (arma::uword i = 0; i < d; ++i)
    values[i] = std::pow(condition, -static_cast<double>(i) / static_cast<double>(d - 1));
  return {arma::symmatu(q * arma::diagmat(values) * q.t()), known};
}

std::vector<double> losses(const Ending& ending) {
  std::vector<double> out;
  for (const auto& point : ending.seen.points.at("loss")) out.push_back(point.value);
  return out;
}
Ending walk(std::shared_ptr<const ProblemModel> problem, Node optimizer, std::uint64_t steps) {
  return run({.problem = std::move(problem), .optimizer = std::move(optimizer), .steps = steps});
}

TEST(Newton, ReachesTheBottomOfAQuadraticInOneStep) {
  for (const double condition : {10.0, 1e8}) {
    const Ending ending = walk(model_of(bowl(12, condition)), chosen("newton"), 1);
    EXPECT_LT(arma::norm(ending.x.flat()), 1e-15 * condition + 1e-13);
  }
}

TEST(Newton, IsDampedByWhatIsAddedToTheDiagonal) {
  const Bowl f = bowl(5, 100);
  const auto model = model_of(f);
  const Ending ending = walk(model, chosen("newton", {{"damping", 0.3}, {"learning_rate", 0.7}}), 1);
  const arma::vec x = model->start(Rng(11, "init")).flat();
  const arma::vec expected = x - 0.7 * arma::solve(f.h + 0.3 * arma::eye(5, 5), arma::vec(f.h * x));
  EXPECT_LT(arma::norm(ending.x.flat() - expected), 1e-13);
}

TEST(Newton, WithASearchFollowsTheValley) {
  const Ending ending = walk(model_of(Rosenbrock{}), chosen("newton", {{"line_search", true}}), 60);
  EXPECT_LT(losses(ending).back(), 1e-20);
}

TEST(Newton, GoesToASaddleUnlessItSearches) {
  Bowl saddle{arma::diagmat(arma::vec{1, -1}), true};
  EXPECT_LT(arma::norm(walk(model_of(saddle), chosen("newton"), 1).x.flat()), 1e-15);
  const Ending searched = walk(model_of(saddle), chosen("newton", {{"line_search", true}, {"damping", 1e-9}}), 1);
  EXPECT_EQ(searched.refusal, "");
  EXPECT_TRUE(all_finite(searched.x));
}

TEST(LevenbergMarquardt, BringsRosenbrocksResidualToZero) {
  const Ending ending = walk(model_of(Rosenbrock{}), chosen("levenberg_marquardt"), 100);
  EXPECT_LT(losses(ending).back(), 1e-28);
  EXPECT_LT(arma::norm(ending.x.flat() - arma::vec{1, 1}), 1e-13);
}

TEST(LevenbergMarquardt, FollowsItsEquationThroughSuccessAndFailure) {
  const Rosenbrock f;
  const auto model = model_of(f);
  arma::vec p = {-1.2, 1};
  double lambda = 0.01;
  int failures = 0;
  for (std::uint64_t steps = 1; steps <= 20; ++steps) {
    const auto r = [&](const arma::vec& at) {
      return arma::vec{f.root * (1 - at[0]), f.root * 10 * (at[1] - at[0] * at[0])};
    };
    const arma::mat j = {{-f.root, 0}, {-20 * f.root * p[0], 10 * f.root}};
    const arma::mat gram = j.t() * j;
    const arma::vec next = p - arma::solve(arma::mat(gram + lambda * arma::diagmat(gram)), arma::vec(j.t() * r(p)));
    const bool better = arma::norm(r(next)) < arma::norm(r(p));
    if (better) p = next;
    failures += better ? 0 : 1;
    lambda = better ? lambda / 10 : lambda * 10;
    const Ending ending = walk(model, chosen("levenberg_marquardt"), steps);
    ASSERT_LT(arma::norm(ending.x.flat() - p), 1e-6 * (1 + arma::norm(p))) << steps;
  }
  EXPECT_GT(failures, 0) << "the damping never grew: half of the rule was not tried";
}

TEST(LevenbergMarquardt, StepsOnSquaredErrorsOnly) {
  const auto network = [](const char* loss) {
    return built(small({Kind::problem, "mlp_regression", {{"loss", word(loss)}}}));
  };
  const Ending squared = walk(network("squared"), chosen("levenberg_marquardt"), 3);
  EXPECT_EQ(squared.refusal, "");
  EXPECT_LT(losses(squared).back(), losses(squared).front());
  EXPECT_NE(walk(network("cross_entropy"), chosen("levenberg_marquardt"), 3).refusal, "");
}

TEST(Lbfgs, IsSuperlinearOnAQuadratic) {
  for (const char* search : {"armijo", "strong_wolfe"}) {
    const auto loss = losses(walk(model_of(bowl(8, 100)), chosen("lbfgs", {{"line_search", word(search)}}), 40));
    EXPECT_LT(loss.back(), 1e-20 * loss.front()) << search;
    // Faster than any fixed rate that gradient descent could have, and at the end faster than at the beginning.
    std::size_t half = 0;
    while (half + 1 < loss.size() && loss[half] > 1e-10 * loss.front()) ++half;
    std::size_t end = half;
    while (end + 1 < loss.size() && loss[end] > 1e-20 * loss.front()) ++end;
    EXPECT_LE(end - half, half) << search;
  }
}

TEST(Lbfgs, SolvesRosenbrock) {
  for (const char* search : {"armijo", "strong_wolfe"})
    EXPECT_LT(losses(walk(model_of(Rosenbrock{}), chosen("lbfgs", {{"line_search", word(search)}}), 80)).back(), 1e-18)
        << search;
}

/// With every pair kept the two loops are the product form of the inverse BFGS update.
TEST(Lbfgs, TwoLoopsAreTheBfgsMatrix) {
  const Bowl f = bowl(4, 30);
  const auto model = model_of(f);
  arma::vec x = model->start(Rng(11, "init")).flat(), g = f.h * x, s, y;
  std::vector<arma::vec> all_s, all_y;
  for (std::uint64_t t = 0; t < 6; ++t) {
    arma::mat inverse = arma::eye(4, 4);
    if (t > 0) inverse *= arma::dot(all_s.back(), all_y.back()) / arma::dot(all_y.back(), all_y.back());
    for (std::size_t k = 0; k < all_s.size(); ++k) {
      const double rho = 1 / arma::dot(all_s[k], all_y[k]);
      const arma::mat v = arma::eye(4, 4) - rho * all_y[k] * all_s[k].t();
      inverse = v.t() * inverse * v + rho * all_s[k] * all_s[k].t();
    }
    const arma::vec d = -inverse * g;
    double a = t == 0 ? std::min(1.0, 1 / arma::norm(g, 1)) : 1;
    const auto value = [&](const arma::vec& at) { return 0.5 * arma::dot(at, f.h * at); };
    while (value(x + a * d) > value(x) + 1e-4 * a * arma::dot(g, d)) a /= 2;
    const arma::vec next = x + a * d, slope = f.h * next;
    all_s.push_back(next - x);
    all_y.push_back(slope - g);
    x = next;
    g = slope;
    ASSERT_LT(arma::norm(walk(model, chosen("lbfgs"), t + 1).x.flat() - x), 1e-9) << t;
  }
}

TEST(StrongWolfe, ItsStepsLowerTheFunctionAndLeaveLittleSlope) {
  struct Line {
    const char* name;
    double (*f)(double);
    double (*slope)(double);
  };
  const Line lines[] = {
      {"parabola", [](double a) { return (a - 3) * (a - 3); }, [](double a) { return 2 * (a - 3); }},
      {"far valley", [](double a) { return -a / (a * a + 2e4); },
       [](double a) { return (a * a - 2e4) / ((a * a + 2e4) * (a * a + 2e4)); }},
      {"waves", [](double a) { return std::cos(3 * a) - a; }, [](double a) { return -3 * std::sin(3 * a) - 1; }},
      {"narrow", [](double a) { return std::pow(1e3 * a - 1, 2); }, [](double a) { return 2e3 * (1e3 * a - 1); }}};
  for (const Line& line : lines)
    for (const double c2 : {0.9, 0.1})
      for (const double first : {1e-3, 1.0, 50.0}) {
        int asked = 0;
        const optimizers::LinePoint zero{0, line.f(0), line.slope(0)};
        const auto at = [&](double a) {
          ++asked;
          return optimizers::LinePoint{a, line.f(a), line.slope(a)};
        };
        const auto found = optimizers::strong_wolfe(at, zero, first, 1e-4, c2);
        ASSERT_TRUE(found) << line.name;
        EXPECT_LE(found->f, zero.f + 1e-4 * found->length * zero.slope) << line.name;
        EXPECT_LE(std::abs(found->slope), c2 * std::abs(zero.slope)) << line.name;
        EXPECT_LE(asked, 40) << line.name;
      }
}

TEST(StrongWolfe, ALineWithoutEndHasNone) {
  const auto at = [](double a) { return optimizers::LinePoint{a, -a, -1}; };
  EXPECT_FALSE(optimizers::strong_wolfe(at, {0, 0, -1}, 1, 1e-4, 0.9));
  const auto broken = [](double a) { return optimizers::LinePoint{a, std::nan(""), std::nan("")}; };
  EXPECT_FALSE(optimizers::strong_wolfe(broken, {0, 0, -1}, 1, 1e-4, 0.9));
}

TEST(NonlinearCg, EndsOnAQuadraticWithinItsDimension) {
  for (const char* beta : {"polak_ribiere", "fletcher_reeves", "hestenes_stiefel", "dai_yuan"}) {
    const auto loss = losses(walk(model_of(bowl(9, 50)), chosen("nonlinear_cg", {{"beta", word(beta)}}), 9));
    EXPECT_LT(loss.back(), 1e-17 * loss.front()) << beta;
    EXPECT_GT(loss[loss.size() / 2], 1e-10 * loss.front()) << beta << ": the task is too easy to tell";
  }
}

/// On a quadratic with exact steps all four rules are linear conjugate gradients, whose own rounding is 1e-8 here.
TEST(NonlinearCg, WithExactStepsIsConjugateGradients) {
  const Bowl f = bowl(7, 200);
  const auto model = model_of(f);
  arma::vec x = model->start(Rng(11, "init")).flat(), r = -f.h * x, d = r;
  for (std::uint64_t t = 1; t <= 7; ++t) {
    const arma::vec product = f.h * d;
    const double a = arma::dot(r, r) / arma::dot(d, product);
    const arma::vec next = r - a * product;
    x += a * d;
    d = next + arma::dot(next, next) / arma::dot(r, r) * d;
    r = next;
    for (const char* beta : {"polak_ribiere", "fletcher_reeves", "hestenes_stiefel", "dai_yuan"})
      EXPECT_LT(arma::norm(walk(model, chosen("nonlinear_cg", {{"beta", word(beta)}}), t).x.flat() - x), 1e-7)
          << beta << " after " << t;
  }
}

TEST(NonlinearCg, RestartsByCount) {
  const Bowl f = bowl(7, 200);
  const auto model = model_of(f);
  arma::vec x = model->start(Rng(11, "init")).flat();
  for (int t = 0; t < 5; ++t) {
    const arma::vec g = f.h * x;
    x -= arma::dot(g, g) / arma::dot(g, f.h * g) * g;
  }
  const Node every = chosen("nonlinear_cg", {{"restart_every", std::int64_t{1}}});
  EXPECT_LT(arma::norm(walk(model, every, 5).x.flat() - x), 1e-11) << "that is steepest descent";
}

TEST(NonlinearCg, SearchesWhereTheHessianIsNotKnown) {
  for (const char* beta : {"polak_ribiere", "fletcher_reeves", "hestenes_stiefel", "dai_yuan"}) {
    const auto loss = losses(walk(model_of(Rosenbrock{}), chosen("nonlinear_cg", {{"beta", word(beta)}}), 400));
    for (std::size_t t = 1; t < loss.size(); ++t) ASSERT_LE(loss[t], loss[t - 1]) << beta;
    EXPECT_LT(loss.back(), 1e-2 * loss.front()) << beta;
  }
  const auto loss = losses(walk(model_of(bowl(9, 50, false)), chosen("nonlinear_cg"), 60));
  EXPECT_LT(loss.back(), 1e-10 * loss.front());
}

}  // namespace
}  // namespace kappa
