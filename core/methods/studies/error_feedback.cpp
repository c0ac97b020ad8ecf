/// Error feedback: what compressed messages cost with memory and without, and which mean of smoothness sets the step.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/methods/optimizers/compressed_clients.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

using optimizers::SmoothnessMean;

constexpr const char* uncompressed = "Gradient descent, 1/L";
constexpr const char* by_quadratic = "EF21, quadratic mean";
constexpr const char* by_arithmetic = "EF21, arithmetic mean";
constexpr const char* weighted = "EF21-W";
constexpr const char* cut_off = "EF21-W, threshold";
constexpr const char* forgetful = "TopK without feedback";
constexpr const char* remembering = "EF21";
constexpr const char* of_clients = "Clients";
constexpr const char* squared = "squared_gradient_norm";
constexpr const char* average = "mean_squared_gradient";

struct ErrorFeedback {
  std::int64_t dimension = 20;
  std::int64_t clients = 10;
  double first_smoothness = 100;
  double gentle_smoothness = 20;
  std::int64_t k = 1;
  std::int64_t steps = 2500;

  std::vector<FigureSpec> figures() const {
    return {{.id = "rounds",
             .title = "Gradient against rounds: the arithmetic mean allows larger steps",
             .x_label = "round",
             .y_label = "‖∇f‖²",
             .y_scale = Scale::log,
             .names = {squared},
             .runs = {uncompressed, by_quadratic, by_arithmetic, weighted}},
            {.id = "bound",
             .title = "Average over all rounds so far, beside its bound",
             .x_label = "round",
             .y_label = "mean ‖∇f‖²",
             .y_scale = Scale::log,
             .names = {average},
             .runs = {weighted}},
            {.id = "smoothness",
             .title = "Smoothness of the clients, and its two means",
             .x_label = "client",
             .y_label = "Lᵢ",
             .form = FigureForm::curve,
             .y_scale = Scale::log,
             .names = {"smoothness"},
             .runs = {of_clients}},
            {.id = "stall",
             .title = "Without feedback the compressed method stalls",
             .x_label = "round",
             .y_label = "‖∇f‖²",
             .y_scale = Scale::log,
             .names = {squared},
             .runs = {forgetful, remembering},
             .note = "With a gentler first client; both at EF21's step size for the arithmetic mean."},
            {.id = "coincidence",
             .title = "Distance between EF21 and EF21-W at one step size",
             .x_label = "round",
             .y_label = "relative to ‖x‖",
             .y_scale = Scale::log,
             .names = {"gap"},
             .runs = {weighted, cut_off},
             .note = "TopK is homogeneous, so both are one method; a fixed threshold tells them apart."}};
  }

  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  using Model = std::shared_ptr<const ProblemModel>;
  struct Path {
    std::vector<double> squares;  ///< of the gradient's norm, from round 0
    arma::mat x;                  ///< one column for each round
    bool complete = true;
  };
  Path follow(StudyContext& c, const char* label, const Model& problem, Node optimizer, std::int64_t rounds) const;
  void twins(StudyContext& c, const Model& problem, bool by_threshold) const;
  void beside_bound(StudyContext& c, const Model& problem, const std::vector<double>& squares) const;
  void stall(StudyContext& c) const;
  void draw_clients(StudyContext& c, const arma::vec& each) const;

  Node problem_node(double first) const {
    return node(Kind::problem, "finite_sum_quadratic",
                {{"dimension", dimension}, {"clients", clients}, {"first_smoothness", first}});
  }
  Node ef21(const char* mean, bool feedback = true) const {
    return node(Kind::optimizer, "ef21", {{"k", k}, {"smoothness_mean", std::string(mean)}, {"feedback", feedback}});
  }
  optimizers::Contraction constants() const {
    return optimizers::contraction(static_cast<double>(k), static_cast<double>(dimension));
  }
  double step_size(const Facts& facts, SmoothnessMean mean) const {
    return optimizers::ef21_rate(facts.smoothness.value_or(1), facts.component_smoothness, mean, constants());
  }
};

ErrorFeedback::Path ErrorFeedback::follow(StudyContext& c, const char* label, const Model& problem, Node optimizer,
                                          std::int64_t rounds) const {
  Path path;
  const auto count = static_cast<std::uint64_t>(rounds);
  path.squares.reserve(count + 1);
  path.x.set_size(static_cast<arma::uword>(dimension), count + 1);
  Blocks g;
  DescentSpec spec{.problem = problem, .optimizer = std::move(optimizer), .steps = count};
  spec.until = [&](std::uint64_t t, const Blocks& x, double) {
    if (t == 0) g = zeros_like(x);
    value_gradient_of(*problem, x, g);
    path.squares.push_back(arma::dot(g.flat(), g.flat()));
    path.x.col(t) = x.flat();
    return false;
  };
  c.quietly(spec);
  path.complete = path.squares.size() == count + 1;
  if (label == nullptr || c.stopping()) return path;
  for (std::size_t t = 0; t < path.squares.size(); ++t) c.series(label, squared, t, path.squares[t]);
  const double target = 1e-3 * path.squares.front();
  const auto there = std::find_if(path.squares.begin(), path.squares.end(), [=](double s) { return s < target; });
  const auto when = there == path.squares.end() ? rounds : there - path.squares.begin();
  c.curve(label, "rounds", first_smoothness, static_cast<double>(when));
  return path;
}

