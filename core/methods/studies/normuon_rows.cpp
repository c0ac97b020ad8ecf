/// NorMuon and the rows: what evening out the neurons' updates buys, and the regime in which it costs.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/methods/studies/extremes.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* momentum_run = "Nesterov momentum";
constexpr const char* muon_run = "Muon";
constexpr const char* normuon_run = "NorMuon";
constexpr const char* adam_run = "Adam";
constexpr const char* counter_suffix = ", scaled targets";
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

struct Regime {
  const char* id;
  std::string suffix;
};

struct NormuonRows {
  std::int64_t rows = 96;
  std::int64_t columns = 24;
  std::int64_t samples = 400;
  double row_imbalance = 1;
  double noise = 0.3;
  std::int64_t steps = 200;
  std::vector<double> learning_rates = {.005, .01, .02, .05, .1, .2};
  std::int64_t stream_rows = 128;
  std::int64_t stream_columns = 32;
  std::int64_t stream_steps = 100;
  bool counter_regime = true;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    stream(c);
    c.progress(0.1);
    race(c, {"weighted_rows", ""});
    c.progress(counter_regime ? 0.55 : 1);
    if (counter_regime) race(c, {"scaled_targets", counter_suffix});
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  void stream(StudyContext& c) const;
  void race(StudyContext& c, const Regime& regime) const;
};

std::vector<FigureSpec> NormuonRows::figures() const {
  std::vector<FigureSpec> list = {
      {.id = "row_norms",
       .title = "Row norms of the last update, over their mean",
       .x_label = "row, longest first",
       .form = FigureForm::spectrum,
       .y_scale = Scale::log,
       .names = {"row_norms"},
       .note = "A stream of noise whose rows differ in size: Muon's orthogonal update leaves them uneven, NorMuon's "
               "does not."},
      {.id = "row_error",
       .title = "Rows weigh differently, all have as far to go",
       .x_label = "step",
       .y_label = "mean relative squared error of the rows",
       .y_scale = Scale::log,
       .names = {"row_error"},
       .runs = {muon_run, normuon_run, adam_run},
       .note = "Each at its best learning rate. Adam, which evens out every entry, ends lower still."},
      {.id = "dispersion",
       .title = "Unevenness of the update's rows on the stream",
       .x_label = "step",
       .y_label = "deviation / mean of the row norms",
       .names = {"row_norm_dispersion"}},
      {.id = "spectrum",
       .title = "Singular values of the last update, over the largest",
       .x_label = "index",
       .form = FigureForm::spectrum,
       .y_scale = Scale::log,
       .names = {"update_singular_values"}},
      {.id = "learning_rates",
       .title = "Final error against the learning rate",
       .x_label = "learning rate",
       .y_label = "mean relative squared error of the rows",
       .form = FigureForm::curve,
       .x_scale = Scale::log,
       .y_scale = Scale::log,
       .names = {"final_row_error"}}};
  if (counter_regime)
    list.push_back({.id = "counter_regime",
                    .title = "Rows with large gradients really are farther away",
                    .x_label = "step",
                    .y_label = "mean relative squared error of the rows",
                    .y_scale = Scale::log,
                    .names = {"row_error"},
                    .runs = {std::string(muon_run) + counter_suffix, std::string(normuon_run) + counter_suffix,
                             std::string(adam_run) + counter_suffix},
                    .note = "The counter-regime: here even rows are the wrong rows, and NorMuon loses to Muon."});
  return list;
}

