/// Theory and practice of schedules side by side: a bound that knows nothing but convexity ranks them as training does.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/last_iterate.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

struct Racer {
  const char* label;
  const char* schedule;
};
constexpr Racer constant_rate{"Constant", "constant"}, inverse_root{"Inverse square root", "inverse_sqrt"},
    stable_decay{"WSD, last 20 % linear", "wsd"}, cosine{"Cosine", "cosine"}, linear{"Linear decay", "linear_decay"};
constexpr const char* chosen_freely = "Rates chosen freely, step ";

struct LastIterateBound {
  std::int64_t steps = 400;
  std::int64_t samples = 20;
  std::int64_t features = 2;
  double flat_rate = 0.05;
  double decaying_rate = 0.1;
  std::int64_t regression_samples = 200;
  std::int64_t regression_features = 50;
  double noise = 0.3;
  std::int64_t tuned_repeats = 5;
  std::int64_t free_rates = 60;
  std::int64_t free_steps = 400;

  std::vector<FigureSpec> figures() const {
    return {{.id = "theory",
             .title = "Theory: the bound Ωₜ after the first quarter",
             .x_label = "step",
             .y_label = "Ωₜ",
             .names = {"late_bound"},
             .note = "from step sizes, gradient norms and D alone: it drops in the cool-down of WSD"},
            {.id = "measured",
             .title = "Practice: the loss on max |aᵢ·x − yᵢ|",
             .x_label = "step",
             .y_label = "f(xₜ) − f*",
             .y_scale = Scale::log,
             .names = {"suboptimality"}},
            {.id = "ranking",
             .title = "Practice against theory: final gap over linear decay's",
             .x_label = "Ω* over linear decay's",
             .y_label = "measured gap over linear decay's",
             .form = FigureForm::curve,
             .y_scale = Scale::log,
             .names = {"ranking"},
             .note = "each base rate tuned; cosine does better than the worst case says"},
            {.id = "base_rate",
             .title = "Final gap of absolute deviations against the base rate",
             .x_label = "base rate γ",
             .y_label = "f(x) − f*",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"final_gap"}},
            {.id = "free",
             .title = "Gradient descent on Ω_T over all rates at once",
             .x_label = "t",
             .y_label = "ηₜ",
             .form = FigureForm::curve,
             .names = {"free_schedule"},
             .note = "from equal rates it arrives at linear decay"},
            {.id = "tuned",
             .title = "Gap at each schedule's best base rate",
             .x_label = "step",
             .y_label = "f(xₜ) − f*",
             .y_scale = Scale::log,
             .names = {"tuned_gap"}}};
  }

  void run(StudyContext& c) const {
    race(c);
    c.progress(0.1);
    if (static_cast<std::int64_t>(c.repeat()) < tuned_repeats) tune(c);
    c.progress(0.9);
    if (c.repeat() == 0) choose_freely(c);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  void race(StudyContext& c) const;
  void choose_freely(StudyContext& c) const;
  void tune(StudyContext& c) const;
  double tune_one(StudyContext& c, const Racer& racer, const std::shared_ptr<const ProblemModel>& problem) const;
  void draw_bound(StudyContext& c, const Racer& racer, const ProblemModel& problem, const arma::vec& bases) const;
  arma::vec multipliers(const Racer& racer) const;
  double rate_of(const Racer& racer) const {
    return racer.label == constant_rate.label || racer.label == stable_decay.label ? flat_rate : decaying_rate;
  }
};

Node descent_with(const Racer& racer, double peak) {
  return node(
      Kind::optimizer, "gradient_descent",
      {{"learning_rate", std::make_shared<const Node>(node(Kind::schedule, racer.schedule, {{"peak", peak}}))}});
}

arma::vec LastIterateBound::multipliers(const Racer& racer) const {
  const auto schedule = make_schedule(node(Kind::schedule, racer.schedule));
  arma::vec s(static_cast<arma::uword>(steps));
  for (arma::uword t = 0; t < s.n_elem; ++t) s[t] = schedule->multiplier(t, s.n_elem);
  return s;
}

