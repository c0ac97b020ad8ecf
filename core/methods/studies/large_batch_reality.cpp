/// Large batches: do layerwise step sizes reach what tuned generic optimizers do not? On test accuracy they do not.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

struct Rival {
  std::string label, id;
  std::vector<double> rates;
  std::vector<double> regression_rates;
  std::map<std::string, Value, std::less<>> fixed;
  bool layerwise = false;
};

std::vector<Rival> rivals() {
  return {{"Nesterov, μ = 0.9", "nesterov", {.1, .3, 1}, {.03, .1, .3}, {{"momentum", 0.9}}},
          {"Nesterov, μ = 0.97", "nesterov", {.1, .3, 1}, {.03, .1, .3}, {{"momentum", 0.97}}},
          {"Adam", "adam", {.003, .01, .03}, {.003, .01, .03, .1}, {{"beta2", 0.99}}},
          {"LARS", "lars", {3, 10, 30, 100}, {3, 10, 30, 100}, {{"momentum", 0.9}}, true},
          {"LAMB", "lamb", {.01, .03, .1}, {.003, .01, .03, .1}, {{"beta2", 0.99}}, true}};
}

struct LargeBatchReality {
  std::int64_t samples = 2000;
  std::int64_t batch = 1000;
  std::int64_t steps = 150;
  std::int64_t regression_steps = 200;

  std::vector<FigureSpec> figures() const {
    return {
        {.id = "accuracy",
         .title = "Test accuracy at each method's best learning rate",
         .x_label = "step",
         .y_label = "accuracy",
         .names = {"accuracy"},
         .note = "Layerwise methods (LARS, LAMB) and generic ones end together."},
        {.id = "regression",
         .title = "Training loss of a full-batch regression, tuned",
         .x_label = "step",
         .y_label = "training loss",
         .y_scale = Scale::log,
         .names = {"regression_loss"},
         .note = "Another question, another answer: on training loss the methods may well differ. Nothing is claimed "
                 "here."},
        {.id = "rates",
         .title = "Final test accuracy against the learning rate",
         .x_label = "learning rate",
         .y_label = "accuracy",
         .form = FigureForm::curve,
         .x_scale = Scale::log,
         .names = {"final_accuracy"}}};
  }

  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  struct Point {
    std::size_t rival;
    double rate;
    bool regression;
  };
  struct History {
    std::vector<std::uint64_t> step;
    std::vector<double> value;  ///< accuracy, or training loss
    double score() const { return value.empty() || !std::isfinite(value.back()) ? arma::datum::nan : value.back(); }
  };
  static std::vector<Point> grid(bool with_regression);
  History follow(StudyContext& c, const Point& point, const std::shared_ptr<const ProblemModel>& problem) const;
  void emit_best(StudyContext& c, const std::vector<Point>& points, const std::vector<History>& all) const;
};

/// The regression comes first, since its runs are short.
std::vector<LargeBatchReality::Point> LargeBatchReality::grid(bool with_regression) {
  std::vector<Point> points;
  const std::vector<Rival> all = rivals();
  for (const bool regression : {true, false})
    for (std::size_t i = 0; i < all.size() && (with_regression || !regression); ++i)
      for (const double rate : regression ? all[i].regression_rates : all[i].rates)
        points.push_back({i, rate, regression});
  return points;
}

LargeBatchReality::History LargeBatchReality::follow(StudyContext& c, const Point& point,
                                                     const std::shared_ptr<const ProblemModel>& problem) const {
  const Rival rival = rivals()[point.rival];
  const auto total = static_cast<std::uint64_t>(point.regression ? regression_steps : steps);
  const auto warm = static_cast<std::int64_t>(total / 10);
  DescentSpec spec{.problem = problem, .optimizer = node(Kind::optimizer, rival.id, rival.fixed), .steps = total};
  spec.optimizer.params["learning_rate"] = std::make_shared<const Node>(
      node(Kind::schedule, "linear_decay", {{"peak", point.rate}, {"warmup_steps", warm}}));
  if (!point.regression) spec.batch = static_cast<std::uint64_t>(std::min(batch, samples));
  spec.loss_every = point.regression ? 5 : 25;
  History history;
  spec.until = [&](std::uint64_t t, const Blocks& x, double loss) {
    history.step.push_back(t);
    history.value.push_back(point.regression ? loss : 1 - problem->test_loss(x));
    return false;
  };
  const DescentResult result = c.quietly(spec);
  if (result.outcome.how != Ended::steps) history.value.push_back(arma::datum::nan), history.step.push_back(total);
  return history;
}

void LargeBatchReality::emit_best(StudyContext& c, const std::vector<Point>& points,
                                  const std::vector<History>& all) const {
  const std::vector<Rival> names = rivals();
  for (const bool regression : {false, true})
    for (std::size_t i = 0; i < names.size(); ++i) {
      const History* best = nullptr;
      for (std::size_t k = 0; k < points.size(); ++k) {
        if (points[k].rival != i || points[k].regression != regression || std::isnan(all[k].score())) continue;
        const bool better =
            best == nullptr || (regression ? all[k].score() < best->score() : all[k].score() > best->score());
        if (better) best = &all[k];
      }
      if (best == nullptr) continue;
      const char* name = regression ? "regression_loss" : "accuracy";
      for (std::size_t k = 0; k < best->step.size(); ++k) c.series(names[i].label, name, best->step[k], best->value[k]);
    }
}

