/// Catapult: a step too large for the start throws the loss up, and lands it in a flatter place.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/methods/studies/tangent_start.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* edge = "scaled_gauss_newton_sharpness";
constexpr const char* networks[] = {"Linear network", "Quadratic model"};

struct Catapult {
  std::vector<double> multiples = {1, 2.5, 3.5, 4.5};
  std::vector<double> model_multiples = {1, 2.5, 3.5, 6};
  std::int64_t width = 512;
  std::int64_t model_width = 200;
  std::int64_t inputs = 5;
  std::int64_t samples = 4;
  std::int64_t steps = 400;
  std::int64_t model_steps = 500;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  struct Part {
    std::size_t network;  ///< which of `networks`
    double multiple;
  };
  static std::string label(std::size_t network, double multiple) {
    return std::string(networks[network]) + ", " + equals("c", multiple);
  }
  const std::vector<double>& multiples_of(std::size_t network) const {
    return network == 0 ? multiples : model_multiples;
  }
  Node problem_of(std::size_t network) const;
  void throw_up(StudyContext& c, const Part& part) const;
};

std::vector<FigureSpec> Catapult::figures() const {
  std::vector<FigureSpec> all;
  const char* ids[][3] = {{"throw", "edge", "loss"}, {"model_throw", "model_edge", "model_loss"}};
  for (std::size_t network = 0; network < 2; ++network) {
    std::vector<std::string> runs;
    for (const double c : multiples_of(network)) runs.push_back(label(network, c));
    const std::string name = networks[network];
    all.push_back({.id = ids[network][0],
                   .title = name + ": the first steps, η = c/λ₀",
                   .x_label = "step",
                   .y_label = "loss of one seed",
                   .form = FigureForm::curve,
                   .y_scale = Scale::log,
                   .names = {"throw"},
                   .runs = runs});
    all.push_back({.id = ids[network][1],
                   .title = name + ": sharpness times step size",
                   .x_label = "step",
                   .y_label = "η λ_max(JJᵀ)",
                   .x_scale = Scale::log,
                   .names = {edge},
                   .runs = runs});
    all.push_back({.id = ids[network][2],
                   .title = name + ": loss, all seeds",
                   .x_label = "step",
                   .x_scale = Scale::log,
                   .y_scale = Scale::log,
                   .names = {"loss"},
                   .runs = runs});
  }
  all.push_back({.id = "flatter",
                 .title = "How much flatter it lands",
                 .x_label = "c = η λ₀",
                 .y_label = "final λ over first",
                 .form = FigureForm::curve,
                 .names = {"flatter"}});
  return all;
}

Node Catapult::problem_of(std::size_t network) const {
  if (network == 0) return node(Kind::problem, "linear_network_datum", {{"width", width}});
  return node(Kind::problem, "neural_quadratic_model",
              {{"width", model_width}, {"inputs", inputs}, {"samples", samples}});
}

void Catapult::throw_up(StudyContext& c, const Part& part) const {
  const auto problem = c.problem(problem_of(part.network));
  const Blocks start = problem->start(c.rng("init"));
  const double first = tangent_eigenvalue(*problem, start);
  if (!(first > 0)) return;  // every unit asleep on every input: there is nothing to learn with
  const std::string name = label(part.network, part.multiple);
  DescentSpec spec{.problem = problem,
                   .optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", part.multiple / first}}),
                   .steps = static_cast<std::uint64_t>(part.network == 0 ? steps : model_steps),
                   .start = start,
                   .probes = {node(Kind::probe, edge, {{"every", std::int64_t{1}}})}};
  bool visible = c.repeat() == 0;  // until the loss is gone, or has gone too far
  spec.until = [&](std::uint64_t t, const Blocks&, double loss) {
    visible = visible && t <= 40 && loss > 1e-6 && loss < 1e8;
    if (visible) c.curve(name, "throw", static_cast<double>(t), loss);
    return false;
  };
  const DescentResult result = c.descent(name, spec);
  if (result.outcome.how == Ended::steps)
    c.curve(networks[part.network], "flatter", part.multiple, tangent_eigenvalue(*problem, result.x) / first);
}

