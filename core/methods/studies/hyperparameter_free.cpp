/// Methods without a learning rate: five of them at their defaults on five small workloads, beside a calibrated NAdamW.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* final_ratio = "final_ratio";
constexpr const char* estimate = "distance_estimate";
constexpr const char* truth_name = "true_distance";
constexpr std::array<double, 5> rates = {.001, .003, .01, .03, .1};

enum class Norm { none, euclidean, largest };
struct Entrant {
  std::string label, id;
  double rate = 1;
  Norm norm = Norm::none;  ///< in which its estimate is a distance
};
constexpr std::size_t free_methods = 5;

std::vector<Entrant> entrants() {
  std::vector<Entrant> all = {{"Prodigy", "prodigy", 1, Norm::largest},
                              {"D-Adaptation", "d_adaptation", 1, Norm::largest},
                              {"DoG", "dog", 1, Norm::euclidean},
                              {"DoWG", "dowg", 1, Norm::euclidean},
                              {"Mechanic", "mechanic"}};
  const std::array<const char*, 5> names = {"NAdamW, η = 0.001", "NAdamW, η = 0.003", "NAdamW, η = 0.01",
                                            "NAdamW, η = 0.03", "NAdamW, η = 0.1"};
  for (std::size_t i = 0; i < rates.size(); ++i) all.push_back({names[i], "nadamw", rates[i]});
  return all;
}

struct Workload {
  const char* name;
  const char* title;
  bool has_distance = false;
};
constexpr std::array<Workload, 5> workloads = {{{"quadratic", "Quadratic with noisy gradients", true},
                                                {"logistic", "Logistic regression"},
                                                {"absolute", "Least absolute deviations, heavy tails", true},
                                                {"network", "Network on sin x₁ + x₂x₃"},
                                                {"factorization", "Matrix factorization"}}};

std::string tracked(const std::string& method, const Workload& workload) { return method + " (" + workload.name + ")"; }

/// What the data were made from; the minimiser itself, which facts would look for, is not needed.
arma::vec truth_of(const ProblemModel& problem) {
  for (const NamedMatrix& each : problem.data())
    if (each.name == "truth") return each.value;
  return {};
}

struct HyperparameterFree {
  std::int64_t steps = 1000;
  std::int64_t batch = 32;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  struct Task {
    std::shared_ptr<const ProblemModel> problem;
    Blocks start;
    std::uint64_t batch = 0;
  };
  Task task(StudyContext& c, std::size_t which) const;
  Node optimizer(const Entrant& one, bool shifted, const Blocks& start) const;
  double race(StudyContext& c, const Entrant& one, std::size_t which, const Task& task) const;
  void profile(StudyContext& c, const std::vector<double>& ratios) const;
};

std::vector<FigureSpec> HyperparameterFree::figures() const {
  std::vector<std::string> methods;
  for (const Entrant& one : entrants()) methods.push_back(one.label);
  std::vector<FigureSpec> list = {{.id = "profile",
                                   .title = "Share of the workloads solved within a factor of the best NAdamW",
                                   .x_label = "factor",
                                   .y_label = "share",
                                   .form = FigureForm::curve,
                                   .x_scale = Scale::log,
                                   .names = {"profile"},
                                   .runs = methods}};
  for (const Workload& workload : workloads)
    list.push_back({.id = workload.name,
                    .title = workload.title,
                    .x_label = "step",
                    .y_label = "loss over its first",
                    .y_scale = Scale::log,
                    .names = {workload.name},
                    .runs = methods});
  for (const Workload& workload : workloads) {
    if (!workload.has_distance) continue;
    std::vector<std::string> runs;
    for (std::size_t i = 0; i < free_methods; ++i) runs.push_back(tracked(methods[i], workload));
    list.push_back({.id = std::string("estimate_") + workload.name,
                    .title = std::string("Estimated distance: ") + workload.title,
                    .x_label = "step",
                    .y_label = "d",
                    .y_scale = Scale::log,
                    .names = {estimate},
                    .runs = runs,
                    .note = "Beside ‖x₀ − x*‖, in the largest coordinate for methods that step like Adam."});
  }
  return list;
}