/// All methods are fed the same gradients, so a path's differences are its updates.
void NormuonRows::stream(StudyContext& c) const {
  const auto problem = c.problem(
      node(Kind::problem, "gradient_stream",
           {{"rows", stream_rows}, {"columns", stream_columns}, {"noise", 1.0}, {"row_imbalance", row_imbalance}}));
  const std::vector<std::pair<const char*, Node>> fed = {
      {momentum_run, node(Kind::optimizer, "nesterov", {{"momentum", 0.95}})},
      {muon_run, node(Kind::optimizer, "muon")},
      {normuon_run, node(Kind::optimizer, "normuon")}};
  c.parallel_for(fed.size(), [&](std::size_t i, StudyContext& part) {
    const char* label = fed[i].first;
    const auto last = static_cast<std::uint64_t>(stream_steps);
    arma::mat before;
    DescentSpec spec{.problem = problem, .optimizer = fed[i].second, .steps = last};
    spec.until = [&](std::uint64_t t, const Blocks& x, double) {
      if (t > 0) {
        const arma::mat update = x.block(0) - before;
        part.series(label, "row_norm_dispersion", t, row_norm_dispersion(update));
        if (t == last) {
          const arma::vec norms = arma::sqrt(arma::vec(arma::sum(arma::square(update), 1)));
          const arma::vec s = singular_values(update);
          part.spectrum(label, "row_norms", t, arma::sort(norms / arma::mean(norms), "descend"));
          part.spectrum(label, "update_singular_values", t, s / s.front());
          part.series(label, "update_condition_number", t, s.front() / s.back());
        }
      }
      before = x.block(0);
      return false;
    };
    part.quietly(spec);
  });
  if (c.repeat() != 0) return;
  for (const NamedMatrix& one : problem->data()) {
    if (one.name != "row_scale") continue;
    const arma::vec scale = arma::sort(arma::vec(one.value.col(0) / arma::mean(one.value.col(0))), "descend");
    std::vector<double> index;
    for (arma::uword i = 1; i <= scale.n_elem; ++i) index.push_back(static_cast<double>(i));
    c.theory(TheoryKind::guide, momentum_run, "row_norms", "the rows' own scales cᵢ", index,
             arma::conv_to<std::vector<double>>::from(scale));
    c.theory(TheoryKind::guide, normuon_run, "row_norms", "even rows", index, std::vector<double>(index.size(), 1.0));
  }
}

void NormuonRows::race(StudyContext& c, const Regime& regime) const {
  const auto problem = c.problem(node(Kind::problem, "row_imbalanced_regression",
                                      {{"rows", rows},
                                       {"columns", columns},
                                       {"samples", samples},
                                       {"row_imbalance", row_imbalance},
                                       {"regime", std::string(regime.id)},
                                       {"noise", noise}}));
  const arma::mat& truth = problem->facts().truth_matrix;
  const auto row_error = [&](const Blocks& x) {
    const arma::vec miss = arma::sum(arma::square(x.block(0) - truth), 1), size = arma::sum(arma::square(truth), 1);
    return arma::mean(miss / size);
  };
  const std::vector<std::pair<const char*, Node>> rivals = {
      {muon_run, node(Kind::optimizer, "muon")},
      {normuon_run, node(Kind::optimizer, "normuon")},
      {adam_run, node(Kind::optimizer, "adam", {{"beta2", 0.99}})}};
  c.parallel_for(rivals.size(), [&](std::size_t i, StudyContext& part) {
    const std::string label = rivals[i].first + regime.suffix;
    double best = arma::datum::inf, best_rate = learning_rates.front();
    DescentSpec spec{.problem = problem,
                     .optimizer = rivals[i].second,
                     .steps = static_cast<std::uint64_t>(steps),
                     .batch = static_cast<std::uint64_t>(std::min<std::int64_t>(32, samples)),
                     .order = "with_replacement"};
    const auto at_rate = [&](double rate) {
      spec.optimizer.params["learning_rate"] =
          std::make_shared<const Node>(node(Kind::schedule, "linear_decay", {{"peak", rate}}));
    };
    spec.loss_every = spec.steps;
    for (const double rate : learning_rates) {
      at_rate(rate);
      const double error = row_error(part.quietly(spec).x);
      if (part.stopping()) return;
      part.curve(label, "final_row_error", rate, error);
      if (error < best) best = error, best_rate = rate;
    }
    at_rate(best_rate);
    spec.loss_every = 1;
    spec.until = [&](std::uint64_t t, const Blocks& x, double) {
      part.series(label, "row_error", t, row_error(x));
      return false;
    };
    part.descent(label, spec);
  });
}

