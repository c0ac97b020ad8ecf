/// Exact Gauss–Newton: a solve as small as the batch gives the full damped direction, and trains as well as Adam.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* exact = "EGN";
constexpr const char* with_momentum = "EGN, momentum";
constexpr const char* adam = "Adam";
constexpr const char* sgd = "SGD";
constexpr const char* dense = "Dense solve";
constexpr const char* small_exact = "EGN, small network";
constexpr const char* small_dense = "LM, small network";
constexpr const char* small_whole = "LM on all samples, small network";
constexpr const char* final_ratio = "final_ratio";
constexpr const char* difference = "direction_difference";
constexpr const char* work = "multiplications";
constexpr const char* earned = "loss_for_work";

struct Rival {
  const char* name;
  Node optimizer;
  std::vector<double> rates, dampings;  ///< no dampings: the method has none
};

struct ExactGaussNewton {
  std::vector<double> widths = {32, 32};
  std::int64_t samples = 1000;
  std::int64_t batch = 32;
  std::int64_t steps = 400;
  std::vector<double> small_widths = {6, 6};

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    race(c);
    if (!c.stopping()) beside_dense(c);
    if (!c.stopping()) compare(c);
    if (!c.stopping() && c.repeat() == 0) count(c);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  static constexpr double inputs = 6;

  static std::vector<Rival> rivals();
  std::shared_ptr<const ProblemModel> network(StudyContext& c, const std::vector<double>& hidden) const;
  DescentSpec on_batches(const std::shared_ptr<const ProblemModel>& problem) const;
  static Node tuned(StudyContext& c, DescentSpec spec, const Rival& rival, double zero, bool shown);
  void compare(StudyContext& c) const;
  void count(StudyContext& c) const;
  void race(StudyContext& c) const;
  void beside_dense(StudyContext& c) const;
};

/// Weights and biases of a network with one output.
double parameters_of(double inputs, const std::vector<double>& hidden) {
  double p = 0, before = inputs;
  for (const double width : hidden) {
    p += (before + 1) * std::round(width);
    before = std::round(width);
  }
  return p + before + 1;
}
/// JJ' and its Cholesky factor; J'J and its own.
double small_solve(double b, double p) { return b * b * p + b * b * b / 3; }
double large_solve(double b, double p) { return b * p * p + p * p * p / 3; }
/// The loss of a network that says zero.
double zero_loss(const ProblemModel& problem) {
  const arma::mat y = problem.data()[1].value;
  return 0.5 * arma::dot(y, y) / static_cast<double>(y.n_rows);
}

std::vector<FigureSpec> ExactGaussNewton::figures() const {
  return {{.id = "loss",
           .title = "Loss on all samples, each method at its best setting",
           .x_label = "batch",
           .y_scale = Scale::log,
           .names = {"loss"},
           .runs = {exact, with_momentum, adam, sgd}},
          {.id = "small",
           .title = std::to_string(std::lround(parameters_of(inputs, small_widths))) +
                    " parameters: EGN beside Levenberg–Marquardt",
           .x_label = "multiplications in all solves",
           .y_label = "loss / zero network",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {earned},
           .note = "on batches LM trusts every one of them wholly; on all samples it is exact and pays for them"},
          {.id = "rates",
           .title = "Final loss over that of the zero network, by learning rate",
           .x_label = "learning rate",
           .y_label = "final / zero network",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {final_ratio}},
          {.id = "work",
           .title = "Multiplications of one direction",
           .x_label = "batch size b",
           .y_label = "multiplications",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {work}}};
}

std::vector<Rival> ExactGaussNewton::rivals() {
  return {{exact, node(Kind::optimizer, "gauss_newton_exact"), {0.1, 0.3}, {0.1, 1}},
          {with_momentum, node(Kind::optimizer, "gauss_newton_exact", {{"momentum", 0.9}}), {0.1, 0.3}, {0.1}},
          {adam, node(Kind::optimizer, "adam"), {0.003, 0.01, 0.03}, {}},
          {sgd, node(Kind::optimizer, "gradient_descent"), {0.03, 0.1, 0.3}, {}}};
}