HyperparameterFree::Task HyperparameterFree::task(StudyContext& c, std::size_t which) const {
  const auto make = [&](const char* id, std::map<std::string, Value, std::less<>> params) {
    return c.problem(node(Kind::problem, id, std::move(params)));
  };
  constexpr std::int64_t rows = 300, columns = 30;
  const double length = arma::norm(normal_vector(c.rng("length"), columns));
  const std::string isotropic = "isotropic";
  Task out;
  if (which == 0)
    out.problem = make("quadratic", {{"dimension", std::int64_t{40}}, {"rotate", false}, {"noise", 0.05}});
  if (which == 1)
    out.problem = make("logistic_regression",
                       {{"samples", rows}, {"features", columns}, {"spectrum", isotropic}, {"truth_norm", length}});
  if (which == 2)
    out.problem = make("lp_regression", {{"samples", rows},
                                         {"features", columns},
                                         {"truth_norm", 0.3 * length},
                                         {"noise", 0.1},
                                         {"noise_law", std::string("student")}});
  if (which == 3)
    out.problem = make("mlp_regression", {{"widths", std::vector<double>{24}}, {"samples", std::int64_t{400}}});
  if (which == 4) out.problem = make("matrix_factorization", {});
  out.start = out.problem->start(c.rng("init"));
  if (which == 0)
    out.start.flat() = truth_of(*out.problem) + 3 * normal_vector(c.rng("start"), out.start.flat().n_elem);
  out.batch = std::min(static_cast<std::uint64_t>(batch), out.problem->samples());
  return out;
}

Node HyperparameterFree::optimizer(const Entrant& one, bool shifted, const Blocks& start) const {
  const auto cosine = std::make_shared<const Node>(node(Kind::schedule, "cosine", {{"peak", one.rate}}));
  Node chosen = node(Kind::optimizer, one.id, {{"learning_rate", cosine}});
  if (one.id == "nadamw") chosen.params["weight_decay"] = 0.0;
  if (one.id == "mechanic") {
    const Node base = node(Kind::optimizer, "nadamw", {{"learning_rate", cosine}, {"weight_decay", 0.0}});
    chosen.params = {{"base", std::make_shared<const Node>(base)}};
  }
  // The workload starts at zero; here its coordinates are moved, which the first distance of DoG must not notice.
  if (one.id == "dog" && shifted) chosen.params["initial_distance"] = 1e-6 / (1 + arma::norm(start.flat()));
  return chosen;
}

/// Final over first loss.
double HyperparameterFree::race(StudyContext& c, const Entrant& one, std::size_t which, const Task& task) const {
  const Workload& workload = workloads[which];
  const auto every = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(steps) / 100);
  DescentSpec spec{.problem = task.problem,
                   .optimizer = optimizer(one, which == 0, task.start),
                   .steps = static_cast<std::uint64_t>(steps),
                   .batch = task.batch,
                   .order = "with_replacement",
                   .start = task.start,
                   .loss_every = every};
  DescentResult result;
  if (workload.has_distance && one.id != "nadamw") {
    const std::string label = tracked(one.label, workload);
    spec.probes = {
        node(Kind::probe, "report", {{"of", std::string(estimate)}, {"every", static_cast<std::int64_t>(every)}})};
    const arma::vec away = truth_of(*task.problem) - task.start.flat();
    const double distance = arma::norm(away, one.norm == Norm::largest ? "inf" : "fro");
    if (one.norm != Norm::none) c.curve(label, truth_name, 0, distance);
    if (one.norm != Norm::none && c.repeat() == 0)
      c.theory(TheoryKind::exact, label, estimate, one.norm == Norm::largest ? "‖x₀ − x*‖∞" : "‖x₀ − x*‖₂",
               {0, static_cast<double>(steps)}, {distance, distance});
    result = c.descent(label, spec);
  } else {
    result = c.quietly(spec);
  }
  if (c.stopping() || result.loss.empty()) return arma::datum::nan;
  for (std::size_t i = 0; i < result.loss.size(); ++i)
    c.series(one.label, workload.name, std::min<std::uint64_t>(i * every, spec.steps),
             result.loss[i] / result.loss.front());
  const bool whole = result.outcome.how == Ended::steps && std::isfinite(result.loss.back());
  const double ratio = whole ? result.loss.back() / result.loss.front() : arma::datum::inf;
  c.curve(one.label, final_ratio, static_cast<double>(which + 1), ratio);
  return ratio;
}

/// Of each method: the share of workloads on which it ends within a factor of the best NAdamW there.
void HyperparameterFree::profile(StudyContext& c, const std::vector<double>& ratios) const {
  const std::vector<Entrant> all = entrants();
  for (std::size_t i = 0; i < all.size(); ++i)
    for (int step = 0; step <= 80; ++step) {
      const double factor = std::pow(10.0, -0.5 + step * 0.05);
      double share = 0;
      for (std::size_t w = 0; w < workloads.size(); ++w) {
        const double* own = ratios.data() + w * all.size();
        share += own[i] <= factor * *std::min_element(own + free_methods, own + all.size());
      }
      c.curve(all[i].label, "profile", factor, share / static_cast<double>(workloads.size()));
    }
}

