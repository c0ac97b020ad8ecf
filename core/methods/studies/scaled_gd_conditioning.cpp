/// ScaledGD(λ) and conditioning: steps to a fixed accuracy against the condition number of the matrix that is sensed.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/trace/number.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* damped = "ScaledGD(λ)";
constexpr const char* plain = "Gradient descent";
constexpr const char* fading = "PrecGD";
constexpr const char* projected = "Singular value projection";
constexpr const char* nuclear = "Nuclear-norm proximal";
constexpr const char* iterations = "iterations";
constexpr const char* sampled_iterations = "sampled_iterations";
constexpr const char* sampled_error = "sampled_final_error";

struct ScaledGdConditioning {
  std::int64_t dimension = 40;
  std::int64_t true_rank = 3;
  std::int64_t rank = 6;
  std::vector<double> condition_numbers = {1, 10, 100};
  double learning_rate = 0.3;
  double init_scale = 1e-6;
  double tolerance = 1e-6;
  std::int64_t most_steps = 20'000;
  bool sampled = true;
  std::vector<double> sampled_condition_numbers = {2, 20};
  std::int64_t sampled_repeats = 3;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  struct Part {
    const char* method;
    Node optimizer;
    double kappa;
    bool sampled;
    double tolerance;
    std::int64_t most;

    bool lifted() const { return method == projected || method == nuclear; }
    std::string label() const {
      std::string text = std::string(method) + ", κ = ";
      append_number(text, kappa);
      return sampled ? text + ", random views" : text;
    }
  };
  std::vector<Part> parts(bool with_sampled) const;
  /// From random measurements the largest κ says enough.
  bool is_shown(const Part& part) const {
    return !part.sampled ||
           part.kappa == *std::max_element(sampled_condition_numbers.begin(), sampled_condition_numbers.end());
  }
  void one(StudyContext& c, const Part& part) const;
};

std::vector<FigureSpec> ScaledGdConditioning::figures() const {
  std::vector<std::string> seen_whole, from_views;
  for (const Part& part : parts(sampled))
    if (is_shown(part)) (part.sampled ? from_views : seen_whole).push_back(part.label());
  std::vector<FigureSpec> list = {{.id = "iterations",
                                   .title = "Steps to the tolerance",
                                   .x_label = "condition number κ",
                                   .y_label = "steps",
                                   .form = FigureForm::curve,
                                   .x_scale = Scale::log,
                                   .y_scale = Scale::log,
                                   .names = {iterations}},
                                  {.id = "relative_error",
                                   .title = "Relative error, all of M seen",
                                   .x_label = "step",
                                   .y_label = "‖XXᵀ − M‖ / ‖M‖",
                                   .y_scale = Scale::log,
                                   .names = {"relative_error"},
                                   .runs = seen_whole},
                                  {.id = "spectrum",
                                   .title = "Singular values of XXᵀ",
                                   .x_label = "index",
                                   .form = FigureForm::spectrum,
                                   .y_scale = Scale::log,
                                   .names = {"estimate_singular_values"}}};
  if (!sampled) return list;
  list.push_back({.id = "sampled_iterations",
                  .title = "Steps to 10⁻³ from random measurements",
                  .x_label = "condition number κ",
                  .y_label = "steps",
                  .form = FigureForm::curve,
                  .x_scale = Scale::log,
                  .y_scale = Scale::log,
                  .names = {sampled_iterations}});
  list.push_back({.id = "sampled_error",
                  .title = "Relative error, from random measurements",
                  .x_label = "step",
                  .y_label = "‖XXᵀ − M‖ / ‖M‖",
                  .y_scale = Scale::log,
                  .names = {"relative_error"},
                  .runs = from_views});
  return list;
}

