/// Single against double precision: conjugate gradients need the digits, RMSprop does not notice them.
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/mlp.hpp"
#include "core/methods/optimizers/polak_ribiere.hpp"
#include "core/methods/optimizers/rmsprop_rule.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* cg = "Conjugate gradients";
constexpr const char* rms = "RMSprop";
constexpr const char* final_ratio = "final_ratio";
constexpr double float_bits = 24, double_bits = 53;  ///< of the significand

/// Half the mean square error of a network, and its gradient, with every operation in one real type.
template <class Real>
struct Objective {
  MlpShape shape;
  arma::Mat<Real> x, y;  ///< samples are columns

  Real value(const arma::Col<Real>& p) const {
    MlpPass<Real> pass;
    return errors(mlp_forward(shape, p, x, pass));
  }
  Real value_gradient(const arma::Col<Real>& p, arma::Col<Real>& g) const {
    MlpPass<Real> pass;
    arma::Mat<Real>& out = mlp_forward(shape, p, x, pass);
    const Real f = errors(out);
    mlp_backward(shape, p, x, pass, arma::Mat<Real>(out / static_cast<Real>(x.n_cols)), g);
    return f;
  }

 private:
  Real errors(arma::Mat<Real>& out) const {
    out -= y;
    return arma::dot(out, out) / static_cast<Real>(2 * x.n_cols);
  }
};

struct Task {
  std::shared_ptr<const ProblemModel> problem;
  Blocks start;
  Objective<float> in_float;
  double spread = 1;  ///< half the variance of y: what the losses are measured by
};

struct CgPrecision {
  std::int64_t samples = 60;
  std::int64_t cg_steps = 4000;
  std::int64_t rmsprop_steps = 6000;
  bool hard_task = true;
  std::int64_t hard_steps = 1000;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  static Task task(StudyContext& c, Node setting, MlpShape shape);
  static void cg_in_double(StudyContext& c, const Task& task, std::int64_t steps, const std::string& suffix);
  static void cg_in_float(StudyContext& c, const Task& task, std::int64_t steps, const std::string& suffix);
  void rmsprop_in_double(StudyContext& c, const Task& task) const;
  void rmsprop_in_float(StudyContext& c, const Task& task) const;
};

constexpr double rmsprop_memory = 0.9, rmsprop_epsilon = 1e-7;
constexpr double rmsprop_rates[] = {0.001, 0.01};
constexpr std::uint64_t every = 20;  ///< steps between two recorded losses

std::vector<FigureSpec> CgPrecision::figures() const {
  std::vector<FigureSpec> list = {
      {.id = "loss",
       .title = "A teacher that can be copied: the loss can reach zero",
       .x_label = "step",
       .y_scale = Scale::log,
       .names = {"loss"},
       .runs = {"Conjugate gradients, double", "Conjugate gradients, float", "RMSprop, double", "RMSprop, float"}},
      {.id = "final",
       .title = "Final loss over half the variance of y, by precision",
       .x_label = "bits of the significand: float 24, double 53",
       .y_label = "final loss / ½ Var y",
       .form = FigureForm::curve,
       .y_scale = Scale::log,
       .names = {final_ratio},
       .runs = {cg, rms}}};
  if (hard_task)
    list.push_back({.id = "hard",
                    .title = "A teacher too large to be copied: the digits do not matter",
                    .x_label = "step",
                    .y_scale = Scale::log,
                    .names = {"loss"},
                    .runs = {"Conjugate gradients, double, hard task", "Conjugate gradients, float, hard task"}});
  return list;
}

Task CgPrecision::task(StudyContext& c, Node setting, MlpShape shape) {
  Task out;
  setting.params["target"] = std::string("teacher");
  setting.params["layout"] = std::string("flat");
  out.problem = c.problem(setting);
  out.start = out.problem->start(c.rng("init"));
  const std::vector<NamedMatrix> data = out.problem->data();
  const arma::mat y = data[1].value;
  out.in_float = {std::move(shape), arma::conv_to<arma::fmat>::from(data[0].value.t()),
                  arma::conv_to<arma::fmat>::from(y.t())};
  out.spread = 0.5 * arma::accu(arma::var(y, 1, 0));
  return out;
}