std::shared_ptr<const ProblemModel> ExactGaussNewton::network(StudyContext& c,
                                                              const std::vector<double>& hidden) const {
  return c.problem(node(Kind::problem, "mlp_regression",
                        {{"widths", hidden},
                         {"inputs", static_cast<std::int64_t>(inputs)},
                         {"samples", samples},
                         {"target", std::string("ripple")},
                         {"input_distribution", std::string("uniform")}}));
}

DescentSpec ExactGaussNewton::on_batches(const std::shared_ptr<const ProblemModel>& problem) const {
  return {.problem = problem,
          .steps = static_cast<std::uint64_t>(steps),
          .batch = static_cast<std::uint64_t>(std::min(batch, samples)),
          .order = "with_replacement"};
}

/// The best setting of the rival's grid by its final loss; `shown`: what each of them came to is drawn.
Node ExactGaussNewton::tuned(StudyContext& c, DescentSpec spec, const Rival& rival, double zero, bool shown) {
  double best = arma::datum::inf;
  Node chosen = rival.optimizer;
  const std::vector<double> dampings = rival.dampings.empty() ? std::vector<double>{0} : rival.dampings;
  for (const double damping : dampings)
    for (const double rate : rival.rates) {
      spec.optimizer = rival.optimizer;
      spec.optimizer.params["learning_rate"] = rate;
      if (damping > 0) spec.optimizer.params["damping"] = damping;
      spec.loss_every = spec.steps;
      const DescentResult result = c.quietly(spec);
      if (c.stopping()) return chosen;
      const double ratio = result.outcome.how == Ended::steps ? result.loss.back() / zero : arma::datum::inf;
      std::string label = rival.name;
      if (rival.dampings.size() > 1) label += damping == 1 ? ", λ = 1" : ", λ = 0.1";
      if (shown) c.curve(label, final_ratio, rate, ratio);
      if (!(ratio < best)) continue;
      best = ratio;
      chosen = spec.optimizer;
    }
  if (shown) c.curve(rival.name, "tuned_ratio", 0, best);
  return chosen;
}

void ExactGaussNewton::race(StudyContext& c) const {
  const auto problem = network(c, widths);
  const double zero = zero_loss(*problem);
  const std::vector<Rival> all = rivals();
  c.parallel_for(all.size(), [&](std::size_t i, StudyContext& part) {
    DescentSpec spec = on_batches(problem);
    spec.optimizer = tuned(part, spec, all[i], zero, true);
    if (part.stopping()) return;
    spec.loss_every = 10;
    part.descent(all[i].name, spec);
  });
}

/// On a small network, against what the solves of each have cost so far, one for every Jacobian that was asked for: a
/// step of LM is dense in all parameters.
void ExactGaussNewton::beside_dense(StudyContext& c) const {
  const auto problem = network(c, small_widths);
  const double zero = zero_loss(*problem), p = parameters_of(inputs, small_widths);
  const Node lm = node(Kind::optimizer, "levenberg_marquardt");
  const auto follow = [&](StudyContext& part, const char* label, DescentSpec spec, double price) {
    spec.loss_every = spec.batch > 0 ? 10 : 1;
    spec.until = [&part, label, zero, price](std::uint64_t t, const Blocks&, double loss, const Counts& spent) {
      if (t > 0) part.curve(label, earned, static_cast<double>(spent.gradients) * price, loss / zero);
      return false;
    };
    part.descent(label, spec);
  };
  c.parallel_for(3, [&](std::size_t i, StudyContext& part) {
    DescentSpec spec = on_batches(problem);
    const auto b = static_cast<double>(spec.batch);
    spec.optimizer = i == 0 ? tuned(part, spec, rivals().front(), zero, false) : lm;
    if (part.stopping()) return;
    if (i == 0) return follow(part, small_exact, spec, small_solve(b, p));
    if (i == 1) return follow(part, small_dense, spec, large_solve(b, p));
    spec.batch = 0;
    spec.steps = std::max<std::uint64_t>(spec.steps / 10, 1);
    follow(part, small_whole, spec, large_solve(static_cast<double>(samples), p));
  });
}

