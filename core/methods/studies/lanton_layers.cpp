/// LANTON's layers: noisy layers take smaller steps, which pays when layers have different ways to go.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/figure/ticks.hpp"
#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/methods/studies/extremes.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* uniform_run = "One rate for all layers";
constexpr const char* lanton_run = "LANTON";
constexpr const char* counter_suffix = ", equal distances";
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t averaged = 30;  ///< last scores that decide

struct LantonLayers {
  std::int64_t rows = 12;
  std::int64_t columns = 8;
  std::vector<double> scales = {5, 3, 1, 0.5};
  std::vector<double> noises = {0.02, 0.2, 1, 5};
  double alpha = 10;
  bool second_sample = false;
  std::int64_t steps = 300;
  std::vector<double> learning_rates = {.05, .1, .15, .2, .3, .4};
  bool counter_regime = true;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    if (c.repeat() == 0) draw(c);
    race(c, scales, alpha, "");
    c.progress(counter_regime ? 0.5 : 1);
    if (counter_regime) race(c, std::vector<double>(layers(), 1.0), 1, counter_suffix);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  std::size_t layers() const { return std::min(scales.size(), noises.size()); }
  /// As the optimizer reports them.
  std::string of_layer(const char* name, std::size_t k) const {
    return layers() > 1 ? std::string(name) + ":W" + std::to_string(k + 1) : name;
  }
  void draw(StudyContext& c) const;
  void race(StudyContext& c, const std::vector<double>& distances, double alpha_here, const std::string& suffix) const;
};

std::vector<FigureSpec> LantonLayers::figures() const {
  std::vector<FigureSpec> list = {{.id = "loss",
                                   .title = "Loss of all layers together",
                                   .x_label = "step",
                                   .y_label = "½ Σ ‖W − W*‖²",
                                   .y_scale = Scale::log,
                                   .names = {"loss"},
                                   .runs = {uniform_run, lanton_run},
                                   .note = "Each at its best learning rate."},
                                  {.id = "noise",
                                   .title = "Measured noise H of each layer",
                                   .x_label = "step",
                                   .y_label = "H",
                                   .y_scale = Scale::log,
                                   .names = {"noise"},
                                   .runs = {lanton_run},
                                   .note = "Lines: 2σ² E‖N‖*². Early on the quietest layer lies above its line, "
                                           "because its gradient itself still moves."},
                                  {.id = "rate_factor",
                                   .title = "Step of each layer over the quietest one's",
                                   .x_label = "step",
                                   .y_label = "√(a / max a)",
                                   .names = {"rate_factor"},
                                   .runs = {lanton_run}},
                                  {.id = "layer_loss",
                                   .title = "Loss of each layer",
                                   .x_label = "step",
                                   .y_label = "½ ‖W − W*‖²",
                                   .y_scale = Scale::log,
                                   .names = {"layer_loss"},
                                   .runs = {uniform_run, lanton_run}},
                                  {.id = "learning_rates",
                                   .title = "Score against the learning rate",
                                   .x_label = "learning rate",
                                   .y_label = "mean of the last 30 losses",
                                   .form = FigureForm::curve,
                                   .x_scale = Scale::log,
                                   .y_scale = Scale::log,
                                   .names = {"score"}}};
  if (counter_regime)
    list.push_back({.id = "counter_regime",
                    .title = "All layers have equally far to go",
                    .x_label = "step",
                    .y_label = "½ Σ ‖W − W*‖²",
                    .y_scale = Scale::log,
                    .names = {"loss"},
                    .runs = {std::string(uniform_run) + counter_suffix, std::string(lanton_run) + counter_suffix},
                    .note = "The counter-regime, with α = 1: slower rates for noisy layers gain nothing here."});
  return list;
}

