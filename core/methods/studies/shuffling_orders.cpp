/// Shuffling orders: the same steps on the same data, and the order of the samples alone changes the exponent.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

struct Rival {
  const char* label;
  const char* order;
  const char* rate;  ///< the paper's, log factors apart
  double power;      ///< of K in that rate
  double in_samples;
};
constexpr Rival rivals[] = {{"With replacement", "with_replacement", "∝ 1/(nK)", -1, -1},
                            {"Random reshuffling", "random_reshuffling", "∝ 1/(nK²)", -2, -1},
                            {"GraB", "grab", "∝ 1/(n²K²), no order can do better", -2, -2},
                            {"Shuffle once", "shuffle_once", "∝ 1/K²", -2, 0},
                            {"Incremental", "incremental", "∝ 1/K²", -2, 0}};

struct ShufflingOrders {
  std::int64_t dimension = 8;
  std::int64_t samples = 64;
  double condition_number = 10;
  std::vector<double> epochs = {16, 32, 64, 128};
  std::vector<double> sample_counts = {32, 128, 512};

  std::vector<FigureSpec> figures() const {
    const FigureSpec path{.id = "path",
                          .title = "The last epoch, seen in two coordinates",
                          .x_label = "x₁",
                          .y_label = "x₂",
                          .form = FigureForm::plane,
                          .names = {"path"},
                          .runs = labels({0, 1, 2}),
                          .note = "the solution is at zero; a balanced order comes back to where it began"};
    const FigureSpec progress{.id = "progress",
                              .title = "The longest runs, epoch by epoch",
                              .x_label = "epoch",
                              .y_label = "f(x) − f*",
                              .y_scale = Scale::log,
                              .names = {"gap_by_epoch"}};
    return {rates("epochs", "What is left after K epochs: the order sets the slope", "epochs K", "gap", {0, 1, 2}),
            path, progress,
            rates("fixed", "Fixed orders beside a fresh shuffle each epoch", "epochs K", "gap", {1, 3, 4}),
            rates("samples", "More samples help a balanced order most", "samples n", "gap_by_samples", {0, 1, 2},
                  "shown, not checked")};
  }

  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  using Model = std::shared_ptr<const ProblemModel>;
  struct Task {
    std::size_t rival;
    double epochs, samples;
    bool by_samples;
  };
  static std::vector<std::string> labels(std::initializer_list<std::size_t> which) {
    std::vector<std::string> list;
    for (const std::size_t i : which) list.push_back(rivals[i].label);
    return list;
  }
  static FigureSpec rates(const char* id, const char* title, const char* x_label, const char* curve,
                          std::initializer_list<std::size_t> which, const char* note = "") {
    return {.id = id,
            .title = title,
            .x_label = x_label,
            .y_label = "f(x) − f*",
            .form = FigureForm::curve,
            .x_scale = Scale::log,
            .y_scale = Scale::log,
            .names = {curve},
            .runs = labels(which),
            .note = note};
  }
  std::vector<double> all_epochs() const { return counts(epochs); }
  static std::vector<double> counts(std::vector<double> given);
  Model problem(StudyContext& c, double n) const {
    return c.problem(node(
        Kind::problem, "diagonal_finite_sum",
        {{"dimension", dimension}, {"samples", static_cast<std::int64_t>(n)}, {"condition_number", condition_number}}));
  }
  double last_gap(StudyContext& c, const Task& task, bool streams) const;
  static void guides(StudyContext& c, const Rival& rival, const char* curve, double power, const std::vector<double>& x,
                     const std::vector<double>& y);
};

/// Whole numbers, ascending, each once.
std::vector<double> ShufflingOrders::counts(std::vector<double> given) {
  for (double& each : given) each = std::round(each);
  std::sort(given.begin(), given.end());
  given.erase(std::unique(given.begin(), given.end()), given.end());
  return given;
}

/// The gap after the last epoch; NaN where the descent blew up or was stopped.
double ShufflingOrders::last_gap(StudyContext& c, const Task& task, bool streams) const {
  const Model sum = problem(c, task.samples);
  const double total = task.samples * task.epochs, mu = sum->facts().strong_convexity.value_or(1);
  const auto n = static_cast<std::uint64_t>(task.samples);
  const char* label = rivals[task.rival].label;
  const bool draws = streams && c.repeat() == 0;
  const std::uint64_t last_epoch = static_cast<std::uint64_t>(total) - n;
  std::vector<FieldCell> path;
  DescentSpec spec{.problem = sum,
                   .optimizer = node(Kind::optimizer, "gradient_descent",
                                     {{"learning_rate", 2 * std::log(std::max(total, 2.0)) / (mu * total)}}),
                   .steps = static_cast<std::uint64_t>(total),
                   .batch = 1,
                   .order = rivals[task.rival].order,
                   .loss_every = draws ? 1 : n};
  spec.until = [&](std::uint64_t t, const Blocks& x, double loss) {
    if (streams && t % n == 0) c.series(label, "gap_by_epoch", t / n, loss);
    if (!draws || t < last_epoch) return false;
    const arma::vec& at = x.flat();
    path.push_back(path_point(t - last_epoch, at[0], at.n_elem > 1 ? at[1] : 0, loss));
    path.back().step = 0;
    return false;
  };
  const DescentResult result = c.quietly(spec);
  if (draws && !c.stopping()) c.field(label, "path", path);
  return result.outcome.how == Ended::steps ? result.loss.back() : arma::datum::nan;
}

