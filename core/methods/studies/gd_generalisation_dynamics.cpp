/// Generalisation over training time: gradient descent on a random regression, and what random-matrix theory says of
/// it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/descent_path.hpp"
#include "core/linalg/marchenko_pastur.hpp"
#include "core/methods/studies/extremes.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* test_error = "generalisation_error";
constexpr const char* train_error = "training_error";
constexpr const char* stepped = "stepped_error";
constexpr const char* density = "eigenvalue_density";
constexpr const char* final_error = "final_error";
constexpr const char* final_excess = "final_excess";
constexpr const char* trained_out = "Trained to the end";
constexpr const char* stopped_best = "Stopped at its best";
constexpr const char* ridge = "Ridge, λ = σe²/σw²";
constexpr const char* started_away = "Start of variance 1";
constexpr double infinitely_long = std::numeric_limits<double>::infinity();
constexpr double smallest_shown = 1e-4;  ///< below it the training error hangs on the few smallest eigenvalues
constexpr std::uint64_t stepped_steps = 1000;
constexpr double judged_times[] = {0.5, 1, 2, 5, 10, 20};

/// The predicted errors at P = αN with entries N(0, 1/N).
struct Prediction {
  double alpha, truth, start, noise;  ///< variances
  MarchenkoPastur law{1 / alpha, alpha};

  double frozen() const { return std::max(0.0, 1 - alpha) * (truth + start); }
  double test(double t) const {
    return frozen() + noise + law.integral([&](double l) {
      const double learnt = -std::expm1(-l * t);
      return (truth + start) * std::exp(-2 * l * t) + noise / l * learnt * learnt;
    });
  }
  double train(double t) const {
    const double moving = law.integral([&](double l) { return ((truth + start) * l + noise) * std::exp(-2 * l * t); });
    return moving / alpha + std::max(0.0, 1 - 1 / alpha) * noise;
  }
  double test_in_the_end() const {
    return frozen() + noise + noise * (alpha < 1 ? alpha / (1 - alpha) : 1 / (alpha - 1));
  }
};

std::string named(double alpha) {
  std::ostringstream out;
  out << "α = " << alpha;
  return out.str();
}

/// One draw: y = X w* + e with X of variance 1/N, as the entry has it. The catalogue's problem has X √N and w/√N.
struct Draw {
  std::shared_ptr<const ProblemModel> problem;
  double alpha, inputs;
  arma::mat x;
  arma::vec y;
  DescentPath path;

  double test(const arma::vec& w, double noise) const {
    return problem->test_loss(single_block("w", arma::vec(w / std::sqrt(inputs)))) + noise;
  }
  double train(const arma::vec& w) const {
    const arma::vec r = x * w - y;
    return arma::dot(r, r) / static_cast<double>(r.n_elem);
  }
};

struct GdGeneralisationDynamics {
  std::int64_t inputs = 200;
  std::vector<double> ratios = {0.5, 1, 2};
  double truth_variance = 1;
  double initial_variance = 0;
  double noise_variance = 0.25;
  double time_step = 0.02;
  std::vector<double> sweep_ratios = {0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3};

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  double rows(double ratio) const { return std::max(1.0, std::round(ratio * static_cast<double>(inputs))); }
  double steps_at(double time) const { return std::max(1.0, std::round(time / time_step)); }
  std::vector<double> step_counts() const;
  Prediction prediction(double ratio) const {
    return {rows(ratio) / static_cast<double>(inputs), truth_variance, initial_variance, noise_variance};
  }
  Draw draw(StudyContext& c, double ratio) const;
  arma::vec start(const StudyContext& c, std::uint64_t which, double variance) const {
    return std::sqrt(variance) * normal_vector(c.rng("start", which), static_cast<arma::uword>(inputs));
  }
  void over_time(StudyContext& c, double ratio) const;
  void spectrum_of(StudyContext& c, const Draw& d, const Prediction& theory, const std::string& label) const;
  void step_by_step(StudyContext& c, double ratio) const;
  void in_the_end(StudyContext& c, double ratio) const;
  void predict_ends(StudyContext& c) const;
};