void LastIterateBound::race(StudyContext& c) const {
  const auto problem =
      c.problem(node(Kind::problem, "chebyshev_regression", {{"samples", samples}, {"features", features}}));
  const Facts& facts = problem->facts();
  if (!facts.solution) return;
  const std::vector<Racer> racers = {constant_rate, stable_decay, cosine, linear};
  c.parallel_for(racers.size(), [&](std::size_t i, StudyContext& part) {
    const Racer& racer = racers[i];
    arma::vec squares(static_cast<arma::uword>(steps), arma::fill::zeros);
    double distance = 0;
    Blocks g = *facts.solution;
    DescentSpec spec{.problem = problem,
                     .optimizer = descent_with(racer, rate_of(racer)),
                     .steps = static_cast<std::uint64_t>(steps),
                     .probes = {node(Kind::probe, "suboptimality")}};
    spec.until = [&](std::uint64_t t, const Blocks& x, double) {
      if (t == 0) distance = arma::norm(x.flat() - facts.solution->flat());
      if (t >= squares.n_elem) return false;
      value_gradient_of(*problem, x, g);
      squares[t] = arma::dot(g.flat(), g.flat());
      return false;
    };
    part.descent(racer.label, spec);
    if (part.stopping()) return;
    const arma::uvec times = arma::regspace<arma::uvec>(1, squares.n_elem);
    const arma::vec omega = last_iterate_curve(rate_of(racer) * multipliers(racer), squares, distance, times);
    std::vector<double> at;
    for (arma::uword t = 0; t < omega.n_elem; ++t) {
      part.series(racer.label, "bound", t, omega[t]);
      if (t >= omega.n_elem / 4) part.series(racer.label, "late_bound", t, omega[t]);
      at.push_back(static_cast<double>(t));
    }
    if (part.repeat() == 0)
      part.theory(TheoryKind::bound, racer.label, "suboptimality", "Ωₜ", at, {omega.begin(), omega.end()});
  });
}

/// Steps of gradient descent, each followed by the problem's own projection to positive rates.
void LastIterateBound::choose_freely(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "schedule_bound", {{"steps", free_rates}}));
  Blocks rates = problem->start(c.rng("init"));
  DescentSpec spec{
      .problem = problem, .optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", 0.1}}), .steps = 1};
  const auto show = [&](std::int64_t step) {
    const std::string label = chosen_freely + std::to_string(step);
    for (arma::uword t = 0; t < rates.flat().n_elem; ++t)
      c.curve(label, "free_schedule", static_cast<double>(t), rates.flat()[t]);
  };
  show(0);
  for (std::int64_t step = 1; step <= free_steps && !c.stopping(); ++step) {
    spec.start = rates;
    const Blocks moved = c.quietly(spec).x;
    problem->project(moved, rates);
    if (step == free_steps || step == free_steps / 20 || step == free_steps / 4) show(step);
  }
  arma::vec falling(rates.flat().n_elem);
  std::vector<double> at, line;
  for (arma::uword t = 0; t < falling.n_elem; ++t)
    falling[t] = 1 - static_cast<double>(t) / static_cast<double>(falling.n_elem);
  for (arma::uword t = 0; t < falling.n_elem; ++t) {
    at.push_back(static_cast<double>(t));
    line.push_back(base_rate(falling).best() * falling[t]);
  }
  c.theory(TheoryKind::guide, chosen_freely + std::to_string(free_steps), "free_schedule", "γ*(1 − t/T), linear decay",
           at, line);
}

void LastIterateBound::tune(StudyContext& c) const {
  // A normal vector is a uniform direction times an independent length.
  const double size =
      arma::norm(normal_vector(c.rng("length of the truth"), static_cast<arma::uword>(regression_features)));
  const auto problem = c.problem(node(Kind::problem, "lp_regression",
                                      {{"samples", regression_samples},
                                       {"features", regression_features},
                                       {"truth_norm", size},
                                       {"noise", noise},
                                       {"noise_law", std::string("student")},
                                       {"unit_rows", true}}));
  if (!problem->facts().minimum) return;
  const std::vector<Racer> racers = {constant_rate, inverse_root, stable_decay, cosine, linear};
  std::vector<double> gaps(racers.size());
  c.parallel_for(racers.size(),
                 [&](std::size_t i, StudyContext& part) { gaps[i] = tune_one(part, racers[i], problem); });
  if (c.stopping()) return;
  const double least = base_rate(multipliers(linear)).optimum();
  for (std::size_t i = 0; i < racers.size(); ++i)
    c.curve(racers[i].label, "ranking", base_rate(multipliers(racers[i])).optimum() / least, gaps[i] / gaps.back());
}