/// EF21 and EF21-W with one step size: round by round the same under TopK, not under a threshold.
void ErrorFeedback::twins(StudyContext& c, const Model& problem, bool by_threshold) const {
  Node plain = ef21("arithmetic"), other = node(Kind::optimizer, "ef21_weighted", {{"k", k}});
  if (by_threshold)
    for (Node* each : {&plain, &other}) {
      each->params["compressor"] = std::string("threshold");
      each->params["threshold"] = 0.5;
    }
  const char* label = by_threshold ? cut_off : weighted;
  const Path a = follow(c, by_threshold ? nullptr : by_arithmetic, problem, plain, steps);
  if (c.stopping()) return;
  const Path b = follow(c, by_threshold ? nullptr : weighted, problem, other, steps);
  if (c.stopping()) return;
  const std::size_t shared = std::min(a.squares.size(), b.squares.size());
  for (std::size_t t = 1; t < shared; ++t)
    c.series(label, "gap", t, arma::norm(a.x.col(t) - b.x.col(t)) / arma::norm(a.x.col(t)));
  if (!by_threshold && b.complete) beside_bound(c, problem, b.squares);
}

void ErrorFeedback::beside_bound(StudyContext& c, const Model& problem, const std::vector<double>& squares) const {
  const Facts& facts = problem->facts();
  const double rate = step_size(facts, SmoothnessMean::arithmetic), theta = constants().theta;
  const arma::vec weights = facts.component_smoothness / arma::accu(facts.component_smoothness);
  const Blocks start = problem->start(c.rng("init"));
  Blocks g = zeros_like(start);
  double missed = 0;  // G0: what the first messages leave out
  for (arma::uword i = 0; i < weights.n_elem; ++i) {
    problem->component_gradient(i, start, g);
    const arma::vec own = g.flat() / (static_cast<double>(clients) * weights[i]);
    const arma::vec left = own - top_entries(own, static_cast<arma::uword>(k));
    missed += weights[i] * arma::dot(left, left);
  }
  const double descent = value_of(*problem, start) - facts.minimum.value_or(0);
  std::vector<double> at, bound;
  double sum = 0;
  for (std::size_t t = 1; t < squares.size(); ++t) {
    sum += squares[t - 1];
    const auto count = static_cast<double>(t);
    at.push_back(count);
    bound.push_back((2 * descent / rate + missed / theta) / count);
    c.series(weighted, average, t, sum / count);
    c.series(weighted, "average_over_bound", t, sum / count / bound.back());
  }
  if (c.repeat() == 0) c.theory(TheoryKind::bound, weighted, average, "2(f(x⁰) − f*)/(γT) + G⁰/(θT)", at, bound);
}

void ErrorFeedback::stall(StudyContext& c) const {
  const Model problem = c.problem(problem_node(gentle_smoothness));
  follow(c, forgetful, problem, ef21("arithmetic", false), steps);
  if (!c.stopping()) follow(c, remembering, problem, ef21("arithmetic"), steps);
}

void ErrorFeedback::draw_clients(StudyContext& c, const arma::vec& each) const {
  std::vector<double> at, quadratic, arithmetic;
  for (arma::uword i = 0; i < each.n_elem; ++i) {
    c.curve(of_clients, "smoothness", static_cast<double>(i + 1), each[i]);
    at.push_back(static_cast<double>(i + 1));
    quadratic.push_back(optimizers::mean_smoothness(each, SmoothnessMean::quadratic));
    arithmetic.push_back(optimizers::mean_smoothness(each, SmoothnessMean::arithmetic));
  }
  c.theory(TheoryKind::exact, of_clients, "smoothness", "quadratic mean", at, quadratic);
  c.theory(TheoryKind::exact, of_clients, "smoothness", "arithmetic mean", at, arithmetic);
}

void ErrorFeedback::run(StudyContext& c) const {
  const Model problem = c.problem(problem_node(first_smoothness));
  const Facts& facts = problem->facts();
  if (c.repeat() == 0) draw_clients(c, facts.component_smoothness);
  c.curve(by_quadratic, "step_size", first_smoothness, step_size(facts, SmoothnessMean::quadratic));
  c.curve(by_arithmetic, "step_size", first_smoothness, step_size(facts, SmoothnessMean::arithmetic));
  c.parallel_for(5, [&](std::size_t i, StudyContext& part) {
    const Node gd = node(Kind::optimizer, "gradient_descent", {{"learning_rate", 1 / facts.smoothness.value_or(1)}});
    if (i == 0) follow(part, uncompressed, problem, gd, steps);
    if (i == 1) follow(part, by_quadratic, problem, ef21("quadratic"), steps + steps * 3 / 5);
    if (i == 2) twins(part, problem, false);
    if (i == 3) twins(part, problem, true);
    if (i == 4) stall(part);
    part.progress(static_cast<double>(i + 1) / 5);
  });
}

