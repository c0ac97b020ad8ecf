/// Learning rate and batch size: the curvature of a batch is larger than that of the data, by an amount that random
/// matrices predict.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/marchenko_pastur.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* additive = "H + noise/√B";
constexpr const char* covariance = "Batch covariance";
constexpr const char* below = "0.98 · 2/λmax(B)";
constexpr const char* above = "1.02 · 2/λmax(B)";
constexpr const char* fresh_sgd = "SGD, fresh batches";
constexpr const char* fresh_adam = "Adam, fresh batches";
constexpr const char* largest = "largest_eigenvalue";
constexpr const char* safest = "largest_rate";
constexpr const char* rule = "largest_falling_rate";
constexpr const char* density = "density";
constexpr const char* final_ratio = "final_ratio";
constexpr double spike = 4;  ///< of the covariance, over a bulk of one

std::vector<double> distinct(std::vector<double> list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

struct LrVersusBatchSize {
  std::int64_t dimension = 300;
  double noise = 0.2;
  std::vector<double> batches = {5, 10, 20, 50, 100, 400};
  std::int64_t features = 100;
  std::vector<double> covariance_batches = {10, 30, 100, 300, 1000};
  std::vector<double> fresh_batches = {1, 3, 10, 30, 100, 300};
  std::int64_t steps = 300;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  double falling(StudyContext& c, const std::shared_ptr<const ProblemModel>& problem, Node optimizer,
                 double batch) const;
  void fresh(StudyContext& c) const;
  void judge_rules(const TraceView& trace, Verdicts& v) const;
  void noisy_hessian(StudyContext& c) const;
  void batch_covariance(StudyContext& c) const;
  void edge(StudyContext& c, double batch) const;
  void theories(StudyContext& c) const;
  double shifted(double eigenvalue, double batch) const;
  double spiked(double batch) const;
  double typical() const;
};

/// An eigenvalue λ of H moves to λ + (Pσ²/B)/λ, if it stands out of the noise at all.
double LrVersusBatchSize::shifted(double eigenvalue, double batch) const {
  const double room = static_cast<double>(dimension) * noise * noise / batch;
  return eigenvalue > std::sqrt(room) ? eigenvalue + room / eigenvalue : 2 * std::sqrt(room);
}
/// ℓ(1 + q/(ℓ−1)) with q = p/B, or the edge (1+√q)² that it is hidden in.
double LrVersusBatchSize::spiked(double batch) const {
  const double q = static_cast<double>(features) / batch, root = std::sqrt(q);
  return spike > 1 + root ? spike * (1 + q / (spike - 1)) : (1 + root) * (1 + root);
}

/// The batch whose eigenvalues are drawn: the first with two samples for each unknown.
double LrVersusBatchSize::typical() const {
  for (const double batch : distinct(covariance_batches))
    if (batch >= 2 * static_cast<double>(features)) return batch;
  return distinct(covariance_batches).back();
}

std::vector<FigureSpec> LrVersusBatchSize::figures() const {
  return {{.id = "largest",
           .title = "Largest curvature that a batch sees",
           .x_label = "batch size B",
           .y_label = "λmax",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {largest}},
          {.id = "rate",
           .title = "Largest stable learning rate",
           .x_label = "batch size B",
           .y_label = "2/λmax",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {safest}},
          {.id = "rules",
           .title = "Largest rate at which the loss falls: SGD's grows as B, Adam's as √B",
           .x_label = "batch size B",
           .y_label = "largest learning rate",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {rule}},
          {.id = "density",
           .title = "Eigenvalues of H + noise at the smallest batch",
           .x_label = "eigenvalue",
           .y_label = "density",
           .form = FigureForm::curve,
           .names = {density},
           .runs = {additive}},
          {.id = "covariance_density",
           .title = "Eigenvalues of the covariance at B = " + std::to_string(std::lround(typical())) +
                    ": a bulk and a spike",
           .x_label = "eigenvalue",
           .y_label = "density",
           .form = FigureForm::curve,
           .names = {density},
           .runs = {covariance}},
          {.id = "edge",
           .title = "SGD on one batch, just below and just above the edge",
           .x_label = "batch size B",
           .y_label = "final loss / first loss",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {final_ratio}},
          {.id = "loss",
           .title = "Loss on the smallest batch, on both sides of the edge",
           .x_label = "step",
           .y_scale = Scale::log,
           .names = {"loss"}}};
}

/// Fewer samples than unknowns leave eigenvalues of zero: they count in the whole, and have no bin.
void histogram(StudyContext& c, const char* run, const arma::vec& eigenvalues) {
  constexpr int bins = 30;
  const arma::vec shown = eigenvalues.elem(arma::find(arma::abs(eigenvalues) > 1e-9 * arma::abs(eigenvalues).max()));
  if (shown.is_empty()) return;
  const double from = shown.min(), width = (shown.max() - from) / bins * (1 + 1e-9);
  if (!(width > 0)) return;
  std::vector<double> counts(bins, 0);
  for (const double each : shown) ++counts[static_cast<std::size_t>((each - from) / width)];
  for (int i = 0; i < bins; ++i)
    c.curve(run, density, from + (i + 0.5) * width,
            counts[static_cast<std::size_t>(i)] / (width * static_cast<double>(eigenvalues.n_elem)));
}

/// H has the eigenvalues 3 and 1.5 in random directions; a batch adds σ(A + A')/√(2B).
void LrVersusBatchSize::noisy_hessian(StudyContext& c) const {
  const auto n = static_cast<arma::uword>(dimension);
  const arma::mat q = orthonormal_columns(c.rng("directions"), n, 2);
  const arma::mat h = 3.0 * q.col(0) * q.col(0).t() + 1.5 * q.col(1) * q.col(1).t();
  const double smallest = *std::min_element(batches.begin(), batches.end());
  for (const double batch : distinct(batches)) {
    if (c.stopping()) return;
    const arma::mat a = normal_matrix(c.rng("noise", static_cast<std::uint64_t>(batch)), n, n);
    const arma::vec eigenvalues = symmetric_eigenvalues(h + noise / std::sqrt(2 * batch) * (a + a.t()));
    c.curve(additive, largest, batch, eigenvalues.max());
    c.curve(additive, safest, batch, 2 / eigenvalues.max());
    if (batch == smallest && c.repeat() == 0) histogram(c, additive, eigenvalues);
  }
}

/// Rows of 4000 Gaussian samples, drawn without replacement; the first column is doubled.
void LrVersusBatchSize::batch_covariance(StudyContext& c) const {
  constexpr std::uint32_t rows = 4000;
  arma::mat x = normal_matrix(c.rng("samples"), rows, static_cast<arma::uword>(features));
  x.col(0) *= std::sqrt(spike);
  for (const double batch : distinct(covariance_batches)) {
    if (c.stopping()) return;
    const auto size = static_cast<arma::uword>(batch);
    const std::vector<std::uint32_t> order = permutation(c.rng("rows", size), rows);
    arma::uvec chosen(size);
    for (arma::uword i = 0; i < size; ++i) chosen[i] = order[i];
    const arma::mat part = x.rows(chosen);
    const arma::vec eigenvalues = symmetric_eigenvalues(part.t() * part / static_cast<double>(size));
    c.curve(covariance, largest, batch, eigenvalues.max());
    c.curve(covariance, safest, batch, 2 / eigenvalues.max());
    if (batch == typical() && c.repeat() == 0) histogram(c, covariance, eigenvalues);
  }
}

/// The same covariance as a regression on B samples: every step sees the same batch.
void LrVersusBatchSize::edge(StudyContext& c, double batch) const {
  const auto problem = c.problem(node(Kind::problem, "linear_regression",
                                      {{"samples", static_cast<std::int64_t>(batch)},
                                       {"features", features},
                                       {"spectrum", std::string("spiked")},
                                       {"spectrum_count", std::int64_t{1}},
                                       {"condition_number", spike},
                                       {"noise", 0.0}}));
  const double limit = 2 / known(problem->facts().smoothness, "its smoothness");
  const bool shown = batch == *std::min_element(covariance_batches.begin(), covariance_batches.end());
  for (const auto& [run, factor] : {std::pair{below, 0.98}, std::pair{above, 1.02}}) {
    DescentSpec spec{.problem = problem,
                     .optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", factor * limit}}),
                     .steps = static_cast<std::uint64_t>(steps)};
    spec.stop.diverged_above = 1e300;
    const DescentResult result = shown ? c.descent(run, spec) : c.quietly(spec);
    if (c.stopping()) return;
    c.curve(run, final_ratio, batch, result.loss.back() / result.loss.front());
  }
}

/// The largest rate between 0.001 and 100, to a twentieth, whose T steps on fresh batches end no higher than they
/// began.
double LrVersusBatchSize::falling(StudyContext& c, const std::shared_ptr<const ProblemModel>& problem, Node optimizer,
                                  double batch) const {
  double low = std::log(1e-3), high = std::log(1e2);
  for (int halving = 0; halving < 8; ++halving) {
    const double middle = (low + high) / 2;
    optimizer.params["learning_rate"] = std::exp(middle);
    const DescentResult result = c.quietly({.problem = problem,
                                            .optimizer = optimizer,
                                            .steps = static_cast<std::uint64_t>(steps),
                                            .batch = static_cast<std::uint64_t>(std::llround(batch)),
                                            .order = "with_replacement",
                                            .loss_every = static_cast<std::uint64_t>(steps)});
    if (c.stopping()) return arma::datum::nan;
    const bool falls = result.outcome.how == Ended::steps && result.loss.back() <= result.loss.front();
    (falls ? low : high) = middle;
  }
  return std::exp(low);
}

/// A regression without noise or spectrum: what a batch sees beside the curvature 1 is its own noise.
void LrVersusBatchSize::fresh(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "linear_regression",
                                      {{"samples", std::int64_t{2000}},
                                       {"features", features},
                                       {"spectrum", std::string("isotropic")},
                                       {"noise", 0.0}}));
  const std::vector<double> sizes = distinct(fresh_batches);
  const std::pair<const char*, Node> methods[] = {{fresh_sgd, node(Kind::optimizer, "gradient_descent")},
                                                  {fresh_adam, node(Kind::optimizer, "adam", {{"beta2", 0.99}})}};
  std::vector<double> found(2 * sizes.size(), arma::datum::nan);
  c.parallel_for(found.size(), [&](std::size_t i, StudyContext& part) {
    const auto& [run, optimizer] = methods[i % 2];
    found[i] = falling(part, problem, optimizer, sizes[i / 2]);
    if (!part.stopping()) part.curve(run, rule, sizes[i / 2], found[i]);
  });
  if (c.stopping() || c.repeat() != 0) return;
  std::vector<double> x, edge_of_sgd, root;
  for (int i = 0; i <= 50; ++i) {
    const double b = sizes.front() * std::pow(sizes.back() / sizes.front(), i / 50.0);
    x.push_back(b);
    edge_of_sgd.push_back(2 * b / (b + static_cast<double>(features) + 1));
    root.push_back(found[1] * std::sqrt(b / sizes.front()));
  }
  c.theory(TheoryKind::guide, fresh_sgd, rule, "2B/(B + p + 1): the mean square stops falling", x, edge_of_sgd);
  c.theory(TheoryKind::guide, fresh_adam, rule, "∝ √B", x, root);
}