void HyperparameterFree::run(StudyContext& c) const {
  const std::vector<Entrant> all = entrants();
  std::vector<Task> tasks;
  for (std::size_t which = 0; which < workloads.size() && !c.stopping(); ++which) tasks.push_back(task(c, which));
  if (c.stopping()) return;
  std::vector<double> ratios(workloads.size() * all.size(), arma::datum::nan);
  c.parallel_for(ratios.size(), [&](std::size_t i, StudyContext& part) {
    const std::size_t which = i / all.size();
    ratios[i] = race(part, all[i % all.size()], which, tasks[which]);
    part.progress(static_cast<double>(i + 1) / static_cast<double>(ratios.size()));
  });
  if (!c.stopping()) profile(c, ratios);
}

void HyperparameterFree::judge(const TraceView& trace, Verdicts& v) const {
  const std::vector<Entrant> all = entrants();
  std::vector<double> logs(all.size(), 0);
  for (std::size_t w = 0; w < workloads.size(); ++w) {
    std::vector<double> medians;
    for (const Entrant& one : all)
      medians.push_back(median_of(curve_at(trace, one.label, final_ratio, static_cast<double>(w + 1))));
    const double best = *std::min_element(medians.begin() + free_methods, medians.end());
    for (std::size_t i = 0; i < all.size(); ++i) logs[i] += std::log(medians[i] / best) / workloads.size();
  }
  std::vector<double> means;  // geometric, over the workloads
  for (const double each : logs) means.push_back(std::exp(each));
  const auto of_nadamw = means.begin() + free_methods;
  const bool whole = std::none_of(means.begin(), means.end(), [](double m) { return std::isnan(m); });
  const double worst_free = whole ? *std::max_element(means.begin(), of_nadamw) : arma::datum::nan;
  const double best_free = whole ? *std::min_element(means.begin(), of_nadamw) : arma::datum::nan;
  v.at_least("Every method without a learning rate beats an uncalibrated NAdamW, η = 0.001, tenfold",
             "geometric mean of loss ratios over workloads, NAdamW over the worst of them", *of_nadamw / worst_free,
             10);
  v.below("One calibrated learning rate of NAdamW is better than each of them",
          "geometric mean of loss ratios over workloads, best NAdamW over the best of them",
          *std::min_element(of_nadamw, means.end()) / best_free, 1);
  for (const Workload& workload : workloads) {
    if (!workload.has_distance) continue;
    const std::string label = tracked("DoG", workload);
    const auto last = over_repeats(trace, label, estimate, [](const TraceView::Series& s) { return s.value.back(); });
    const auto true_distance = curve_at(trace, label, truth_name, 0);
    std::vector<double> ratios;
    for (std::size_t i = 0; i < last.size() && last.size() == true_distance.size(); ++i)
      ratios.push_back(last[i] / true_distance[i]);
    v.within(std::string("DoG finds the distance to the solution: ") + workload.name,
             "its estimate over the true distance, mean over seeds", mean_of(ratios), 0.7, 1.5);
  }
}

}  // namespace KAPPA_FILE

Method hyperparameter_free() {
  using S = KAPPA_FILE::HyperparameterFree;
  return study<S>(
      {.title = "Hyperparameter-free?",
       .idea = "Prodigy, D-Adaptation, DoG, DoWG and Mechanic guess their own step size. They are far better than a "
               "guess of ours, and behind one learning rate that was calibrated on all workloads.",
       .equation = "loss ratio = f(x_T)/f(x₀) over the best of NAdamW η ∈ {0.001, 0.003, 0.01, 0.03, 0.1}, all with a "
                   "cosine",
       .cite = {{"Kasimbeg, Roulet, Agarwal, Medapati, Pedregosa, Agarwala, Dahl", 2025,
                 "How far away are truly hyperparameter-free learning algorithms?", "arXiv:2505.24005"}},
       .question = "Can a method without a learning rate replace one whose learning rate was tuned?",
       .look_for = "The curve of a calibrated NAdamW rises first; the small learning rate 0.001 rises last; DoG's "
                   "estimate settles at the true distance.",
       .group = "Optimizers",
       .uses = {"prodigy", "d_adaptation", "dog", "dowg", "mechanic", "nadamw"}},
      {{&S::steps, "steps", "T", count(10, 20'000, true), "steps of every method on every workload"},
       {&S::batch, "batch", "b", count(1, 300, true), "rows of a minibatch, where there are rows"}});
}

}  // namespace kappa::studies
