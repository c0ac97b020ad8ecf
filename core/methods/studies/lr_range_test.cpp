/// The learning-rate range test: raise the rate with every batch, and see where the loss stops falling and explodes.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/order.hpp"
#include "core/kinds/study.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* plain = "SGD";
constexpr const char* heavy = "Heavy ball, β = 0.9";
constexpr const char* cycle = "One cycle";
constexpr const char* flat = "Constant rate and momentum";
constexpr double memory = 0.9;

struct LrRangeTest {
  std::int64_t samples = 400;
  std::int64_t features = 30;
  double condition_number = 10;
  double noise = 0.1;
  std::int64_t batch = 64;
  std::int64_t rates = 200;
  std::int64_t cycle_steps = 300;

  std::vector<FigureSpec> figures() const {
    return {{.id = "sweep",
             .title = "Batch loss while the rate rises",
             .x_label = "learning rate",
             .y_label = "batch loss",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"batch_loss"},
             .note = "one step per rate; theory: the edge 2/L, with momentum 2(1+β)/L"},
            {.id = "mirror",
             .title = "One cycle: rate and momentum mirror each other",
             .x_label = "step",
             .y_label = "over its peak",
             .names = {"rate", "momentum"},
             .runs = {cycle}},
            {.id = "loss",
             .title = "Training at half the rate that the test with momentum finds",
             .x_label = "step",
             .y_scale = Scale::log,
             .names = {"loss"},
             .runs = {cycle, flat}}};
  }

  void run(StudyContext& c) const {
    const double size = arma::norm(normal_vector(c.rng("length of the truth"), static_cast<arma::uword>(features)));
    const auto problem = c.problem(node(Kind::problem, "linear_regression",
                                        {{"samples", samples},
                                         {"features", features},
                                         {"condition_number", condition_number},
                                         {"truth_norm", size},
                                         {"noise", noise}}));
    const double smoothness = problem->facts().smoothness.value_or(1);
    sweep(c, plain, 0, problem, smoothness);
    c.progress(0.3);
    const double found = sweep(c, heavy, memory, problem, smoothness);
    c.progress(0.6);
    if (!c.stopping()) train(c, problem, found / 2);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  std::uint64_t batch_size() const { return static_cast<std::uint64_t>(std::min(batch, samples)); }
  double sweep(StudyContext& c, const char* label, double momentum, const std::shared_ptr<const ProblemModel>& problem,
               double smoothness) const;
  void train(StudyContext& c, const std::shared_ptr<const ProblemModel>& problem, double peak) const;
};

Node with_rate(double momentum, Value rate, Value of_momentum) {
  Node optimizer = node(Kind::optimizer, momentum > 0 ? "heavy_ball" : "gradient_descent");
  optimizer.params["learning_rate"] = std::move(rate);
  if (momentum > 0) optimizer.params["momentum"] = std::move(of_momentum);
  return optimizer;
}

/// Returns the rate at which the batch loss was smallest before it exploded.
double LrRangeTest::sweep(StudyContext& c, const char* label, double momentum,
                          const std::shared_ptr<const ProblemModel>& problem, double smoothness) const {
  constexpr double first_rate = 1e-3, last_rate = 31.622776601683793;
  const double gamma = std::pow(last_rate / first_rate, 1 / static_cast<double>(rates - 1));
  const auto rising =
      std::make_shared<const Node>(node(Kind::schedule, "exponential", {{"peak", first_rate}, {"gamma", gamma}}));
  const auto order = make_order(node(Kind::order, "with_replacement"));
  OrderState memory_of_order;
  std::vector<std::uint32_t> rows;
  Scratch room;
  double first = 0, least = arma::datum::inf, least_rate = first_rate, edge = 0;
  DescentSpec spec{.problem = problem,
                   .optimizer = with_rate(momentum, rising, momentum),
                   .steps = static_cast<std::uint64_t>(rates),
                   .batch = batch_size(),
                   .order = "with_replacement"};
  spec.until = [&](std::uint64_t t, const Blocks& x, double) {
    if (t >= static_cast<std::uint64_t>(rates)) return false;
    order->rows(memory_of_order, {t, problem->samples(), spec.batch, c.seed()}, rows);
    const double loss = problem->value(x, {rows, c.rng("noise", t), room});
    const double rate = first_rate * std::pow(gamma, static_cast<double>(t));
    if (t == 0) first = loss;
    if (loss < least) {
      least = loss;
      least_rate = rate;
    }
    edge = rate;
    c.curve(label, "batch_loss", rate, loss);
    return loss > 4 * first;
  };
  const DescentResult result = c.quietly(spec);
  if (c.stopping()) return least_rate;
  c.series(label, "smallest_at", 0, least_rate * smoothness);
  if (result.outcome.how == Ended::reached) c.series(label, "diverged_at", 0, edge * smoothness);
  if (c.repeat() == 0)
    c.vertical(TheoryKind::guide, label, "batch_loss", momentum > 0 ? "2(1 + β)/L" : "2/L",
               2 * (1 + momentum) / smoothness);
  return least_rate;
}

