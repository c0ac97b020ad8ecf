/// Second-order regression: a model quadratic in its parameters sharpens until it sits just below the edge of
/// stability.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/methods/studies/tangent_start.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* edge = "scaled_gauss_newton_sharpness";
constexpr const char* settled = "Median of the starts";

struct SecondOrderEos {
  std::vector<double> epsilons = {0.02, 0.05, 0.1};
  std::int64_t starts = 5;
  std::int64_t steps = 4000;
  std::vector<double> learning_rates = {0.05, 0.1, 0.15};
  std::int64_t outputs = 20;
  std::int64_t dimension = 60;
  std::int64_t model_steps = 2000;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  /// What one start of the two-parameter model came to; eigenvalues times the step size, which is 1.
  struct Way {
    double first = arma::datum::nan, largest = 0, last = arma::datum::nan, output = arma::datum::nan;
    bool diverged = false;
    bool qualifies() const { return !diverged && std::abs(output) < 1e-3 && largest > 2; }
  };
  static std::string small_run(double epsilon) { return equals("ε", epsilon); }
  static std::string large_run(double rate) { return equals("η", rate); }
  void two_parameters(StudyContext& c, double epsilon) const;
  Way go(StudyContext& c, const std::string& label, DescentSpec spec, bool shown) const;
  void many_parameters(StudyContext& c, double rate) const;
  void draw_theory(StudyContext& c) const;
  void judge_small(const TraceView& trace, Verdicts& v, double epsilon) const;
};

std::vector<FigureSpec> SecondOrderEos::figures() const {
  std::vector<std::string> small, large;
  for (const double epsilon : epsilons) small.push_back(small_run(epsilon));
  for (const double rate : learning_rates) large.push_back(large_run(rate));
  return {{.id = "edge",
           .title = "Two parameters: sharpness climbs to the edge and stays",
           .x_label = "step",
           .y_label = "η λ_max(JJᵀ)",
           .x_scale = Scale::log,
           .names = {edge},
           .runs = small},
          {.id = "phase",
           .title = "Phase portrait: z flips its sign as sharpness comes to rest",
           .x_label = "η z",
           .y_label = "η λ_max(JJᵀ)",
           .form = FigureForm::curve,
           .names = {"phase"},
           .runs = small,
           .scatter = true},
          {.id = "settled",
           .title = "Where it comes to rest",
           .x_label = "ε",
           .y_label = "final η λ_max(JJᵀ)",
           .form = FigureForm::curve,
           .names = {"settled"},
           .runs = {settled}},
          {.id = "model_edge",
           .title = "Many parameters: only a large step meets the edge",
           .x_label = "step",
           .y_label = "η λ_max(JJᵀ)",
           .x_scale = Scale::log,
           .names = {edge},
           .runs = large},
          {.id = "loss",
           .title = "Two parameters: the loss falls, but not at every step",
           .x_label = "step",
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"loss"},
           .runs = small}};
}

void SecondOrderEos::run(StudyContext& c) const {
  if (c.repeat() == 0) draw_theory(c);
  const std::size_t small = epsilons.size();
  c.parallel_for(small + learning_rates.size(), [&](std::size_t i, StudyContext& part) {
    if (i < small)
      two_parameters(part, epsilons[i]);
    else
      many_parameters(part, learning_rates[i - small]);
  });
}

void SecondOrderEos::draw_theory(StudyContext& c) const {
  const auto edge_of = [&](const std::string& run, std::int64_t last) {
    c.theory(TheoryKind::guide, run, edge, "edge of stability, 2", {1, static_cast<double>(last)}, {2, 2});
  };
  edge_of(small_run(epsilons.front()), steps);
  edge_of(large_run(learning_rates.front()), model_steps);
  std::vector<double> at = epsilons, rest, two(epsilons.size(), 2.0);
  std::sort(at.begin(), at.end());
  for (const double epsilon : at) rest.push_back(2 - epsilon / 2);
  c.theory(TheoryKind::guide, settled, "settled", "2 − ε/2, to first order", at, rest);
  c.theory(TheoryKind::guide, settled, "settled", "edge of stability, 2", at, two);
}