/// The smallest final gap over 25 base rates.
double LastIterateBound::tune_one(StudyContext& c, const Racer& racer,
                                  const std::shared_ptr<const ProblemModel>& problem) const {
  const arma::vec bases = log_spaced(-1, 2, 25);
  const double minimum = *problem->facts().minimum;
  DescentSpec spec{.problem = problem, .steps = static_cast<std::uint64_t>(steps)};
  double best = arma::datum::inf, best_base = bases[0];
  if (c.repeat() == 0) draw_bound(c, racer, *problem, bases);
  for (const double base : bases) {
    spec.optimizer = descent_with(racer, base);
    spec.loss_every = spec.steps;
    const DescentResult result = c.quietly(spec);
    if (c.stopping()) return best;
    const double gap = result.loss.back() - minimum;
    c.curve(racer.label, "final_gap", base, gap);
    if (gap < best) {
      best = gap;
      best_base = base;
    }
  }
  spec.optimizer = descent_with(racer, best_base);
  spec.loss_every = 1;
  const DescentResult result = c.quietly(spec);
  for (std::size_t t = 0; t < result.loss.size(); ++t) c.series(racer.label, "tuned_gap", t, result.loss[t] - minimum);
  return best;
}

/// The point after the last step is bounded by the T + 1 rates whose last one is never taken: any will do.
void LastIterateBound::draw_bound(StudyContext& c, const Racer& racer, const ProblemModel& problem,
                                  const arma::vec& bases) const {
  const arma::vec s = multipliers(racer);
  const arma::mat x = problem.data().front().value;
  const double gradient = spectral_norm(spectrum(x)) / std::sqrt(static_cast<double>(x.n_rows));
  const BaseRate base =
      base_rate(arma::join_cols(s, arma::vec{s.back()}), gradient, arma::norm(problem.facts().solution->flat()));
  std::vector<double> at, bound;
  for (const double gamma : bases) {
    at.push_back(gamma);
    bound.push_back(base.at(gamma));
  }
  c.theory(TheoryKind::bound, racer.label, "final_gap", "Ω = a/γ + γb", at, bound);
}

void LastIterateBound::judge(const TraceView& trace, Verdicts& v) const {
  double worst = 0;
  for (const Racer& racer : {constant_rate, stable_decay, cosine, linear})
    for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
      const auto gap = trace.series(racer.label, repeat, "suboptimality"),
                 bound = trace.series(racer.label, repeat, "bound");
      if (!gap || !bound || bound->value.empty() || gap->value.size() < bound->value.size()) {
        worst = arma::datum::nan;
        continue;
      }
      for (std::size_t t = 0; t < bound->value.size(); ++t)
        if (!(gap->value[t] / bound->value[t] <= worst)) worst = gap->value[t] / bound->value[t];
    }
  v.at_most("No schedule's loss crosses the bound Ωₜ of its own steps and gradients, at any step of any seed",
            "largest (f(xₜ) − f*)/Ωₜ", worst, 1);

  const std::uint64_t from = static_cast<std::uint64_t>(steps) * 3 / 4,
                      until = from + static_cast<std::uint64_t>(steps) / 20;
  const auto drops = over_repeats(trace, stable_decay.label, "suboptimality", [&](const TraceView::Series& s) {
    std::vector<double> before;
    for (std::size_t i = 0; i < s.step.size(); ++i)
      if (s.step[i] >= from && s.step[i] < until) before.push_back(s.value[i]);
    return mean_of(before) / s.value.back();
  });
  const std::string fall =
      "mean loss at steps " + std::to_string(from + 1) + "–" + std::to_string(until) + " over the final loss";
  v.above("The cool-down of WSD makes the loss drop", fall + ", median over seeds", median_of(drops), 20);
  v.above("The cool-down of WSD makes the loss drop, on every seed", fall + ", smallest over seeds",
          drops.empty() ? arma::datum::nan : *std::min_element(drops.begin(), drops.end()), 10);

  const auto ratio = [&](const Racer& racer) {
    std::vector<double> all;
    for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat)
      if (const auto found = trace.curve(racer.label, repeat, "ranking"); found && !found->y.empty())
        all.push_back(found->y.back());
    return mean_of(all);
  };
  const char* final_gap = "mean over seeds of the final gap over linear decay's: the first's over the second's";
  v.above("Tuned on absolute deviations, a constant rate ends far above inverse square root", final_gap,
          ratio(constant_rate) / ratio(inverse_root), 1.2);
  v.above("Inverse square root ends above WSD", final_gap, ratio(inverse_root) / ratio(stable_decay), 1);
  v.above("WSD ends above both cosine and linear decay", final_gap,
          ratio(stable_decay) / std::max(ratio(cosine), ratio(linear)), 1.2);

  double agreement = arma::datum::nan;
  if (const auto free = trace.curve(chosen_freely + std::to_string(free_steps), 0, "free_schedule");
      free && free->y.size() > 2) {
    const arma::uword kept = free->y.size() - 1;
    const arma::vec line = 1 - arma::regspace(0, static_cast<double>(kept) - 1) / static_cast<double>(kept + 1);
    agreement = arma::as_scalar(arma::cor(arma::vec(free->y).head(kept), line));
  }
  v.at_least("The rates that minimise the bound, each chosen freely, are linear decay",
             "correlation of all rates but the last with 1 − t/T", agreement, 0.99);
}

}  // namespace KAPPA_FILE

