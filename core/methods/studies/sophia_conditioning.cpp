/// Sophia and conditioning: clipped curvature steps cross a nonconvex valley, and take as many steps at any κ.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/methods/optimizers/sophia_rule.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* sophia = "Sophia-H";
constexpr const char* gradient = "Gradient descent";
constexpr const char* clipping = "Clipped Newton (Sophia)";
constexpr const char* plain_newton = "Newton per coordinate";
constexpr const char* hutchinson = "Hutchinson";
constexpr const char* toy_steps = "steps_to_target";
constexpr const char* iterations = "iterations";
constexpr const char* error = "estimate_error";

struct Rival {
  const char* name;
  Node optimizer;
  std::vector<double> grid;
};

std::vector<double> log_grid(double from, double to, arma::uword n, double below) {
  std::vector<double> grid;
  for (const double rate : log_spaced(from, to, n))
    if (rate < below) grid.push_back(rate);
  return grid;
}

struct SophiaConditioning {
  std::int64_t dimension = 50;
  std::vector<double> condition_numbers = {10, 100, 1000, 10'000, 100'000};
  double learning_rate = 0.1;
  bool rotate = false;
  std::int64_t most_steps = 2000;
  std::int64_t draws = 400;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    scale(c);
    if (!c.stopping()) estimate(c);
    // Last, so that all repeats open runs alike: no seed changes the toy.
    if (!c.stopping() && c.repeat() == 0) toy(c);
    if (!c.stopping() && c.repeat() == 0) overlay(c);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  void toy(StudyContext& c) const;
  void scale(StudyContext& c) const;
  void overlay(StudyContext& c) const;
  void estimate(StudyContext& c) const;
  std::vector<double> distinct() const {
    std::vector<double> kappas = condition_numbers;
    std::sort(kappas.begin(), kappas.end());
    kappas.erase(std::unique(kappas.begin(), kappas.end()), kappas.end());
    return kappas;
  }
  /// Steps of gradient descent at rate 2/(L+μ) until f has surely fallen a million times.
  static double bound(double kappa) { return std::ceil(std::log(1e-6) / (2 * std::log(1 - 2 / (kappa + 1)))); }
};

std::vector<FigureSpec> SophiaConditioning::figures() const {
  return {{.id = "iterations",
           .title = "Steps until f has fallen a million times",
           .x_label = "condition number κ",
           .y_label = "steps",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {iterations},
           .note = rotate ? "Axes turned: a diagonal no longer fits the curvature, and κ is felt again." : ""},
          {.id = "landscape",
           .title = "Two valleys and a maximum between them",
           .x_label = "θ₁",
           .y_label = "θ₂",
           .form = FigureForm::plane,
           .names = {"path"}},
          {.id = "rates",
           .title = "Steps to a loss of 10⁻³ on the two-dimensional toy, by learning rate",
           .x_label = "learning rate",
           .y_label = "steps",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {toy_steps}},
          {.id = "clipped",
           .title = "Share of coordinates that Sophia clips",
           .x_label = "step",
           .y_label = "share",
           .names = {"clip_fraction"}},
          {.id = "hutchinson",
           .title = "Hutchinson's estimate of a diagonal",
           .x_label = "draws K",
           .y_label = "error / off-diagonal norm",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {error},
           .runs = {hutchinson}}};
}

