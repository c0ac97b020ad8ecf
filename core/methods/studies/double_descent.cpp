/// Double descent and the optimizer: test error against the number of features, for few steps of gradient descent and
/// for many.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/descent_path.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* test_error = "test_error";
constexpr const char* train_error = "training_error";
constexpr const char* condition = "condition_number";
constexpr const char* other_error = "test_error_by_method";
constexpr const char* error_map = "error_map";
constexpr const char* features_run = "Random features";
constexpr const char* map_run = "Gradient descent";
constexpr const char* closed_run = "Gradient descent, full batch";
constexpr const char* sgd_run = "SGD";
constexpr const char* adam_run = "Adam";
constexpr double to_the_end = std::numeric_limits<double>::infinity();

std::string power_of_ten(int exponent) {
  static constexpr const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  return std::string("10") + digits[exponent];
}
std::string named(double steps) {
  if (std::isinf(steps)) return "To the end";
  const double exponent = std::log10(steps);
  const bool ten = exponent == std::round(exponent) && exponent >= 4 && exponent < 10;
  return (ten ? power_of_ten(static_cast<int>(exponent)) : std::to_string(std::llround(steps))) + " steps";
}

/// One regression on p features, and gradient descent on it after any number of steps.
struct Fit {
  std::shared_ptr<const ProblemModel> problem;
  arma::mat x, x_test;
  arma::vec y, y_test, start;
  DescentPath path;
  double step = 0;  ///< on ½|Φw − y|²

  double test(const arma::vec& w) const { return mean_square(x_test * w - y_test); }
  double train(const arma::vec& w) const {
    const double e = mean_square(x * w - y);
    return e < 1e-12 * mean_square(y) ? 0 : e;  // all is fitted; further down only rounding is seen
  }
  arma::vec after(double steps) const { return path.after(steps, step, start); }
  static double mean_square(const arma::vec& r) { return arma::dot(r, r) / static_cast<double>(r.n_elem); }
};

struct DoubleDescent {
  std::int64_t samples = 100;
  std::int64_t inputs = 30;
  std::vector<double> feature_counts = {20, 50, 80, 100, 125, 200, 400, 1000};
  std::vector<double> step_counts = {30, 300, 1e4, 1e6};
  double noise = 0.3;
  std::int64_t test_samples = 1000;
  double step_factor = 1;
  bool normalise = false;
  double init_scale = 0;
  std::int64_t other_steps = 300;
  std::int64_t batch = 10;
  double sgd_learning_rate = 0.5;
  double adam_learning_rate = 0.01;
  std::int64_t stepped_steps = 10'000;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  std::vector<double> sorted_counts() const;
  std::vector<double> all_steps() const;
  Fit fit(StudyContext& c, double p) const;
  void closed(StudyContext& c, double p) const;
  void others(StudyContext& c, double p) const;
  void step_by_step(StudyContext& c, double p) const;
  void map(StudyContext& c) const;
  void mark_threshold(StudyContext& c) const;
};

std::vector<double> DoubleDescent::sorted_counts() const {
  std::vector<double> counts;
  for (const double p : feature_counts) counts.push_back(std::round(p));
  std::sort(counts.begin(), counts.end());
  counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
  return counts;
}

std::vector<double> DoubleDescent::all_steps() const {
  std::vector<double> steps;
  for (const double k : step_counts) steps.push_back(std::round(k));
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  steps.push_back(to_the_end);
  return steps;
}

