/// SGD's noise floor: with a constant step the loss stops falling at a height that step over batch size decides.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/noisy_quadratic.hpp"
#include "core/random/eigenvalues.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

struct SgdNoiseFloor {
  std::int64_t dimension = 20;
  double condition_number = 20;
  double noise = 1;
  std::vector<double> learning_rates = {0.05, 0.1, 0.2, 0.2, 0.4};
  std::vector<double> batch_sizes = {1, 1, 1, 4, 8};
  std::int64_t steps = 12000;
  std::int64_t burn_in = 2000;
  double start_error = 10;

  struct Setting {
    double rate = 0, batch = 1;
    std::string label() const;
    double ratio() const { return rate / batch; }
  };
  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  std::vector<Setting> settings() const;
  double deviation(const Setting& s) const { return noise / std::sqrt(s.batch); }
  std::uint64_t transient_steps() const { return static_cast<std::uint64_t>(std::max<std::int64_t>(steps / 10, 10)); }
  /// ησ²/(2b) Σ 1/(2 − ηλᵢ).
  double floor(const Setting& s, const arma::vec& eigenvalues) const {
    return s.rate * noise * noise / (2 * s.batch) * arma::accu(1 / (2 - s.rate * eigenvalues));
  }
  void transient(StudyContext& c, const Setting& s) const;
  void stationary(StudyContext& c, const Setting& s) const;
  void overlay(StudyContext& c) const;
  Node bowl(const Setting& s) const {
    return node(Kind::problem, "quadratic",
                {{"dimension", dimension}, {"condition_number", condition_number}, {"noise", deviation(s)}});
  }
  static Node sgd(const Setting& s) { return node(Kind::optimizer, "gradient_descent", {{"learning_rate", s.rate}}); }
};

std::string words(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}
std::string rounded(double number) { return words(std::round(1e4 * number) / 1e4); }
std::string SgdNoiseFloor::Setting::label() const { return "η = " + words(rate) + ", b = " + words(batch); }

/// The k-th rate goes with the k-th batch size; each pair once.
std::vector<SgdNoiseFloor::Setting> SgdNoiseFloor::settings() const {
  std::vector<Setting> all;
  for (std::size_t k = 0; k < std::min(learning_rates.size(), batch_sizes.size()); ++k) {
    const Setting one{learning_rates[k], std::max(1.0, std::round(batch_sizes[k]))};
    if (std::none_of(all.begin(), all.end(), [&](const Setting& s) { return s.label() == one.label(); }))
      all.push_back(one);
  }
  return all;
}

std::vector<FigureSpec> SgdNoiseFloor::figures() const {
  return {{.id = "transient",
           .title = "From afar: the loss falls, then stays at its floor",
           .x_label = "step",
           .y_label = "f(θₜ) − f*",
           .y_scale = Scale::log,
           .names = {"loss"},
           .note = "the smooth lines are E f(θₜ), exact at every step"},
          {.id = "scatter",
           .title = "The floor against step over batch size",
           .x_label = "η/b",
           .y_label = "mean loss after the first " + std::to_string(burn_in) + " steps",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"floor"},
           .note = "four times the step on four times the batch: the same floor, nearly",
           .scatter = true},
          {.id = "mean",
           .title = "Mean of the loss so far, settling on the exact floor",
           .x_label = "step",
           .y_label = "mean loss since step " + std::to_string(burn_in),
           .names = {"mean_loss"}}};
}

void SgdNoiseFloor::run(StudyContext& c) const {
  const std::vector<Setting> all = settings();
  if (c.repeat() == 0) overlay(c);
  c.parallel_for(2 * all.size(), [&](std::size_t i, StudyContext& part) {
    if (i < all.size())
      transient(part, all[i]);
    else
      stationary(part, all[i - all.size()]);
    part.progress(static_cast<double>(i + 1) / static_cast<double>(2 * all.size()));
  });
}

void SgdNoiseFloor::transient(StudyContext& c, const Setting& s) const {
  const auto problem = c.problem(bowl(s));
  const arma::vec centre = problem->facts().solution->flat();
  Blocks start = problem->start(c.rng("init"));  // one along each eigenvector
  start.flat() = centre + start_error * (start.flat() - centre);
  c.descent(s.label(), {.problem = problem, .optimizer = sgd(s), .steps = transient_steps(), .start = start});
}

/// From the minimum, where nothing has to be forgotten.
void SgdNoiseFloor::stationary(StudyContext& c, const Setting& s) const {
  const auto problem = c.problem(bowl(s));
  const std::string label = s.label();
  double sum = 0, counted = 0;
  const auto first = static_cast<std::uint64_t>(burn_in), last = static_cast<std::uint64_t>(steps);
  const std::uint64_t every = std::max<std::uint64_t>(1, last / 200);
  const DescentResult result = c.quietly({.problem = problem,
                                          .optimizer = sgd(s),
                                          .steps = last,
                                          .start = *problem->facts().solution,
                                          .until = [&](std::uint64_t t, const Blocks&, double f) {
                                            if (t <= first) return false;
                                            sum += f;
                                            ++counted;
                                            if (t % every == 0 || t == last)
                                              c.series(label, "mean_loss", t, sum / counted);
                                            return false;
                                          }});
  if (result.outcome.how == Ended::steps && counted > 0) c.curve(label, "floor", s.ratio(), sum / counted);
}