/// One step of length one against a solve with all parameters, on a batch of 16 with targets of pure noise.
void ExactGaussNewton::compare(StudyContext& c) const {
  constexpr double damping = 0.1;
  const auto problem = c.problem(node(Kind::problem, "mlp_regression",
                                      {{"widths", std::vector<double>{32, 32}},
                                       {"inputs", std::int64_t{6}},
                                       {"samples", std::int64_t{16}},
                                       {"target", std::string("teacher")},
                                       {"teacher_scale", 0.0},
                                       {"noise", 1.0},
                                       {"layout", std::string("flat")}}));
  const Blocks start = problem->start(c.rng("init"));
  const DescentResult step = c.quietly(
      {.problem = problem,
       .optimizer = node(Kind::optimizer, "gauss_newton_exact", {{"learning_rate", 1.0}, {"damping", damping}}),
       .steps = 1,
       .start = start});
  if (c.stopping()) return;
  const arma::vec d = step.x.flat() - start.flat();
  Scratch room;
  const Sample all{{}, c.rng("noise"), room};
  arma::vec r;
  arma::mat j;
  problem->residual(start, r, all);
  problem->jacobian(start, j, all);
  arma::mat system = j.t() * j;
  system.diag() += damping;
  const arma::vec expected = -arma::solve(system, arma::vec(j.t() * r), arma::solve_opts::likely_sympd);
  c.curve(exact, difference, static_cast<double>(j.n_rows), arma::abs(d - expected).max() / arma::abs(expected).max());
}

void ExactGaussNewton::count(StudyContext& c) const {
  const double p = parameters_of(inputs, widths);
  for (double b = 1; b <= 1024; b *= 2) {
    c.curve(exact, work, b, small_solve(b, p));
    c.curve(dense, work, b, large_solve(b, p));
  }
}

void ExactGaussNewton::judge(const TraceView& trace, Verdicts& v) const {
  double worst = 0;
  const auto gaps = curve_at(trace, exact, difference, 16);
  for (const double gap : gaps) worst = std::max(worst, gap);
  v.at_most("The small solve gives the direction of the large one", "largest relative difference over seeds",
            gaps.size() == trace.repeats() ? worst : arma::datum::nan, 1e-9);
  const auto ratio = [&](const char* run) { return mean_of(curve_at(trace, run, "tuned_ratio", 0)); };
  v.at_most("Tuned EGN ends about as low as tuned Adam, or lower", "EGN's mean final loss over Adam's",
            ratio(exact) / ratio(adam), 1.25);
  v.at_most("Tuned EGN ends at most a third as high as tuned SGD", "EGN's mean final loss over SGD's",
            ratio(exact) / ratio(sgd), 1.0 / 3);
}

}  // namespace KAPPA_FILE

Method exact_gauss_newton() {
  using S = KAPPA_FILE::ExactGaussNewton;
  return study<S>(
      {.title = "Exact Gauss–Newton on minibatches",
       .idea = "The curvature of a batch of b samples has rank b at most, so its damped inverse costs a b × b solve.",
       .equation = "(JᵀJ/b + λI)⁻¹ Jᵀr/b = Jᵀ (JJᵀ + bλI)⁻¹ r",
       .cite = {{"Korbit, Adeoye, Bemporad, Zanon", 2024,
                 "Exact Gauss-Newton Optimization for Training Deep Neural Networks", "arXiv:2405.14402"}},
       .question = "Can a small network be trained with second-order steps at the price of its batch?",
       .look_for = "EGN falls far below SGD and keeps up with Adam; its price grows with the batch, not with p³. "
                   "Levenberg–Marquardt, which solves for all parameters at once, pays many times as much for a step.",
       .group = "Optimizers",
       .uses = {"gauss_newton_exact", "levenberg_marquardt", "adam", "gradient_descent"}},
      {{&S::widths, "widths", "", Many{log_range_of(1, 64), 1, 4}, "units of the hidden layers"},
       {&S::samples, "samples", "n", count(8, 10'000, true), "samples to fit"},
       {&S::batch, "batch", "b", count(1, 128, true), "samples of a step"},
       {&S::steps, "steps", "T", count(10, 2000, true), "steps of each run; on all samples a tenth of them"},
       {&S::small_widths, "small_widths", "", Many{log_range_of(1, 8), 1, 2},
        "units of the hidden layers where Levenberg–Marquardt is tried"}});
}

}  // namespace kappa::studies
