/// Sophia, clipped Newton, exact Gauss–Newton and model building, each beside a plain re-computation.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "core/kinds/optimizer.hpp"
#include "core/random/matrices.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa {
namespace optimizers {
Method clipped_newton();
Method gauss_newton_exact();
Method model_building();
Method sophia_g();
Method sophia_h();
}  // namespace optimizers
namespace problems {
Method landscape();
Method log_uniform_quadratic();
Method logistic_regression();
Method mlp_regression();
}  // namespace problems
namespace {

using namespace support;
using Rows = std::vector<std::uint32_t>;

/// Steps one optimizer on one problem, and nothing else.
class Hand {
 public:
  Hand(const Method& method, Given settings, std::shared_ptr<const ProblemModel> problem)
      : x(start_of(*problem)), problem_(std::move(problem)), g_(zeros_like(x)), out_(zeros_like(x)) {
    model_ = std::get<Maker<OptimizerModel>>(method.make)(Node{Kind::optimizer, "by_hand", std::move(settings)});
    state_ = model_->init(x);
    oracle_ = std::make_unique<Oracle>(*problem_, 3, model_->needs(), &counts, nullptr);
  }
  /// The update of one step; the point moves by it.
  arma::vec step(const Rows& rows = {}) {
    rows_ = rows;
    oracle_->begin(t_, rows_);
    double f = 0;
    if (has(model_->needs(), Needs::gradient)) f = oracle_->value_gradient(x, g_);
    EXPECT_EQ(model_->step(state_, {t_, 60, f, x, g_, *oracle_, stream(), &log}, out_), Step::by);
    ++t_;
    x.flat() += out_.flat();
    return out_.flat();
  }
  Rng stream() const { return Rng(3, "step", t_); }
  double told(const char* name) const { return log.numbers.at(name); }

  Blocks x;
  Counts counts;
  StepLog log;