std::vector<FigureSpec> DoubleDescent::figures() const {
  std::vector<std::string> places;
  for (const double p : sorted_counts()) places.push_back(std::to_string(std::llround(p)));
  const auto against_features = [](FigureSpec spec) {
    spec.x_label = "random features p";
    spec.form = FigureForm::curve;
    spec.x_scale = spec.y_scale = Scale::log;
    return spec;
  };
  return {against_features({.id = "test_error",
                            .title = "The peak at p = n = " + std::to_string(samples) + " comes only with many steps",
                            .y_label = "test error (mean square)",
                            .names = {test_error}}),
          against_features({.id = "condition_number",
                            .title = "Condition number of the features",
                            .y_label = "largest over smallest singular value",
                            .names = {condition}}),
          against_features({.id = "training_error",
                            .title = "How low the training error gets",
                            .y_label = "training error (mean square)",
                            .names = {train_error}}),
          {.id = "map",
           .title = "Test error over features and steps: log₁₀",
           .x_label = "random features p",
           .y_label = "steps k",
           .form = FigureForm::heat,
           .y_scale = Scale::log,
           .names = {error_map},
           .x_names = std::move(places)},
          against_features({.id = "methods",
                            .title = "Other methods after " + std::to_string(other_steps) + " steps",
                            .y_label = "test error (mean square)",
                            .names = {other_error}}),
          {.id = "loss",
           .title = "Runs of gradient descent, step by step, on their closed form",
           .x_label = "step",
           .y_label = "loss: half the training error",
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"loss"}},
          {.id = "test_loss",
           .title = "The same runs on fresh rows",
           .x_label = "step",
           .y_label = "half the test error",
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"test_loss"}}};
}

Fit DoubleDescent::fit(StudyContext& c, double p) const {
  const auto problem = c.problem(node(Kind::problem, "random_features",
                                      {{"samples", samples},
                                       {"inputs", inputs},
                                       {"features", static_cast<std::int64_t>(p)},
                                       {"noise", noise},
                                       {"normalise", normalise},
                                       {"test_samples", test_samples}}));
  arma::mat x, x_test;
  arma::vec y, y_test;
  for (NamedMatrix& one : problem->data()) {
    if (one.name == "X") x = std::move(one.value);
    if (one.name == "y") y = one.value;
    if (one.name == "X_test") x_test = std::move(one.value);
    if (one.name == "y_test") y_test = one.value;
  }
  DescentPath path(x, y);
  const double largest = path.singular_values()[0];
  arma::vec start = init_scale * normal_vector(c.rng("start"), x.n_cols);
  return {problem,           std::move(x),     std::move(x_test), std::move(y),
          std::move(y_test), std::move(start), std::move(path),   largest > 0 ? step_factor / (largest * largest) : 0};
}

void DoubleDescent::closed(StudyContext& c, double p) const {
  const Fit f = fit(c, p);
  for (const double k : all_steps()) {
    const arma::vec w = f.after(k);
    c.curve(named(k), test_error, p, f.test(w));
    c.curve(named(k), train_error, p, f.train(w));
  }
  c.curve(features_run, condition, p, f.path.condition_number());
  c.curve(closed_run, other_error, p, f.test(f.after(static_cast<double>(other_steps))));
}

void DoubleDescent::others(StudyContext& c, double p) const {
  const Fit f = fit(c, p);
  const auto go = [&](const char* label, const char* id, double rate, std::uint64_t rows) {
    if (c.stopping()) return;
    const DescentResult result = c.quietly({.problem = f.problem,
                                            .optimizer = node(Kind::optimizer, id, {{"learning_rate", rate}}),
                                            .steps = static_cast<std::uint64_t>(other_steps),
                                            .batch = rows,
                                            .start = single_block("w", f.start),
                                            .loss_every = static_cast<std::uint64_t>(other_steps)});
    if (c.stopping()) return;
    const bool there = result.outcome.how != Ended::diverged;
    c.curve(label, other_error, p, there ? f.test(result.x.flat()) : arma::datum::inf);
  };
  go(sgd_run, "gradient_descent", sgd_learning_rate, static_cast<std::uint64_t>(std::min(batch, samples)));
  go(adam_run, "adam", adam_learning_rate, 0);
}