/// Heights from which runs reach the edge and still converge, found for three ε and drawn on between them.
std::pair<double, double> heights(double epsilon) {
  constexpr double known[3][3] = {{0.02, 1.05, 1.4}, {0.05, 1.1, 1.6}, {0.1, 1.6, 2.1}};
  if (epsilon <= known[0][0]) return {known[0][1], known[0][2]};
  for (int i = 1; i < 3; ++i) {
    if (epsilon > known[i][0]) continue;
    const double share = (epsilon - known[i - 1][0]) / (known[i][0] - known[i - 1][0]);
    return {known[i - 1][1] + share * (known[i][1] - known[i - 1][1]),
            known[i - 1][2] + share * (known[i][2] - known[i - 1][2])};
  }
  return {known[2][1], known[2][2]};
}

SecondOrderEos::Way SecondOrderEos::go(StudyContext& c, const std::string& label, DescentSpec spec, bool shown) const {
  Way way;
  arma::vec z;
  Scratch room;
  const ProblemModel& problem = *spec.problem;
  spec.until = [&](std::uint64_t, const Blocks& x, double) {
    const double now = tangent_eigenvalue(problem, x);
    problem.residual(x, z, {{}, Rng(0, "output"), room, true});
    if (std::isnan(way.first)) way.first = now;
    way.largest = std::max(way.largest, now);
    way.last = now;
    way.output = z[0];
    if (shown && std::abs(z[0]) > 1e-4 && std::abs(z[0]) < 10) c.curve(label, "phase", z[0], now);
    return false;
  };
  if (shown) spec.probes = {node(Kind::probe, edge, {{"every", std::int64_t{1}}})};
  way.diverged = (shown ? c.descent(label, spec) : c.quietly(spec)).outcome.how == Ended::diverged;
  return way;
}

void SecondOrderEos::two_parameters(StudyContext& c, double epsilon) const {
  const auto [low, high] = heights(epsilon);
  const auto problem = c.problem(
      node(Kind::problem, "quadratic_model", {{"epsilon", epsilon}, {"start_low", low}, {"start_high", high}}));
  const std::string label = small_run(epsilon);
  std::vector<double> ends;
  for (std::int64_t i = 0; i < starts; ++i) {
    const auto index = static_cast<std::uint64_t>(i);
    const Way one = go(c, label,
                       {.problem = problem,
                        .optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", 1.0}}),
                        .steps = static_cast<std::uint64_t>(steps),
                        .start = problem->start(c.rng("start", index))},
                       c.repeat() == 0 && i == 0);
    if (c.stopping()) return;
    const auto place = static_cast<double>(c.repeat() * static_cast<std::uint64_t>(starts) + index);
    c.curve(label, "start", place, one.first);
    c.curve(label, "diverged", place, one.diverged ? 1 : 0);
    if (!one.qualifies()) continue;
    c.curve(label, "largest", place, one.largest);
    c.curve(label, "final", place, one.last);
    c.curve(label, "growth", place, one.last / one.first);
    ends.push_back(one.last);
  }
  if (!ends.empty()) c.curve(settled, "settled", epsilon, median_of(ends));
}

void SecondOrderEos::many_parameters(StudyContext& c, double rate) const {
  c.descent(
      large_run(rate),
      {.problem = c.problem(node(Kind::problem, "quadratic_model",
                                 {{"form", std::string("random")}, {"outputs", outputs}, {"dimension", dimension}})),
       .optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", rate}}),
       .steps = static_cast<std::uint64_t>(model_steps),
       .probes = {node(Kind::probe, edge, {{"every", std::int64_t{2}}})}});
}