/// L = 8(θ₁−1)²(1.3θ₁²+2θ₁+1) + ½(θ₂−4)² from (0.2, 0): the minimum is (1, 4), and θ₁ = 0 a local maximum.
void SophiaConditioning::toy(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "landscape",
                                      {{"function", std::string("custom")},
                                       {"expression", std::string("8*(x-1)^2*(1.3*x^2+2*x+1) + (y-4)^2/2")},
                                       {"start_x", 0.2},
                                       {"start_y", 0.0}}));
  const std::vector<Rival> rivals = {
      {gradient, node(Kind::optimizer, "gradient_descent"), log_grid(-3, -1.3, 18, 2 / 68.8)},
      {"Adam", node(Kind::optimizer, "adam", {{"beta1", 0.9}, {"beta2", 0.99}}), log_grid(-3, 0, 31, 2)},
      {"Sign descent", node(Kind::optimizer, "signum", {{"momentum", 0.0}}), log_grid(-3, 0, 31, 2)},
      {clipping, node(Kind::optimizer, "clipped_newton"), {0.2, 0.3, 0.5, 0.8}},
      {plain_newton, node(Kind::optimizer, "clipped_newton", {{"clip", false}}), {1}}};
  Blocks at = problem->start(c.rng("init"));
  c.field(gradient, "landscape", surface({-2, 2, -1, 5}, 81, 81, [&](double x, double y) {
            at.flat() = {x, y};
            return value_of(*problem, at);
          }));
  c.field(gradient, "optimum", {{0, 0, 0, 1, 4, 0}});
  c.parallel_for(rivals.size(), [&](std::size_t i, StudyContext& part) {
    const Rival& rival = rivals[i];
    DescentSpec spec{.problem = problem, .optimizer = rival.optimizer, .steps = 2000};
    spec.stop.loss_below = 1e-3;
    double best_rate = rival.grid.back(), fewest = arma::datum::inf;
    for (const double rate : rival.grid) {
      if (part.stopping()) return;
      spec.optimizer.params["learning_rate"] = rate;
      const DescentResult result = part.quietly(spec);
      if (result.outcome.how != Ended::reached) continue;
      const double steps = static_cast<double>(result.outcome.at);
      part.curve(rival.name, toy_steps, rate, steps);
      if (steps < fewest) fewest = steps, best_rate = rate;
    }
    spec.optimizer.params["learning_rate"] = best_rate;
    if (std::string(rival.name) == plain_newton) spec.steps = 40;
    spec.probes = {node(Kind::probe, "path")};
    const DescentResult shown = part.descent(rival.name, spec);
    part.curve(rival.name, "final_theta1", best_rate, std::abs(shown.x.flat()[0]));
  });
}

void SophiaConditioning::scale(StudyContext& c) const {
  const std::vector<double> kappas = distinct();
  const Node second =
      node(Kind::optimizer, "sophia_h",
           {{"learning_rate", learning_rate}, {"beta1", 0.9}, {"beta2", 0.9}, {"gamma", 1.0}, {"weight_decay", 0.0}});
  c.parallel_for(2 * kappas.size(), [&](std::size_t i, StudyContext& part) {
    const double kappa = kappas[i / 2];
    const bool first_order = i % 2 == 1;
    const auto problem =
        part.problem(node(Kind::problem, "log_uniform_quadratic",
                          {{"dimension", dimension}, {"condition_number", kappa}, {"rotate", rotate}}));
    const auto cap = static_cast<std::uint64_t>(most_steps);
    DescentSpec spec{.problem = problem, .optimizer = second, .steps = cap};
    double first = -1;
    spec.until = [&](std::uint64_t, const Blocks&, double loss) {
      if (first < 0) first = loss;
      return loss < 1e-6 * first;
    };
    DescentResult result;
    if (first_order) {
      spec.steps = 20 * cap;
      if (bound(kappa) > static_cast<double>(spec.steps)) return;  // its line goes on as theory
      spec.optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", 2 / (kappa + 1)}});
      result = part.quietly(spec);
    } else {
      spec.probes = {node(Kind::probe, "report", {{"of", std::string("clip_fraction")}})};
      result = part.descent("Sophia-H, κ = " + std::to_string(static_cast<long>(kappa)), spec);
    }
    if (!part.stopping() && result.outcome.how == Ended::reached)
      part.curve(first_order ? gradient : sophia, iterations, kappa, static_cast<double>(result.outcome.at));
  });
}

void SophiaConditioning::overlay(StudyContext& c) const {
  const std::vector<double> kappas = distinct();
  std::vector<double> level(kappas.size(), 120), slow;
  for (const double kappa : kappas) slow.push_back(kappa > 1 ? bound(kappa) : 1);
  c.theory(TheoryKind::guide, sophia, iterations, "independent of κ", kappas, level);
  c.theory(TheoryKind::bound, gradient, iterations, "⌈ln 10⁻⁶ / (2 ln(1 − 2/(κ+1)))⌉", kappas, slow);
}

