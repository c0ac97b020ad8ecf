/// Line searches and step-size rules: what it buys to measure the step instead of choosing it.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* constant = "GD, 1/L";
constexpr const char* exact = "Exact search";
constexpr const char* armijo = "Armijo";
constexpr const char* wolfe = "Wolfe";
constexpr const char* polyak = "Polyak, c = 1";
constexpr const char* polyak_half = "Polyak, c = ½";
constexpr const char* polyak_low = "Polyak, f* guessed too low";
constexpr const char* bb1 = "BB1";
constexpr const char* bb2 = "BB2";
constexpr const char* zigzag = "Exact search, worst start";
constexpr const char* kinks = "Polyak, a loss with kinks";
constexpr const char* logistic = "Wolfe, logistic regression";
constexpr double target = 1e-8;  ///< of the first distance
constexpr double enough = 1e-4;  ///< Wolfe's c₁
constexpr double flat = 0.9;     ///< and c₂
constexpr std::uint64_t zigzag_steps = 20, ratio_steps = 80, kink_steps = 1000;

struct LineSearches {
  std::int64_t dimension = 50;
  double condition_number = 100;
  std::int64_t steps = 2500;
  std::int64_t samples = 200;
  std::int64_t features = 20;
  std::int64_t wolfe_starts = 5;
  std::int64_t wolfe_steps = 40;

  struct Rule {
    const char* label;
    const char* place;  ///< short, for an axis
    Node optimizer;
  };
  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    const std::vector<Rule> all = rules(0);
    const std::size_t extra = 4;
    c.parallel_for(all.size() + extra, [&](std::size_t i, StudyContext& part) {
      if (i < all.size()) on_bowl(part, i);
      if (i == all.size()) in_plane(part);
      if (i == all.size() + 1) along_zigzag(part);
      if (i == all.size() + 2) on_logistic(part);
      if (i == all.size() + 3) on_kinks(part);
      part.progress(static_cast<double>(i + 1) / static_cast<double>(all.size() + extra));
    });
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  static std::vector<Rule> rules(double f0);
  /// ((κ−1)/(κ+1))², Kantorovich's factor of the loss.
  double factor() const { return std::pow((condition_number - 1) / (condition_number + 1), 2); }
  void on_bowl(StudyContext& c, std::size_t which) const;
  void in_plane(StudyContext& c) const;
  void along_zigzag(StudyContext& c) const;
  void on_logistic(StudyContext& c) const;
  void on_kinks(StudyContext& c) const;
  void judge_barzilai_borwein(const TraceView& trace, Verdicts& v) const;
  void judge_wolfe(const TraceView& trace, Verdicts& v) const;
};

/// The guess that is too low lies a thousandth of the first loss under the minimum.
std::vector<LineSearches::Rule> LineSearches::rules(double f0) {
  const auto rule = [](const char* id, std::map<std::string, Value, std::less<>> params = {}) {
    return node(Kind::optimizer, id, std::move(params));
  };
  return {{constant, "GD", rule("gradient_descent", {{"learning_rate", 1.0}})},
          {polyak_half, "Polyak ½", rule("polyak_step", {{"divisor", 0.5}})},
          {exact, "exact", rule("steepest_descent_exact")},
          {armijo, "Armijo", rule("armijo")},
          {wolfe, "Wolfe", rule("wolfe")},
          {polyak, "Polyak 1", rule("polyak_step")},
          {bb2, "BB2", rule("barzilai_borwein", {{"formula", std::string("bb2")}})},
          {bb1, "BB1", rule("barzilai_borwein")},
          {polyak_low, "", rule("polyak_step", {{"minimum", -1e-3 * f0}})}};
}

