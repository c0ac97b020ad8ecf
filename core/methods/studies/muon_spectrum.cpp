/// Muon and the spectrum: Newton-Schulz flattens singular values, and a flat update is what an ill-conditioned layer
/// needs.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/newton_schulz.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* flattening = "Newton–Schulz";

struct Rival {
  const char* name;
  const char* id;
  std::vector<double> grid;  ///< learning rates; over L where `scaled`
  bool scaled = false, decays = true;
};

struct MuonSpectrum {
  std::int64_t rows = 40;
  std::int64_t columns = 30;
  std::int64_t samples = 200;
  double condition_number = 1000;
  std::int64_t steps = 300;
  std::int64_t newton_schulz_steps = 5;

  std::vector<FigureSpec> figures() const {
    return {{.id = "loss",
             .title = "Loss at each method's best learning rate",
             .x_label = "step",
             .y_scale = Scale::log,
             .names = {"loss"}},
            {.id = "spectrum",
             .title = "Singular values after Newton–Schulz steps",
             .x_label = "index",
             .form = FigureForm::spectrum,
             .y_scale = Scale::log,
             .names = {"singular_values"},
             .runs = {flattening}},
            {.id = "map",
             .title = "What Newton–Schulz makes of one singular value",
             .x_label = "σ",
             .y_label = "after",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .names = {"map"},
             .runs = {flattening}},
            {.id = "update",
             .title = "Singular values of the update",
             .x_label = "index",
             .form = FigureForm::spectrum,
             .y_scale = Scale::log,
             .names = {"update_singular_values:W"}}};
  }
  static std::vector<Rival> rivals() {
    return {{"Gradient descent", "gradient_descent", {1, 1.9}, true, false},
            {"SGD, Nesterov momentum", "nesterov", {2, 5, 10}, true, false},
            {"Adam", "adam", {.003, .01, .03, .1}},
            {"Muon", "muon", {.01, .02, .05, .1}},
            {"Exact Muon", "muon_exact", {.01, .02, .05, .1}}};
  }