/// The paper's rate at the level that fits this seed's points.
void ShufflingOrders::guides(StudyContext& c, const Rival& rival, const char* curve, double power,
                             const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<double> level, line;
  for (std::size_t i = 0; i < x.size(); ++i) level.push_back(std::log(y[i]) - power * std::log(x[i]));
  for (const double each : x) line.push_back(std::exp(mean_of(level) + power * std::log(each)));
  c.theory(TheoryKind::guide, rival.label, curve, rival.rate, x, line);
}

void ShufflingOrders::run(StudyContext& c) const {
  std::vector<Task> tasks;
  const std::vector<double> all = all_epochs(), sizes = counts(sample_counts);
  const auto n = static_cast<double>(samples);
  for (const double k : all)
    for (std::size_t i = 0; i < std::size(rivals); ++i) tasks.push_back({i, k, n, false});
  const bool sweeps = c.repeat() < 5;  // shown, not checked
  for (const double size : sizes)
    for (std::size_t i = 0; i < 3 && sweeps; ++i) tasks.push_back({i, 64, size, true});
  std::vector<double> gaps(tasks.size(), arma::datum::nan);
  c.parallel_for(tasks.size(), [&](std::size_t i, StudyContext& part) {
    const Task& task = tasks[i];
    gaps[i] = last_gap(part, task, !task.by_samples && task.epochs == all.back());
    if (part.stopping()) return;
    if (task.by_samples)
      part.curve(rivals[task.rival].label, "gap_by_samples", task.samples, gaps[i]);
    else
      part.curve(rivals[task.rival].label, "gap", task.epochs, gaps[i]);
    part.progress(static_cast<double>(i + 1) / static_cast<double>(tasks.size()));
  });
  if (c.repeat() > 0 || c.stopping()) return;
  for (std::size_t r = 0; r < std::size(rivals); ++r)
    for (const bool by_samples : {false, true}) {
      std::vector<double> x, y;
      for (std::size_t i = 0; i < tasks.size(); ++i)
        if (tasks[i].rival == r && tasks[i].by_samples == by_samples && std::isfinite(gaps[i]))
          x.push_back(by_samples ? tasks[i].samples : tasks[i].epochs), y.push_back(gaps[i]);
      const double power = by_samples ? rivals[r].in_samples : rivals[r].power;
      if (x.size() > 1) guides(c, rivals[r], by_samples ? "gap_by_samples" : "gap", power, x, y);
    }
}

void ShufflingOrders::judge(const TraceView& trace, Verdicts& v) const {
  const std::vector<double> all = all_epochs();
  const auto mean_gap = [&](std::size_t rival, double k) {
    const auto gaps = curve_at(trace, rivals[rival].label, "gap", k);
    return gaps.size() == trace.repeats() ? mean_of(gaps) : arma::datum::nan;
  };
  const auto slope = [&](std::size_t rival) {
    std::vector<double> x, y;
    for (const double k : all) x.push_back(std::log(k)), y.push_back(std::log(mean_gap(rival, k)));
    return slope_of(x, y);
  };
  const char* statistic = "slope of the mean gap over the seeds against K, both in logarithms";
  v.within("With replacement the gap falls like 1/K", statistic, slope(0), -1.2, -0.5);
  v.below("Reshuffled every epoch it falls like 1/K²", statistic, slope(1), -1.6);
  v.below("In GraB's order it falls at least as fast", statistic, slope(2), -2.2);
  const double most = all.back();
  v.above("At the largest K reshuffling is far ahead of drawing with replacement",
          "ratio of the mean gaps, with replacement over reshuffled", mean_gap(0, most) / mean_gap(1, most), 5);
  v.above("At the largest K GraB is far ahead of reshuffling", "ratio of the mean gaps, reshuffled over GraB",
          mean_gap(1, most) / mean_gap(2, most), 5);
}

}  // namespace KAPPA_FILE

Method shuffling_orders() {
  using S = KAPPA_FILE::ShufflingOrders;
  return study<S>(
      {.title = "Shuffling orders",
       .idea =
           "SGD with one and the same step size, on samples drawn with replacement, reshuffled, shuffled once, taken "
           "as they lie, or put in order by GraB. Only the order differs.",
       .equation = "x ← x − α ∇f_{σ(t)}(x),  α = 2 log(nK)/(μnK);  with replacement 1/(nK), reshuffled 1/(nK²), GraB "
                   "1/(n²K²)",
       .cite = {{"Cha, Lee, Yun", 2023, "Tighter Lower Bounds for Shuffling SGD: Random Permutations and Beyond",
                 "arXiv:2303.07160"},
                {"Lu, Guo, De Sa", 2022, "GraB: Finding Provably Better Data Permutations than Random Reshuffling",
                 "arXiv:2205.10733"}},
       .question = "Does it matter in which order SGD sees its samples?",
       .look_for =
           "The order decides how steeply the error falls with the number of epochs: drawing at random is slowest, "
           "reshuffling each epoch doubles the slope, and an order balanced by the gradients is far below both.",
       .group = "First order",
       .uses = {"gradient_descent"}},
      {{&S::dimension, "dimension", "d", count(1, 200, true), "number of unknowns"},
       {&S::samples, "samples", "n", count(2, 2000, true), "quadratics in the mean"},
       {&S::condition_number, "condition_number", "κ", log_range(1, 1e3), "largest over smallest mean curvature"},
       {&S::epochs, "epochs", "K", Many{.of = log_range_of(2, 1000), .least = 2, .most = 8},
        "numbers of epochs; every run has the step size of its own"},
       {&S::sample_counts, "sample_counts", "n", Many{.of = log_range_of(2, 2000), .least = 1, .most = 8},
        "numbers of samples, for 64 epochs each; on the first five seeds"}});
}

}  // namespace kappa::studies