/// The catalogue's method on the catalogue's problem, whose loss is a mean over n rows.
void DoubleDescent::step_by_step(StudyContext& c, double p) const {
  constexpr std::int64_t every = 10;
  const Fit f = fit(c, p);
  const std::string label = "p = " + std::to_string(std::llround(p));
  std::vector<double> steps, loss, test;
  for (double exponent = 1; exponent <= std::log10(static_cast<double>(stepped_steps)) + 1e-9; exponent += 0.1) {
    const double k = static_cast<double>(every) * std::round(std::pow(10, exponent) / static_cast<double>(every));
    if (!steps.empty() && steps.back() == k) continue;
    const arma::vec w = f.after(k);
    steps.push_back(k);
    loss.push_back(0.5 * f.train(w));
    test.push_back(0.5 * f.test(w));
  }
  c.theory(TheoryKind::exact, label, "loss", "closed form, " + label, steps, loss);
  c.theory(TheoryKind::exact, label, "test_loss", "closed form, " + label, steps, test);
  c.descent(label, {.problem = f.problem,
                    .optimizer = node(Kind::optimizer, "gradient_descent",
                                      {{"learning_rate", f.step * static_cast<double>(samples)}}),
                    .steps = static_cast<std::uint64_t>(stepped_steps),
                    .start = single_block("w", f.start),
                    .probes = {node(Kind::probe, "test_loss", {{"every", every}})},
                    .loss_every = static_cast<std::uint64_t>(every)});
}

void DoubleDescent::map(StudyContext& c) const {
  constexpr int per_decade = 3, decades = 7;
  std::vector<FieldCell> cells;
  std::uint32_t column = 0;
  for (const double p : sorted_counts()) {
    if (c.stopping()) return;
    const Fit f = fit(c, p);
    for (int i = 0; i <= per_decade * decades; ++i) {
      const double k = std::pow(10, static_cast<double>(i) / per_decade);
      cells.push_back({.row = static_cast<std::uint32_t>(i),
                       .col = column,
                       .x = static_cast<double>(column),
                       .y = k,
                       .value = std::log10(f.test(f.after(std::round(k))))});
    }
    ++column;
  }
  c.field(map_run, error_map, cells);
}

/// Where as many features as samples fit everything.
void DoubleDescent::mark_threshold(StudyContext& c) const {
  const double n = static_cast<double>(samples);
  const auto mark = [&](const std::string& run, const char* curve, double x) {
    c.vertical(TheoryKind::exact, run, curve, "threshold p = n", x);
  };
  for (const double k : all_steps()) mark(named(k), test_error, n), mark(named(k), train_error, n);
  for (const char* run : {closed_run, sgd_run, adam_run}) mark(run, other_error, n);
  mark(features_run, condition, n);
  const std::vector<double> counts = sorted_counts();
  if (const auto at = std::find(counts.begin(), counts.end(), n); at != counts.end())
    mark(map_run, error_map, static_cast<double>(at - counts.begin()));
}

void DoubleDescent::run(StudyContext& c) const {
  const std::vector<double> counts = sorted_counts();
  const bool first = c.repeat() == 0;
  std::vector<double> walked;
  const double n = static_cast<double>(samples);
  for (const double p : counts)
    if (first && (p == std::round(n / 2) || p == n || p == 2 * n)) walked.push_back(p);
  if (first && walked.empty()) walked = {counts.front()};
  const std::size_t mapped = 1, all = 2 * counts.size() + walked.size() + mapped;
  c.parallel_for(all, [&](std::size_t i, StudyContext& part) {
    if (part.stopping()) return;
    if (i < counts.size())
      closed(part, counts[i]);
    else if (i < counts.size() + mapped)
      map(part);
    else if (i < counts.size() + mapped + walked.size())
      step_by_step(part, walked[i - counts.size() - mapped]);
    else
      others(part, counts[i - counts.size() - mapped - walked.size()]);
    part.progress(static_cast<double>(i + 1) / static_cast<double>(all));
  });
  if (first && !c.stopping()) mark_threshold(c);
}