std::vector<FigureSpec> LineSearches::figures() const {
  std::vector<std::string> places;
  for (const Rule& rule : rules(0))
    if (rule.place[0] != 0) places.push_back(rule.place);
  return {{.id = "gap",
           .title = "Loss",
           .x_label = "step",
           .y_label = "f(xₜ) − f*",
           .y_scale = Scale::log,
           .names = {"loss"},
           .runs = {constant, exact, armijo, wolfe, polyak, bb1, bb2}},
          {.id = "plane",
           .title = "Exact search zig-zags, Barzilai–Borwein does not (κ = 10)",
           .x_label = "along the valley",
           .y_label = "across",
           .form = FigureForm::plane,
           .names = {"path"}},
          {.id = "iterations",
           .title = "Steps until the distance is 10⁻⁸ of the first",
           .x_label = "rule",
           .y_label = "steps",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {"iterations"},
           .scatter = true,
           .x_names = places},
          {.id = "step_size",
           .title = "The first 80 steps' lengths",
           .x_label = "step",
           .y_label = "‖xₜ₊₁ − xₜ‖ / ‖∇f(xₜ)‖",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {"step_size"},
           .runs = {constant, exact, armijo, bb1},
           .note = "1/L = 1. Armijo goes by halves; Barzilai–Borwein dares steps near κ/L, and f may rise"},
          {.id = "polyak",
           .title = "Polyak's step never leads away, and needs to know f*",
           .x_label = "step",
           .y_label = "‖xₜ − x*‖",
           .y_scale = Scale::log,
           .names = {"distance_to_truth"},
           .runs = {exact, polyak, polyak_half, polyak_low},
           .note = "guessed too low by a thousandth of f(x₀), it stalls"},
          {.id = "zigzag",
           .title = "Exact search: the loss's factor at every step",
           .x_label = "step",
           .y_label = "f(xₜ) / f(xₜ₋₁)",
           .names = {"ratio"},
           .runs = {zigzag, exact},
           .note = "from the worst start it is the bound itself, from others it comes close"},
          {.id = "kinks",
           .title = "Polyak's step on a loss with kinks, max |aᵢ·x − yᵢ|: the best so far",
           .x_label = "step",
           .y_label = "min f(xₛ) − f*, s ≤ t",
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"best_gap"},
           .runs = {kinks}},
          {.id = "wolfe",
           .title = "Every accepted step of Wolfe's search, on logistic regression",
           .x_label = "decrease, as a share of a g·p",
           .y_label = "slope left, as a share of g·p",
           .form = FigureForm::curve,
           .names = {"conditions"},
           .note = "allowed: right of c₁ and below c₂",
           .scatter = true}};
}

void LineSearches::on_bowl(StudyContext& c, std::size_t which) const {
  const auto bowl =
      c.problem(node(Kind::problem, "quadratic",
                     {{"dimension", dimension}, {"condition_number", condition_number}, {"rotate", true}}));
  const Blocks start = bowl->start(c.rng("init"));
  const double f0 = value_of(*bowl, start);
  const Rule rule = rules(f0).at(which);
  const arma::vec centre = bowl->facts().solution->flat();
  const double e0 = arma::norm(start.flat() - centre);
  Blocks before = start, gradient = start;
  double f_before = f0;
  const bool first = c.repeat() == 0;
  const DescentResult result = c.descent(
      rule.label,
      {.problem = bowl,
       .optimizer = rule.optimizer,
       .steps = static_cast<std::uint64_t>(rule.label == polyak_low ? std::min<std::int64_t>(steps, 500) : steps),
       .start = start,
       .probes = {node(Kind::probe, "distance_to_truth")},
       .until = [&](std::uint64_t t, const Blocks& x, double f) {
         if (rule.label == exact && t > 0 && t <= ratio_steps) c.series(exact, "ratio", t, f / f_before);
         f_before = f;
         if (first && t > 0 && t <= ratio_steps) {
           value_gradient_of(*bowl, before, gradient);
           c.curve(rule.label, "step_size", static_cast<double>(t - 1),
                   arma::norm(x.flat() - before.flat()) / arma::norm(gradient.flat()));
         }
         if (t <= ratio_steps) before = x;
         return arma::norm(x.flat() - centre) <= target * e0;
       }});
  if (result.outcome.how == Ended::reached && rule.place[0] != 0)
    c.curve(rule.label, "iterations", static_cast<double>(which), static_cast<double>(result.outcome.at));
  if (!first || (which != 0 && rule.label != exact)) return;
  std::vector<double> t, bound;
  const double shrink = which == 0 ? std::pow(1 - 1 / condition_number, 2) : factor();
  for (std::int64_t k = 0; k <= steps && std::pow(shrink, k) > 1e-20; k += std::max<std::int64_t>(1, steps / 500)) {
    t.push_back(static_cast<double>(k));
    bound.push_back(f0 * std::pow(shrink, k));
  }
  c.theory(TheoryKind::bound, rule.label, "loss", which == 0 ? "(1 − 1/κ)²ᵗ f₀" : "((κ−1)/(κ+1))²ᵗ f₀", t, bound);
}