std::vector<ScaledGdConditioning::Part> ScaledGdConditioning::parts(bool with_sampled) const {
  const Node gradient = node(Kind::optimizer, "gradient_descent", {{"learning_rate", learning_rate}});
  const Node scaled = node(Kind::optimizer, "scaled_gd_lambda", {{"learning_rate", learning_rate}});
  const Node preconditioned = node(Kind::optimizer, "prec_gd", {{"learning_rate", learning_rate}});
  const Node projection = node(Kind::optimizer, "singular_value_projection");
  const Node shrinking = node(Kind::optimizer, "nuclear_proximal");
  std::vector<Part> list;
  for (const double kappa : condition_numbers) {
    list.push_back({damped, scaled, kappa, false, tolerance, most_steps});
    list.push_back({plain, gradient, kappa, false, tolerance, most_steps});
    list.push_back({fading, preconditioned, kappa, false, tolerance, most_steps});
  }
  for (const double kappa : with_sampled ? sampled_condition_numbers : std::vector<double>()) {
    list.push_back({damped, scaled, kappa, true, 1e-3, 800});
    list.push_back({plain, gradient, kappa, true, 1e-3, 800});
    list.push_back({projected, projection, kappa, true, 1e-3, 800});
    list.push_back({nuclear, shrinking, kappa, true, 1e-3, 250});
  }
  return list;
}

void ScaledGdConditioning::one(StudyContext& c, const Part& part) const {
  Node setting = node(Kind::problem, "matrix_sensing",
                      {{"dimension", dimension},
                       {"true_rank", true_rank},
                       {"rank", rank},
                       {"condition_number", part.kappa},
                       {"init_scale", init_scale}});
  setting.params["observation"] = std::string(part.sampled ? "sampled" : "full");
  if (part.sampled) setting.params["measurements"] = 5 * dimension * true_rank;
  const auto problem = c.problem(setting);
  const arma::mat& truth = problem->facts().truth_matrix;
  const double size = arma::norm(truth, "fro");
  double error = 1;
  DescentSpec spec{.problem = problem, .optimizer = part.optimizer, .steps = static_cast<std::uint64_t>(part.most)};
  spec.until = [&](std::uint64_t, const Blocks& x, double) {
    error = arma::norm((part.lifted() ? arma::mat(x.block(0)) : problem->estimate(x)) - truth, "fro") / size;
    return error < part.tolerance;
  };
  const std::int64_t every = part.method == plain ? 10 : 1;
  spec.probes = {node(Kind::probe, "relative_error", {{"every", every}})};
  if (!part.sampled)
    spec.probes.push_back(
        node(Kind::probe, "singular_values", {{"of", std::string("estimate")}, {"every", every * 5}}));
  const DescentResult result = is_shown(part) ? c.descent(part.label(), spec) : c.quietly(spec);
  if (c.stopping()) return;
  if (result.outcome.how == Ended::reached)
    c.curve(part.method, part.sampled ? sampled_iterations : iterations, part.kappa,
            static_cast<double>(result.outcome.at));
  if (part.sampled) c.curve(part.method, sampled_error, part.kappa, error);
}

void ScaledGdConditioning::run(StudyContext& c) const {
  const std::vector<Part> all = parts(sampled && static_cast<std::int64_t>(c.repeat()) < sampled_repeats);
  c.parallel_for(all.size(), [&](std::size_t i, StudyContext& part) { one(part, all[i]); });
  if (c.stopping() || c.repeat() != 0) return;
  const double least = *std::min_element(condition_numbers.begin(), condition_numbers.end());
  std::vector<double> kappas = condition_numbers, linear, level;
  std::sort(kappas.begin(), kappas.end());
  for (const double kappa : kappas) {
    linear.push_back(70 * kappa / least);
    level.push_back(35);
  }
  c.theory(TheoryKind::guide, plain, iterations, "∝ κ", kappas, linear);
  c.theory(TheoryKind::guide, damped, iterations, "independent of κ", kappas, level);
}

