/// Several tasks at once: aligned gradients beside PCGrad, MGDA, CAGrad and the plain mean, on bowls and in valleys.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/linalg/task_gradients.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* raw = "Task gradients";
constexpr const char* aligned_matrix = "Aligned gradients";
constexpr const char* relative_distance = "relative_distance";
constexpr const char* of_gradients = "gradient_condition_number";
constexpr const char* total = "sum_of_losses";

struct Combiner {
  const char* label;
  const char* id;  ///< null: the mean, without a wrapper
  double rate;
  double share;  ///< of the common number of steps; 0: the aligned method's own number
};
constexpr std::array<Combiner, 5> combiners = {{{"Uniform", nullptr, .01, 1},
                                                {"Aligned-MTL", "aligned_mtl", .3, 0},
                                                {"MGDA", "mgda", .3, 1},
                                                {"PCGrad", "pcgrad", .01, 1},
                                                {"CAGrad", "cagrad", .01, .4}}};
constexpr std::size_t in_valley = 3;  ///< the first three also race there
struct Start {
  double x, y;
  const char* label;
};
constexpr std::array<Start, 5> starts = {
    {{-8.5, 7.5, "(−8.5, 7.5)"}, {9, 9, "(9, 9)"}, {0, 0, "(0, 0)"}, {-7.5, -.5, "(−7.5, −0.5)"}, {9, -1, "(9, −1)"}}};

std::string valley_run(const Combiner& one, const Start& start) {
  return std::string(one.label) + " from " + start.label;
}

struct AlignedMultiTask {
  std::int64_t dimension = 10;
  double imbalance = 100;
  std::int64_t aligned_steps = 3000;
  std::int64_t steps = 1000;
  std::int64_t valley_steps = 1200;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  using Model = std::shared_ptr<const ProblemModel>;
  void align_once(StudyContext& c) const;
  void race(StudyContext& c, const Combiner& one, const Model& bowls) const;
  void draw_front(StudyContext& c, const Model& bowls) const;
  void descend_valley(StudyContext& c, const Combiner& one, const Start& start) const;
  void draw_valley(StudyContext& c) const;
  void judge_valley(const TraceView& trace, Verdicts& v) const;
};

/// The optimizer of a combiner over a base.
Node over(const Combiner& one, const Node& base) {
  if (one.id == nullptr) return base;
  return node(Kind::optimizer, one.id, {{"base", std::make_shared<const Node>(base)}});
}

/// One column for each task; their losses.
arma::mat task_gradients(const ProblemModel& problem, const Blocks& x, arma::vec& losses) {
  Blocks g = zeros_like(x);
  arma::mat all(x.flat().n_elem, problem.components());
  losses.set_size(problem.components());
  for (arma::uword i = 0; i < all.n_cols; ++i) {
    losses[i] = problem.component_gradient(i, x, g);
    all.col(i) = g.flat();
  }
  return all;
}

std::vector<FigureSpec> AlignedMultiTask::figures() const {
  std::vector<std::string> racers;
  for (const Combiner& one : combiners) racers.push_back(one.label);
  std::vector<FigureSpec> list = {
      {.id = "objectives",
       .title = "Where each method takes the two losses",
       .x_label = "L₁",
       .y_label = "L₂",
       .form = FigureForm::curve,
       .x_scale = Scale::log,
       .y_scale = Scale::log,
       .names = {"objectives"},
       .runs = racers,
       .note = "The second task is the steeper one; all start at the upper right."},
      {.id = "condition_number",
       .title = "Condition number of the task gradients G",
       .x_label = "step",
       .y_label = "κ(G)",
       .y_scale = Scale::log,
       .names = {of_gradients},
       .runs = racers,
       .note = "After alignment it is 1 at every step."},
      {.id = "distance",
       .title = "Distance to the optimum of the equally weighted sum",
       .x_label = "step",
       .y_label = "‖x − x_w‖ / ‖x₀ − x_w‖",
       .y_scale = Scale::log,
       .names = {"distance"},
       .runs = racers,
       .note = "Aligned steps shrink near the Pareto front, where a singular value vanishes."},
      {.id = "singular_values",
       .title = "Singular values of three task gradients",
       .x_label = "index",
       .form = FigureForm::spectrum,
       .y_scale = Scale::log,
       .names = {"singular_values"},
       .runs = {raw, aligned_matrix}}};
  std::vector<std::string> first;
  for (std::size_t i = 0; i < in_valley; ++i) {
    first.push_back(valley_run(combiners[i], starts[0]));
    std::vector<std::string> runs;
    for (const Start& start : starts) runs.push_back(valley_run(combiners[i], start));
    list.push_back({.id = std::string("valley_") + (i == 0 ? "uniform" : combiners[i].id),
                    .title = std::string(combiners[i].label) + " over the level lines of f₁ + f₂",
                    .x_label = "x₁",
                    .y_label = "x₂",
                    .form = FigureForm::plane,
                    .names = {"path"},
                    .runs = runs});
  }
  list.push_back({.id = "valley",
                  .title = "Sum of both losses from (−8.5, 7.5)",
                  .x_label = "step",
                  .y_label = "f₁ + f₂",
                  .names = {total},
                  .runs = first,
                  .note = "The plain mean is slow in its valley, not trapped: it leaves after some 2000 steps."});
  return list;
}

