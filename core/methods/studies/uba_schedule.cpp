/// UBA's one number φ against the condition number: the harder the problem, the later the best schedule comes down.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/noisy_quadratic.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* best_of_family = "UBA at its best φ";

std::string words(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}
std::string bowl_label(double kappa) { return "κ = " + words(kappa); }

struct UbaSchedule {
  std::int64_t dimension = 30;
  std::vector<double> condition_numbers = {10, 100, 1000};
  std::vector<double> phis = {0.25, 0.5, 1, 2, 5, 10};
  std::int64_t steps = 300;
  double noise = 0.1;

  std::vector<FigureSpec> figures() const {
    return {{.id = "shape",
             .title = "Expected final loss over that of the best φ",
             .x_label = "φ",
             .y_label = "E f(x_T) over the lowest",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .names = {"relative_risk"},
             .note = "each φ at its best base rate; the lowest point moves left as κ grows"},
            {.id = "risk",
             .title = "Final loss of SGD and its exact expectation",
             .x_label = "φ",
             .y_label = "f(x_T) − f*",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"final_loss"}},
            {.id = "rivals",
             .title = "Expected final loss of other schedules over UBA's",
             .x_label = "condition number κ",
             .y_label = "over UBA at its best φ",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .names = {"over_uba"},
             .note = "at every κ exponential or linear decay is below one"},
            {.id = "loss",
             .title = "SGD at the best φ",
             .x_label = "step",
             .y_label = "f(xₜ) − f*",
             .y_scale = Scale::log,
             .names = {"loss"}}};
  }

  void run(StudyContext& c) const {
    const std::vector<double> kappas = bowls();
    c.parallel_for(kappas.size(), [&](std::size_t i, StudyContext& part) { bowl(part, kappas[i]); });
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  /// Ascending, each once.
  std::vector<double> bowls() const {
    std::vector<double> kappas = condition_numbers;
    std::sort(kappas.begin(), kappas.end());
    kappas.erase(std::unique(kappas.begin(), kappas.end()), kappas.end());
    return kappas;
  }
  struct Tuned {
    double peak = 0, risk = arma::datum::inf;
  };
  /// The base rates of the grid: 0.1, 0.3, … 1.9 over L = 1.
  Tuned tuned(const ProblemModel& problem, const Node& schedule) const {
    Tuned best;
    for (int i = 0; i < 10; ++i) {
      const double peak = 0.1 + 0.2 * i, risk = expected(problem, schedule, peak).back();
      if (risk < best.risk) best = {peak, risk};
    }
    return best;
  }
  arma::vec expected(const ProblemModel& problem, const Node& schedule, double peak) const;
  void bowl(StudyContext& c, double kappa) const;
};

arma::vec UbaSchedule::expected(const ProblemModel& problem, const Node& schedule, double peak) const {
  const arma::vec& spectrum = problem.facts().hessian_spectrum;
  const auto model = make_schedule(schedule);
  arma::vec rates(static_cast<arma::uword>(steps));
  for (arma::uword t = 0; t < rates.n_elem; ++t) rates[t] = peak * model->multiplier(t, rates.n_elem);
  return expected_losses(spectrum, arma::vec(spectrum.n_elem, arma::fill::ones), noise, rates);
}

