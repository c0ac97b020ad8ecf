/// A dictionary of norms: steepest descent under each norm is an optimizer one knows, with its averages taken away.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/methods/studies/extremes.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

enum class Norm { frobenius, largest_entry, spectral, largest_row };
struct Word {
  Norm norm;
  const char* label;  ///< run
};
constexpr Word dictionary[] = {{Norm::frobenius, "ℓ₂: gradient"},
                               {Norm::largest_entry, "ℓ∞: sign"},
                               {Norm::spectral, "spectral: polar"},
                               {Norm::largest_row, "ℓ₂→ℓ∞: row norm"}};
constexpr const char* identities = "Identities";
constexpr const char* ratio_name = "decrease_over_bound";

arma::vec row_norms(const arma::mat& g) { return arma::sqrt(arma::vec(arma::sum(arma::square(g), 1))); }

double dual_norm(Norm norm, const arma::mat& g) {
  switch (norm) {
    case Norm::frobenius:
      break;
    case Norm::largest_entry:
      return arma::accu(arma::abs(g));
    case Norm::spectral:
      return nuclear_norm(spectrum(g));
    case Norm::largest_row:
      return arma::accu(row_norms(g));
  }
  return arma::norm(g, "fro");
}

/// Of 1/(2N)‖WX − Y‖² with Q = XXᵀ/N: what the curvature along a direction of unit norm can be at most.
double smoothness(Norm norm, const arma::mat& q, double rows) {
  switch (norm) {
    case Norm::frobenius:
      break;
    case Norm::largest_entry:
      return rows * arma::accu(arma::abs(q));
    case Norm::spectral:
      return arma::trace(q);
    case Norm::largest_row:
      return rows * symmetric_eigenvalues(q).back();
  }
  return symmetric_eigenvalues(q).back();
}

/// A catalogue method whose step is `length` along the unit direction; of two the gradient's dual norm is already in
/// the step.
Node steepest(Norm norm, double length, double dual) {
  const auto map = [](const char* name, double rate) {
    return node(Kind::optimizer, "symmetry_update",
                {{"map", std::string(name)}, {"momentum", 0.0}, {"epsilon", 0.0}, {"learning_rate", rate}});
  };
  switch (norm) {
    case Norm::frobenius:
      break;
    case Norm::largest_entry:
      return map("sign", length);
    case Norm::spectral:
      return map("polar_gradient", length / dual);
    case Norm::largest_row:
      return map("row_norm", length);
  }
  return node(Kind::optimizer, "gradient_descent", {{"learning_rate", length / dual}});
}

struct NormDictionary {
  std::int64_t rows = 8;
  std::int64_t columns = 6;
  std::int64_t samples = 40;
  std::int64_t steps = 60;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    residuals(c);  // first, so that every repeat opens its runs in the same order
    if (c.repeat() == 0) balls(c);
    c.parallel_for(std::size(dictionary), [&](std::size_t i, StudyContext& part) { descend(part, dictionary[i]); });
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  void balls(StudyContext& c) const;
  void residuals(StudyContext& c) const;
  void descend(StudyContext& c, const Word& word) const;
};

std::vector<FigureSpec> NormDictionary::figures() const {
  return {{.id = "balls",
           .title = "Steepest step while the gradient turns once, in 2 × 2 matrices (a b; b a)",
           .x_label = "a",
           .y_label = "b",
           .form = FigureForm::plane,
           .names = {"path"},
           .note = "Each path runs on its norm's unit ball: round balls are followed all the way, of a square or a "
                   "diamond only the corners are steepest."},
          {.id = "loss",
           .title = "Loss above its minimum, each norm with its own step ‖g‖*/L",
           .x_label = "step",
           .y_label = "f − f*",
           .y_scale = Scale::log,
           .names = {"suboptimality"}},
          {.id = "decrease",
           .title = "Decrease of each step over ‖g‖*²/(2L)",
           .x_label = "step",
           .y_label = "decrease / bound",
           .y_scale = Scale::log,
           .names = {ratio_name},
           .note = "Never below one. For the polar step it is one at every step: the bound is tight."},
          {.id = "identities",
           .title = "Optimizers without their averages: distance from a steepest step",
           .x_label = "1 Shampoo − polar, 2 Adam − sign",
           .y_label = "distance",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {"residual"},
           .runs = {identities}}};
}