Method last_iterate_bound() {
  using S = KAPPA_FILE::LastIterateBound;
  return study<S>(
      {.title = "The surprising agreement of theory and schedules",
       .idea = "A worst-case bound for convex, kinked losses explains why cooling down helps, and ranks schedules as "
               "training ranks them.",
       .equation =
           "Ω_T = (D² + Σ ηₜ²‖gₜ‖²)/(2 Σ ηₜ) + ½ Σ_{k<T} (ηₖ/Aₖ₊₁)(1/Aₖ) Σ_{t≥k} ηₜ²‖gₜ‖²;  for η = γs: Ω = a/γ + "
           "γb, γ* = √(a/b), Ω* = 2√(ab)",
       .cite = {{"Schaipp, Hägele, Taylor, Simsekli, Bach", 2025,
                 "The Surprising Agreement Between Convex Optimization Theory and Learning-Rate Scheduling",
                 "arXiv:2501.18965"}},
       .question = "Can a bound that knows nothing of the problem but its convexity tell how a schedule should look?",
       .look_for =
           "The drop of WSD's bound in its cool-down, and the same drop in the measured loss; linear decay grows "
           "out of equal rates by itself.",
       .group = "Schedules",
       .uses = {"gradient_descent"}},
      {{&S::steps, "steps", "T", count(10, 3000, true), "steps of every run"},
       {&S::samples, "samples", "n", count(2, 500, true), "rows of the problem max |aᵢ·x − yᵢ|"},
       {&S::features, "features", "d", count(1, 50), "unknowns of that problem"},
       {&S::flat_rate, "flat_rate", "γ", log_range(1e-4, 10), "base rate of constant and WSD"},
       {&S::decaying_rate, "decaying_rate", "γ", log_range(1e-4, 10), "base rate of cosine and linear decay"},
       {&S::regression_samples, "regression_samples", "n", count(10, 2000, true), "rows of the absolute deviations"},
       {&S::regression_features, "regression_features", "d", count(1, 200, true),
        "unknowns of the absolute deviations"},
       {&S::noise, "noise", "σ", from_zero(1e-3, 10), "scale of their noise, Student's with two degrees of freedom"},
       {&S::tuned_repeats, "tuned_repeats", "", count(1, 100), "only the first so many repeats tune the base rates"},
       {&S::free_rates, "free_rates", "", count(3, 500), "rates that gradient descent chooses freely"},
       {&S::free_steps, "free_steps", "", count(20, 5000, true), "its steps"}});
}

}  // namespace kappa::studies
