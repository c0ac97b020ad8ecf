/// Weight-norm constraints: eight ways to hold a matrix's singular values down while updates push them up.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/polar.hpp"
#include "core/linalg/soft_clip.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/linalg/tanh.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

struct Way {
  const char* label;
  const char* map;
  double decay = 0;
};
constexpr Way ways[] = {{"None", "none"},
                        {"Weight decay", "weight_decay", 0.1},
                        {"Spectral normalise", "spectral_normalise"},
                        {"Soft cap", "soft_cap"},
                        {"Hard cap", "hard_cap"},
                        {"Spectral hammer", "spectral_hammer"},
                        {"Stiefel", "stiefel"},
                        {"Spectral decay", "spectral_decay", 0.1}};

/// The race of networks; the cap is in units of √(m/n).
constexpr const char* capped_net = "Network: Muon, soft cap";
constexpr const char* muon_net = "Network: Muon";
constexpr const char* normalised_net = "Network: AdamW, spectral normalise";
constexpr const char* adamw_net = "Network: AdamW";
constexpr const char* networks[] = {capped_net, muon_net, normalised_net, adamw_net};

NodePtr slot(Node inner) { return std::make_shared<const Node>(std::move(inner)); }

/// The largest gradient of the output in the input over the data: what the product of the σ₁ bounds.
double steepest(const Blocks& x, const arma::mat& inputs) {
  const arma::mat w1 = x.block(0), w2 = x.block(2), w3 = x.block(4);
  const arma::vec b1 = arma::vectorise(x.block(1)), b2 = arma::vectorise(x.block(3));
  arma::mat first = w1 * inputs;
  first.each_col() += b1;
  tanh_each({first.memptr(), first.n_elem});
  arma::mat second = w2 * first;
  second.each_col() += b2;
  tanh_each({second.memptr(), second.n_elem});
  arma::mat slope = 1 - arma::square(second);
  slope.each_col() %= w3.t();
  slope = (w2.t() * slope) % (1 - arma::square(first));
  return std::sqrt(arma::sum(arma::square(arma::mat(w1.t() * slope)), 0).max());
}

struct WeightNormConstraints {
  std::int64_t rows = 40;
  std::int64_t columns = 24;
  std::int64_t steps = 500;
  double limit = 1;
  double update_norm = 0.1;
  double drift = 0.3;
  double network_limit = 3;
  std::int64_t network_steps = 400;