/// f = ½‖W‖², so that the gradient is the point itself. Matrices (a b; b a) are a plane on which the four balls are a
/// circle, a square, a diamond and another circle.
void NormDictionary::balls(StudyContext& c) const {
  constexpr std::int64_t angles = 72;
  const auto bowl = c.problem(node(Kind::problem, "matrix_least_squares",
                                   {{"rows", std::int64_t{2}},
                                    {"columns", std::int64_t{2}},
                                    {"samples", std::int64_t{8}},
                                    {"spectrum", std::string("isotropic")},
                                    {"exact_spectrum", true},
                                    {"truth_scale", 0.0}}));
  for (const Word& word : dictionary) {
    std::vector<FieldCell> path;
    for (std::int64_t k = 0; k <= angles; ++k) {
      const double angle = 2 * std::numbers::pi * (static_cast<double>(k) + 0.5) / static_cast<double>(angles);
      const double p = std::cos(angle), q = std::sin(angle);  // half a step off, so that no direction is undecided
      Blocks at = bowl->start(c.rng("init"));
      at.block(0) = arma::mat{{p, q}, {q, p}};
      const Node optimizer = steepest(word.norm, 1, dual_norm(word.norm, at.block(0)));
      const Blocks next = c.quietly({.problem = bowl, .optimizer = optimizer, .steps = 1, .start = at}).x;
      const arma::vec step = next.flat() - at.flat();
      const auto index = static_cast<std::uint32_t>(k);
      path.push_back({.step = index, .row = index, .x = step[0], .y = step[1], .value = angle});
    }
    c.field(word.label, "path", path);
  }
}

/// A first step has nothing accumulated but the gradient at hand.
void NormDictionary::residuals(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "gradient_stream",
                                      {{"rows", std::int64_t{20}},
                                       {"columns", std::int64_t{12}},
                                       {"signal", 1.0},
                                       {"noise", 0.0},
                                       {"row_imbalance", 0.0}}));
  const auto update = [&](Node optimizer) {
    optimizer.params["learning_rate"] = 1.0;
    return c.quietly({.problem = problem, .optimizer = std::move(optimizer), .steps = 1}).x;
  };
  const Blocks polar = update(node(Kind::optimizer, "muon_exact", {{"momentum", 0.0}, {"scale", std::string("none")}}));
  const Blocks shampoo = update(node(Kind::optimizer, "shampoo", {{"epsilon", 1e-30}}));
  c.curve(identities, "residual", 1, std::max(arma::norm(shampoo.flat() - polar.flat()), 1e-17));
  const Blocks adam = update(node(Kind::optimizer, "adam", {{"beta1", 0.0}, {"beta2", 0.0}, {"epsilon", 0.0}}));
  const Blocks sign =
      update(node(Kind::optimizer, "symmetry_update", {{"map", std::string("sign")}, {"momentum", 0.0}}));
  c.curve(identities, "residual", 2, arma::norm(adam.flat() - sign.flat()));
}