void CgPrecision::cg_in_double(StudyContext& c, const Task& task, std::int64_t steps, const std::string& suffix) {
  const DescentResult result = c.descent(
      std::string(cg) + ", double" + suffix,
      {.problem = task.problem,
       .optimizer = node(Kind::optimizer, "nonlinear_cg",
                         {{"step_length", std::string("backtracking")}, {"restart_every", std::int64_t{1'000'000}}}),
       .steps = static_cast<std::uint64_t>(steps),
       .start = task.start,
       .loss_every = every});
  if (!c.stopping() && suffix.empty()) c.curve(cg, final_ratio, double_bits, result.loss.back() / task.spread);
}

void CgPrecision::cg_in_float(StudyContext& c, const Task& task, std::int64_t steps, const std::string& suffix) {
  const std::string label = std::string(cg) + ", float" + suffix;
  const Objective<float>& objective = task.in_float;
  arma::fvec p = arma::conv_to<arma::fvec>::from(task.start.flat()), g, trial;
  optimizers::ConjugateMemory<float> memory;
  float f = 0;
  for (std::uint64_t t = 0;; ++t) {
    f = objective.value_gradient(p, g);
    const bool last = t == static_cast<std::uint64_t>(steps);
    if (t % every == 0 || last) c.series(label, "loss", t, static_cast<double>(f));
    if (last || !(arma::norm(g) > 0) || c.stopping()) break;
    optimizers::turn(memory, g, optimizers::polak_ribiere_plus(g, memory.gradient));
    const auto a = optimizers::search(memory, f, [&](float step) {
      trial = p + step * memory.direction;
      return objective.value(trial);
    });
    if (!a) break;
    p += *a * memory.direction;
  }
  if (suffix.empty()) c.curve(cg, final_ratio, float_bits, static_cast<double>(f) / task.spread);
}

void CgPrecision::rmsprop_in_double(StudyContext& c, const Task& task) const {
  DescentSpec spec{.problem = task.problem, .steps = static_cast<std::uint64_t>(rmsprop_steps), .start = task.start};
  double best = arma::datum::inf;
  Node chosen;
  for (const double rate : rmsprop_rates) {
    spec.optimizer =
        node(Kind::optimizer, "rmsprop",
             {{"alpha", rmsprop_memory},
              {"epsilon", rmsprop_epsilon},
              {"learning_rate", std::make_shared<const Node>(node(Kind::schedule, "linear_decay", {{"peak", rate}}))}});
    spec.loss_every = spec.steps;
    const DescentResult result = c.quietly(spec);
    if (c.stopping()) return;
    if (chosen.id.empty() || result.loss.back() < best) best = result.loss.back(), chosen = spec.optimizer;
  }
  spec.optimizer = chosen;
  spec.loss_every = every;
  c.descent(std::string(rms) + ", double", spec);
  c.curve(rms, final_ratio, double_bits, best / task.spread);
}

void CgPrecision::rmsprop_in_float(StudyContext& c, const Task& task) const {
  const Objective<float>& objective = task.in_float;
  const auto steps = static_cast<std::uint64_t>(rmsprop_steps);
  std::vector<double> best;
  for (const double rate : rmsprop_rates) {
    std::vector<double> losses;
    arma::fvec p = arma::conv_to<arma::fvec>::from(task.start.flat()), g, u, v(p.n_elem, arma::fill::zeros);
    for (std::uint64_t t = 0; t <= steps; ++t) {
      const float f = objective.value_gradient(p, g);
      if (t % every == 0 || t == steps) losses.push_back(static_cast<double>(f));
      if (t % 64 == 0 && c.stopping()) return;
      if (t == steps) break;
      optimizers::rmsprop_rule<float>(g, static_cast<float>(rmsprop_memory), static_cast<float>(rmsprop_epsilon), v,
                                      nullptr, u);
      const float left = 1.0F - static_cast<float>(t) / static_cast<float>(steps);
      p -= static_cast<float>(rate) * left * u;
    }
    if (best.empty() || losses.back() < best.back()) best = std::move(losses);
  }
  for (std::size_t i = 0; i < best.size(); ++i)
    c.series(std::string(rms) + ", float", "loss", std::min(i * every, steps), best[i]);
  c.curve(rms, final_ratio, float_bits, best.back() / task.spread);
}