void LargeBatchReality::run(StudyContext& c) const {
  const auto classes = c.problem(node(Kind::problem, "mlp_regression",
                                      {{"inputs", std::int64_t{10}},
                                       {"outputs", std::int64_t{4}},
                                       {"widths", std::vector<double>{48, 48}},
                                       {"samples", samples},
                                       {"test_samples", samples},
                                       {"loss", std::string("cross_entropy")},
                                       {"teacher_widths", std::vector<double>{16}},
                                       {"teacher_scale", 1.5},
                                       {"test_measure", std::string("error")}}));
  const auto regression = c.problem(
      node(Kind::problem, "mlp_regression", {{"widths", std::vector<double>{24, 24}}, {"samples", std::int64_t{300}}}));
  const std::vector<Point> points = grid(c.repeat() == 0);  // nothing is claimed of the regression
  const std::vector<Rival> names = rivals();
  std::vector<History> all(points.size());
  c.parallel_for(points.size(), [&](std::size_t i, StudyContext& part) {
    const Point& point = points[i];
    all[i] = follow(part, point, point.regression ? regression : classes);
    if (part.stopping()) return;
    const char* name = point.regression ? "final_loss" : "final_accuracy";
    part.curve(names[point.rival].label, name, point.rate, all[i].score());
    part.progress(static_cast<double>(i + 1) / static_cast<double>(points.size()));
  });
  if (!c.stopping()) emit_best(c, points, all);
}

void LargeBatchReality::judge(const TraceView& trace, Verdicts& v) const {
  constexpr double tolerance = 2.5;  // points
  const std::vector<Rival> all = rivals();
  std::vector<std::vector<double>> tuned;
  bool whole = true, learned = true;
  for (const Rival& rival : all) {
    const auto at = [&](bool end) {
      return over_repeats(trace, rival.label, "accuracy",
                          [&](const TraceView::Series& s) { return end ? s.value.back() : s.value.front(); });
    };
    tuned.push_back(at(true));
    whole = whole && tuned.back().size() == trace.repeats();
    learned = learned && mean_of(tuned.back()) > mean_of(at(false)) + tolerance / 100;
  }
  const char* sentence = "On test accuracy generic optimizers suffice";
  const char* statistic =
      "gap between the best generic and the best layerwise method, tuned, mean over seeds, in points";
  if (!whole) return v.unknown(sentence, statistic, "a method did not finish on every seed");
  if (!learned) return v.unknown(sentence, statistic, "a method learned nothing: there is nothing to compare");
  std::vector<double> nesterov;  // tuned over its momentum too, seed by seed
  for (std::size_t i = 0; i < tuned[0].size(); ++i) nesterov.push_back(std::max(tuned[0][i], tuned[1][i]));
  double generic = mean_of(nesterov), layerwise = 0;
  for (std::size_t i = 2; i < all.size(); ++i) {
    double& best = all[i].layerwise ? layerwise : generic;
    best = std::max(best, mean_of(tuned[i]));
  }
  v.at_most(sentence, statistic, 100 * std::abs(generic - layerwise), tolerance);
}

}  // namespace KAPPA_FILE

Method large_batch_reality() {
  using S = KAPPA_FILE::LargeBatchReality;
  return study<S>(
      {.title = "Large batches: a reality check",
       .idea = "LARS and LAMB were made for large batches. Tuned with the same care, Nesterov momentum and Adam reach "
               "the same test accuracy; on training loss, which nobody deploys, LARS can be ahead.",
       .equation = "LARS: m ← μm + η τ‖w‖/‖g‖ g,  LAMB: w ← w − η (‖w‖/‖u‖) u,  rate × min(1, (t+1)/w)(1 − t/T)",
       .cite = {{"Nado, Gilmer, Shallue, Anil, Dahl", 2021,
                 "A Large Batch Optimizer Reality Check: Traditional, Generic Optimizers Suffice Across Batch Sizes",
                 "arXiv:2102.06356"}},
       .question = "Does training with large batches need optimizers of its own?",
       .look_for =
           "All tuned curves of test accuracy end within two points of each other, while the training losses of "
           "the other panel may lie far apart.",
       .group = "Optimizers",
       .uses = {"nesterov", "adam", "lars", "lamb"}},
      {{&S::samples, "samples", "n", count(100, 5000, true), "samples to fit, and as many to test"},
       {&S::batch, "batch", "b", count(10, 5000, true), "rows of a batch, drawn without replacement; at most n"},
       {&S::steps, "steps", "T", count(20, 1000, true), "steps of each run, a tenth of them to warm up"},
       {&S::regression_steps, "regression_steps", "", count(20, 1000, true),
        "the same, for the full-batch regression"}});
}

}  // namespace kappa::studies