void LrVersusBatchSize::theories(StudyContext& c) const {
  const auto draw = [&](const char* run, const std::vector<double>& at, const auto& value) {
    const auto [lo, hi] = std::minmax_element(at.begin(), at.end());
    std::vector<double> x, y, rate;
    for (int i = 0; i <= 100; ++i) {
      x.push_back(*lo * std::pow(*hi / *lo, i / 100.0));
      y.push_back(value(x.back()));
      rate.push_back(2 / y.back());
    }
    c.theory(TheoryKind::guide, run, largest, "random matrices", x, y);
    c.theory(TheoryKind::guide, run, safest, "random matrices", x, rate);
  };
  draw(additive, batches, [&](double b) { return shifted(3, b); });
  draw(covariance, covariance_batches, [&](double b) { return spiked(b); });
  const double radius =
      2 * noise * std::sqrt(static_cast<double>(dimension) / *std::min_element(batches.begin(), batches.end()));
  const double q = static_cast<double>(features) / typical();
  const MarchenkoPastur law(q);
  std::vector<double> x, y, at, mass;
  for (int i = 0; i <= 200; ++i) {
    const double u = -1 + i / 100.0;
    x.push_back(radius * u);
    y.push_back(2 / (arma::datum::pi * radius) * std::sqrt(1 - u * u));
    at.push_back(law.lower() + (law.upper() - law.lower()) * (u + 1) / 2);
    mass.push_back(law.density(at.back()));
  }
  c.theory(TheoryKind::guide, additive, density, "semicircle", x, y);
  c.theory(TheoryKind::guide, covariance, density, "Marchenko–Pastur", at, mass);
}