void ScaledGdConditioning::judge(const TraceView& trace, Verdicts& v) const {
  const auto [low, high] = std::minmax_element(condition_numbers.begin(), condition_numbers.end());
  const auto growth = [&](const char* method) {
    return mean_of(curve_at(trace, method, iterations, *high)) / mean_of(curve_at(trace, method, iterations, *low));
  };
  const std::string ends = "steps at κ = " + std::to_string(static_cast<long>(*high)) +
                           " over steps at κ = " + std::to_string(static_cast<long>(*low)) + ", mean over seeds";
  v.below("ScaledGD(λ) needs no more steps when κ grows", ends, growth(damped), 1.5);
  v.above("Gradient descent pays for κ", ends, growth(plain), 0.3 * *high / *low);
  if (!sampled) return;
  double slowest = 0, nearest = arma::datum::inf;
  std::size_t expected = 0, reached = 0;
  const auto count = static_cast<std::size_t>(std::min<std::int64_t>(sampled_repeats, trace.repeats()));
  for (const double kappa : sampled_condition_numbers) {
    const auto steps = curve_at(trace, damped, sampled_iterations, kappa);
    expected += count;
    reached += steps.size();
    for (const double s : steps) slowest = std::max(slowest, s);
  }
  for (const double error :
       curve_at(trace, plain, sampled_error,
                *std::max_element(sampled_condition_numbers.begin(), sampled_condition_numbers.end())))
    nearest = std::min(nearest, error);
  v.at_most("From random measurements ScaledGD(λ) reaches 10⁻³ in at most 300 steps, at every κ and seed", "most steps",
            reached == expected && expected > 0 ? slowest : arma::datum::inf, 300);
  v.above("Gradient descent is not there after 800 steps at the largest κ", "smallest relative error over seeds",
          std::isfinite(nearest) ? nearest : arma::datum::nan, 1e-3);
}

}  // namespace KAPPA_FILE

Method scaled_gd_conditioning() {
  using S = KAPPA_FILE::ScaledGdConditioning;
  return study<S>(
      {.title = "ScaledGD(λ) and the condition number",
       .idea = "A damped inverse Gram matrix on the right of the gradient makes low-rank sensing as fast at κ = 100 as "
               "at κ = 1.",
       .equation = "X ← X − η ∇f(X) (XᵀX + λI)⁻¹",
       .cite = {{"Xu, Shen, Chi, Ma", 2023, "The Power of Preconditioning in Overparameterized Low-Rank Matrix Sensing",
                 "arXiv:2302.01186"}},
       .question =
           "What does ill-conditioning cost when a low-rank matrix is recovered by gradient descent on its factor?",
       .look_for = "The line of gradient descent climbs with κ; those of ScaledGD(λ) and PrecGD stay level.",
       .group = "Low rank",
       .uses = {"gradient_descent", "scaled_gd_lambda", "prec_gd", "singular_value_projection", "nuclear_proximal"}},
      {{&S::dimension, "dimension", "n", count(4, 120, true), "rows and columns of M"},
       {&S::true_rank, "true_rank", "r*", count(1, 20), "rank of M"},
       {&S::rank, "rank", "r", count(1, 40), "columns of the factor"},
       {&S::condition_numbers, "condition_numbers", "κ", Many{log_range_of(1, 1000), 2, 8},
        "condition numbers compared, all of M seen"},
       {&S::learning_rate, "learning_rate", "η", from_zero(1e-3, 1),
        "step size; legal below 1, and ‖M‖η < ½ for gradient descent"},
       {&S::init_scale, "init_scale", "α", from_zero(1e-12, 1), "the start is α G/√n"},
       {&S::tolerance, "tolerance", "", log_range(1e-12, 0.5), "relative error to reach, all of M seen"},
       {&S::most_steps, "most_steps", "", count(10, 1'000'000, true), "gives up after so many"},
       {&S::sampled, "sampled", "", Flag{}, "also from m = 5 n r* random measurements, to 10⁻³"},
       {&S::sampled_condition_numbers,
        "sampled_condition_numbers",
        "κ",
        Many{log_range_of(1, 1000), 1, 8},
        "condition numbers compared there",
        {.when = When{"sampled", {"true"}}}},
       {&S::sampled_repeats,
        "sampled_repeats",
        "",
        count(1, 100),
        "only the first so many repeats do the sampled part",
        {.when = When{"sampled", {"true"}}}}});
}

}  // namespace kappa::studies