  std::vector<FigureSpec> figures() const {
    return {{.id = "largest",
             .title = "Largest singular value",
             .x_label = "step",
             .y_label = "σ₁",
             .y_scale = Scale::log,
             .names = {"largest_singular_value"}},
            {.id = "rain",
             .title = "All singular values",
             .x_label = "index",
             .form = FigureForm::spectrum,
             .y_scale = Scale::log,
             .names = {"singular_values"}},
            {.id = "transfer",
             .title = "What one map makes of one singular value",
             .x_label = "σ before",
             .y_label = "σ after",
             .form = FigureForm::curve,
             .names = {"transfer"},
             .note = "the soft cap turns down again: start within the limit, with updates of at most 0.28 of it"},
            {.id = "certificate",
             .title = "Networks: the Lipschitz constant that is certified",
             .x_label = "step",
             .y_label = "product of the σ₁",
             .y_scale = Scale::log,
             .names = {"lipschitz_bound"}},
            {.id = "input_gradient",
             .title = "Networks: the largest input gradient on the data",
             .x_label = "step",
             .y_label = "‖∂net/∂x‖",
             .y_scale = Scale::log,
             .names = {"input_gradient"}},
            {.id = "network_loss",
             .title = "Networks: loss",
             .x_label = "step",
             .y_label = "loss",
             .y_scale = Scale::log,
             .names = {"network_loss"}}};
  }
  void run(StudyContext& c) const {
    if (c.repeat() == 0) transfer(c);
    constexpr std::size_t parts = std::size(ways) + std::size(networks);
    c.parallel_for(parts, [&](std::size_t i, StudyContext& part) {
      if (i < std::size(ways))
        walk(part, ways[i]);
      else
        train(part, networks[i - std::size(ways)]);
      part.progress(static_cast<double>(i + 1) / static_cast<double>(parts));
    });
    if (c.repeat() != 0 || c.stopping()) return;
    c.theory(TheoryKind::bound, "Soft cap", "largest_singular_value", "limit w", {0, static_cast<double>(steps)},
             {limit, limit});
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  void walk(StudyContext& c, const Way& way) const;
  void train(StudyContext& c, std::string_view label) const;
  void transfer(StudyContext& c) const;
};

void WeightNormConstraints::walk(StudyContext& c, const Way& way) const {
  const auto problem = c.problem(
      node(Kind::problem, "gradient_stream",
           {{"rows", rows}, {"columns", columns}, {"signal", drift}, {"noise", 1.0}, {"row_imbalance", 0.0}}));
  Blocks start = problem->start(c.rng("init"));
  start.block(0) =
      limit * polar(normal_matrix(c.rng("start"), static_cast<arma::uword>(rows), static_cast<arma::uword>(columns)));
  const Node muon =
      node(Kind::optimizer, "muon_exact",
           {{"learning_rate", update_norm}, {"momentum", 0.0}, {"nesterov", false}, {"scale", std::string("none")}});
  DescentSpec spec{.problem = problem,
                   .optimizer = node(Kind::optimizer, "norm_constraint",
                                     {{"map", std::string(way.map)},
                                      {"limit", limit},
                                      {"decay", way.decay},
                                      {"update_norm", update_norm},
                                      {"base", std::make_shared<const Node>(muon)}}),
                   .steps = static_cast<std::uint64_t>(steps),
                   .start = start,
                   .probes = {node(Kind::probe, "singular_values",
                                   {{"of", std::string("parameters")}, {"every", std::int64_t{10}}})}};
  spec.until = [&](std::uint64_t t, const Blocks& x, double) {
    const arma::vec s = singular_values(x.block(0));
    c.series(way.label, "largest_singular_value", t, s.front());
    if (t == spec.steps) c.series(way.label, "median_at_the_end", t, arma::median(s));
    return false;
  };
  c.descent(way.label, spec);
}

void WeightNormConstraints::train(StudyContext& c, std::string_view label) const {
  const auto problem = c.problem(
      node(Kind::problem, "mlp_regression", {{"widths", std::vector<double>{32, 32}}, {"samples", std::int64_t{500}}}));
  const arma::mat inputs = problem->data().front().value.t();
  const auto decaying = [](double peak) { return slot(node(Kind::schedule, "linear_decay", {{"peak", peak}})); };
  const Node adamw = node(Kind::optimizer, "adamw", {{"learning_rate", decaying(0.01)}});
  const Node muon =
      node(Kind::optimizer, "muon_exact",
           {{"learning_rate", decaying(0.05)}, {"scale", std::string("spectral")}, {"fallback", slot(adamw)}});
  const auto held = [&](const char* map, const Node& base) {
    return node(Kind::optimizer, "norm_constraint",
                {{"map", std::string(map)}, {"limit", network_limit}, {"shape_scaled", true}, {"base", slot(base)}});
  };
  DescentSpec spec{.problem = problem,
                   .optimizer = label == capped_net       ? held("soft_cap", muon)
                                : label == muon_net       ? muon
                                : label == normalised_net ? held("spectral_normalise", adamw)
                                                          : adamw,
                   .steps = static_cast<std::uint64_t>(network_steps),
                   .batch = 64,
                   .order = "with_replacement",
                   .loss_every = 5};
  spec.until = [&](std::uint64_t t, const Blocks& x, double loss) {
    if (t % 5 != 0) return false;
    c.series(label, "lipschitz_bound", t,
             singular_values(x.block(0)).front() * singular_values(x.block(2)).front() * arma::norm(x.block(4), "fro"));
    c.series(label, "input_gradient", t, steepest(x, inputs));
    c.series(label, "network_loss", t, loss);
    return false;
  };
  c.quietly(spec);
}

void WeightNormConstraints::transfer(StudyContext& c) const {
  const double strength = soft_cap_strength(limit, 0, update_norm), end = 1.6 * (limit + update_norm);
  for (int i = 0; i <= 100; ++i) {
    const double s = end * i / 100;
    const arma::mat one(1, 1, arma::fill::value(s));
    c.curve("None", "transfer", s, s);
    c.curve("Weight decay", "transfer", s, 0.9 * s);
    c.curve("Soft cap", "transfer", s, soft_cap(one, strength)(0, 0));
    c.curve("Hard cap", "transfer", s, hard_cap(one, limit)(0, 0));
    c.curve("Stiefel", "transfer", s, s > 0 ? limit : 0);
  }
}

void WeightNormConstraints::judge(const TraceView& trace, Verdicts& v) const {
  // Of the steps after the start: all, or the last half of them.
  const auto largest = [&](const char* run, std::size_t part) {
    const auto all = over_repeats(trace, run, "largest_singular_value", [&](const TraceView::Series& s) {
      const std::size_t taken = std::max<std::size_t>((s.value.size() - 1) / part, 1);
      return *std::max_element(s.value.end() - static_cast<std::ptrdiff_t>(taken), s.value.end());
    });
    return all.empty() ? arma::datum::nan : *std::max_element(all.begin(), all.end());
  };
  for (const char* run : {"Soft cap", "Hard cap", "Spectral normalise", "Stiefel"})
    v.at_most(std::string(run) + " certifies σ₁ ≤ w at every step and on every seed", "largest σ₁ over w",
              largest(run, 1) / limit, 1 + 1e-9);
  v.above("The hammer does not: it lowers only the largest value while all of them grow",
          "largest σ₁ over w in the second half", largest("Spectral hammer", 2) / limit, 1.2);
}

}  // namespace KAPPA_FILE

