/// AdamW's timescale: the weight decay that suits a batch makes the average over updates span the same share of data.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/random/eigenvalues.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* best_decay = "λ_opt";
constexpr const char* identity = "EMA identity";

std::string batch_label(std::uint64_t batch) { return "B = " + std::to_string(batch); }

struct AdamwTimescale {
  std::int64_t features = 50;
  std::int64_t samples = 12'800;
  double noise = 2;
  double learning_rate = 0.01;
  std::vector<double> batches = {8, 16, 32, 64, 128};
  std::int64_t decays = 28;

  std::vector<FigureSpec> figures() const {
    return {{.id = "best_decay",
             .title = "Best weight decay against the batch size",
             .x_label = "batch size B",
             .y_label = "λ_opt",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"best_decay"},
             .note = "with η and the data fixed; theory: proportional to B"},
            {.id = "by_decay",
             .title = "Final error against the weight decay",
             .x_label = "weight decay λ",
             .y_label = "‖x/‖x‖ − w‖²",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"error_by_decay"}},
            {.id = "by_timescale",
             .title = "The same against the timescale: the curves fall onto each other",
             .x_label = "τ = B/(ηλD), in passes over the data",
             .y_label = "‖x/‖x‖ − w‖²",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"error_by_timescale"}},
            {.id = "timescale",
             .title = "Best timescale",
             .x_label = "batch size B",
             .y_label = "τ_opt",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"best_timescale"}}};
  }

  void run(StudyContext& c) const {
    check_identity(c);
    const std::vector<std::uint64_t> sizes = whole_batches();
    c.parallel_for(sizes.size(), [&](std::size_t i, StudyContext& part) { sweep(part, sizes[i]); });
    if (c.stopping() || c.repeat() != 0) return;
    std::vector<double> at, line;
    for (const std::uint64_t size : sizes) {
      at.push_back(static_cast<double>(size));
      line.push_back(at.back() / (learning_rate * 6.5 * static_cast<double>(samples)));
    }
    c.theory(TheoryKind::guide, best_decay, "best_decay", "∝ B: τ = 6.5 throughout", at, line);
    for (const std::uint64_t size : sizes)
      c.vertical(TheoryKind::guide, batch_label(size), "error_by_timescale", "τ = 6.5", 6.5);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  std::vector<std::uint64_t> whole_batches() const {
    std::vector<std::uint64_t> all;
    for (const double batch : batches) {
      const auto whole = static_cast<std::uint64_t>(std::clamp<std::int64_t>(std::llround(batch), 1, samples));
      if (std::find(all.begin(), all.end(), whole) == all.end()) all.push_back(whole);
    }
    std::sort(all.begin(), all.end());
    return all;
  }
  Node adamw(double decay) const {
    return node(Kind::optimizer, "adamw",
                {{"learning_rate", learning_rate},
                 {"beta1", 0.9},
                 {"beta2", 0.95},
                 {"epsilon", 1e-12},
                 {"weight_decay", decay}});
  }
  void check_identity(StudyContext& c) const;
  void sweep(StudyContext& c, std::uint64_t batch) const;
};

/// Absolute deviations of a huge target: no residual changes its sign, so that Adam and AdamW see the same gradients
/// wherever they are. AdamW's point must then be the exponential average of Adam's own steps.
void AdamwTimescale::check_identity(StudyContext& c) const {
  constexpr double decay = 2;
  constexpr std::uint64_t steps = 100;
  const auto problem = c.problem(node(Kind::problem, "lp_regression",
                                      {{"samples", std::int64_t{100}}, {"features", features}, {"truth_norm", 1e9}}));
  const Blocks start = [&] {
    Blocks x = problem->start(c.rng("init"));
    Rng draw = c.rng("identity");
    for (double& each : x.flat()) each = draw.normal();
    return x;
  }();
  arma::mat plain(start.flat().n_elem, steps + 1), decayed = plain;
  const auto record = [&](Node optimizer, arma::mat& path) {
    DescentSpec spec{.problem = problem, .optimizer = std::move(optimizer), .steps = steps, .batch = 8, .start = start};
    spec.until = [&](std::uint64_t t, const Blocks& x, double) {
      path.col(t) = x.flat();
      return false;
    };
    c.quietly(spec);
  };
  Node adam = node(Kind::optimizer, "adam", {{"learning_rate", learning_rate}, {"beta2", 0.95}, {"epsilon", 1e-12}});
  record(adam, plain);
  record(adamw(decay), decayed);
  if (c.stopping()) return;
  const double keep = 1 - learning_rate * decay;
  for (std::uint64_t t = 0; t <= steps; ++t) {
    arma::vec average = std::pow(keep, static_cast<double>(t)) * start.flat();
    for (std::uint64_t i = 0; i < t; ++i)
      average += std::pow(keep, static_cast<double>(t - 1 - i)) * (plain.col(i + 1) - plain.col(i));
    c.series(identity, "residual", t, arma::norm(average - decayed.col(t)) / arma::norm(decayed.col(t)));
  }
}

