/// Lion solves a constrained problem: with weight decay it ends at the best point of a box, a ball or a spectral ball.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* box = "Lion, box";
constexpr const char* ball = "2-norm, ball";
constexpr const char* huber = "Huber, box";
constexpr const char* nuclear = "Nuclear norm, spectral ball";
constexpr const char* flow = "Flow, smooth 1-norm";
constexpr const char* target = "Target itself";
constexpr const char* plane_box = "Lion, from outside";
constexpr const char* plane_ball = "2-norm, from outside";

NodePtr scheduled(double peak) {
  return std::make_shared<const Node>(node(Kind::schedule, "wsd", {{"peak", peak}, {"cooldown_fraction", 0.5}}));
}
std::string chosen(const char* word) { return word; }
std::string chosen_kappa(bool is_ball) { return is_ball ? "l2" : "l1"; }

struct LionConstrained {
  std::int64_t dimension = 30;
  std::int64_t steps = 3000;
  double learning_rate = 0.02;
  double weight_decay = 1;

  std::vector<FigureSpec> figures() const {
    return {{.id = "distance",
             .title = "Distance to the constrained solution",
             .x_label = "step",
             .y_label = "‖x − x_c‖ / ‖x_c‖",
             .y_scale = Scale::log,
             .names = {"distance"}},
            {.id = "plane",
             .title = "Two unknowns: into the box, into the ball",
             .x_label = "x₁",
             .y_label = "x₂",
             .form = FigureForm::plane,
             .names = {"path"},
             .note = "level lines of f; the optimum marked is the one without a constraint"},
            {.id = "outside",
             .title = "How far x lies outside of the box",
             .x_label = "step",
             .y_label = "max(0, |x|∞ − 1/λ)",
             .y_scale = Scale::log,
             .names = {"outside"},
             .runs = {box},
             .note = "phase 1: at least as fast as (1 − ηλ)ᵗ"},
            {.id = "spectrum",
             .title = "Singular values are cut at 1/λ",
             .x_label = "index",
             .form = FigureForm::spectrum,
             .names = {"singular_values"},
             .runs = {target, nuclear}},
            {.id = "lyapunov",
             .title = "The Lyapunov function never rises",
             .x_label = "step",
             .y_label = "H",
             .names = {"lyapunov"},
             .runs = {flow}}};
  }
  void run(StudyContext& c) const {
    c.parallel_for(c.repeat() == 0 ? 10 : 8, [&](std::size_t i, StudyContext& part) {
      if (i == 0) in_box(part);
      if (i == 1) in_ball(part);
      if (i == 2) in_spectral_ball(part);
      if (i == 3) in_huber_box(part);
      if (i == 4) along_flow(part);
      if (i == 5)
        rival(part, "Lion, λ = 0", node(Kind::optimizer, "lion", {{"learning_rate", scheduled(learning_rate)}}));
      if (i == 6)
        rival(part, "AdamW",
              node(Kind::optimizer, "adamw",
                   {{"learning_rate", scheduled(learning_rate)}, {"weight_decay", weight_decay}}));
      if (i == 7)
        rival(part, "Gradient descent with decay",
              node(Kind::optimizer, "heavy_ball",
                   {{"learning_rate", scheduled(learning_rate)}, {"momentum", 0.0}, {"weight_decay", weight_decay}}));
      if (i >= 8) in_plane(part, i == 9);
      part.progress(static_cast<double>(i + 1) / (c.repeat() == 0 ? 10 : 8));
    });
    if (c.repeat() == 0 && !c.stopping()) overlay(c);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  Node quadratic(const char* constraint, double radius, double start, double ridge = 0) const {
    return node(Kind::problem, "constrained_quadratic",
                {{"dimension", dimension},
                 {"samples", 2 * dimension},
                 {"constraint", chosen(constraint)},
                 {"radius", radius},
                 {"start_scale", start},
                 {"ridge", ridge}});
  }
  /// Runs to the end and draws the distance to the constrained solution and the gap of f, relative to the start's.
  void go(StudyContext& c, const char* label, DescentSpec spec, const Blocks& best) const {
    const double size = arma::norm(best.flat()), at_best = value_of(*spec.problem, best);
    const Watch before = spec.until;
    double at_start = 0;
    spec.until = [&](std::uint64_t t, const Blocks& x, double f, const Counts& spent) {
      if (t == 0) at_start = f;
      if (t % 10 == 0 || t == spec.steps) {
        c.series(label, "distance", t, arma::norm(x.flat() - best.flat()) / size);
        c.series(label, "gap", t, (f - at_best) / (at_start - at_best));
      }
      return before && before(t, x, f, spent);
    };
    c.descent(label, spec);
  }
  void in_box(StudyContext& c) const;
  void in_ball(StudyContext& c) const;
  void in_huber_box(StudyContext& c) const;
  void in_spectral_ball(StudyContext& c) const;
  void along_flow(StudyContext& c) const;
  void rival(StudyContext& c, const char* label, Node optimizer) const;
  void in_plane(StudyContext& c, bool is_ball) const;
  void overlay(StudyContext& c) const;
};

void LionConstrained::in_box(StudyContext& c) const {
  const double radius = 1 / weight_decay;
  const auto problem = c.problem(quadratic("box", radius, 5));
  DescentSpec spec{.problem = problem,
                   .optimizer = node(Kind::optimizer, "lion",
                                     {{"learning_rate", scheduled(learning_rate)}, {"weight_decay", weight_decay}}),
                   .steps = static_cast<std::uint64_t>(steps)};
  spec.until = [&](std::uint64_t t, const Blocks& x, double) {
    const double largest = arma::abs(x.flat()).max();
    c.series(box, "outside", t, std::max(0.0, largest - radius));
    c.series(box, "largest_entry", t, largest);
    return false;
  };
  go(c, box, spec, *problem->facts().truth);
}

void LionConstrained::in_ball(StudyContext& c) const {
  const auto problem = c.problem(quadratic("ball", 4 / weight_decay, 0));
  const DescentSpec spec{.problem = problem,
                         .optimizer = node(Kind::optimizer, "lion_kappa",
                                           {{"kappa", chosen("l2")},
                                            {"learning_rate", scheduled(2.5 * learning_rate)},
                                            {"weight_decay", weight_decay / 4}}),
                         .steps = static_cast<std::uint64_t>(steps)};
  go(c, ball, spec, *problem->facts().truth);
}

void LionConstrained::in_huber_box(StudyContext& c) const {
  constexpr double corner = 2;
  const auto problem = c.problem(quadratic("none", 1, 0));
  const auto judge = c.problem(quadratic("box", 1 / weight_decay, 0, corner * weight_decay));
  const DescentSpec spec{.problem = problem,
                         .optimizer = node(Kind::optimizer, "lion_kappa",
                                           {{"kappa", chosen("huber")},
                                            {"epsilon", corner},
                                            {"learning_rate", learning_rate},
                                            {"weight_decay", weight_decay}}),
                         .steps = static_cast<std::uint64_t>(steps)};
  go(c, huber, spec, *judge->facts().truth);
}

void LionConstrained::in_spectral_ball(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "noisy_matrices",
                                      {{"rows", std::int64_t{12}},
                                       {"columns", std::int64_t{8}},
                                       {"scales", std::vector<double>{1}},
                                       {"noises", std::vector<double>{0}}}));
  const double limit = 2 / weight_decay;
  Blocks best = *problem->facts().truth;
  arma::mat u, v, block = best.block(0);
  arma::vec s;
  if (!thin_svd(arma::mat(block), u, s, v)) return;
  c.spectrum(target, "singular_values:W1", 0, s);
  block = (u.each_row() % arma::clamp(s, 0, limit).t()) * v.t();
  const DescentSpec spec{.problem = problem,
                         .optimizer = node(Kind::optimizer, "lion_kappa",
                                           {{"kappa", chosen("nuclear")},
                                            {"learning_rate", scheduled(learning_rate)},
                                            {"weight_decay", weight_decay / 2}}),
                         .steps = static_cast<std::uint64_t>(std::max<std::int64_t>(steps * 2 / 3, 1)),
                         .probes = {node(Kind::probe, "singular_values",
                                         {{"of", std::string("parameters")}, {"every", std::int64_t{20}}})}};
  go(c, nuclear, spec, best);
}