void NormDictionary::descend(StudyContext& c, const Word& word) const {
  const auto problem = c.problem(node(Kind::problem, "matrix_least_squares",
                                      {{"rows", rows},
                                       {"columns", columns},
                                       {"samples", samples},
                                       {"spectrum", std::string("isotropic")},
                                       {"truth_scale", 0.0},
                                       {"noise", 1.0}}));
  const arma::mat inputs = problem->data().front().value;  // X
  const arma::mat q = inputs * inputs.t() / static_cast<double>(inputs.n_cols);
  const double l = smoothness(word.norm, q, static_cast<double>(rows));
  const double lowest = problem->facts().minimum.value_or(0);
  Blocks x = problem->start(c.rng("init")), g = zeros_like(x);
  x.block(0) = normal_matrix(c.rng("start"), static_cast<arma::uword>(rows), static_cast<arma::uword>(columns));
  double f = value_gradient_of(*problem, x, g);
  std::vector<double> t, bound;
  const double ratio = 1 - problem->facts().strong_convexity.value_or(0) / l;
  for (std::int64_t k = 0; k <= steps && !c.stopping(); ++k) {
    c.series(word.label, "suboptimality", static_cast<std::uint64_t>(k), f - lowest);
    t.push_back(static_cast<double>(k));
    bound.push_back(k == 0 ? f - lowest : bound.back() * ratio * ratio);
    const double dual = dual_norm(word.norm, g.block(0));
    if (k == steps || !(dual > 0)) break;
    x = c.quietly({.problem = problem, .optimizer = steepest(word.norm, dual / l, dual), .steps = 1, .start = x}).x;
    const double before = f;
    f = value_gradient_of(*problem, x, g);
    const double least = dual * dual / (2 * l);
    if (least > 1e-10 * std::abs(f))  // below that a difference of two losses is rounding
      c.series(word.label, ratio_name, static_cast<std::uint64_t>(k), (before - f) / least);
  }
  if (c.repeat() != 0) return;
  if (word.norm == Norm::frobenius)
    c.theory(TheoryKind::bound, word.label, "suboptimality", "(1 − μ/L)²ᵗ (f₀ − f*)", t, bound);
  if (word.norm == Norm::spectral)
    c.theory(TheoryKind::bound, word.label, ratio_name, "‖g‖*²/(2L)", {0, static_cast<double>(steps)}, {1, 1});
}

void NormDictionary::judge(const TraceView& trace, Verdicts& v) const {
  const auto residual = [&](double which) {
    std::vector<double> found = curve_at(trace, identities, "residual", which);
    found.resize(trace.repeats(), arma::datum::nan);
    return largest_of(found);
  };
  v.at_most("Shampoo without accumulation is the polar factor: (GGᵀ)^−¼ G (GᵀG)^−¼ = polar(G)",
            "largest distance over seeds", residual(1), 1e-8);
  v.at_most("Adam without averages is the sign, exactly", "largest distance over seeds", residual(2), 0);
  for (const Word& word : dictionary) {
    std::vector<double> first;
    for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
      const auto found = trace.series(word.label, repeat, ratio_name);
      first.push_back(found && !found->value.empty() ? found->value.front() : arma::datum::nan);
    }
    v.at_least("A step ‖g‖*/L decreases the loss by ‖g‖*²/(2L) or more: " + std::string(word.label),
               "smallest decrease / bound over seeds", smallest_of(first), 1 - 1e-9);
    if (word.norm == Norm::spectral && rows >= columns)
      v.at_most("For the polar step that bound is met exactly", "largest decrease / bound over seeds",
                largest_of(first), 1 + 1e-9);
  }
}

}  // namespace KAPPA_FILE

Method norm_dictionary() {
  using S = KAPPA_FILE::NormDictionary;
  return study<S>(
      {.title = "Old optimizers, new norms",
       .idea = "Take the averages away from an optimizer and steepest descent under a norm is left: ℓ₂ gives gradient "
               "descent, ℓ∞ Adam's sign, the spectral norm Shampoo's and Muon's polar factor, row norms a row-wise "
               "step.",
       .equation = "Δ = argmin ⟨g, Δ⟩ + L/2 ‖Δ‖² = −(‖g‖*/L) argmax_{‖t‖=1} ⟨g, t⟩,  f(x) − f(x + Δ) ≥ ‖g‖*²/(2L)",
       .cite = {{"Bernstein, Newhouse", 2024, "Old Optimizer, New Norm: An Anthology", "arXiv:2409.20325"}},
       .question = "Which norm is each optimizer the steepest descent of?",
       .look_for =
           "Four shapes of ball; two identities that hold to rounding; and the polar step's decrease exactly on "
           "its bound.",
       .group = "Optimizers",
       .uses = {"gradient_descent", "adam", "muon_exact", "shampoo", "symmetry_update"}},
      {{&S::rows, "rows", "m", count(2, 40, true), "rows of W"},
       {&S::columns, "columns", "n", count(2, 40, true), "columns of W"},
       {&S::samples, "samples", "N", count(2, 1000, true), "inputs"},
       {&S::steps, "steps", "T", count(1, 1000, true), "steps under each norm"}});
}

}  // namespace kappa::studies