void LrVersusBatchSize::run(StudyContext& c) const {
  const std::vector<double> sizes = distinct(covariance_batches);
  c.parallel_for(sizes.size() + 2, [&](std::size_t i, StudyContext& part) {
    if (i == 0)
      noisy_hessian(part);
    else if (i == 1)
      batch_covariance(part);
    else
      edge(part, sizes[i - 2]);
  });
  if (!c.stopping()) fresh(c);
  if (!c.stopping() && c.repeat() == 0) theories(c);
}

void LrVersusBatchSize::judge(const TraceView& trace, Verdicts& v) const {
  const auto worst = [&](const char* run, const std::vector<double>& at, const auto& theory) {
    double gap = 0;
    for (const double batch : at) {
      const double one = std::abs(mean_of(curve_at(trace, run, largest, batch)) / theory(batch) - 1);
      gap = std::isnan(one) || std::isnan(gap) ? arma::datum::nan : std::max(gap, one);
    }
    return gap;
  };
  v.at_most("Noise moves the largest curvature from λ to λ + (Pσ²/B)/λ",
            "largest relative deviation over batch sizes, of the mean over seeds",
            worst(additive, batches, [&](double b) { return shifted(3, b); }), 0.06);
  v.at_most("A spiked covariance is seen as ℓ(1 + q/(ℓ−1)), or as the edge (1+√q)²",
            "largest relative deviation over batch sizes, of the mean over seeds",
            worst(covariance, covariance_batches, [&](double b) { return spiked(b); }), 0.12);
  double converged = 0, diverged = arma::datum::inf;
  std::size_t seen = 0;
  for (const double batch : distinct(covariance_batches)) {
    for (const double ratio : curve_at(trace, below, final_ratio, batch))
      converged = std::max(converged, ratio), ++seen;
    for (const double ratio : curve_at(trace, above, final_ratio, batch)) diverged = std::min(diverged, ratio), ++seen;
  }
  const bool complete = seen == 2 * distinct(covariance_batches).size() * trace.repeats() && seen > 0;
  v.below("On a fixed batch, a rate 2% below 2/λmax(B) converges", "largest final over first loss",
          complete ? converged : arma::datum::nan, 1);
  v.above("A rate 2% above it diverges", "smallest final over first loss", complete ? diverged : arma::datum::nan, 1);
  judge_rules(trace, v);
}