void AlignedMultiTask::align_once(StudyContext& c) const {
  const arma::mat g = normal_matrix(c.rng("gradients"), 20, 3) * arma::diagmat(arma::vec{1, 10, 100});
  const arma::vec before = singular_values(g), after = singular_values(aligned_gradients(g));
  c.spectrum(raw, "singular_values", 0, before);
  c.spectrum(aligned_matrix, "singular_values", 0, after);
  c.curve(raw, "condition_number", 0, before.front() / before.back());
  c.curve(aligned_matrix, "condition_number_excess", 0, after.front() / after.back() - 1);
  c.curve(aligned_matrix, "deviation", 0, arma::abs(after / before.back() - 1).max());
}

void AlignedMultiTask::race(StudyContext& c, const Combiner& one, const Model& bowls) const {
  const Blocks start = bowls->start(c.rng("init"));
  const arma::vec& best = bowls->facts().solution->flat();
  const double whole = arma::norm(start.flat() - best);
  const Node base = node(Kind::optimizer, "gradient_descent", {{"learning_rate", one.rate}});
  DescentSpec spec{.problem = bowls, .optimizer = over(one, base), .start = start};
  spec.steps = one.share > 0 ? static_cast<std::uint64_t>(one.share * static_cast<double>(steps))
                             : static_cast<std::uint64_t>(aligned_steps);
  const std::uint64_t every = std::max<std::uint64_t>(1, spec.steps / 200);
  std::uint64_t next = 0;  // of the points on the plane: ever further apart
  arma::vec losses;
  spec.until = [&](std::uint64_t t, const Blocks& x, double) {
    if (t % every != 0 && t != next && t != spec.steps) return false;
    const arma::mat g = task_gradients(*bowls, x, losses);
    const double distance = arma::norm(x.flat() - best) / whole;
    if (t % every == 0) {
      c.series(one.label, "distance", t, distance);
      c.series(one.label, of_gradients, t, condition_number(spectrum(g)));
    }
    if ((t == next || t == spec.steps) && c.repeat() == 0) c.curve(one.label, "objectives", losses[0], losses[1]);
    if (t == next) next = std::max(t + 1, t + t / 20);
    if (t == spec.steps) c.curve(one.label, relative_distance, 0, distance);
    return false;
  };
  c.quietly(spec);
}

/// All points at which no task can gain without the other's loss: minimisers of the sums with every weight.
void AlignedMultiTask::draw_front(StudyContext& c, const Model& bowls) const {
  arma::mat h, centres;
  for (const NamedMatrix& each : bowls->data()) (each.name == "curvatures" ? h : centres) = each.value;
  Blocks x = bowls->start(c.rng("init"));
  arma::vec losses;
  std::vector<double> first, second;
  for (int i = 0; i <= 120; ++i) {
    const double odds = std::pow(10.0, -5 + 0.06 * i);
    x.flat() = (h.col(0) % centres.col(0) + odds * h.col(1) % centres.col(1)) / (h.col(0) + odds * h.col(1));
    task_gradients(*bowls, x, losses);
    first.push_back(losses[0]);
    second.push_back(losses[1]);
  }
  c.theory(TheoryKind::exact, combiners[0].label, "objectives", "Pareto front", first, second);
  const double last = static_cast<double>(aligned_steps);
  c.theory(TheoryKind::exact, combiners[1].label, of_gradients, "after alignment", {0, last}, {1, 1});
}

void AlignedMultiTask::descend_valley(StudyContext& c, const Combiner& one, const Start& start) const {
  const std::string label = valley_run(one, start);
  const Model valley =
      c.problem(node(Kind::problem, "multi_task_valley", {{"start_x", start.x}, {"start_y", start.y}}));
  const Node adam = node(Kind::optimizer, "adam", {{"learning_rate", .02}});
  DescentSpec spec{.problem = valley, .optimizer = over(one, adam), .steps = static_cast<std::uint64_t>(valley_steps)};
  std::vector<FieldCell> path;
  spec.until = [&](std::uint64_t t, const Blocks& x, double loss) {
    if (t % 5 != 0 && t != spec.steps) return false;
    c.series(label, total, t, 2 * loss);
    path.push_back(path_point(t, x.flat()[0], x.flat()[1], 2 * loss));
    return false;
  };
  c.quietly(spec);
  c.field(label, "path", path);
}

/// Level lines of f1 + f2, the same in all three planes.
void AlignedMultiTask::draw_valley(StudyContext& c) const {
  const Model valley = c.problem(node(Kind::problem, "multi_task_valley"));
  Blocks at = valley->start(c.rng("init"));
  const auto cells = surface({-10, 10, -10, 10}, 101, 101, [&](double x, double y) {
    at.flat() = {x, y};
    return 2 * value_of(*valley, at);
  });
  for (std::size_t i = 0; i < in_valley; ++i) c.field(valley_run(combiners[i], starts[0]), "landscape", cells);
}