std::vector<FigureSpec> GdGeneralisationDynamics::figures() const {
  return {{.id = "test_error",
           .title = "Test error over training time",
           .x_label = "time t = steps × dt",
           .y_label = "test error",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {test_error}},
          {.id = "training_error",
           .title = "Training error over training time",
           .x_label = "time t = steps × dt",
           .y_label = "training error",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {train_error}},
          {.id = "final",
           .title = "Overtraining hurts most where samples match weights",
           .x_label = "samples per weight α = P/N",
           .y_label = "test error",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {final_error}},
          {.id = "eigenvalues",
           .title = "Eigenvalues of XᵀX against Marchenko-Pastur",
           .x_label = "eigenvalue",
           .y_label = "density",
           .form = FigureForm::curve,
           .names = {density}},
          {.id = "excess",
           .title = "What a start away from zero leaves for ever",
           .x_label = "samples per weight α = P/N",
           .y_label = "test error added",
           .form = FigureForm::curve,
           .names = {final_excess}},
          {.id = "stepped",
           .title = "Runs of gradient descent, step by step, on their closed form",
           .x_label = "time t = steps × dt",
           .y_label = "test error",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .names = {stepped},
           .scatter = true}};
}

/// Some sixty counts, evenly over the logarithm of time, and those that are judged.
std::vector<double> GdGeneralisationDynamics::step_counts() const {
  std::vector<double> counts;
  for (const double t : judged_times) counts.push_back(steps_at(t));
  for (double exponent = -1; exponent < 3.01; exponent += 1.0 / 15) counts.push_back(steps_at(std::pow(10, exponent)));
  std::sort(counts.begin(), counts.end());
  counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
  return counts;
}

Draw GdGeneralisationDynamics::draw(StudyContext& c, double ratio) const {
  const auto problem = c.problem(node(Kind::problem, "linear_regression",
                                      {{"samples", static_cast<std::int64_t>(rows(ratio))},
                                       {"features", inputs},
                                       {"spectrum", std::string("isotropic")},
                                       {"truth", std::string("gaussian")},
                                       {"truth_norm", std::sqrt(truth_variance)},
                                       {"noise", std::sqrt(noise_variance)},
                                       {"test_measure", std::string("population")}}));
  const double n = static_cast<double>(inputs), root = std::sqrt(n);
  arma::mat x;
  arma::vec y;
  for (NamedMatrix& one : problem->data()) {
    if (one.name == "X") x = one.value / root;
    if (one.name == "y") y = one.value;
  }
  DescentPath path(x, y);
  return {problem, rows(ratio) / n, n, std::move(x), std::move(y), std::move(path)};
}

void GdGeneralisationDynamics::over_time(StudyContext& c, double ratio) const {
  const Draw d = draw(c, ratio);
  const Prediction theory = prediction(ratio);
  const std::string label = named(ratio);
  const arma::vec w0 = start(c, 0, initial_variance);
  std::vector<double> times, test, train;
  for (const double k : step_counts()) {
    const arma::vec w = d.path.after(k, time_step, w0);
    const double t = k * time_step, predicted = theory.train(t);
    c.curve(label, test_error, t, d.test(w, noise_variance));
    if (predicted > smallest_shown) c.curve(label, train_error, t, d.train(w));
    times.push_back(t);
    test.push_back(c.repeat() == 0 ? theory.test(t) : 0);
    if (predicted > smallest_shown) train.push_back(predicted);
  }
  if (c.repeat() == 0) {
    c.theory(TheoryKind::exact, label, test_error, "theory, " + label, times, test);
    times.resize(train.size());  // it only falls
    c.theory(TheoryKind::exact, label, train_error, "theory, " + label, times, train);
  }
  spectrum_of(c, d, theory, label);
}

/// A histogram whose bins do not depend on the seed; zeros of XᵀX are left out, as in the density.
void GdGeneralisationDynamics::spectrum_of(StudyContext& c, const Draw& d, const Prediction& theory,
                                           const std::string& label) const {
  constexpr int bins = 30;
  const double width = theory.law.upper() * 1.05 / bins;
  arma::vec counts(bins, arma::fill::zeros);
  for (const double s : d.path.singular_values())
    counts[std::min<arma::uword>(static_cast<arma::uword>(s * s / width), bins - 1)] += 1;
  for (int i = 0; i < bins; ++i) c.curve(label, density, (i + 0.5) * width, counts[i] / (d.inputs * width));
  if (c.repeat() != 0) return;
  std::vector<double> l, rho;
  for (int i = 1; i < 400; ++i) {
    l.push_back(theory.law.lower() + (theory.law.upper() - theory.law.lower()) * i / 400);
    rho.push_back(theory.law.density(l.back()));
  }
  c.theory(TheoryKind::exact, label, density, "ρ, " + label, l, rho);
}