void CgPrecision::run(StudyContext& c) const {
  const Task easy = task(c,
                         node(Kind::problem, "mlp_regression",
                              {{"widths", std::vector<double>{6}},
                               {"teacher_widths", std::vector<double>{6}},
                               {"inputs", std::int64_t{4}},
                               {"samples", samples},
                               {"teacher_scale", 0.7},
                               {"init_scale", 0.7}}),
                         {{4, 6, 1}, Activation::tanh, true});
  const Task hard = task(c,
                         node(Kind::problem, "mlp_regression",
                              {{"widths", std::vector<double>{8, 8}},
                               {"teacher_widths", std::vector<double>{32}},
                               {"inputs", std::int64_t{5}},
                               {"outputs", std::int64_t{2}},
                               {"samples", std::int64_t{300}},
                               {"teacher_scale", 2.0}}),
                         {{5, 8, 8, 2}, Activation::tanh, true});
  c.parallel_for(hard_task ? 6 : 4, [&](std::size_t i, StudyContext& part) {
    if (i == 0) cg_in_double(part, easy, cg_steps, "");
    if (i == 1) cg_in_float(part, easy, cg_steps, "");
    if (i == 2) rmsprop_in_double(part, easy);
    if (i == 3) rmsprop_in_float(part, easy);
    if (i == 4) cg_in_double(part, hard, hard_steps, ", hard task");
    if (i == 5) cg_in_float(part, hard, hard_steps, ", hard task");
  });
}

void CgPrecision::judge(const TraceView& trace, Verdicts& v) const {
  const auto level = [&](const char* run, double bits) {
    auto all = curve_at(trace, run, final_ratio, bits);
    for (double& each : all) each = std::log(each);
    return std::exp(mean_of(all));
  };
  const char* how = "final loss in float over that in double, geometric means over seeds";
  v.within("RMSprop ends as low in float as in double", how, level(rms, float_bits) / level(rms, double_bits), 0.8,
           1.25);
  v.at_least("Conjugate gradients end lower in double", how, level(cg, float_bits) / level(cg, double_bits), 2);
  v.below("In double they end below RMSprop", "final loss over RMSprop's, geometric means over seeds",
          level(cg, double_bits) / level(rms, double_bits), 1);
}

}  // namespace KAPPA_FILE

Method cg_precision() {
  using S = KAPPA_FILE::CgPrecision;
  return study<S>(
      {.title = "What double precision buys",
       .idea = "Conjugate gradients build each direction on the last ones and search along it, so rounding stops them; "
               "RMSprop's own noise is far above it.",
       .equation = "d ← −g + max(0, g₊·(g₊−g)/g·g) d with a line search, against x ← x − η g/(√v + ε)",
       .cite = {{"Hrycej, Bermeitinger, Handschuh", 2022, "Training Neural Networks in Single vs Double Precision",
                 "arXiv:2209.07219"}},
       .question = "Does training a network need more than single precision?",
       .look_for = "The two curves of RMSprop lie on each other; that of conjugate gradients goes further down in "
                   "double. On the hard task, which cannot be solved exactly, precision changes nothing.",
       .group = "Optimizers",
       .uses = {"nonlinear_cg", "rmsprop"}},
      {{&S::samples, "samples", "n", count(8, 500, true), "Gaussian inputs"},
       {&S::cg_steps, "cg_steps", "", count(20, 20'000, true), "steps of conjugate gradients"},
       {&S::rmsprop_steps, "rmsprop_steps", "", count(20, 20'000, true), "steps of RMSprop"},
       {&S::hard_task, "hard_task", "", Flag{}, "also a network of 5-8-8-2 units on a teacher too large for it"},
       {&S::hard_steps,
        "hard_steps",
        "",
        count(20, 5000, true),
        "steps of conjugate gradients there",
        {.when = When{"hard_task", {"true"}}}}});
}

}  // namespace kappa::studies