  void run(StudyContext& c) const {
    flatten(c);
    race(c);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  void flatten(StudyContext& c) const;
  void race(StudyContext& c) const;
  Node optimizer(const Rival& rival, double rate, double smoothness) const;
};

void MuonSpectrum::flatten(StudyContext& c) const {
  const int most = static_cast<int>(newton_schulz_steps);
  std::vector<double> at, lower, upper;
  for (int i = 0; i <= 200; ++i) {
    const double s = std::pow(10.0, -2.0 + 2.0 * i / 200);
    c.curve(flattening, "map", s, newton_schulz_map(s, most));
    at.push_back(s);
    lower.push_back(0.67);
    upper.push_back(1.15);
  }
  if (c.repeat() == 0) {
    c.theory(TheoryKind::bound, flattening, "map", "lower end 0.67", at, lower);
    c.theory(TheoryKind::bound, flattening, "map", "upper end 1.15", at, upper);
  }
  constexpr arma::uword n = 40;
  arma::vec scale(n);
  for (arma::uword i = 0; i < n; ++i) scale[i] = std::pow(10.0, -2.0 * static_cast<double>(i) / (n - 1));
  const arma::mat g = normal_matrix(c.rng("left"), n, n) * arma::diagmat(scale) * normal_matrix(c.rng("right"), n, n);
  for (int k = 0; k <= most; ++k) {
    const arma::vec s = singular_values(newton_schulz(g, k));
    c.spectrum(flattening, "singular_values", static_cast<std::uint64_t>(k), s);
    c.series(flattening, "condition_number", static_cast<std::uint64_t>(k), s.front() / s.back());
  }
}

Node MuonSpectrum::optimizer(const Rival& rival, double rate, double smoothness) const {
  Node chosen = node(Kind::optimizer, rival.id);
  const double peak = rival.scaled ? rate / smoothness : rate;
  const std::string id = rival.id;
  if (id == "nesterov") {
    // The mean M ← βM + (1−β)G makes steps (1−β) times those of the sum b ← βb + g.
    constexpr double memory = 0.95;
    chosen.params = {{"momentum", memory}, {"learning_rate", peak * (1 - memory)}};
    return chosen;
  }
  if (id == "muon") chosen.params["newton_schulz_steps"] = newton_schulz_steps;
  if (rival.decays)
    chosen.params["learning_rate"] =
        std::make_shared<const Node>(node(Kind::schedule, "linear_decay", {{"peak", peak}}));
  else
    chosen.params["learning_rate"] = peak;
  return chosen;
}

void MuonSpectrum::race(StudyContext& c) const {
  const auto problem = c.problem(
      node(Kind::problem, "matrix_least_squares",
           {{"rows", rows}, {"columns", columns}, {"samples", samples}, {"condition_number", condition_number}}));
  const double smoothness = problem->facts().smoothness.value_or(1);
  const std::vector<Rival> all = rivals();
  c.parallel_for(all.size(), [&](std::size_t i, StudyContext& part) {
    const Rival& rival = all[i];
    double best = arma::datum::inf, best_rate = rival.grid.front();
    DescentSpec spec{.problem = problem, .steps = static_cast<std::uint64_t>(steps)};
    for (const double rate : rival.grid) {
      spec.optimizer = optimizer(rival, rate, smoothness);
      spec.loss_every = spec.steps;
      const DescentResult result = part.quietly(spec);
      if (part.stopping()) return;
      const double ratio = result.loss.back() / result.loss.front();
      part.curve(rival.name, "final_ratio", rate, ratio);
      if (ratio < best) {
        best = ratio;
        best_rate = rate;
      }
    }
    spec.optimizer = optimizer(rival, best_rate, smoothness);
    spec.loss_every = 1;
    spec.probes = {node(Kind::probe, "singular_values", {{"of", std::string("update")}, {"every", std::int64_t{10}}})};
    part.descent(rival.name, spec);
  });
}

void MuonSpectrum::judge(const TraceView& trace, Verdicts& v) const {
  double low = arma::datum::inf, high = -arma::datum::inf;
  if (const auto map = trace.curve(flattening, 0, "map"); map && !map->y.empty()) {
    low = *std::min_element(map->y.begin(), map->y.end());
    high = *std::max_element(map->y.begin(), map->y.end());
  }
  v.at_least("Newton–Schulz sends [0.01, 1] into [0.67, 1.15]", "smallest image", low, 0.67);
  v.at_most("Newton–Schulz sends [0.01, 1] into [0.67, 1.15]", "largest image", high, 1.15);
  const auto ratio = [](const TraceView::Series& s) { return s.value.back() / s.value.front(); };
  const auto final_ratio = [&](const char* run) { return median_of(over_repeats(trace, run, "loss", ratio)); };
  v.at_most("Tuned Muon ends at least ten times lower than tuned Adam", "median f(W_T)/f(0) of Muon over Adam's",
            final_ratio("Muon") / final_ratio("Adam"), 0.1);
  v.at_most("Exact Muon ends no higher than Muon", "median f(W_T)/f(0) of exact Muon over Muon's",
            final_ratio("Exact Muon") / final_ratio("Muon"), 1);
  const auto divided = over_repeats(trace, flattening, "condition_number",
                                    [](const TraceView::Series& s) { return s.value.front() / s.value.back(); });
  v.at_least(
      "Five steps divide the condition number of an ill-conditioned 40 × 40 matrix by 150 or more, on every seed",
      "smallest factor over seeds",
      divided.empty() ? arma::datum::nan : *std::min_element(divided.begin(), divided.end()), 150);
}

}  // namespace KAPPA_FILE

Method muon_spectrum() {
  using S = KAPPA_FILE::MuonSpectrum;
  return study<S>({.title = "Why Muon flattens the spectrum",
                   .idea = "Muon replaces the momentum by a nearly orthogonal matrix, so that weak directions move as "
                           "far as strong ones.",
                   .equation = "X ← aX + bXXᵀX + c(XXᵀ)²X, five times, (a, b, c) = (3.4445, −4.7750, 2.0315)",
                   .cite = {{"Jordan et al.", 2024, "Muon: An optimizer for hidden layers in neural networks",
                             "https://kellerjordan.github.io/posts/muon/"}},
                   .question = "What does a flat update spectrum buy on an ill-conditioned layer?",
                   .look_for = "The spectrum rises to one within five steps, and Muon's loss ends far below Adam's.",
                   .group = "Optimizers",
                   .uses = {"gradient_descent", "nesterov", "adam", "muon", "muon_exact"}},
                  {{&S::rows, "rows", "m", count(2, 200, true), "rows of the layer"},
                   {&S::columns, "columns", "n", count(2, 200, true), "columns of the layer"},
                   {&S::samples, "samples", "N", count(2, 5000, true), "inputs"},
                   {&S::condition_number, "condition_number", "κ", log_range(1, 1e8), "of the inputs' covariance"},
                   {&S::steps, "steps", "T", count(10, 10'000, true), "steps of each run"},
                   {&S::newton_schulz_steps, "newton_schulz_steps", "k", count(1, 20), "Newton–Schulz steps"}});
}

}  // namespace kappa::studies