/// f = ½(x² + κy²)/κ from (κ, 1)/κ, at a κ whose zig-zag can be seen.
void LineSearches::in_plane(StudyContext& c) const {
  if (c.repeat() != 0) return;
  const auto bowl = c.problem(node(Kind::problem, "quadratic",
                                   {{"dimension", std::int64_t{2}},
                                    {"condition_number", 10.0},
                                    {"rotate", false},
                                    {"start", std::string("worst")}}));
  const arma::vec centre = bowl->facts().solution->flat();
  for (const Rule& rule : rules(0)) {
    if (rule.label != exact && rule.label != polyak && rule.label != bb1) continue;
    std::vector<FieldCell> path;
    c.quietly({.problem = bowl,
               .optimizer = rule.optimizer,
               .steps = zigzag_steps,
               .start = bowl->start(c.rng("init")),
               .until = [&](std::uint64_t t, const Blocks& x, double f) {
                 path.push_back(path_point(t, x.flat()[1] - centre[1], x.flat()[0] - centre[0], f));
                 return false;
               }});
    if (c.stopping()) return;
    c.field(rule.label, "path", path);
  }
  Blocks at = bowl->start(c.rng("init"));
  c.field(exact, "landscape", surface({-0.2, 1.1, -0.22, 0.22}, 91, 31, [&](double x, double y) {
            at.flat() = {centre[0] + y, centre[1] + x};
            return value_of(*bowl, at);
          }));
  c.field(exact, "optimum", {{0, 0, 0, 0, 0, 0}});
}

void LineSearches::along_zigzag(StudyContext& c) const {
  const auto bowl = c.problem(node(Kind::problem, "quadratic",
                                   {{"dimension", std::int64_t{2}},
                                    {"condition_number", condition_number},
                                    {"rotate", false},
                                    {"start", std::string("worst")}}));
  double before = 0;
  c.descent(zigzag, {.problem = bowl,
                     .optimizer = node(Kind::optimizer, "steepest_descent_exact"),
                     .steps = zigzag_steps,
                     .start = bowl->start(c.rng("init")),
                     .until = [&](std::uint64_t t, const Blocks&, double f) {
                       if (t > 0) c.series(zigzag, "ratio", t, f / before);
                       before = f;
                       return false;
                     }});
  if (c.repeat() == 0)
    c.theory(TheoryKind::exact, zigzag, "ratio", "((κ−1)/(κ+1))²", {1, ratio_steps}, {factor(), factor()});
}

/// Rows N(0, I) and true weights N(0, I), whose length is drawn here; every accepted step is measured from outside.
void LineSearches::on_logistic(StudyContext& c) const {
  const auto d = static_cast<arma::uword>(features);
  arma::vec length(d);
  Rng draw = c.rng("truth length");
  draw.fill_normal({length.memptr(), length.n_elem});
  const auto problem = c.problem(node(Kind::problem, "logistic_regression",
                                      {{"samples", samples},
                                       {"features", features},
                                       {"spectrum", std::string("isotropic")},
                                       {"truth_norm", arma::norm(length)},
                                       {"regularization", 0.01}}));
  for (std::int64_t k = 0; k < wolfe_starts && !c.stopping(); ++k) {
    Blocks start = problem->start(c.rng("init"));
    Rng from = c.rng("wolfe start", static_cast<std::uint64_t>(k));
    from.fill_normal({start.flat().memptr(), start.flat().n_elem});
    start.flat() *= 2;
    Blocks before = start, gradient = start, last = start;
    double f_before = 0;
    c.quietly({.problem = problem,
               .optimizer = node(Kind::optimizer, "wolfe", {{"sufficient_decrease", enough}, {"curvature", flat}}),
               .steps = static_cast<std::uint64_t>(wolfe_steps),
               .start = start,
               .until = [&](std::uint64_t t, const Blocks& x, double f) {
                 value_gradient_of(*problem, x, gradient);
                 if (t > 0) {
                   const arma::vec moved = x.flat() - before.flat();
                   const double promised = std::abs(arma::dot(last.flat(), moved));
                   // Closer to the minimum the loss has no digits to tell a decrease by.
                   if (promised > 1e-10 * (1 + std::abs(f)))
                     c.curve(logistic, "conditions", (f_before - f) / promised,
                             -arma::dot(gradient.flat(), moved) / promised);
                 }
                 before = x;
                 last = gradient;
                 f_before = f;
                 return false;
               }});
  }
  if (c.repeat() != 0) return;
  c.theory(TheoryKind::bound, logistic, "conditions", "slope at most c₂ = 0.9", {0, 1}, {flat, flat});
  c.vertical(TheoryKind::bound, logistic, "conditions", "decrease at least c₁ = 10⁻⁴", enough);
}