void UbaSchedule::bowl(StudyContext& c, double kappa) const {
  const auto problem =
      c.problem(node(Kind::problem, "quadratic",
                     {{"dimension", dimension}, {"condition_number", kappa}, {"rotate", false}, {"noise", noise}}));
  const std::string label = bowl_label(kappa);
  const auto uba = [](double phi) { return node(Kind::schedule, "uba", {{"phi", phi}}); };
  const auto descent = [&](Node schedule, double peak) {
    schedule.params["peak"] = peak;
    return DescentSpec{.problem = problem,
                       .optimizer = node(Kind::optimizer, "gradient_descent",
                                         {{"learning_rate", std::make_shared<const Node>(std::move(schedule))}}),
                       .steps = static_cast<std::uint64_t>(steps)};
  };
  Tuned best;
  double best_phi = phis.front();
  std::vector<double> at, risks;
  for (const double phi : phis) {
    const Tuned one = tuned(*problem, uba(phi));
    DescentSpec spec = descent(uba(phi), one.peak);
    spec.loss_every = spec.steps;
    const DescentResult result = c.quietly(spec);
    if (c.stopping()) return;
    c.curve(label, "final_loss", phi, result.loss.back());
    at.push_back(phi);
    risks.push_back(one.risk);
    if (one.risk < best.risk) {
      best = one;
      best_phi = phi;
    }
  }
  const DescentSpec spec = descent(uba(best_phi), best.peak);
  const std::string run = label + ", φ = " + words(best_phi);
  c.descent(run, spec);
  if (c.stopping() || c.repeat() != 0) return;
  for (std::size_t i = 0; i < at.size(); ++i) {
    c.curve(label, "expected_loss", at[i], risks[i]);
    c.curve(label, "relative_risk", at[i], risks[i] / best.risk);
  }
  c.theory(TheoryKind::exact, label, "final_loss", "expected loss", at, risks);
  const arma::vec path = expected(*problem, uba(best_phi), best.peak);
  const arma::vec when = arma::regspace(0, static_cast<double>(steps));
  c.theory(TheoryKind::exact, run, "loss", "expected loss", {when.begin(), when.end()}, {path.begin(), path.end()});
  const std::pair<const char*, const char*> rivals[] = {
      {"Constant", "constant"}, {"Cosine", "cosine"}, {"Linear decay", "linear_decay"}, {"Exponential", "exponential"}};
  c.curve(best_of_family, "over_uba", kappa, 1);
  for (const auto& [name, id] : rivals)
    c.curve(name, "over_uba", kappa, tuned(*problem, node(Kind::schedule, id)).risk / best.risk);
}

void UbaSchedule::judge(const TraceView& trace, Verdicts& v) const {
  std::vector<double> best;
  for (const double kappa : bowls()) {
    const auto risk = trace.curve(bowl_label(kappa), 0, "expected_loss");
    if (!risk || risk->y.empty())
      return v.unknown("The best φ falls as κ grows", "best φ", "no losses were recorded at " + bowl_label(kappa));
    const auto least = std::min_element(risk->y.begin(), risk->y.end()) - risk->y.begin();
    best.push_back(risk->x[static_cast<std::size_t>(least)]);
  }
  double rise = -arma::datum::inf;
  std::string found;
  for (std::size_t i = 0; i < best.size(); ++i) {
    found += (i > 0 ? ", " : "") + words(best[i]);
    if (i > 0) rise = std::max(rise, best[i] - best[i - 1]);
  }
  v.at_most("The best φ never rises with κ", "largest rise of the best φ from one κ to the next", rise, 0);
  v.say("falling or level", found);
  v.above("The best φ is smaller at the largest κ than at the smallest",
          "best φ at the smallest κ over that at the largest", best.front() / best.back(), 1);
}

}  // namespace KAPPA_FILE

Method uba_schedule() {
  using S = KAPPA_FILE::UbaSchedule;
  return study<S>(
      {.title = "UBA: how late should a schedule come down?",
       .idea = "One number φ bends the decay from early to late, and the condition number says which bend is best.",
       .equation = "sₜ = 2c/(2φ + (2 − φ)c),  c = 1 + cos(πt/T);  mean m ← m(1 − ηλ), variance v ← v(1 − ηλ)² + η²σ²",
       .cite = {{"Tang et al.", 2025,
                 "Stepsize anything: A unified learning rate schedule for budgeted-iteration training",
                 "arXiv:2505.24452"}},
       .question = "Does the best shape of a schedule depend on the conditioning of the problem?",
       .look_for =
           "The lowest point of each curve moves to smaller φ as κ grows. Not shown here: that the family beats all "
           "others; exponential or linear decay is a little lower.",
       .group = "Schedules",
       .uses = {"gradient_descent"}},
      {{&S::dimension, "dimension", "d", count(1, 300, true), "number of unknowns"},
       {&S::condition_numbers, "condition_numbers", "κ", Many{log_range_of(1, 1e6), 2, 6},
        "condition numbers compared"},
       {&S::phis, "phis", "φ", Many{log_range_of(1e-3, 1e3), 2, 24}, "members of the family compared"},
       {&S::steps, "steps", "T", count(10, 5000, true), "steps of each run"},
       {&S::noise, "noise", "σ", from_zero(1e-3, 10), "deviation of the noise in every entry of every gradient"}});
}

}  // namespace kappa::studies