 private:
  std::shared_ptr<const ProblemModel> problem_;
  std::shared_ptr<const OptimizerModel> model_;
  Blocks g_, out_;
  AnyState state_;
  std::unique_ptr<Oracle> oracle_;
  Rows rows_;
  std::uint64_t t_ = 0;
};

std::shared_ptr<const ProblemModel> network(Given more = {}) {
  Given given = {{"widths", std::vector<double>{5, 4}}, {"inputs", std::int64_t{4}}, {"samples", std::int64_t{40}}};
  for (auto& [key, value] : more) given[key] = value;
  return built(problems::mlp_regression(), given);
}

TEST(SophiaH, IsTheClippedQuotientOfItsMeans) {
  const auto bowl = built(problems::log_uniform_quadratic(), {{"dimension", std::int64_t{6}}});
  const arma::vec curvature = bowl->hessian(start_of(*bowl)).diag();  // z⊙Hz is exact on a diagonal
  Hand hand(optimizers::sophia_h(),
            {{"learning_rate", 0.05},
             {"beta1", 0.8},
             {"beta2", 0.7},
             {"gamma", 0.5},
             {"weight_decay", 0.3},
             {"refresh_steps", std::int64_t{3}}},
            bowl);
  arma::vec x = hand.x.flat(), m(6, arma::fill::zeros), h = m;
  for (int t = 0; t < 40; ++t) {
    m = 0.8 * m + 0.2 * (curvature % x);
    if (t % 3 == 0) h = 0.7 * h + 0.3 * curvature;
    double cut = 0;
    for (arma::uword i = 0; i < 6; ++i) {
      const double ratio = m[i] / std::max(0.5 * h[i], 1e-12);
      cut += std::abs(ratio) >= 1 ? 1.0 / 6 : 0;
      x[i] = x[i] * (1 - 0.05 * 0.3) - 0.05 * std::max(-1.0, std::min(1.0, ratio));
    }
    hand.step();
    EXPECT_LT(arma::norm(hand.x.flat() - x), 1e-13) << t;
    EXPECT_NEAR(hand.told("clip_fraction"), cut, 1e-12);
  }
  EXPECT_EQ(hand.counts.hessian_products, 14u);  // at 0, 3, ... 39
}

TEST(SophiaH, ANegativeCurvatureGivesASignStep) {
  const auto saddle =
      built(problems::landscape(), {{"function", std::string("saddle")}, {"start_x", 1.0}, {"start_y", 0.1}});
  Hand hand(optimizers::sophia_h(), {{"learning_rate", 0.01}, {"weight_decay", 0.0}}, saddle);
  EXPECT_NEAR(hand.step()[1], 0.01, 1e-15);  // away from the saddle, at full length
}

TEST(SophiaG, SquaresAGradientUnderDrawnLabels) {
  const auto problem =
      built(problems::logistic_regression(), {{"samples", std::int64_t{30}}, {"features", std::int64_t{5}}});
  const Rows rows = {3, 9, 4, 22, 17, 8, 1};
  for (const char* form : {"paper", "released"}) {
    const double epsilon = 1e-3;  // large enough to tell a floor from a summand
    Hand hand(optimizers::sophia_g(),
              {{"learning_rate", 0.05},
               {"beta1", 0.8},
               {"beta2", 0.7},
               {"gamma", 0.9},
               {"epsilon", epsilon},
               {"weight_decay", 0.2},
               {"refresh_steps", std::int64_t{2}},
               {"form", std::string(form)}},
              problem);
    Blocks x = hand.x, drawn = zeros_like(x);
    arma::vec m(5, arma::fill::zeros), h = m;
    for (int t = 0; t < 12; ++t) {
      m = 0.8 * m + 0.2 * gradient_at(*problem, x, rows).g.flat();
      if (t % 2 == 0) {
        Scratch room;
        problem->resampled_gradient(x, drawn, {rows, Rng(1, "noise"), room}, hand.stream().child("labels"));
        h = 0.7 * h + 0.3 * 7 * arma::square(drawn.flat());
      }
      for (arma::uword i = 0; i < 5; ++i) {
        const double scale = std::string(form) == "paper" ? std::max(0.9 * h[i], epsilon) : 0.9 * h[i] + epsilon;
        const double ratio = std::min(std::abs(m[i]) / scale, 1.0) * (m[i] > 0 ? 1 : -1);
        x.flat()[i] = x.flat()[i] * (1 - 0.05 * 0.2) - 0.05 * ratio;
      }
      hand.step(rows);
      EXPECT_LT(arma::norm(hand.x.flat() - x.flat()), 1e-13) << form << ", " << t;
    }
  }
}

TEST(ClippedNewton, IsNewtonInTheBowlAndASignStepOnTheHill) {
  const auto toy = built(problems::landscape(), {{"function", std::string("custom")},
                                                 {"expression", std::string("8*(x-1)^2*(1.3*x^2+2*x+1) + (y-4)^2/2")},
                                                 {"start_x", 0.2},
                                                 {"start_y", 0.0}});
  Hand hand(optimizers::clipped_newton(), {{"learning_rate", 0.5}}, toy);
  const arma::vec first = hand.step();
  EXPECT_NEAR(first[0], 0.5, 1e-14);  // f'' < 0 there, and the slope points to the minimum on the right
  EXPECT_NEAR(first[1], 0.5, 1e-14);
  Hand pure(optimizers::clipped_newton(), {{"learning_rate", 1.0}, {"clip", false}}, toy);
  const arma::mat h = toy->hessian(pure.x);
  const arma::vec g = gradient_at(*toy, pure.x).g.flat(), step = pure.step();
  EXPECT_NEAR(step[0], -g[0] / h(0, 0), 1e-13);
  EXPECT_NEAR(step[1], -g[1] / h(1, 1), 1e-13);
  for (int t = 0; t < 30; ++t) pure.step();
  EXPECT_NEAR(pure.x.flat()[0], 0, 1e-9);  // the local maximum
}

/// −(J'QJ + λI)⁻¹ J'r of the batch, with as many unknowns as the network has.
arma::vec large_solve(const ProblemModel& problem, const Blocks& x, const Rows& rows, double damping) {
  Scratch room;
  const Sample sample{rows, Rng(1, "noise"), room};
  arma::mat j, q;
  arma::vec r;
  problem.residual(x, r, sample);
  problem.jacobian(x, j, sample);
  problem.curvature(x, q, sample);
  arma::mat system = j.t() * q * j;
  system.diag() += damping;
  return -arma::solve(system, arma::vec(j.t() * r));
}

TEST(GaussNewtonExact, StepsAlongTheDirectionOfTheLargeSolve) {
  const Rows rows = {3, 9, 14, 22, 17, 39, 1};
  for (const char* loss : {"squared", "cross_entropy"}) {
    const auto problem = network({{"loss", std::string(loss)}, {"outputs", std::int64_t{3}}});
    Hand hand(optimizers::gauss_newton_exact(), {{"learning_rate", 0.3}, {"damping", 0.05}}, problem);
    for (int t = 0; t < 5; ++t) {
      const arma::vec expected = 0.3 * large_solve(*problem, hand.x, rows, 0.05);
      EXPECT_LT(arma::norm(hand.step(rows) - expected), 1e-9 * arma::norm(expected)) << loss;
    }
    EXPECT_EQ(hand.counts.gradients, 5u);  // one Jacobian each; no gradient is asked for beside it
  }
}

TEST(GaussNewtonExact, AveragesItsDirections) {
  const auto problem = network();
  const Rows batches[] = {{3, 9, 14, 22}, {17, 39, 1, 5}, {2, 4, 6, 8}};
  Hand hand(optimizers::gauss_newton_exact(), {{"learning_rate", 0.2}, {"damping", 0.1}, {"momentum", 0.6}}, problem);
  arma::vec v(hand.x.flat().n_elem, arma::fill::zeros);
  for (int t = 1; t <= 9; ++t) {
    const Rows& rows = batches[t % 3];
    v = 0.6 * v + 0.4 * large_solve(*problem, hand.x, rows, 0.1);
    const arma::vec expected = 0.2 * v / (1 - std::pow(0.6, t));
    EXPECT_LT(arma::norm(hand.step(rows) - expected), 1e-9 * arma::norm(expected)) << t;
  }
}

/// A few samples are fitted by long steps; labels of all of them make the search work.
TEST(GaussNewtonExact, SearchesFromOneAndAHalfTimesItsLastStep) {
  bool capped = false, shrunk = false;
  const auto follow = [&](const std::shared_ptr<const ProblemModel>& problem, const Rows& rows) {
    Hand hand(optimizers::gauss_newton_exact(), {{"learning_rate", 0.3}, {"damping", 1e-3}, {"line_search", true}},
              problem);
    double last = 0.3;
    for (int t = 0; t < 12; ++t) {
      const arma::vec d = large_solve(*problem, hand.x, rows, 1e-3);
      const Slope at = gradient_at(*problem, hand.x, rows);
      double a = std::min(1.5 * last, 1.0);
      capped = capped || 1.5 * last > 1;
      for (int tries = 1; tries < 15; ++tries, a *= 0.8, shrunk = true) {
        Blocks trial = hand.x;
        trial.flat() += a * d;
        if (value_at(*problem, trial, rows) <= at.f + 0.1 * a * arma::dot(at.g.flat(), d)) break;
      }
      hand.step(rows);
      EXPECT_NEAR(hand.told("step_size"), a, 1e-12) << t;
      last = a;
    }
  };
  follow(network(), {3, 9, 14, 22, 17, 39, 1});
  follow(network({{"loss", std::string("cross_entropy")}, {"outputs", std::int64_t{3}}}), {});
  EXPECT_TRUE(capped);
  EXPECT_TRUE(shrunk);
}

TEST(GaussNewtonExact, DampsByWhatItsModelPromised) {
  const auto problem = network();
  const Rows rows = {3, 9, 14, 22, 17, 39, 1};
  Hand hand(optimizers::gauss_newton_exact(), {{"learning_rate", 1.0}, {"damping", 1e-3}, {"adaptive_damping", true}},
            problem);
  double damping = 1e-3;
  bool raised = false, lowered = false;
  for (int t = 0; t < 25; ++t) {
    Scratch room;
    const Sample sample{rows, Rng(1, "noise"), room};
    arma::mat j;
    arma::vec r;
    problem->residual(hand.x, r, sample);
    problem->jacobian(hand.x, j, sample);
    const double before = value_at(*problem, hand.x, rows);
    const arma::vec d = hand.step(rows);
    const arma::vec along = j * d, modelled = r + along;
    const double promised = 0.5 * arma::dot(r, r) - 0.5 * arma::dot(modelled, modelled);
    const double ratio = (before - value_at(*problem, hand.x, rows)) / promised;
    if (ratio < 0.25) damping *= 1.01, raised = true;
    if (ratio > 0.75) damping *= 0.99, lowered = true;
    EXPECT_NEAR(hand.told("damping"), damping, 1e-12) << t;
  }
  EXPECT_TRUE(raised || lowered);
}

/// For each block −|s|² (2σI + sy' + ys')⁻¹ slope by a dense solve, where the first step is refused.
arma::vec modelled(const Blocks& g, const Blocks& end, const Blocks& slope, double rate, double zeta) {
  arma::vec out = g.flat();
  for (std::size_t i = 0; i < g.count(); ++i) {
    const arma::uword from = g.shape(i).offset, to = from + g.shape(i).rows * g.shape(i).cols - 1;
    const arma::vec here = g.flat().subvec(from, to), s = -rate * here, y = end.flat().subvec(from, to) - here;
    const double sigma = 0.5 * (arma::norm(s) * (arma::norm(y) + arma::norm(here) / zeta) - arma::dot(y, s));
    arma::mat model = s * y.t() + y * s.t();
    model.diag() += 2 * sigma;
    out.subvec(from, to) = -arma::dot(s, s) * arma::solve(model, arma::vec(slope.flat().subvec(from, to)));
  }
  return out;
}

TEST(ModelBuilding, RedoesARefusedStepBlockByBlock) {
  const auto problem = network();
  const Rows batches[] = {{3, 9, 14, 22}, {17, 39, 1, 5}, {2, 4, 6, 8}};
  for (const double rate : {0.05, 2.0}) {
    Hand hand(optimizers::model_building(), {{"learning_rate", rate}, {"sufficient_decrease", 0.2}, {"zeta", 0.9}},
              problem);
    std::uint64_t models = 0;
    for (int t = 0; t < 15; ++t) {
      const Rows& rows = batches[t % 3];
      const Slope at = gradient_at(*problem, hand.x, rows);
      Blocks trial = hand.x;
      trial.flat() -= rate * at.g.flat();
      const Slope there = gradient_at(*problem, trial, rows);
      const bool accepted = there.f <= at.f - 0.2 * rate * arma::dot(at.g.flat(), at.g.flat());
      models += accepted ? 0 : 1;
      const arma::vec expected = accepted ? arma::vec(-rate * at.g.flat()) : modelled(at.g, there.g, at.g, rate, 0.9);
      EXPECT_LT(arma::norm(hand.step(rows) - expected), 1e-9 * arma::norm(expected)) << rate << ", " << t;
      EXPECT_EQ(hand.told("model_step"), accepted ? 0 : 1);
    }
    EXPECT_EQ(hand.counts.gradients, 15 + models);
    EXPECT_EQ(models > 0, rate > 1);
  }
}

TEST(ModelBuilding, AnIndependentBatchModelsWhatTheLastRefused) {
  const auto problem = network();
  const Rows batches[] = {{3, 9, 14, 22}, {17, 39, 1, 5}, {2, 4, 6, 8}};
  const double zeta = 0.9;
  for (const double rate : {0.05, 2.0}) {
    Hand hand(optimizers::model_building(), {{"learning_rate", rate}, {"zeta", zeta}, {"independent_batch", true}},
              problem);
    std::optional<Blocks> refused;
    std::uint64_t models = 0, waits = 0;
    for (int t = 0; t < 15; ++t) {
      const Rows& rows = batches[t % 3];
      const Slope at = gradient_at(*problem, hand.x, rows);
      Blocks trial = hand.x;
      trial.flat() -= rate * at.g.flat();
      const Slope there = gradient_at(*problem, trial, rows);
      const bool accepted = there.f <= at.f - 0.1 * rate * arma::dot(at.g.flat(), at.g.flat());
      arma::vec expected = -rate * at.g.flat();
      if (refused)
        expected = modelled(at.g, there.g, *refused, rate, zeta), ++models;
      else if (!accepted)
        expected.zeros(), ++waits;
      const bool built = refused.has_value();
      EXPECT_LE(arma::norm(hand.step(rows) - expected), 1e-9 * arma::norm(expected)) << rate << ", " << t;
      EXPECT_EQ(hand.told("model_step"), built ? 1 : 0);
      refused = !built && !accepted ? std::optional(at.g) : std::nullopt;
    }
    EXPECT_EQ(models > 3, rate > 1);
    EXPECT_EQ(waits == 0, rate < 1);
    EXPECT_EQ(hand.counts.losses, 15 - models);
    EXPECT_EQ(hand.counts.gradients, 15 + models);
  }
}

TEST(ModelBuilding, ItsScheduleLooksBackOverFiveHundredSteps) {
  const auto problem = network();
  Hand hand(optimizers::model_building(), {{"learning_rate", 0.01}, {"auto_schedule", true}}, problem);
  for (int t = 0; t < 500; ++t) hand.step();
  EXPECT_EQ(hand.told("step_size"), 0.01);
  hand.step();
  EXPECT_NEAR(hand.told("step_size"), 0.01 / 0.9, 1e-15);  // no step was redone
  Hand wild(optimizers::model_building(), {{"learning_rate", 4.0}, {"auto_schedule", true}}, problem);
  for (int t = 0; t < 501; ++t) wild.step();
  EXPECT_NEAR(wild.told("step_size"), 3.6, 1e-13);
}

TEST(ModelBuilding, TakesASmallGradientAsItIs) {
  const auto problem = network({{"target", std::string("teacher")}, {"teacher_widths", std::vector<double>{5, 4}}});
  Hand hand(optimizers::model_building(), {}, problem);
  hand.x = *problem->facts().solution;
  EXPECT_LT(arma::norm(hand.step()), 1e-8);
  EXPECT_EQ(hand.counts.losses, 0u);
}

}  // namespace
}  // namespace kappa