void DoubleDescent::judge(const TraceView& trace, Verdicts& v) const {
  const double n = static_cast<double>(samples), half = std::round(0.5 * n), most = std::round(0.8 * n), twice = 2 * n;
  const auto error = [&](double k, double p) { return median_of(curve_at(trace, named(k), test_error, p)); };
  const auto kappa = [&](double p) { return median_of(curve_at(trace, features_run, condition, p)); };
  const auto peak = [&](double k) { return error(k, n) / error(k, half); };
  const std::string ratio = "median test error at p = n over that at p = n/2";
  v.at_least("The features are worst conditioned at p = n", "median κ(n) over the larger of κ(n/2) and κ(2n)",
             kappa(n) / std::max(kappa(half), kappa(twice)), 12);
  const std::vector<double> steps = all_steps();
  const auto ran = [&](double k) { return std::find(steps.begin(), steps.end(), k) != steps.end(); };
  if (ran(30)) v.at_most("After 30 steps there is no peak at p = n", ratio, peak(30), 1);
  if (ran(300)) v.at_most("Nor after 300", ratio, peak(300), 0.8);
  if (ran(1e4))
    v.at_least("After 10⁴ steps there is one", "median test error at p = 0.8n or n, the larger, over that at p = n/2",
               std::max(error(1e4, most), error(1e4, n)) / error(1e4, half), 1.3);
  if (ran(1e6)) v.at_least("After 10⁶ steps it is high", ratio, peak(1e6), 5);
  v.at_least("In the end it is highest", ratio, peak(to_the_end), 12);
}

}  // namespace KAPPA_FILE

Method double_descent() {
  using S = KAPPA_FILE::DoubleDescent;
  return study<S>(
      {.title = "Double descent needs an optimizer that gets there",
       .idea = "At p = n the features are so ill-conditioned that the last of the training loss costs a million steps; "
               "the peak in the test error is what those last steps fit.",
       .equation = "w(k) = Σⱼ (1 − (1 − η sⱼ²)ᵏ) (uⱼ·y)/sⱼ vⱼ,  η = 1/s₁²;  φ(x) = max(Wx, 0)/√p",
       .cite = {{"Liu, Flanigan", 2023, "Understanding the Role of Optimization in Double Descent",
                 "arXiv:2312.03951"}},
       .question = "Why does the test error peak where a model has as many weights as there are samples, and why is "
                   "that peak often not seen in practice?",
       .look_for = "After 30 or 300 steps the test error just falls with p. From 10⁴ steps on a peak grows near p = n, "
                   "just where the condition number below it peaks.",
       .group = "Regression",
       .uses = {"gradient_descent", "adam"}},
      {{&S::samples, "samples", "n", count(4, 400, true), "rows to fit"},
       {&S::inputs, "inputs", "d", count(1, 200, true), "inputs, N(0, I)"},
       {&S::feature_counts, "feature_counts", "p", Many{log_range_of(1, 2000), 1, 16}, "random features"},
       {&S::step_counts, "step_counts", "k", Many{log_range_of(1, 1e9), 1, 8},
        "steps of gradient descent; infinitely many are always shown"},
       {&S::noise, "noise", "σ", from_zero(1e-3, 10), "standard deviation of the noise in y"},
       {&S::test_samples, "test_samples", "", count(10, 5000, true), "fresh rows, without noise in their y"},
       {&S::step_factor, "step_factor", "", Range{.lo = 1e-3, .hi = 1.99, .log = true},
        "times 1/s₁²: the step size; 2 is the limit of stability"},
       {&S::normalise, "normalise", "", Flag{}, "give every feature mean 0 and the same deviation"},
       {&S::init_scale, "init_scale", "", from_zero(1e-2, 10), "the start is this times N(0, I)"},
       {&S::other_steps, "other_steps", "", count(1, 3000, true), "steps of SGD and of Adam"},
       {&S::batch, "batch", "", count(1, 400, true), "rows of a step of SGD"},
       {&S::sgd_learning_rate, "sgd_learning_rate", "η", log_range(1e-4, 10), "step size of SGD"},
       {&S::adam_learning_rate, "adam_learning_rate", "η", log_range(1e-5, 1), "step size of Adam"},
       {&S::stepped_steps, "stepped_steps", "", count(10, 100'000, true),
        "steps of the runs that are stepped one by one, at p = n/2, n and 2n"}});
}

}  // namespace kappa::studies