void Catapult::run(StudyContext& c) const {
  std::vector<Part> parts;
  for (std::size_t network = 0; network < 2; ++network)
    for (const double multiple : multiples_of(network)) parts.push_back({network, multiple});
  for (std::size_t network = 0; network < 2 && c.repeat() == 0; ++network) {
    const double last = static_cast<double>(network == 0 ? steps : model_steps);
    const std::string run = label(network, multiples_of(network).front());
    c.theory(TheoryKind::guide, run, edge, "2: stable below", {1, last}, {2, 2});
    c.theory(TheoryKind::guide, run, edge, "4: diverges from above", {1, last}, {4, 4});
  }
  std::vector<double> at, stable;
  for (int i = 0; i <= 60; ++i) {
    at.push_back(1 + 3.0 * i / 60);
    stable.push_back(std::min(1.0, 2 / at.back()));
  }
  if (c.repeat() == 0)
    c.theory(TheoryKind::bound, networks[0], "flatter", "2/c: what this step size can stand", at, stable);
  c.parallel_for(parts.size(), [&](std::size_t i, StudyContext& part) { throw_up(part, parts[i]); });
  for (std::size_t network = 0; network < 2 && c.repeat() == 0; ++network) {
    c.vertical(TheoryKind::guide, networks[network], "flatter", "2: stable below", 2);
    c.vertical(TheoryKind::guide, networks[network], "flatter", "4: diverges from above", 4);
  }
}

/// Largest value over the first one; infinite where the numbers ran out.
double rise_of(const TraceView::Series& s) {
  double largest = 0;
  for (const double value : s.value) largest = std::max(largest, std::isnan(value) ? arma::datum::inf : value);
  return largest / s.value.front();
}

void Catapult::judge(const TraceView& trace, Verdicts& v) const {
  const auto last = [](const TraceView::Series& s) { return s.value.back(); };
  const auto ratio = [](const TraceView::Series& s) { return s.value.back() / s.value.front(); };
  const auto extreme = [](const std::vector<double>& all, bool largest) {
    if (all.empty()) return arma::datum::nan;
    return largest ? *std::max_element(all.begin(), all.end()) : *std::min_element(all.begin(), all.end());
  };
  for (std::size_t network = 0; network < 2; ++network)
    for (const double c : multiples_of(network)) {
      const std::string run = label(network, c);
      const auto rises = over_repeats(trace, run, "loss", rise_of);
      if (c < 2) {
        v.at_most(run + ": the loss never rises", "largest loss over the first, worst seed", extreme(rises, true),
                  1 + 1e-12);
      } else if (c > 2 && c < 4) {
        v.at_least(run + ": the loss is thrown up at least twofold", "median over seeds of largest over first loss",
                   median_of(rises), 2);
        v.at_most(run + ": it lands where the kernel is flatter", "median of final λ over first",
                  median_of(over_repeats(trace, run, edge, ratio)), 0.75);
        v.below(run + ": and stable", "median of final ηλ", median_of(over_repeats(trace, run, edge, last)), 2);
        if (network == 0)
          v.below(run + ": the loss then vanishes", "median final loss",
                  median_of(over_repeats(trace, run, "loss", last)), 1e-12);
      } else if (network == 0 ? c >= 4.5 : c >= 6) {
        v.at_least(run + ": diverges on every seed", "smallest over seeds of largest over first loss",
                   extreme(rises, false), 1e12);
      }
    }
}

}  // namespace KAPPA_FILE

Method catapult() {
  using S = KAPPA_FILE::Catapult;
  const Domain many = Many{log_range_of(0.1, 20), 1, 8};
  return study<S>(
      {.title = "Catapult",
       .idea = "A step size between 2 and 4 over the first sharpness makes the loss explode, and the explosion itself "
               "flattens the place until the step fits.",
       .equation = "u ← u − η f v/√m,  v ← v − η f u/√m,  f = u·v/√m,  λ = (|u|² + |v|²)/m,  η = c/λ₀",
       .cite = {{"Zhu, Liu, Radhakrishnan, Belkin", 2022, "Quadratic models for understanding neural network dynamics",
                 "arXiv:2205.11787"},
                {"Lewkowycz, Bahri, Dyer, Sohl-Dickstein, Gur-Ari", 2020,
                 "The large learning rate phase of deep learning: the catapult mechanism", "arXiv:2003.02218"}},
       .question = "What happens when the first step is too large for where it starts, but not hopelessly so?",
       .look_for = "With c between 2 and 4 the loss shoots up before it vanishes, and in the same steps the sharpness "
                   "drops below the dotted line at 2.",
       .group = "Dynamics",
       .uses = {"gradient_descent"}},
      {{&S::multiples, "multiples", "c", many, "step sizes of the linear network, over 1/λ₀"},
       {&S::model_multiples, "model_multiples", "c", many, "step sizes of the quadratic model, over 1/λ₀"},
       {&S::width, "width", "m", count(1, 10'000, true), "hidden units of the linear network"},
       {&S::model_width, "model_width", "", count(1, 1'000, true), "hidden units of the quadratic model"},
       {&S::inputs, "inputs", "d", count(1, 20, true), "its inputs"},
       {&S::samples, "samples", "n", count(1, 20, true), "its samples"},
       {&S::steps, "steps", "T", count(10, 10'000, true), "steps of the linear network"},
       {&S::model_steps, "model_steps", "", count(10, 10'000, true), "steps of the quadratic model"}});
}

}  // namespace kappa::studies