/// z⊙Hz with random signs z has the mean diag H; what is off the diagonal is its noise.
void SophiaConditioning::estimate(StudyContext& c) const {
  constexpr arma::uword n = 30;
  const arma::mat a = normal_matrix(c.rng("matrix"), n, n), h = a * a.t();
  const arma::vec diagonal = h.diag();
  const double off = arma::norm(h - arma::diagmat(diagonal), "fro");
  arma::vec sum(n, arma::fill::zeros);
  std::vector<double> at, theory;
  for (std::int64_t k = 1; k <= draws; ++k) {
    sum += optimizers::hutchinson(c.rng("signs", static_cast<std::uint64_t>(k)), n,
                                  [&](const arma::vec& z) { return arma::vec(h * z); });
    const double count = static_cast<double>(k);
    c.curve(hutchinson, error, count, arma::norm(sum / count - diagonal) / off);
    at.push_back(count);
    theory.push_back(1 / std::sqrt(count));
  }
  if (c.repeat() == 0) c.theory(TheoryKind::guide, hutchinson, error, "1/√K", at, theory);
}

void SophiaConditioning::judge(const TraceView& trace, Verdicts& v) const {
  const auto fewest = [&](const char* run) {
    const auto curve = trace.curve(run, 0, toy_steps);
    return curve && !curve->y.empty() ? *std::min_element(curve->y.begin(), curve->y.end()) : arma::datum::nan;
  };
  v.at_most("On the toy, Newton clipped per coordinate needs at most 15 steps", "steps to 10⁻³ at the best rate",
            fewest(clipping), 15);
  v.at_least("Gradient descent needs at least 100 at any stable rate", "steps to 10⁻³ at the best rate",
             fewest(gradient), 100);
  const auto end = trace.curve(plain_newton, 0, "final_theta1");
  v.below("Newton without the clip ends on the local maximum θ₁ = 0", "|θ₁| at the end",
          end && !end->y.empty() ? end->y.back() : arma::datum::nan, 1e-6);
  double least = arma::datum::inf, most = 0;
  std::size_t found = 0;
  const std::vector<double> kappas = distinct();
  for (const double kappa : kappas)
    for (const double steps : curve_at(trace, sophia, iterations, kappa)) {
      least = std::min(least, steps);
      most = std::max(most, steps);
      ++found;
    }
  const bool all_there = found > 0 && found == kappas.size() * trace.repeats();
  v.at_most("Sophia needs as many steps at any condition number",
            "most over fewest steps, over κ and seeds; infinite if one run never got there",
            all_there ? most / least : arma::datum::inf, 1.2);
  const double last = static_cast<double>(draws);
  v.within("Hutchinson's error after K draws is the off-diagonal norm over √K", "√K error / norm, mean over seeds",
           std::sqrt(last) * mean_of(curve_at(trace, hutchinson, error, last)), 0.6, 1.6);
}

}  // namespace KAPPA_FILE

Method sophia_conditioning() {
  using S = KAPPA_FILE::SophiaConditioning;
  return study<S>(
      {.title = "Sophia and the condition number",
       .idea = "Momentum over curvature, clipped to the same longest step for every coordinate: flat directions are "
               "crossed as fast as steep ones, and a maximum repels.",
       .equation = "x ← x − η clip(m / max(γh, ε), ±1)",
       .cite = {{"Liu, Li, Hall, Liang, Ma", 2024,
                 "Sophia: A Scalable Stochastic Second-order Optimizer for Language Model Pre-training",
                 "arXiv:2305.14342"}},
       .question = "What does a diagonal of the Hessian buy when curvatures differ by many orders of magnitude?",
       .look_for = "Sophia's line stays level while gradient descent's climbs with κ; on the toy, plain Newton runs "
                   "onto the maximum. Turn the axes (rotate), and the diagonal helps no more.",
       .group = "Optimizers",
       .uses = {"gradient_descent", "adam", "signum", "clipped_newton", "sophia_h"}},
      {{&S::dimension, "dimension", "d", count(2, 500, true), "unknowns of the quadratic"},
       {&S::condition_numbers, "condition_numbers", "κ", Many{log_range_of(1, 1e8), 2, 8},
        "condition numbers compared"},
       {&S::learning_rate, "learning_rate", "η", log_range(1e-3, 1), "longest step of Sophia on the quadratic"},
       {&S::rotate, "rotate", "", Flag{}, "turn the quadratic's axes: the diagonal no longer tells the curvature"},
       {&S::most_steps, "most_steps", "", count(10, 20'000, true),
        "Sophia gives up after so many steps, gradient descent after twenty times as many"},
       {&S::draws, "draws", "K", count(1, 2000, true), "random sign vectors of Hutchinson's estimate"}});
}

}  // namespace kappa::studies