void AdamwTimescale::sweep(StudyContext& c, std::uint64_t batch) const {
  const auto d = static_cast<double>(features), data = static_cast<double>(samples), size = static_cast<double>(batch);
  const auto problem = c.problem(node(Kind::problem, "scale_invariant_regression",
                                      {{"samples", samples}, {"features", features}, {"noise", noise}}));
  const arma::vec& truth = problem->facts().truth->flat();
  const Blocks direction = problem->start(c.rng("init"));
  const std::string label = batch_label(batch);
  const arma::vec grid = log_spaced(-2.5, 1.5, static_cast<arma::uword>(decays));
  arma::vec errors(grid.n_elem);
  for (arma::uword i = 0; i < grid.n_elem; ++i) {
    Blocks start =
        direction;  // of length one; at the equilibrium length the decay's shrinking and Adam's growing cancel
    start.flat() *= std::sqrt(d * learning_rate / (2 * grid[i]));
    DescentSpec spec{.problem = problem,
                     .optimizer = adamw(grid[i]),
                     .steps = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(samples) / batch),
                     .batch = batch,
                     .order = "incremental",
                     .start = start};
    spec.loss_every = spec.steps;
    const DescentResult result = c.quietly(spec);
    if (c.stopping()) return;
    errors[i] = arma::accu(arma::square(result.x.flat() / arma::norm(result.x.flat()) - truth));
    c.curve(label, "error_by_decay", grid[i], errors[i]);
    c.curve(label, "error_by_timescale", size / (learning_rate * grid[i] * data), errors[i]);
  }
  arma::uword best = 0;
  double least = arma::datum::inf;
  for (arma::uword i = 0; i < grid.n_elem; ++i) {
    double sum = 0;  // five neighbours; past an end its own value again
    for (int j = -2; j <= 2; ++j)
      sum += std::log(errors[static_cast<arma::uword>(
          std::clamp<std::int64_t>(static_cast<std::int64_t>(i) + j, 0, static_cast<std::int64_t>(grid.n_elem) - 1))]);
    if (sum < least) {
      least = sum;
      best = i;
    }
  }
  c.curve(best_decay, "best_decay", size, grid[best]);
  c.curve(best_decay, "best_timescale", size, size / (learning_rate * grid[best] * data));
}

void AdamwTimescale::judge(const TraceView& trace, Verdicts& v) const {
  std::vector<double> slopes, timescales;
  for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
    std::vector<double> x, y;
    if (const auto best = trace.curve(best_decay, repeat, "best_decay"))
      for (std::size_t i = 0; i < best->x.size(); ++i) {
        x.push_back(std::log(best->x[i]));
        y.push_back(std::log(best->y[i]));
      }
    slopes.push_back(slope_of(x, y));
  }
  v.within("The best weight decay grows in proportion to the batch",
           "log-log slope of λ_opt against B, mean over seeds", mean_of(slopes), 0.75, 1.5);
  for (const std::uint64_t batch : whole_batches()) {
    double sum = 0;
    const auto all = curve_at(trace, best_decay, "best_timescale", static_cast<double>(batch));
    for (const double each : all) sum += std::log(each);
    timescales.push_back(all.empty() ? arma::datum::nan : std::exp(sum / static_cast<double>(all.size())));
  }
  const auto [low, high] = std::minmax_element(timescales.begin(), timescales.end());
  const bool complete =
      std::none_of(timescales.begin(), timescales.end(), [](double each) { return std::isnan(each); });
  v.at_most("At the best decay the average spans the same share of the data, whatever the batch",
            "largest over smallest τ_opt, geometric means over seeds", complete ? *high / *low : arma::datum::nan, 2.5);
  double worst = 0;
  const auto residuals = over_repeats(trace, identity, "residual", [](const TraceView::Series& s) {
    return *std::max_element(s.value.begin(), s.value.end(), [](double a, double b) { return a < b || std::isnan(b); });
  });
  for (const double each : residuals)
    if (!(each <= worst)) worst = each;
  v.at_most("AdamW's weights are an exponential average of Adam's updates, over 1/(ηλ) steps",
            "largest relative residual on shared gradients", residuals.empty() ? arma::datum::nan : worst, 1e-12);
}

}  // namespace KAPPA_FILE

Method adamw_timescale() {
  using S = KAPPA_FILE::AdamwTimescale;
  return study<S>(
      {.title = "AdamW's timescale: weight decay grows with the batch",
       .idea = "AdamW averages its updates over 1/(ηλ) steps; what matters is how much data that is.",
       .equation = "xₜ = (1−ηλ)ᵗ x₀ + ηλ Σ (1−ηλ)^(t−i) uᵢ,  uᵢ = −(Adam direction)/λ;  τ = B/(ηλD)",
       .cite = {{"Bergsma, Dey, Gosal, Gray, Soboleva, Hestness", 2025,
                 "Power Lines: Scaling Laws for Weight Decay and Batch Size in LLM Pre-training", "arXiv:2505.13738"}},
       .question = "How should weight decay change when the batch grows and the data stay?",
       .look_for =
           "λ_opt on a line of slope one, and error curves that fall onto each other over τ. In the paper τ_opt = "
           "1.084 (D/N)^−0.527. It needs a scale-invariant model: ordinary regression does not show the law.",
       .group = "Optimizers",
       .uses = {"adam", "adamw"}},
      {{&S::features, "features", "d", count(2, 300, true), "number of weights"},
       {&S::samples, "samples", "D", count(100, 100'000, true), "fresh samples, each used once"},
       {&S::noise, "noise", "σ", from_zero(1e-2, 100), "deviation of the noise in y"},
       {&S::learning_rate, "learning_rate", "η", log_range(1e-4, 0.03), "step size; ηλ must stay below 1"},
       {&S::batches, "batches", "B", Many{log_range_of(1, 4096), 2, 8}, "batch sizes compared, whole numbers"},
       {&S::decays, "decays", "", count(5, 100), "weight decays tried, from 10^−2.5 to 10^1.5"}});
}

}  // namespace kappa::studies