void LrRangeTest::train(StudyContext& c, const std::shared_ptr<const ProblemModel>& problem, double peak) const {
  constexpr double most = 0.95;
  const Node rate = node(Kind::schedule, "one_cycle", {{"peak", peak}});
  const Node mirrored = node(Kind::schedule, "one_cycle", {{"peak", most}, {"form", std::string("momentum")}});
  const auto steps = static_cast<std::uint64_t>(cycle_steps);
  const auto rises = make_schedule(rate), falls = make_schedule(mirrored);
  for (std::uint64_t t = 0; t < steps; ++t) {
    c.series(cycle, "rate", t, rises->multiplier(t, steps));
    c.series(cycle, "momentum", t, falls->multiplier(t, steps));
  }
  DescentSpec spec{
      .problem = problem,
      .optimizer = with_rate(most, std::make_shared<const Node>(rate), std::make_shared<const Node>(mirrored)),
      .steps = steps,
      .batch = batch_size(),
      .order = "with_replacement"};
  c.descent(cycle, spec);
  spec.optimizer = with_rate(memory, peak / 10, memory);
  if (!c.stopping()) c.descent(flat, spec);
}

void LrRangeTest::judge(const TraceView& trace, Verdicts& v) const {
  const auto ends = [&](const char* series) {
    std::vector<double> at =
        over_repeats(trace, plain, series, [](const TraceView::Series& s) { return s.value.back(); });
    const bool complete = at.size() == trace.repeats() && !at.empty();
    const auto [low, high] = std::minmax_element(at.begin(), at.end());
    return complete ? std::pair(*low, *high) : std::pair(arma::datum::nan, arma::datum::nan);
  };
  const auto [least_low, least_high] = ends("smallest_at");
  const auto [edge_low, edge_high] = ends("diverged_at");
  v.within("The batch loss is smallest near the edge 2/L, on every seed", "smallest ηL over seeds", least_low, 0.8, 3);
  v.within("The batch loss is smallest near the edge 2/L, on every seed", "largest ηL over seeds", least_high, 0.8, 3);
  v.within("The loss passes four times its first value soon after the edge, on every seed", "smallest ηL over seeds",
           edge_low, 2, 6);
  v.within("The loss passes four times its first value soon after the edge, on every seed", "largest ηL over seeds",
           edge_high, 2, 6);
}

}  // namespace KAPPA_FILE

Method lr_range_test() {
  using S = KAPPA_FILE::LrRangeTest;
  return study<S>(
      {.title = "The learning-rate range test and one cycle",
       .idea = "One short run with a rising rate finds the largest rate that works: the edge that the curvature sets.",
       .equation =
           "ηₜ = 10⁻³ … 10^1.5, one batch each, stop at loss > 4 × the first;  edge: η = 2/L, with momentum 2(1+β)/L",
       .cite = {{"Smith", 2018, "A disciplined approach to neural network hyper-parameters: Part 1",
                 "arXiv:1803.09820"}},
       .question = "How large may the learning rate be, and can a single short run tell?",
       .look_for = "The loss falls, flattens and explodes just past 2/L; with momentum past 2(1+β)/L.",
       .group = "Schedules",
       .uses = {"gradient_descent", "heavy_ball"}},
      {{&S::samples, "samples", "n", count(10, 20'000, true), "rows of the regression"},
       {&S::features, "features", "d", count(1, 500, true), "its unknowns"},
       {&S::condition_number, "condition_number", "κ", log_range(1, 1e6), "of the inputs' covariance"},
       {&S::noise, "noise", "σ", from_zero(1e-3, 10), "deviation of the noise in y"},
       {&S::batch, "batch", "B", count(1, 20'000, true), "rows of a batch, at most all of them"},
       {&S::rates, "rates", "", count(10, 5000, true), "rates tried, each for one step"},
       {&S::cycle_steps, "cycle_steps", "T", count(10, 20'000, true), "steps of the training after the test"}});
}

}  // namespace kappa::studies