/// Where a batch holds at most a third as many samples as there are unknowns, so that its noise is most of what it
/// sees.
void LrVersusBatchSize::judge_rules(const TraceView& trace, Verdicts& v) const {
  std::vector<double> noisy, x;
  for (const double batch : distinct(fresh_batches))
    if (3 * batch <= static_cast<double>(features)) noisy.push_back(batch), x.push_back(std::log(batch));
  const auto judged = [&](const char* sentence, const char* run, double low, double high) {
    const char* statistic = "slope of log rate against log B for 3B ≤ p, of the mean over seeds";
    if (noisy.size() < 2) return v.unknown(sentence, statistic, "fewer than two batches hold at most p/3 samples");
    std::vector<double> y;
    for (const double batch : noisy) {
      auto rates = curve_at(trace, run, rule, batch);
      for (double& rate : rates) rate = std::log(rate);
      y.push_back(rates.size() == trace.repeats() ? mean_of(rates) : arma::datum::nan);
    }
    v.within(sentence, statistic, slope_of(x, y), low, high);
  };
  judged("While its noise is most of what a batch sees, SGD's largest rate grows about as B", fresh_sgd, 0.8, 1.1);
  judged("There Adam's largest rate grows about as √B", fresh_adam, 0.35, 0.65);
}

}  // namespace KAPPA_FILE

Method lr_versus_batch_size() {
  using S = KAPPA_FILE::LrVersusBatchSize;
  return study<S>(
      {.title = "Learning rate and batch size",
       .idea = "A small batch sees its own noise as curvature, so its largest eigenvalue, and with it the largest "
               "stable learning rate, follows from random matrix theory.",
       .equation = "λ → λ + (Pσ²/B)/λ if λ > √(Pσ²/B), else 2√(Pσ²/B);  η_max = 2/λmax(B)",
       .cite =
           {{"Granziol, Zohren, Roberts", 2020,
             "Learning Rates as a Function of Batch Size: A Random Matrix Theory Approach to Neural Network Training",
             "arXiv:2006.09092"}},
       .question = "Why does the learning rate have to grow with the batch, and why only up to a point?",
       .look_for = "2/λmax rises with B and levels off where the batch sees the curvature of all data; two per cent "
                   "decide between convergence and divergence. While batches are small SGD's largest rate grows as B, "
                   "Adam's as √B.",
       .group = "Optimizers",
       .uses = {"gradient_descent", "adam"}},
      {{&S::dimension, "dimension", "P", count(10, 500, true), "size of the noisy Hessian"},
       {&S::noise, "noise", "σ", log_range(1e-3, 10), "noise of one sample's Hessian"},
       {&S::batches, "batches", "B", Many{log_range_of(1, 10'000), 2, 8}, "batch sizes of the noisy Hessian"},
       {&S::features, "features", "p", count(4, 200, true), "size of the covariance"},
       {&S::covariance_batches, "covariance_batches", "B", Many{log_range_of(2, 4000), 2, 8},
        "batch sizes of the covariance: of 4000 samples"},
       {&S::fresh_batches, "fresh_batches", "B", Many{log_range_of(1, 2000), 2, 8},
        "batch sizes of runs that draw a new batch at every step"},
       {&S::steps, "steps", "T", count(100, 3000, true), "steps of each run"}});
}

}  // namespace kappa::studies