void SecondOrderEos::judge_small(const TraceView& trace, Verdicts& v, double epsilon) const {
  const std::string label = small_run(epsilon);
  std::size_t tried = 0;
  std::vector<double> ends, growth;
  for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
    if (const auto all = trace.curve(label, repeat, "start")) tried += all->y.size();
    const auto last = trace.curve(label, repeat, "final"), grown = trace.curve(label, repeat, "growth");
    if (last) ends.insert(ends.end(), last->y.begin(), last->y.end());
    if (grown) growth.insert(growth.end(), grown->y.begin(), grown->y.end());
  }
  const std::string of = std::to_string(ends.size()) + " of " + std::to_string(tried) + " starts";
  if (ends.empty() && epsilon > 0.1)
    return v.unknown("Two parameters, " + label + ": sharpness comes to rest at 2 − ε/2", "median final ηλ",
                     "no start reached the edge and came to rest: for so large an ε none is known");
  v.within("Two parameters, " + label + ": sharpness comes to rest at 2 − ε/2, not at 2", "median final ηλ, " + of,
           median_of(ends), 2 - epsilon / 2 - 0.02, 2 - epsilon / 2 + 0.02);
  v.at_least("Two parameters, " + label + ": it has grown fourfold or more", "mean of final over first ηλ, " + of,
             mean_of(growth), 4);
}

void SecondOrderEos::judge(const TraceView& trace, Verdicts& v) const {
  for (const double epsilon : epsilons) judge_small(trace, v, epsilon);
  const auto final_of = [&](double rate) {
    return median_of(
        over_repeats(trace, large_run(rate), edge, [](const TraceView::Series& s) { return s.value.back(); }));
  };
  for (const double rate : learning_rates) {
    const std::string words = "median final ηλ over seeds";
    if (rate <= 0.1)
      v.below("Many parameters, " + large_run(rate) + ": a small step never meets the edge", words, final_of(rate), 2);
    else if (rate < 0.2)  // from there on some seeds diverge
      v.within("Many parameters, " + large_run(rate) + ": sharpness ends at the edge", words, final_of(rate), 1.8,
               2.15);
  }
}

}  // namespace KAPPA_FILE

Method second_order_eos() {
  using S = KAPPA_FILE::SecondOrderEos;
  return study<S>(
      {.title = "Second-order regression at the edge of stability",
       .idea =
           "A model that is quadratic in its parameters is enough for the sharpness to climb to 2/η and stay there.",
       .equation = "θ ← θ − η Jᵀz,  z = ½(θ₂² − εθ₁²),  JJᵀ → (2 − ε/2)/η",
       .cite = {{"Agarwala, Pedregosa, Pennington", 2022,
                 "Second-order regression models exhibit progressive sharpening to the edge of stability",
                 "arXiv:2210.04860"}},
       .question = "Why does the curvature that gradient descent finds rise to 2 over the step size, and why does it "
                   "stop there?",
       .look_for = "From far below, the sharpness jumps over the dotted line at 2, and then settles a hair's breadth "
                   "below it while the loss goes up and down.",
       .group = "Dynamics",
       .uses = {"gradient_descent"}},
      {{&S::epsilons, "epsilons", "ε", Many{log_range_of(1e-3, 1), 1, 8}, "bends of the two-parameter model compared"},
       {&S::starts, "starts", "", count(1, 200, true), "starts of each, drawn anew in every repeat"},
       {&S::steps, "steps", "T", count(10, 100'000, true), "steps with two parameters"},
       {&S::learning_rates, "learning_rates", "η", Many{log_range_of(1e-3, 1), 1, 8},
        "step sizes compared with many parameters"},
       {&S::outputs, "outputs", "D", count(1, 100, true), "outputs of the model with many parameters"},
       {&S::dimension, "dimension", "P", count(1, 200, true), "its parameters"},
       {&S::model_steps, "model_steps", "", count(10, 20'000, true), "its steps"}});
}

}  // namespace kappa::studies
