/// Spectral clipping: capped updates bound the weights' norm, and capped gradients survive spikes.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/soft_clip.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* plain = "Signum";
constexpr const char* clipped = "Signum, clipped";
constexpr const char* bare = "Gradient descent";
constexpr const char* guarded = "Gradient descent, clipped gradient";
constexpr const char* kernel = "Inverse root by products";

NodePtr slot(Node inner) { return std::make_shared<const Node>(std::move(inner)); }

struct SpectraClipping {
  std::int64_t dimension = 40;
  std::int64_t steps = 3000;
  double learning_rate = 0.02;
  double weight_decay = 0.1;
  double clip = 1;
  std::int64_t spike_steps = 1500;

  std::vector<FigureSpec> figures() const {
    return {{.id = "norm",
             .title = "Spectral norm of the weights",
             .x_label = "step",
             .y_label = "‖W‖₂",
             .y_scale = Scale::log,
             .names = {"weight_norm"}},
            {.id = "spikes",
             .title = "Distance to the target under rare spikes",
             .x_label = "step",
             .y_label = "‖W − W*‖²",
             .y_scale = Scale::log,
             .names = {"squared_distance"}},
            {.id = "update",
             .title = "Singular values of the first update, over η",
             .x_label = "index",
             .form = FigureForm::spectrum,
             .names = {"first_update"},
             .runs = {plain, clipped}},
            {.id = "transfer",
             .title = "What ten Newton–Schulz steps make of each singular value, c = 5",
             .x_label = "σ before",
             .y_label = "σ after",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"transfer"},
             .runs = {kernel}},
            {.id = "kernel",
             .title = "Soft clip by products against the SVD",
             .x_label = "Newton–Schulz steps",
             .y_label = "relative error",
             .form = FigureForm::curve,
             .y_scale = Scale::log,
             .names = {"kernel_error"}}};
  }
  void run(StudyContext& c) const {
    inverse_root(c);
    c.parallel_for(4, [&](std::size_t i, StudyContext& part) {
      if (i < 2)
        bounded(part, i == 1);
      else
        spiked(part, i == 3);
      part.progress(static_cast<double>(i + 1) / 4);
    });
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  void inverse_root(StudyContext& c) const;
  void bounded(StudyContext& c, bool clips) const;
  void spiked(StudyContext& c, bool clips) const;
};

void SpectraClipping::inverse_root(StudyContext& c) const {
  arma::mat u = 3 * normal_matrix(c.rng("kernel"), 30, 50);
  u(0, 0) += 60;
  constexpr double limit = 5;
  const arma::mat exact = soft_clip(u, limit);
  for (int k = 0; k <= 14; ++k)
    c.curve(kernel, "kernel_error", k,
            arma::norm(soft_clip_products(u, limit, k) - exact, "fro") / arma::norm(exact, "fro"));
  if (c.repeat() != 0) return;
  const arma::vec before = log_spaced(-0.5, 1.85, 30);
  const arma::mat spread = matrix_with_spectrum(c.rng("transfer"), 30, 50, before);
  const arma::vec after = arma::sort(singular_values(soft_clip_products(spread, limit, 10)));
  std::vector<double> at, smooth, hard;
  for (arma::uword i = 0; i < before.n_elem; ++i) {
    c.curve(kernel, "transfer", before[i], after[i]);
    at.push_back(before[i]);
    smooth.push_back(before[i] / std::hypot(1.0, before[i] / limit));
    hard.push_back(std::min(before[i], limit));
  }
  c.theory(TheoryKind::exact, kernel, "transfer", "σ/√(1 + σ²/c²)", at, smooth);
  c.theory(TheoryKind::guide, kernel, "transfer", "min(σ, c)", at, hard);
}

void SpectraClipping::bounded(StudyContext& c, bool clips) const {
  const auto problem = c.problem(node(Kind::problem, "spiked_matrix_target",
                                      {{"rows", dimension},
                                       {"columns", dimension},
                                       {"target", std::string("low_rank")},
                                       {"noise", 1.0},
                                       {"spike_probability", 0.0}}));
  Node signum = node(Kind::optimizer, "signum", {{"momentum", 0.95}, {"learning_rate", 1.0}});
  Node chosen = signum;
  if (clips) {
    chosen = node(Kind::optimizer, "spectra",
                  {{"learning_rate", learning_rate},
                   {"weight_decay", weight_decay},
                   {"clip", clip},
                   {"by", std::string("svd")},
                   {"base", slot(signum)}});
  } else {
    chosen.params["learning_rate"] = learning_rate;
    chosen.params["weight_decay"] = weight_decay;
  }
  const char* label = clips ? clipped : plain;
  const double limit = clip / weight_decay;
  double most = 0, most_of_bound = 0;
  std::vector<double> at, bound;
  DescentSpec spec{
      .problem = problem, .optimizer = chosen, .steps = static_cast<std::uint64_t>(steps), .loss_every = 10};
  spec.until = [&](std::uint64_t t, const Blocks& x, double) {
    const arma::vec values = singular_values(x.block(0));
    const double size = values.front();
    if (t == 1) c.spectrum(label, "first_update", 1, values / learning_rate);  // W began at zero
    const double allowed = limit * -std::expm1(static_cast<double>(t) * std::log1p(-learning_rate * weight_decay));
    most = std::max(most, size);
    if (t > 0) most_of_bound = std::max(most_of_bound, size / allowed);
    if (t % 10 != 0) return false;
    c.series(label, "weight_norm", t, size);
    at.push_back(static_cast<double>(t));
    bound.push_back(allowed);
    return false;
  };
  c.descent(label, spec);
  if (c.stopping()) return;
  c.series(label, "most", spec.steps, most);
  c.series(label, "most_of_bound", spec.steps, most_of_bound);
  if (!clips || c.repeat() != 0) return;
  c.theory(TheoryKind::bound, label, "first_update", "limit c", {1, static_cast<double>(dimension)}, {clip, clip});
  c.theory(TheoryKind::bound, label, "weight_norm", "(1 − (1 − ηλ)ᵗ) c/λ", at, bound);
}

