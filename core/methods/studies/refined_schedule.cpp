/// Refined schedules: gradient norms of a first run decide where the second takes its large steps.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/order.hpp"
#include "core/kinds/study.hpp"
#include "core/methods/schedules/refinement.hpp"
#include "core/methods/studies/extremes.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* linear = "Linear decay";
constexpr const char* cosine = "Cosine";
constexpr const char* constant_rate = "Constant";
constexpr const char* refined = "Refined";
constexpr const char* unfloored = "Refined, no floor";
constexpr const char* rising_end = "Norms 4 → 1, 1, 1 → 3";
constexpr const char* falling_end = "Norms 4 → 1, 1, 1 → 0.3";

struct RefinedSchedule {
  std::int64_t samples = 400;
  std::int64_t features = 40;
  std::int64_t batch = 8;
  std::int64_t steps = 2000;
  double smoothing = 0.1;
  double floor = 0.3;

  std::vector<FigureSpec> figures() const {
    return {
        {.id = "schedules",
         .title = "The schedules of the second run",
         .x_label = "step",
         .y_label = "sₜ",
         .names = {"multiplier"},
         .note = "warm-up and annealing come out of the norms alone"},
        {.id = "norms",
         .title = "Gradient norms of the first run, smoothed, with and without a floor",
         .x_label = "step",
         .y_label = "‖gₜ‖ over its largest median",
         .y_scale = Scale::log,
         .names = {"smoothed_norm"}},
        {.id = "raw_norms",
         .title = "Gradient norms of the first run",
         .x_label = "step",
         .y_label = "‖gₜ‖ over its largest median",
         .y_scale = Scale::log,
         .names = {"norm"}},
        {.id = "loss",
         .title = "Loss at each schedule's best base rate",
         .x_label = "step",
         .y_scale = Scale::log,
         .names = {"loss"},
         .note = "on this problem it never beats linear decay; without the floor it may lose even to a constant rate"},
        {.id = "tuning",
         .title = "Final loss against the base rate",
         .x_label = "base rate",
         .form = FigureForm::curve,
         .x_scale = Scale::log,
         .y_scale = Scale::log,
         .names = {"final_loss"}},
        {.id = "synthetic",
         .title = "Norms made by hand: what the rule does with them",
         .x_label = "step",
         .y_label = "sₜ",
         .names = {"synthetic_multiplier"},
         .note = "norms that fall at the end make the rate rise there"}};
  }