/// G is the longest row: the length of any subgradient at most.
void LineSearches::on_kinks(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "chebyshev_regression",
                                      {{"samples", std::int64_t{100}},
                                       {"features", std::int64_t{10}},
                                       {"entries", std::string("normal")},
                                       {"noise", 0.1}}));
  const Facts& facts = problem->facts();
  if (!facts.minimum || !facts.solution) return;
  const Blocks start = problem->start(c.rng("init"));
  double best = arma::datum::inf;
  c.descent(kinks, {.problem = problem,
                    .optimizer = node(Kind::optimizer, "polyak_step"),
                    .steps = kink_steps,
                    .start = start,
                    .until = [&](std::uint64_t t, const Blocks&, double f) {
                      best = std::min(best, f - *facts.minimum);
                      c.series(kinks, "best_gap", t, best);
                      return false;
                    }});
  if (c.repeat() != 0 || c.stopping()) return;
  double longest = 0;
  for (const NamedMatrix& each : problem->data())
    if (each.name == "X") longest = arma::sqrt(arma::sum(arma::square(each.value), 1)).max();
  const double distance = arma::norm(start.flat() - facts.solution->flat());
  std::vector<double> at, bound;
  for (std::uint64_t t = 0; t <= kink_steps; ++t) {
    at.push_back(static_cast<double>(t));
    bound.push_back(longest * distance / std::sqrt(static_cast<double>(t + 1)));
  }
  c.theory(TheoryKind::bound, kinks, "best_gap", "G ‖x₀ − x*‖ / √(t+1)", at, bound);
}

/// NaN unless every repeat has its number.
double largest_of(const TraceView& trace, const std::vector<double>& all) {
  const bool whole = !all.empty() && all.size() == trace.repeats() &&
                     std::none_of(all.begin(), all.end(), [](double each) { return std::isnan(each); });
  return whole ? *std::max_element(all.begin(), all.end()) : arma::datum::nan;
}

void LineSearches::judge(const TraceView& trace, Verdicts& v) const {
  const auto at_most = [&](const char* paper, const char* claim, const char* statistic, const char* run,
                           const char* series, double bound, const std::function<double(const TraceView::Series&)>& f) {
    v.set_paper(paper);
    const double most = largest_of(trace, over_repeats(trace, run, series, f));
    if (std::isnan(most)) return v.unknown(claim, statistic, "its steps were not recorded");
    v.at_most(claim, statistic, most, bound);
  };
  at_most("Akaike 1959",
          "From the zig-zag start exact search multiplies the loss by ((κ−1)/(κ+1))² at every one of 20 steps",
          "largest |f(xₜ)/f(xₜ₋₁) − ((κ−1)/(κ+1))²|", zigzag, "ratio", 1e-10, [&](const TraceView::Series& s) {
            double most = s.value.empty() ? arma::datum::nan : 0;
            for (std::size_t i = 0; i < s.value.size(); ++i) {
              // At small κ the loss soon has no digits left to tell a ratio by.
              if (std::pow(factor(), static_cast<double>(s.step[i])) < 1e-8) break;
              most = std::max(most, std::abs(s.value[i] - factor()));
            }
            return most;
          });
  judge_barzilai_borwein(trace, v);
  at_most("Polyak 1969", "Polyak's step with c = 1 never leads away from the solution, on every seed",
          "largest ‖xₜ₊₁ − x*‖ / ‖xₜ − x*‖", polyak, "distance_to_truth", 1, [](const TraceView::Series& s) {
            double most = s.value.size() > 1 ? 0 : arma::datum::nan;
            for (std::size_t i = 1; i < s.value.size(); ++i) most = std::max(most, s.value[i] / s.value[i - 1]);
            return most;
          });
  judge_wolfe(trace, v);
}