/// The flow by explicit steps of a thousandth: Lion with β₁ = 0.1, β₂ = 0.999 and a smooth 1-norm is exactly that.
void LionConstrained::along_flow(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "constrained_quadratic",
                                      {{"dimension", std::int64_t{10}},
                                       {"samples", std::int64_t{20}},
                                       {"constraint", chosen("box")},
                                       {"radius", 1.0}}));
  Blocks start = problem->start(c.rng("flow"));
  Rng draw = c.rng("flow");
  for (double& each : start.flat()) each = draw.uniform(-0.5, 0.5);
  DescentSpec spec{.problem = problem,
                   .optimizer = node(Kind::optimizer, "lion_kappa",
                                     {{"kappa", chosen("smooth_l1")},
                                      {"epsilon", 1e-3},
                                      {"learning_rate", 1e-3},
                                      {"beta1", 0.1},
                                      {"beta2", 0.999},
                                      {"weight_decay", 1.0}}),
                   .steps = static_cast<std::uint64_t>(std::max<std::int64_t>(steps * 8 / 3, 2)),
                   .start = start,
                   .probes = {node(Kind::probe, "report", {{"of", std::string("lyapunov")}})}};
  c.descent(flow, spec);
}

void LionConstrained::rival(StudyContext& c, const char* label, Node optimizer) const {
  const auto problem = c.problem(quadratic("box", 1 / weight_decay, 5));
  go(c, label, {.problem = problem, .optimizer = std::move(optimizer), .steps = static_cast<std::uint64_t>(steps)},
     *problem->facts().truth);
}