Method weight_norm_constraints() {
  using S = KAPPA_FILE::WeightNormConstraints;
  return study<S>(
      {.title = "Keeping weights within a norm",
       .idea = "Every Muon step adds a known amount to all singular values, so a cap that takes as much away certifies "
               "the largest.",
       .equation = "W ← map(W + 0.1 UVᵀ);  soft cap: σ → σ(1−ασ²), then σ → σ(1+ασ²), α from w and ‖ΔW‖₂",
       .cite = {{"Newhouse et al.", 2025, "Training Transformers with Enforced Lipschitz Constants",
                 "arXiv:2507.13338"}},
       .question = "Which ways to constrain a weight matrix really bound its largest singular value?",
       .look_for =
           "Soft cap, hard cap, normalising and Stiefel stay at the limit; the hammer and spectral decay, which "
           "touch only the largest value, do not. In a network the product of the caps is a certificate.",
       .group = "Optimizers",
       .uses = {"norm_constraint", "muon_exact", "adamw"}},
      {{&S::rows, "rows", "m", count(2, 200, true), "rows of W"},
       {&S::columns, "columns", "n", count(2, 200, true), "columns of W"},
       {&S::steps, "steps", "T", count(10, 10'000, true), "steps"},
       {&S::limit, "limit", "w", Range{.lo = 0.1, .hi = 10, .log = true}, "limit of the singular values"},
       {&S::update_norm, "update_norm", "", Range{.lo = 1e-3, .hi = 1, .log = true},
        "spectral norm of every update; past 0.28 limits the soft cap does not hold"},
       {&S::drift, "drift", "", range(0, 3), "share of a fixed matrix in the updates' direction"},
       {&S::network_limit, "network_limit", "", Range{.lo = 0.2, .hi = 20, .log = true},
        "limit in the networks, in units of √(m/n)"},
       {&S::network_steps, "network_steps", "", count(10, 5'000, true), "steps of the networks"}});
}

}  // namespace kappa::studies