void LineSearches::judge_barzilai_borwein(const TraceView& trace, Verdicts& v) const {
  const std::string
      claim = "BB1 needs less than a fifth of the steps of GD with 1/L to 10⁻⁸ of the distance, on every seed",
      statistic = "largest ratio of steps over seeds";
  v.set_paper("Barzilai, Borwein 1988");
  std::vector<double> shares;
  for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
    const auto quick = trace.curve(bb1, repeat, "iterations"), slow = trace.curve(constant, repeat, "iterations");
    if (quick && slow && !quick->y.empty() && !slow->y.empty()) shares.push_back(quick->y[0] / slow->y[0]);
  }
  const double most = largest_of(trace, shares);
  if (std::isnan(most)) return v.unknown(claim, statistic, "one of them did not arrive in " + std::to_string(steps));
  v.below(claim, statistic, most, 0.2);
}

void LineSearches::judge_wolfe(const TraceView& trace, Verdicts& v) const {
  const std::string claim =
      "Every step that Wolfe's search accepts meets both of its conditions, on logistic regression";
  v.set_paper("Wolfe 1969");
  double violations = 0;
  long accepted = 0;
  for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat)
    if (const auto seen = trace.curve(logistic, repeat, "conditions"))
      for (std::size_t i = 0; i < seen->x.size(); ++i) {
        ++accepted;
        if (!(seen->x[i] >= enough && seen->y[i] <= flat)) ++violations;
      }
  const std::string statistic = "violations among " + std::to_string(accepted) + " accepted steps";
  if (accepted == 0) return v.unknown(claim, statistic, "no step was recorded");
  v.at_most(claim, statistic, violations, 0);
}

}  // namespace KAPPA_FILE

Method line_searches() {
  using S = KAPPA_FILE::LineSearches;
  return study<S>(
      {.title = "Line searches",
       .idea = "Exact search, Armijo, Wolfe, Polyak and Barzilai–Borwein beside the constant step, on the bowl of the "
               "classic rates.",
       .equation =
           "exact: a = g·g / g·Hg;  Polyak: a = (f − f*)/(c‖g‖²);  BB1: a = s·s / s·y;  exact search's factor a "
           "step: at most ((κ−1)/(κ+1))²",
       .cite = {{"Akaike", 1959,
                 "On a successive transformation of probability distribution and its application to the analysis of "
                 "the optimum gradient method",
                 "Annals of the Institute of Statistical Mathematics 11"},
                {"Armijo", 1966, "Minimization of functions having Lipschitz continuous first partial derivatives",
                 "Pacific Journal of Mathematics 16"},
                {"Wolfe", 1969, "Convergence Conditions for Ascent Methods", "SIAM Review 11"},
                {"Polyak", 1969, "Minimization of unsmooth functionals",
                 "USSR Computational Mathematics and Mathematical Physics 9"},
                {"Barzilai, Borwein", 1988, "Two-Point Step Size Gradient Methods",
                 "IMA Journal of Numerical Analysis 8"}},
       .question = "Is the step that goes to the lowest point of the line the best one?",
       .look_for = "No: the exact search zig-zags across the valley and needs as long as a constant step, while "
                   "Barzilai–Borwein, whose loss jumps up and down, arrives in a tenth of the steps.",
       .group = "First order",
       .uses = {"gradient_descent", "steepest_descent_exact", "armijo", "wolfe", "polyak_step", "barzilai_borwein"}},
      {{&S::dimension, "dimension", "d", count(2, 300, true), "number of unknowns of the bowl"},
       {&S::condition_number, "condition_number", "κ", log_range(2, 1e4), "largest over smallest curvature"},
       {&S::steps, "steps", "T", count(10, 200'000, true), "steps of each rule at most; GD takes some 17 κ"},
       {&S::samples, "samples", "n", count(10, 2000, true), "rows of the logistic regression"},
       {&S::features, "features", "", count(1, 100, true), "its weights"},
       {&S::wolfe_starts, "wolfe_starts", "", count(1, 20), "starts of Wolfe's search there"},
       {&S::wolfe_steps, "wolfe_steps", "", count(1, 200, true), "steps from each start"}});
}

}  // namespace kappa::studies