/// What H settles at when the signal no longer moves. LANTON's run is opened here, and so it is the first of a race.
void LantonLayers::draw(StudyContext& c) const {
  const auto draws = static_cast<std::uint64_t>(std::clamp<std::int64_t>(200'000 / (rows * columns), 50, 2000));
  double square = 0;
  for (std::uint64_t i = 0; i < draws && !c.stopping(); ++i) {
    const double s = nuclear_norm(spectrum(
        normal_matrix(c.rng("nuclear", i), static_cast<arma::uword>(rows), static_cast<arma::uword>(columns))));
    square += s * s / static_cast<double>(draws);
  }
  const double last = static_cast<double>(steps);
  for (std::size_t k = 0; k < layers(); ++k) {
    const double level = 2 * noises[k] * noises[k] * square;
    c.theory(TheoryKind::exact, lanton_run, of_layer("noise", k), "2σ² E‖N‖*², σ = " + format_value(noises[k]),
             {0, last}, {level, level});
  }
}

void LantonLayers::race(StudyContext& c, const std::vector<double>& distances, double alpha_here,
                        const std::string& suffix) const {
  const auto first = [&](const std::vector<double>& all) {
    return std::vector<double>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(layers()));
  };
  const auto problem =
      c.problem(node(Kind::problem, "noisy_matrices",
                     {{"rows", rows}, {"columns", columns}, {"scales", first(distances)}, {"noises", first(noises)}}));
  const std::string compared = second_sample ? "second_sample" : "previous_gradient";
  const std::vector<std::pair<const char*, Node>> rivals = {
      {lanton_run, node(Kind::optimizer, "lanton", {{"alpha", alpha_here}, {"noise_estimate", compared}})},
      {uniform_run,
       node(Kind::optimizer, "muon_exact", {{"momentum", 0.95}, {"nesterov", false}, {"scale", std::string("none")}})}};
  c.parallel_for(rivals.size(), [&](std::size_t i, StudyContext& part) {
    const std::string label = rivals[i].first + suffix;
    double best = arma::datum::inf, best_rate = learning_rates.front();
    DescentSpec spec{.problem = problem, .optimizer = rivals[i].second, .steps = static_cast<std::uint64_t>(steps)};
    const auto at_rate = [&](double rate) {
      spec.optimizer.params["learning_rate"] =
          std::make_shared<const Node>(node(Kind::schedule, "cosine", {{"peak", rate}}));
    };
    for (const double rate : learning_rates) {
      at_rate(rate);
      const std::vector<double> losses = part.quietly(spec).loss;
      if (part.stopping()) return;
      const auto kept = static_cast<std::ptrdiff_t>(std::min(averaged, losses.size()));
      const double score = mean_of({losses.end() - kept, losses.end()});
      part.curve(label, "score", rate, score);
      if (score < best) best = score, best_rate = rate;
    }
    at_rate(best_rate);
    for (std::size_t k = 0; k < layers() && rivals[i].first == lanton_run; ++k)
      for (const char* told : {"noise", "rate_factor"})
        spec.probes.push_back(node(Kind::probe, "report", {{"of", of_layer(told, k)}}));
    const Blocks& truth = *problem->facts().truth;
    spec.until = [&](std::uint64_t t, const Blocks& x, double) {
      for (std::size_t k = 0; k < layers(); ++k)
        part.series(label, of_layer("layer_loss", k), t, 0.5 * arma::accu(arma::square(x.block(k) - truth.block(k))));
      return false;
    };
    part.descent(label, spec);
  });
}

void LantonLayers::judge(const TraceView& trace, Verdicts& v) const {
  std::vector<double> gains, off;
  for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
    const auto lowest = [&](const char* run) {
      const auto scores = trace.curve(run, repeat, "score");
      return scores && !scores->y.empty() ? *std::min_element(scores->y.begin(), scores->y.end()) : nan_value;
    };
    gains.push_back(lowest(uniform_run) / lowest(lanton_run));
    for (std::size_t k = 0; k < layers(); ++k) {
      const auto noise = trace.series(lanton_run, repeat, of_layer("noise", k));
      const auto theory = trace.theory(lanton_run, 0, of_layer("noise", k));
      const bool known = noise && !noise->value.empty() && !theory.empty();
      off.push_back(known ? std::abs(noise->value.back() / theory.front().xy.y.back() - 1) : nan_value);
    }
  }
  v.above("Tuned LANTON ends lower than exact Muon with one tuned rate for all layers",
          "mean of the last 30 losses, one rate over LANTON, mean over seeds", mean_of(gains), 1.5);
  v.above("And it does so on every seed", "smallest ratio over seeds", smallest_of(gains), 1.15);
  v.at_most("H settles at 2σ² E‖N‖*², on every layer and seed", "largest relative distance at the last step",
            largest_of(off), 0.2);
}

}  // namespace KAPPA_FILE

Method lanton_layers() {
  using S = KAPPA_FILE::LantonLayers;
  return study<S>(
      {.title = "LANTON: rates by each layer's noise",
       .idea = "Four layers, the quiet ones far from home, the noisy ones near: a noise-adaptive rate lets the first "
               "travel and keeps the last from shaking. With equal distances there is nothing to win.",
       .equation = "H ← β₂H + (1−β₂)‖G − G̃‖*²,  a = α/√(α² + H),  ΔW = −η √(a/max a) polar(M);  E H = 2σ² E‖N‖*²",
       .cite = {{"Hao, Gong, Xu, Wang, Liu", 2025,
                 "Noise-Adaptive Layerwise Learning Rates: Accelerating Geometry-Aware Optimization",
                 "arXiv:2510.14009"}},
       .question = "Should a layer whose gradient is mostly noise step as far as the others?",
       .look_for =
           "H settles on its lines within a few dozen steps, the noisy layers' factors drop, and LANTON ends at "
           "about half the loss; where all layers are equally far the two end together.",
       .group = "Optimizers",
       .uses = {"muon_exact", "lanton"}},
      {{&S::rows, "rows", "m", count(2, 100, true), "rows of each layer"},
       {&S::columns, "columns", "n", count(2, 100, true), "columns of each layer"},
       {&S::scales, "scales", "c", Many{log_range_of(1e-3, 1e3), 1, 8}, "how far each layer has to go"},
       {&S::noises, "noises", "σ", Many{log_range_of(1e-4, 1e3), 1, 8},
        "noise of each layer's gradient; of the two lists the shorter one counts the layers"},
       {&S::alpha, "alpha", "α", log_range(1e-3, 1e4), "noise level √H beyond which a rate falls"},
       {&S::second_sample, "second_sample", "", Flag{},
        "option II: compare with a second gradient at the same point, not with the last step's"},
       {&S::steps, "steps", "T", count(10, 5000, true), "steps of each run"},
       {&S::learning_rates, "learning_rates", "η", Many{log_range_of(1e-5, 10), 1, 12}, "grid that both are tuned on"},
       {&S::counter_regime, "counter_regime", "", Flag{}, "also all layers equally far from their targets, α = 1"}});
}

}  // namespace kappa::studies