  void run(StudyContext& c) const {
    if (c.repeat() == 0) by_hand(c);
    train(c);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  struct Second {
    const char* label;
    Node schedule;
  };
  void by_hand(StudyContext& c) const;
  void train(StudyContext& c) const;
  double tune(StudyContext& c, const Second& run, const std::shared_ptr<const ProblemModel>& problem,
              double unit) const;
  std::vector<double> norms_of(StudyContext& c, const std::shared_ptr<const ProblemModel>& problem, double peak) const;
  DescentSpec descent(const std::shared_ptr<const ProblemModel>& problem, Node schedule, double peak) const;
  Node refined_node(const std::vector<double>& norms, double least) const {
    return node(Kind::schedule, "refined", {{"gradient_norms", norms}, {"smoothing", smoothing}, {"floor", least}});
  }
};

/// Check of the rule itself: 40 steps of falling norms, 320 at one, 40 that rise or fall; no floor, as in the paper.
void RefinedSchedule::by_hand(StudyContext& c) const {
  constexpr std::uint64_t ramp = 40, horizon = 400;
  for (const auto& [label, end] : {std::pair(rising_end, 3.0), std::pair(falling_end, 0.3)}) {
    std::vector<double> norms(horizon, 1);
    for (std::uint64_t t = 0; t < ramp; ++t) {
      const double share = static_cast<double>(t) / static_cast<double>(ramp - 1);
      norms[t] = 4 - 3 * share;
      norms[horizon - ramp + t] = 1 + (end - 1) * share;
    }
    const auto schedule = make_schedule(node(Kind::schedule, "refined", {{"gradient_norms", norms}, {"floor", 0.0}}));
    for (std::uint64_t t = 0; t < horizon; ++t)
      c.series(label, "synthetic_multiplier", t, schedule->multiplier(t, horizon));
  }
  c.theory(TheoryKind::guide, rising_end, "synthetic_multiplier", "norms all equal: linear decay",
           {0, static_cast<double>(horizon)}, {1, 0});
}

DescentSpec RefinedSchedule::descent(const std::shared_ptr<const ProblemModel>& problem, Node schedule,
                                     double peak) const {
  schedule.params["peak"] = peak;
  return {.problem = problem,
          .optimizer = node(Kind::optimizer, "gradient_descent",
                            {{"learning_rate", std::make_shared<const Node>(std::move(schedule))}}),
          .steps = static_cast<std::uint64_t>(steps),
          .batch = static_cast<std::uint64_t>(std::min(batch, samples)),
          .order = "with_replacement"};
}

/// The norms of the minibatch gradients along linear decay from this peak.
std::vector<double> RefinedSchedule::norms_of(StudyContext& c, const std::shared_ptr<const ProblemModel>& problem,
                                              double peak) const {
  DescentSpec spec = descent(problem, node(Kind::schedule, "linear_decay"), peak);
  const auto order = make_order(node(Kind::order, "with_replacement"));
  OrderState memory;
  std::vector<std::uint32_t> rows;
  Scratch room;
  Blocks g = problem->start(c.rng("init"));
  std::vector<double> norms;
  spec.until = [&](std::uint64_t t, const Blocks& x, double) {
    if (t >= spec.steps) return false;
    order->rows(memory, {t, problem->samples(), spec.batch, c.seed()}, rows);
    problem->value_gradient(x, g, {rows, c.rng("noise", t), room});
    norms.push_back(arma::norm(g.flat()));
    return false;
  };
  c.quietly(spec);
  return norms;
}

/// Tries nine base rates, streams the best, and returns it.
double RefinedSchedule::tune(StudyContext& c, const Second& run, const std::shared_ptr<const ProblemModel>& problem,
                             double unit) const {
  double best = arma::datum::inf, best_rate = 1;
  for (const double rate : log_spaced(0, 2.5, 9)) {
    DescentSpec spec = descent(problem, run.schedule, rate * unit);
    spec.loss_every = spec.steps;
    const DescentResult result = c.quietly(spec);
    if (c.stopping()) return best_rate * unit;
    c.curve(run.label, "final_loss", rate, result.loss.back());
    if (result.loss.back() < best) {
      best = result.loss.back();
      best_rate = rate;
    }
  }
  DescentSpec spec = descent(problem, run.schedule, best_rate * unit);
  spec.loss_every = std::max<std::uint64_t>(1, spec.steps / 200);
  c.descent(run.label, spec);
  const auto schedule = make_schedule(run.schedule);
  for (std::uint64_t t = 0; t < spec.steps; ++t)
    c.series(run.label, "multiplier", t, schedule->multiplier(t, spec.steps));
  return best_rate * unit;
}

void RefinedSchedule::train(StudyContext& c) const {
  const double size = 3 * arma::norm(normal_vector(c.rng("length of the truth"), static_cast<arma::uword>(features)));
  const auto problem = c.problem(
      node(Kind::problem, "logistic_regression",
           {{"samples", samples}, {"features", features}, {"condition_number", 100.0}, {"truth_norm", size}}));
  // Rates are meant for rows of mean length one. Dividing X by that length is the same as dividing rates by its square.
  const arma::mat x = problem->data().front().value;
  const double length = arma::mean(arma::vec(arma::sqrt(arma::sum(arma::square(x), 1)))), unit = 1 / (length * length);
  std::vector<Second> first = {{linear, node(Kind::schedule, "linear_decay")},
                               {cosine, node(Kind::schedule, "cosine")},
                               {constant_rate, node(Kind::schedule, "constant")}};
  std::vector<double> peaks(first.size());
  c.parallel_for(first.size(),
                 [&](std::size_t i, StudyContext& part) { peaks[i] = tune(part, first[i], problem, unit); });
  if (c.stopping()) return;
  c.progress(0.6);
  const std::vector<double> norms = norms_of(c, problem, peaks[0]);
  if (c.stopping() || norms.empty() || !arma::vec(norms).is_finite()) return;
  const std::vector<double> medians = schedules::smoothed_norms(norms, smoothing, 0);
  const double largest = *std::max_element(medians.begin(), medians.end());
  const std::vector<Second> second = {{refined, refined_node(norms, floor)}, {unfloored, refined_node(norms, 0)}};
  for (const auto& [label, least] : {std::pair(refined, floor), std::pair(unfloored, 0.0)}) {
    const std::vector<double> smooth = schedules::smoothed_norms(norms, smoothing, least);
    for (std::size_t t = 0; t < smooth.size(); ++t) c.series(label, "smoothed_norm", t, smooth[t] / largest);
  }
  for (std::size_t t = 0; t < norms.size(); ++t) c.series("First run", "norm", t, norms[t] / largest);
  c.parallel_for(second.size(), [&](std::size_t i, StudyContext& part) { tune(part, second[i], problem, unit); });
}

void RefinedSchedule::judge(const TraceView& trace, Verdicts& v) const {
  const auto by_rule = trace.series(rising_end, 0, "synthetic_multiplier");
  const auto at = [&](std::size_t t) {
    return by_rule && t < by_rule->value.size() ? by_rule->value[t] : arma::datum::nan;
  };
  const auto peak_of = [](const TraceView::Series& s) {
    return static_cast<double>(std::max_element(s.value.begin(), s.value.end()) - s.value.begin());
  };
  const char* sentence = "Norms 4 → 1, 1, 1 → 3 give a warm-up and a rapid annealing";
  v.within(sentence, "step of the peak", by_rule ? peak_of(*by_rule) : arma::datum::nan, 39 * 0.95, 39 * 1.05);
  v.within(sentence, "multiplier at step 0", at(0), 0.064 * 0.95, 0.064 * 1.05);
  v.within(sentence, "multiplier at step 200", at(200), 0.517 * 0.95, 0.517 * 1.05);
  v.within(sentence, "multiplier at step 380", at(380), 0.00224 * 0.95, 0.00224 * 1.05);

  const auto finals = [&](const char* run) {  // of runs that went down: the ends of others say nothing of schedules
    return over_repeats(trace, run, "loss", [](const TraceView::Series& s) {
      return s.value.back() < s.value.front() ? s.value.back() : arma::datum::nan;
    });
  };
  const std::vector<double> by_refined = finals(refined), by_constant = finals(constant_rate);
  const double mean_linear = mean_of(finals(linear)), mean_refined = mean_of(by_refined);
  const char* means = "mean final loss over seeds, the first's over the second's";
  v.below("The refined schedule, norms floored, ends clearly below a constant rate", means,
          mean_refined / mean_of(by_constant), 0.9);
  v.at_most("The refined schedule ends about where linear decay ends", means, mean_refined / mean_linear, 1.05);
  double below = 0, pairs = 0;
  for (std::size_t i = 0; i < std::min(by_refined.size(), by_constant.size()); ++i) {
    ++pairs;
    if (by_refined[i] < by_constant[i]) ++below;
  }
  v.at_least("The refined schedule beats a constant rate on at least four seeds of five", "share of the seeds",
             pairs > 0 ? below / pairs : arma::datum::nan, 0.8);
  const std::vector<double> peaks = over_repeats(trace, refined, "multiplier", [&](const TraceView::Series& s) {
    const double top = *std::max_element(s.value.begin(), s.value.end());
    return std::abs(top - 1) < 1e-9 ? peak_of(s) : arma::datum::nan;  // the rule divides by the maximum
  });
  v.above("A warm-up appears by itself, on every seed", "earliest peak over the length of the run",
          smallest_of(peaks) / static_cast<double>(steps), 0.03);
  v.at_most("Linear decay ends no higher than cosine, within 5 %", means, mean_linear / mean_of(finals(cosine)), 1.05);
}

}  // namespace KAPPA_FILE