/// In the problem's own units: w/√N, whose step is dt P/N because its loss is a mean over P rows.
void GdGeneralisationDynamics::step_by_step(StudyContext& c, double ratio) const {
  const Draw d = draw(c, ratio);
  const arma::vec w0 = start(c, 0, initial_variance);
  const double root = std::sqrt(d.inputs);
  const std::string label = named(ratio) + ", stepped";
  std::vector<double> wanted = step_counts(), times, closed;
  const auto is_wanted = [&](double k) { return std::binary_search(wanted.begin(), wanted.end(), k); };
  const DescentResult result =
      c.quietly({.problem = d.problem,
                 .optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", time_step * d.alpha}}),
                 .steps = stepped_steps,
                 .start = single_block("w", w0 / root),
                 .loss_every = stepped_steps,
                 .until = [&](std::uint64_t t, const Blocks& w, double) {
                   const double k = static_cast<double>(t);
                   if (!is_wanted(k)) return false;
                   times.push_back(k * time_step);
                   c.curve(label, stepped, times.back(), d.test(root * w.flat(), noise_variance));
                   closed.push_back(d.test(d.path.after(k, time_step, w0), noise_variance));
                   return false;
                 }});
  if (result.outcome.how != Ended::interrupted)
    c.theory(TheoryKind::exact, label, stepped, "closed form, " + named(ratio), times, closed);
}

void GdGeneralisationDynamics::in_the_end(StudyContext& c, double ratio) const {
  constexpr std::uint64_t starts = 4;  // the excess over several starts, whose scatter it would be otherwise
  const Draw d = draw(c, ratio);
  const arma::vec w0 = start(c, 0, initial_variance), limit = d.path.after(infinitely_long, time_step, w0);
  c.curve(trained_out, final_error, ratio, d.test(limit, noise_variance));
  double best = arma::datum::inf;
  for (const double k : step_counts()) best = std::min(best, d.test(d.path.after(k, time_step, w0), noise_variance));
  c.curve(stopped_best, final_error, ratio, best);
  if (truth_variance > 0)
    c.curve(ridge, final_error, ratio, d.test(d.path.ridge(noise_variance / truth_variance), noise_variance));
  const double from_zero = d.test(d.path.after(infinitely_long, time_step), noise_variance);
  double excess = 0;
  for (std::uint64_t i = 1; i <= starts; ++i) {
    const arma::vec away = d.path.after(infinitely_long, time_step, start(c, i, 1));
    excess += (d.test(away, noise_variance) - from_zero) / static_cast<double>(starts);
  }
  c.curve(started_away, final_excess, ratio, excess);
}

void GdGeneralisationDynamics::predict_ends(StudyContext& c) const {
  const auto [least, most] = std::minmax_element(sweep_ratios.begin(), sweep_ratios.end());
  std::vector<double> alphas, ends, bests, excess;
  const std::vector<double> counts = step_counts();
  constexpr int points = 60;
  for (int i = 0; i <= points && !c.stopping(); ++i) {
    const double ratio = *least * std::pow(*most / *least, static_cast<double>(i) / points);
    const Prediction theory{ratio, truth_variance, initial_variance, noise_variance};
    if (std::abs(ratio - 1) < 1e-6) continue;  // the pole
    alphas.push_back(ratio);
    ends.push_back(theory.test_in_the_end());
    double best = arma::datum::inf;
    for (std::size_t k = 0; k < counts.size(); k += 3) best = std::min(best, theory.test(counts[k] * time_step));
    bests.push_back(best);
    excess.push_back(std::max(0.0, 1 - ratio));
  }
  for (const char* run : {trained_out, stopped_best})
    c.vertical(TheoryKind::exact, run, final_error, "α = 1: as many samples as weights", 1);
  c.theory(TheoryKind::exact, trained_out, final_error, "theory, to the end", alphas, ends);
  c.theory(TheoryKind::exact, stopped_best, final_error, "theory, best stop", alphas, bests);
  c.theory(TheoryKind::exact, started_away, final_excess, "max(0, 1 − α)", alphas, excess);
}