void AlignedMultiTask::run(StudyContext& c) const {
  align_once(c);
  const Model bowls =
      c.problem(node(Kind::problem, "multi_task_quadratic", {{"dimension", dimension}, {"imbalance", imbalance}}));
  const bool first = c.repeat() == 0;  // the valley has nothing random
  if (first) {
    draw_front(c, bowls);
    draw_valley(c);
  }
  const std::size_t paths = first ? in_valley * starts.size() : 0;
  c.parallel_for(combiners.size() + paths, [&](std::size_t i, StudyContext& part) {
    part.progress(static_cast<double>(i) / static_cast<double>(combiners.size() + paths));
    if (i < combiners.size()) return race(part, combiners[i], bowls);
    const std::size_t path = i - combiners.size();
    descend_valley(part, combiners[path / starts.size()], starts[path % starts.size()]);
  });
}

void AlignedMultiTask::judge(const TraceView& trace, Verdicts& v) const {
  const auto worst = [](const std::vector<double>& all) {
    return all.empty() ? arma::datum::nan : *std::max_element(all.begin(), all.end());
  };
  v.at_most("Alignment makes the condition number of the task gradients one", "largest κ − 1 over seeds",
            worst(curve_at(trace, aligned_matrix, "condition_number_excess", 0)), 1e-10);
  v.at_most("All aligned singular values equal the smallest raw one", "largest relative deviation over seeds",
            worst(curve_at(trace, aligned_matrix, "deviation", 0)), 1e-10);
  const double aligned = mean_of(curve_at(trace, combiners[1].label, relative_distance, 0));
  const double least_norm = mean_of(curve_at(trace, combiners[2].label, relative_distance, 0));
  const char* distance = "‖x_T − x_w‖ / ‖x₀ − x_w‖, mean over seeds";
  v.at_most("Aligned-MTL comes near the optimum of the preset weights", distance, aligned, 0.15);
  v.at_least("MGDA stops elsewhere on the Pareto front", distance, least_norm, 0.2);
  v.below("Aligned-MTL ends far nearer than MGDA", "its distance over MGDA's, means over seeds", aligned / least_norm,
          1.0 / 3);
  judge_valley(trace, v);
}

void AlignedMultiTask::judge_valley(const TraceView& trace, Verdicts& v) const {
  const auto last = [&](std::size_t combiner, std::size_t start) {
    const auto series = trace.series(valley_run(combiners[combiner], starts[start]), 0, total);
    return series && !series->value.empty() ? series->value.back() : arma::datum::nan;
  };
  const double one = last(1, 0), two = last(1, 1);
  v.below("Aligned-MTL leaves the valleys from both starts", "larger final f₁ + f₂",
          std::isnan(one) || std::isnan(two) ? arma::datum::nan : std::max(one, two), -13);
  v.above("The plain mean is still in its valley", "final f₁ + f₂ from (−8.5, 7.5)", last(0, 0), -5);
}

}  // namespace KAPPA_FILE

Method aligned_multi_task() {
  using S = KAPPA_FILE::AlignedMultiTask;
  return study<S>(
      {.title = "Aligned multi-task learning",
       .idea =
           "Tasks whose gradients conflict and differ in size have an ill-conditioned matrix of gradients. Aligned-MTL "
           "makes its condition number one and still goes where the preset weights say.",
       .equation = "Ĝ = √λ_min G V Λ^(−½) Vᵀ with GᵀG = VΛVᵀ,  x ← x − ηĜw",
       .cite = {{"Senushkin, Patakin, Kuznetsov, Konushin", 2023,
                 "Independent Component Alignment for Multi-Task Learning", "arXiv:2305.19000"},
                {"Navon et al.", 2022, "Multi-Task Learning as a Bargaining Game", "arXiv:2202.01017"}},
       .question = "How should one step serve several tasks that disagree?",
       .look_for = "Aligned-MTL bends towards the optimum of the mean, MGDA stops on the front where it meets it; from "
                   "(−8.5, 7.5) the plain mean creeps along its valley.",
       .group = "Optimizers",
       .uses = {"gradient_descent", "adam", "aligned_mtl", "mgda", "pcgrad", "cagrad"}},
      {{&S::dimension, "dimension", "d", count(2, 200, true), "unknowns of the quadratic tasks"},
       {&S::imbalance, "imbalance", "b", log_range(0.01, 150), "how much steeper the second task is"},
       {&S::aligned_steps, "aligned_steps", "", count(10, 30'000, true), "steps of Aligned-MTL on the quadratics"},
       {&S::steps, "steps", "T", count(10, 10'000, true), "steps of the others there; CAGrad takes two fifths"},
       {&S::valley_steps, "valley_steps", "", count(10, 10'000, true), "steps of Adam in the valleys"}});
}

}  // namespace kappa::studies