Method refined_schedule() {
  using S = KAPPA_FILE::RefinedSchedule;
  return study<S>(
      {.title = "Refined schedules: warm-up and annealing from gradient norms",
       .idea =
           "Where gradients are long, steps should be short: theory turns the norms of one run into the schedule of "
           "the next.",
       .equation = "sₜ ∝ wₜ Σ_{p>t} w_p,  wₜ = ĝₜ⁻²,  ĝ = running median of ‖gₜ‖, raised to at least f of its maximum",
       .cite = {{"Defazio, Cutkosky, Mehta, Mishchenko", 2023,
                 "Optimal Linear Decay Learning Rate Schedules and Further Refinements", "arXiv:2310.07831"}},
       .question = "When, why and how much should a learning rate warm up and decay?",
       .look_for =
           "The rise at the start that nobody asked for. Here the refined schedule never beats linear decay, and "
           "without a floor on the norms it can put everything on the last steps and lose.",
       .group = "Schedules",
       .uses = {"gradient_descent"}},
      {{&S::samples, "samples", "n", count(20, 20'000, true), "rows of the logistic regression"},
       {&S::features, "features", "d", count(1, 500, true), "its unknowns"},
       {&S::batch, "batch", "B", count(1, 20'000, true), "rows of a batch, at most all of them"},
       {&S::steps, "steps", "T", count(20, 20'000, true), "steps of both runs"},
       {&S::smoothing, "smoothing", "τ", range(0, 0.5), "share of the run that the running median looks at"},
       {&S::floor, "floor", "f", range(0, 1), "norms are raised to this share of the largest; 0: the paper's rule"}});
}

}  // namespace kappa::studies