void SpectraClipping::spiked(StudyContext& c, bool clips) const {
  constexpr double rate = 0.05;
  const auto problem = c.problem(
      node(Kind::problem, "spiked_matrix_target", {{"rows", std::int64_t{30}}, {"columns", std::int64_t{30}}}));
  const Node chosen = clips
                          ? node(Kind::optimizer, "spectra",
                                 {{"learning_rate", rate},
                                  {"where", std::string("gradient")},
                                  {"gradient_clip", 1.0},
                                  {"by", std::string("svd")},
                                  {"base", slot(node(Kind::optimizer, "gradient_descent", {{"learning_rate", 1.0}}))}})
                          : node(Kind::optimizer, "gradient_descent", {{"learning_rate", rate}});
  const char* label = clips ? guarded : bare;
  const Blocks target = *problem->facts().truth;
  const auto last = static_cast<std::uint64_t>(spike_steps);
  double sum = 0, counted = 0;
  DescentSpec spec{.problem = problem, .optimizer = chosen, .steps = last, .loss_every = 5};
  spec.until = [&](std::uint64_t t, const Blocks& x, double) {
    const arma::vec away = x.flat() - target.flat();
    const double square = arma::dot(away, away);
    if (t % 5 == 0) c.series(label, "squared_distance", t, square);
    if (3 * t > 2 * last) {
      sum += square;
      ++counted;
    }
    return false;
  };
  c.descent(label, spec);
  if (!c.stopping()) c.series(label, "stationary_error", last, sum / counted);
}

void SpectraClipping::judge(const TraceView& trace, Verdicts& v) const {
  const auto last = [](const TraceView::Series& s) { return s.value.back(); };
  const auto extreme = [&](const char* run, const char* series, bool least) {
    const auto all = over_repeats(trace, run, series, last);
    if (all.empty()) return arma::datum::nan;
    return least ? *std::min_element(all.begin(), all.end()) : *std::max_element(all.begin(), all.end());
  };
  const std::vector<double> errors = curve_at(trace, kernel, "kernel_error", 10);
  v.below("Ten Newton–Schulz steps give the soft clip of the SVD", "largest relative error",
          errors.empty() ? arma::datum::nan : *std::max_element(errors.begin(), errors.end()), 1e-6);
  v.at_most("Clipped updates keep ‖W‖₂ within (1 − (1 − ηλ)ᵗ) c/λ at every step and on every seed",
            "largest ‖W‖₂ over the bound", extreme(clipped, "most_of_bound", false), 1 + 1e-9);
  v.above("Plain Signum leaves that bound far behind", "least largest ‖W‖₂ over c/λ",
          extreme(plain, "most", true) * weight_decay / clip, 20);
  const auto without = over_repeats(trace, bare, "stationary_error", last);
  const auto with = over_repeats(trace, guarded, "stationary_error", last);
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(without.size(), with.size()); ++i) ratios.push_back(without[i] / with[i]);
  v.above("Clipping the raw gradient lowers the error that spikes leave", "least ratio of the stationary errors",
          ratios.empty() ? arma::datum::nan : *std::min_element(ratios.begin(), ratios.end()), 20);
}

}  // namespace KAPPA_FILE

Method spectra_clipping() {
  using S = KAPPA_FILE::SpectraClipping;
  return study<S>(
      {.title = "Spectral clipping bounds the weights",
       .idea = "A sign update can have spectral norm √(mn); capped at c, weight decay λ keeps the weights below c/λ.",
       .equation = "H_c(U) = (I + UUᵀ/c²)^(−½)U;  ‖Wₜ‖₂ ≤ (1−λη)ᵗ‖W₀‖₂ + (1 − (1−λη)ᵗ) c/λ",
       .cite = {{"Jiang, Semenov, Stich", 2026, "Enhancing LLM Training via Spectral Clipping", "arXiv:2603.14315"}},
       .question = "What does capping singular values of updates and gradients buy?",
       .look_for = "The clipped run's norm creeps up to its bound and stays; plain Signum's is dozens of times larger. "
                   "Spikes leave the clipped gradient unmoved.",
       .group = "Optimizers",
       .uses = {"signum", "spectra", "gradient_descent"}},
      {{&S::dimension, "dimension", "n", count(2, 128, true), "rows and columns of W"},
       {&S::steps, "steps", "T", count(10, 10'000, true), "steps of the first race"},
       {&S::learning_rate, "learning_rate", "η", Range{.lo = 1e-3, .hi = 0.5, .log = true}, "Signum's step size"},
       {&S::weight_decay, "weight_decay", "λ", Range{.lo = 1e-2, .hi = 1, .log = true}, "decoupled decay"},
       {&S::clip, "clip", "c", Range{.lo = 0.05, .hi = 100, .log = true}, "limit of the update's singular values"},
       {&S::spike_steps, "spike_steps", "", count(10, 10'000, true), "steps of the race under spikes"}});
}

}  // namespace kappa::studies