void LionConstrained::in_plane(StudyContext& c, bool is_ball) const {
  const double radius = 1 / weight_decay;
  Node bowl = quadratic("none", radius, 5);
  bowl.params["dimension"] = std::int64_t{2};
  const auto problem = c.problem(bowl);
  const char* label = is_ball ? plane_ball : plane_box;
  std::vector<FieldCell> path, outline;
  DescentSpec spec{.problem = problem,
                   .optimizer = node(Kind::optimizer, "lion_kappa",
                                     {{"kappa", chosen_kappa(is_ball)},
                                      {"learning_rate", scheduled(learning_rate)},
                                      {"weight_decay", weight_decay}}),
                   .steps = static_cast<std::uint64_t>(steps)};
  spec.until = [&](std::uint64_t t, const Blocks& x, double f) {
    path.push_back(path_point(t, x.flat()[0], x.flat()[1], f));
    return false;
  };
  c.quietly(spec);
  if (c.stopping()) return;
  c.field(label, "path", path);
  for (std::uint32_t k = 0; k <= 96; ++k) {
    const double angle = 2 * arma::datum::pi * k / 96, x = std::cos(angle), y = std::sin(angle);
    const double size = radius / (is_ball ? 1 : std::max(std::abs(x), std::abs(y)));
    outline.push_back({0, k, 0, size * x, size * y, 0});
  }
  c.field(is_ball ? "Ball ‖x‖ ≤ 1/λ" : "Box |x| ≤ 1/λ", "path", outline);
  if (is_ball) return;
  const Blocks bottom = *problem->facts().truth;
  Blocks at = problem->start(c.rng("init"));
  const double reach = 1.2 * std::max({arma::abs(at.flat()).max(), arma::abs(bottom.flat()).max(), radius});
  const auto levels = surface({-reach, reach, -reach, reach}, 61, 61, [&](double x, double y) {
    at.flat() = {x, y};
    return value_of(*problem, at);
  });
  c.field(label, "landscape", levels);
  c.field(label, "optimum", {{0, 0, 0, bottom.flat()[0], bottom.flat()[1], value_of(*problem, bottom)}});
}

void LionConstrained::overlay(StudyContext& c) const {
  const auto problem = c.problem(quadratic("box", 1 / weight_decay, 5));
  const double first = std::max(0.0, arma::abs(problem->start(c.rng("init")).flat()).max() - 1 / weight_decay);
  std::vector<double> t, bound;
  for (std::int64_t k = 0; k <= steps / 2; k += std::max<std::int64_t>(steps / 400, 1)) {
    t.push_back(static_cast<double>(k));
    bound.push_back(first * std::pow(1 - learning_rate * weight_decay, static_cast<double>(k)));
  }
  c.theory(TheoryKind::bound, box, "outside", "(1 − ηλ)ᵗ", t, bound);
  c.theory(TheoryKind::exact, nuclear, "singular_values:W1", "limit 1/λ", {1, 8}, {2 / weight_decay, 2 / weight_decay});
}