void NormuonRows::judge(const TraceView& trace, Verdicts& v) const {
  const auto last = [&](const std::string& run, std::uint32_t repeat, const char* name) {
    const auto found = trace.series(run, repeat, name);
    return found && !found->value.empty() ? found->value.back() : nan_value;
  };
  const auto ratios = [&](const std::string& over, const std::string& under, const char* name) {
    std::vector<double> all;
    for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat)
      all.push_back(last(over, repeat, name) / last(under, repeat, name));
    return all;
  };
  v.below("NorMuon evens out the rows: their norms vary less than 0.4 times as much as under Muon, on every seed",
          "largest ratio of deviation / mean of the row norms",
          largest_of(ratios(normuon_run, muon_run, "row_norm_dispersion")), 0.4);
  v.below("NorMuon's update is still far better conditioned than the momentum",
          "condition number of NorMuon's update over the momentum's, mean over seeds",
          mean_of(ratios(normuon_run, momentum_run, "update_condition_number")), 0.5);
  const auto gains = ratios(muon_run, normuon_run, "row_error");
  v.above("Where rows differ only in weight, NorMuon ends lower than Muon",
          "final error of Muon over NorMuon's, each tuned, mean over seeds", mean_of(gains), 1.25);
  v.above("And it does so on every seed", "smallest ratio over seeds", smallest_of(gains), 1.05);
  if (!counter_regime) return;
  v.below(
      "Where rows with large gradients really need larger moves, NorMuon loses to Muon",
      "final error of Muon over NorMuon's, each tuned, mean over seeds",
      mean_of(ratios(std::string(muon_run) + counter_suffix, std::string(normuon_run) + counter_suffix, "row_error")),
      0.8);
}

}  // namespace KAPPA_FILE

Method normuon_rows() {
  using S = KAPPA_FILE::NormuonRows;
  return study<S>(
      {.title = "NorMuon: even rows, and when they help",
       .idea = "Muon's orthogonal updates still move some neurons far more than others. NorMuon evens them out: a gain "
               "when neurons differ only in the size of their gradients, a loss when large gradients mean a long way.",
       .equation = "vᵢ ← β₂vᵢ + (1−β₂) meanⱼ Oᵢⱼ²,  Ôᵢⱼ = Oᵢⱼ / √vᵢ,  ΔW = −η s Ô ‖O‖/‖Ô‖",
       .cite = {{"Li, Liu, Liang, Chen, Zhao", 2025, "NorMuon: Making Muon more efficient and scalable",
                 "arXiv:2510.05491"}},
       .question = "Should every neuron of a layer take an equally long step?",
       .look_for = "NorMuon's bars are level and its error falls below Muon's; with scaled targets the order turns "
                   "round. Adam ends lowest on the first task.",
       .group = "Optimizers",
       .uses = {"nesterov", "muon", "normuon", "adam"}},
      {{&S::rows, "rows", "m", count(2, 400, true), "rows of the layer: neurons"},
       {&S::columns, "columns", "n", count(2, 200, true), "columns of the layer: inputs"},
       {&S::samples, "samples", "N", count(2, 5000, true), "inputs; a step sees 32 of them"},
       {&S::row_imbalance, "row_imbalance", "", range(0, 3), "standard deviation of the log of the rows' scales cᵢ"},
       {&S::noise, "noise", "σ", from_zero(1e-3, 10), "of the noise c ⊙ N in the gradients"},
       {&S::steps, "steps", "T", count(10, 5000, true), "steps of each run"},
       {&S::learning_rates, "learning_rates", "η", Many{log_range_of(1e-5, 10), 1, 12}, "grid that all are tuned on"},
       {&S::stream_rows, "stream_rows", "", count(2, 512, true), "rows of the stream of pure noise"},
       {&S::stream_columns, "stream_columns", "", count(2, 256, true), "columns of that stream"},
       {&S::stream_steps, "stream_steps", "", count(1, 2000, true), "steps on that stream"},
       {&S::counter_regime, "counter_regime", "", Flag{},
        "also the task in which rows with large gradients are farther from their targets"}});
}

}  // namespace kappa::studies