void GdGeneralisationDynamics::run(StudyContext& c) const {
  const std::size_t timed = ratios.size(), swept = sweep_ratios.size(), walked = c.repeat() == 0 ? timed : 0;
  const std::size_t predicted = c.repeat() == 0 ? 1 : 0, all = timed + walked + swept + predicted;
  c.parallel_for(all, [&](std::size_t i, StudyContext& part) {
    if (part.stopping()) return;
    if (i < timed)
      over_time(part, ratios[i]);
    else if (i < timed + walked)
      step_by_step(part, ratios[i - timed]);
    else if (i < timed + walked + swept)
      in_the_end(part, sweep_ratios[i - timed - walked]);
    else
      predict_ends(part);
    part.progress(static_cast<double>(i + 1) / static_cast<double>(all));
  });
}

void GdGeneralisationDynamics::judge(const TraceView& trace, Verdicts& v) const {
  std::vector<double> test, train;  // relative gaps
  for (const double ratio : ratios) {
    const Prediction theory = prediction(ratio);
    for (const double time : judged_times) {
      const double t = steps_at(time) * time_step;
      test.push_back(std::abs(mean_of(curve_at(trace, named(ratio), test_error, t)) / theory.test(t) - 1));
      if (theory.alpha >= 1)
        train.push_back(std::abs(mean_of(curve_at(trace, named(ratio), train_error, t)) / theory.train(t) - 1));
    }
  }
  const std::string how = "largest relative gap of the mean over seeds to theory, t = 0.5, 1, 2, 5, 10, 20";
  v.at_most("Marchenko-Pastur predicts the test error over training time, at every α", how, largest_of(test), 0.12);
  if (!train.empty()) v.at_most("It predicts the training error too, for α ≥ 1", how, largest_of(train), 0.15);
  for (const double ratio : sweep_ratios)
    if (ratio == 0.5)
      v.within("At α = ½ half of a start's variance stays in the test error for ever",
               "final test error from a start of variance 1 less that from zero, mean over seeds",
               mean_of(curve_at(trace, started_away, final_excess, ratio)), 0.4, 0.6);
}

}  // namespace KAPPA_FILE

Method gd_generalisation_dynamics() {
  using S = KAPPA_FILE::GdGeneralisationDynamics;
  const Domain ratio_list = Many{log_range_of(0.05, 8), 1, 6};
  return study<S>(
      {.title = "Gradient descent and the generalisation error",
       .idea = "Each eigendirection of the data is learnt at its own speed, signal first and noise last, so that the "
               "spectrum of random data alone fixes both error curves.",
       .equation = "E(t) = ∫ρ(l) [(σw² + σ0²) e^(−2lt) + σe²/l (1 − e^(−lt))²] dl + max(0, 1−α)(σw² + σ0²) + σe²",
       .cite = {{"Advani, Saxe", 2017, "High-dimensional dynamics of generalization error in neural networks",
                 "arXiv:1710.03667"}},
       .question = "How long should a model be trained, and when does training on hurt?",
       .look_for = "The dashed theory lies on the measured curves. With as many samples as weights (α = 1) the test "
                   "error falls and then climbs without end; stopped at its best, nothing is lost to ridge.",
       .group = "Regression",
       .uses = {"gradient_descent"}},
      {{&S::inputs, "inputs", "N", count(10, 400, true), "weights to learn"},
       {&S::ratios, "ratios", "α", ratio_list, "samples per weight whose curves over time are shown"},
       {&S::truth_variance, "truth_variance", "σw²", from_zero(1e-2, 10), "of the entries of w*"},
       {&S::initial_variance, "initial_variance", "σ0²", from_zero(1e-2, 10), "of the entries of the start"},
       {&S::noise_variance, "noise_variance", "σe²", from_zero(1e-3, 10), "of the noise in y"},
       {&S::time_step, "time_step", "dt", log_range(1e-3, 0.2),
        "step size; stable below 2/(1 + √α)², and near the theory's continuous time when far below"},
       {&S::sweep_ratios, "sweep_ratios", "α", Many{log_range_of(0.05, 8), 2, 24},
        "samples per weight whose final error is shown"}});
}

}  // namespace kappa::studies