void SgdNoiseFloor::overlay(StudyContext& c) const {
  const std::vector<Setting> all = settings();
  double least = all.front().ratio(), most = least;
  for (const Setting& s : all) {
    const auto problem = c.problem(bowl(s));
    const arma::vec& eigenvalues = problem->facts().hessian_spectrum;
    const auto n = transient_steps();
    const arma::vec losses = expected_losses(eigenvalues, arma::vec(eigenvalues.n_elem).fill(start_error), deviation(s),
                                             arma::vec(n).fill(s.rate));
    const arma::vec t = arma::regspace(0, static_cast<double>(n));
    c.theory(TheoryKind::exact, s.label(), "loss", "E f(θₜ)", {t.begin(), t.end()}, {losses.begin(), losses.end()});
    const double height = floor(s, eigenvalues);
    c.theory(TheoryKind::exact, s.label(), "mean_loss", "exact floor " + rounded(height),
             {static_cast<double>(burn_in), static_cast<double>(steps)}, {height, height});
    least = std::min(least, s.ratio());
    most = std::max(most, s.ratio());
  }
  least /= 1.5;
  most *= 1.5;
  const double slope = noise * noise * static_cast<double>(dimension) / 4;
  c.theory(TheoryKind::guide, all.front().label(), "floor", "small steps: ησ²d/(4b)", {least, most},
           {least * slope, most * slope});
  const arma::vec eigenvalues = c.problem(bowl(all.front()))->facts().hessian_spectrum;
  std::set<double> drawn;  // one line for each batch size
  for (const Setting& s : all) {
    if (!drawn.insert(s.batch).second) continue;
    std::vector<double> x, y;
    for (int k = 0; k <= 60; ++k) {
      const Setting at{s.batch * least * std::pow(most / least, k / 60.0), s.batch};
      if (at.rate >= 1.95) break;
      x.push_back(at.ratio());
      y.push_back(floor(at, eigenvalues));
    }
    c.theory(TheoryKind::exact, s.label(), "floor", "exact, b = " + words(s.batch), x, y);
  }
}

void SgdNoiseFloor::judge(const TraceView& trace, Verdicts& v) const {
  const std::string claim = "With every step and batch size the loss stays at ησ²/(2b) Σ 1/(2 − ηλᵢ)",
                    statistic = "largest relative gap of the mean over seeds";
  const arma::vec eigenvalues =
      covariance_eigenvalues(SpectrumShape::geometric, static_cast<arma::uword>(dimension), condition_number);
  double worst = 0;
  std::string told, exact;
  for (const Setting& s : settings()) {
    const double kept = std::max(std::abs(1 - s.rate * eigenvalues.min()), std::abs(1 - s.rate * eigenvalues.max()));
    if (std::pow(kept, 2 * static_cast<double>(burn_in)) > 1e-3)
      return v.unknown(claim, statistic, s.label() + " has not settled by step " + std::to_string(burn_in));
    std::vector<double> floors;
    for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat)
      if (const auto found = trace.curve(s.label(), repeat, "floor"); found && !found->y.empty())
        floors.push_back(found->y.front());
    if (floors.size() != trace.repeats()) return v.unknown(claim, statistic, s.label() + " has no mean loss");
    const double height = floor(s, eigenvalues), gap = std::abs(mean_of(floors) / height - 1);
    worst = std::isnan(gap) ? gap : std::max(worst, gap);
    told += (told.empty() ? "" : ", ") + rounded(mean_of(floors));
    exact += (exact.empty() ? "" : ", ") + rounded(height);
  }
  v.at_most(claim, statistic, worst, 0.05);
  v.say("within 5 % of " + exact, told);
}

}  // namespace KAPPA_FILE

Method sgd_noise_floor() {
  using S = KAPPA_FILE::SgdNoiseFloor;
  return study<S>(
      {.title = "SGD's noise floor",
       .idea =
           "A constant step cannot end the noise of the gradient: the loss hovers at a floor that is proportional to "
           "step over batch size.",
       .equation = "θ ← θ − η(Aθ + ξ/√b), ξ ~ N(0, σ²I);  E f(θₜ) = ½ Σ λᵢ[(1−ηλᵢ)²ᵗ eᵢ² + vᵢ(1 − (1−ηλᵢ)²ᵗ)],  vᵢ = "
                   "ησ²/(bλᵢ(2 − ηλᵢ))",
       .cite = {{"Mandt, Hoffman, Blei", 2017, "Stochastic Gradient Descent as Approximate Bayesian Inference",
                 "arXiv:1704.04289"},
                {"Goyal et al.", 2017, "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour",
                 "arXiv:1706.02677"}},
       .question = "How low can SGD get with a constant step, and what does a larger batch buy?",
       .look_for = "Each run falls to its own floor and stays there. On the scatter all floors lie along one line of "
                   "η/b: doubling the step doubles the floor, and doubling the batch brings it back.",
       .group = "First order",
       .uses = {"gradient_descent"}},
      {{&S::dimension, "dimension", "d", count(1, 300, true), "number of unknowns"},
       {&S::condition_number, "condition_number", "κ", log_range(1, 1e6), "largest over smallest curvature"},
       {&S::noise, "noise", "σ", log_range(1e-3, 100),
        "deviation of one sample's noise in every entry of the gradient"},
       {&S::learning_rates, "learning_rates", "η", Many{log_range_of(1e-3, 1.99), 1, 12},
        "steps tried; 2/L = 2 is where they diverge"},
       {&S::batch_sizes, "batch_sizes", "b", Many{log_range_of(1, 1e4), 1, 12},
        "batch sizes, each with the step in its place"},
       {&S::steps, "steps", "T", count(100, 200'000, true), "steps of each run"},
       {&S::burn_in, "burn_in", "", count(0, 100'000), "steps before the mean begins"},
       {&S::start_error, "start_error", "e₀", log_range(0.01, 1000),
        "distance of the far start along each eigenvector"}});
}

}  // namespace kappa::studies