void ErrorFeedback::judge(const TraceView& trace, Verdicts& v) const {
  const auto slow = curve_at(trace, by_quadratic, "rounds", first_smoothness);
  const auto fast = curve_at(trace, by_arithmetic, "rounds", first_smoothness);
  const auto small = curve_at(trace, by_quadratic, "step_size", first_smoothness);
  const auto large = curve_at(trace, by_arithmetic, "step_size", first_smoothness);
  const auto ratio = [](const std::vector<double>& over, const std::vector<double>& under) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < over.size() && over.size() == under.size(); ++i) ratios.push_back(over[i] / under[i]);
    return mean_of(ratios);
  };
  const double predicted = ratio(large, small);
  v.within("The arithmetic mean saves as many rounds as its step size is larger",
           "rounds to ‖∇f‖² < 10⁻³ of the first, quadratic over arithmetic mean, mean over seeds", ratio(slow, fast),
           0.75 * predicted, 1.25 * predicted);

  const auto largest = [](const TraceView::Series& s) {
    double most = s.value.front();
    for (const double each : s.value) most = std::isnan(each) || each > most ? each : most;
    return most;
  };
  const auto worst_of = [&](const char* run, const char* series) {
    const auto all = over_repeats(trace, run, series, largest);
    return all.empty() ? arma::datum::nan : *std::max_element(all.begin(), all.end());
  };
  v.at_most("The average of ‖∇f‖² stays under its bound at every T, on every seed", "largest average over bound",
            worst_of(weighted, "average_over_bound"), 1);

  const auto left = [](const TraceView::Series& s) { return s.value.back() / s.value.front(); };
  const auto stuck = over_repeats(trace, forgetful, squared, left),
             kept = over_repeats(trace, remembering, squared, left);
  double apart = arma::datum::inf;
  for (std::size_t i = 0; i < stuck.size(); ++i)
    apart = std::min(apart, i < kept.size() ? stuck[i] / kept[i] : arma::datum::nan);
  v.above("TopK without feedback stalls", "‖∇f‖² at the end over its first, mean over seeds", mean_of(stuck), 0.08);
  v.above("Every stall lies far above EF21's level", "smallest ratio of the two over seeds",
          stuck.empty() ? arma::datum::nan : apart, 100);
  v.below("EF21 at the same step size converges", "‖∇f‖² at the end over its first, mean over seeds", mean_of(kept),
          1e-4);
  v.at_most("With TopK, EF21-W is EF21", "largest distance of the iterates over their length",
            worst_of(weighted, "gap"), 1e-12);
  v.above("A fixed threshold tells EF21-W from EF21", "largest distance of the iterates over their length",
          worst_of(cut_off, "gap"), 1e-6);
}

}  // namespace KAPPA_FILE

Method error_feedback() {
  using S = KAPPA_FILE::ErrorFeedback;
  return study<S>(
      {.title = "Error feedback",
       .idea = "Clients may send one number a round. With memory the method still converges, and the mean of the "
               "clients' smoothness that sets its step may be the arithmetic one. Weighting the clients, from which "
               "that theory comes, changes nothing under TopK.",
       .equation = "γ = 1/(L + L̄ ξ),  ξ = √(1−α)/(1−√(1−α)),  α = k/d,  L̄ = √(mean Lᵢ²) or mean Lᵢ",
       .cite = {{"Richtárik, Gasanov, Burlachenko", 2024,
                 "Error Feedback Reloaded: From Quadratic to Arithmetic Mean of Smoothness Constants",
                 "arXiv:2402.10774"}},
       .question = "How large a step may clients with compressed messages take, and what is their memory worth?",
       .look_for = "The arithmetic mean arrives about three times sooner; without memory the gradient stops falling; "
                   "EF21 and EF21-W are one curve.",
       .group = "Optimizers",
       .uses = {"gradient_descent", "ef21", "ef21_weighted"}},
      {{&S::dimension, "dimension", "d", count(2, 100, true), "number of unknowns"},
       {&S::clients, "clients", "n", count(2, 100, true), "clients"},
       {&S::first_smoothness, "first_smoothness", "L₁", log_range(1, 1e4), "of the first client; the others have 1"},
       {&S::gentle_smoothness, "gentle_smoothness", "L₁", log_range(1, 1e4), "the same, where feedback is left out"},
       {&S::k, "k", "k", count(1, 200, true), "entries that each client sends; at most d"},
       {&S::steps, "steps", "T", count(10, 20'000, true), "rounds; three fifths more for the small step"}});
}

}  // namespace kappa::studies