void LionConstrained::judge(const TraceView& trace, Verdicts& v) const {
  const auto last = [](const TraceView::Series& s) { return s.value.back(); };
  const auto largest = [&](const char* run, const char* series) {
    const auto all = over_repeats(trace, run, series, last);
    return all.empty() ? arma::datum::nan : *std::max_element(all.begin(), all.end());
  };
  v.at_most("Lion with decay λ reaches the best point of the box |x| ≤ 1/λ",
            "largest (f(x) − f(x_c)) / (f(x₀) − f(x_c))", largest(box, "gap"), 1e-4);
  v.at_most("Lion stays in the box", "largest λ|xᵢ| at the end", weight_decay * largest(box, "largest_entry"),
            1 + 1e-3);
  // The bound holds while the rate is constant, and its last value after that, since nothing leaves the box.
  const auto excesses = over_repeats(trace, box, "outside", [&](const TraceView::Series& series) {
    double most = -arma::datum::inf;
    for (std::size_t i = 0; i < series.value.size(); ++i) {
      const double constant = std::min(static_cast<double>(series.step[i]), 0.5 * static_cast<double>(steps));
      const double bound = series.value.front() * std::pow(1 - learning_rate * weight_decay, constant);
      most = std::max(most, series.value[i] - bound);
    }
    return most / std::max(series.value.front(), 1 / weight_decay);
  });
  v.at_most("Outside of the box the distance shrinks at least as (1 − ηλ)ᵗ, at every step and on every seed",
            "largest excess over the bound, relative",
            excesses.empty() ? arma::datum::nan : *std::max_element(excesses.begin(), excesses.end()), 1e-12);
  v.at_most("With the 2-norm it reaches the best point of the ball ‖x‖ ≤ 1/λ",
            "largest (f(x) − f(x_c)) / (f(x₀) − f(x_c))", largest(ball, "gap"), 1e-6);
  v.at_most("With the nuclear norm the target's singular values are cut at 1/λ", "largest relative distance",
            largest(nuclear, "distance"), 1e-3);
  v.at_most("With the Huber function it is the box with eλ added to the curvature", "largest relative distance",
            largest(huber, "distance"), 1e-9);
  const auto rises = over_repeats(trace, flow, "lyapunov", [](const TraceView::Series& s) {
    double most = 0;
    for (std::size_t i = 1; i < s.value.size(); ++i) most = std::max(most, s.value[i] - s.value[i - 1]);
    const double fall = s.value.front() - s.value.back();
    return fall > 0 ? most / fall : arma::datum::inf;
  });
  v.at_most("The Lyapunov function never rises along the flow", "largest rise of one step over the whole fall",
            rises.empty() ? arma::datum::nan : *std::max_element(rises.begin(), rises.end()), 1e-6);
}

}  // namespace KAPPA_FILE

Method lion_constrained() {
  using S = KAPPA_FILE::LionConstrained;
  return study<S>(
      {.title = "Lion solves a constrained problem",
       .idea =
           "Weight decay beside a sign step is a constraint: Lion minimises f over |x| ≤ 1/λ, and every convex κ has "
           "a set of its own.",
       .equation = "u = ∇κ(β₁m + (1−β₁)g),  x ← x − η(u + λx)  minimises  f(x) + κ*(λx)/λ",
       .cite = {{"Chen, Liu, Liang, Liu", 2023, "Lion Secretly Solves Constrained Optimization: As Lyapunov Predicts",
                 "arXiv:2310.05898"}},
       .question = "What does weight decay do to an optimizer that steps by signs?",
       .look_for = "Every Lion with decay λ comes to the best point of its own set: Lion itself hovers about it at the "
                   "size of its steps and closes in as they shrink; without decay, or with gradient descent's decay, "
                   "the end is elsewhere.",
       .group = "Optimizers",
       .uses = {"lion", "lion_kappa", "adamw", "heavy_ball"}},
      {{&S::dimension, "dimension", "d", count(2, 200, true), "unknowns"},
       {&S::steps, "steps", "T", count(10, 20'000, true),
        "steps; the rate is constant for half of them, then falls to 0"},
       {&S::learning_rate, "learning_rate", "η", Range{.lo = 1e-4, .hi = 0.3, .log = true}, "Lion's step size"},
       {&S::weight_decay, "weight_decay", "λ", Range{.lo = 0.05, .hi = 3, .log = true}, "the box has half side 1/λ"}});
}

}  // namespace kappa::studies
