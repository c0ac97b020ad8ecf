/// Scaling the model average with the batch: κ times the batch asks for κ times the rate and the κ-th power of ρ.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* reference = "Reference, κ = 1";
constexpr const char* scaled = "Scaled, ρ^κ";
constexpr const char* unscaled = "Not scaled, ρ";

struct EmaScaling {
  std::int64_t dimension = 50;
  double learning_rate = 0.01;
  double rho = 0.99;
  std::int64_t steps = 1600;
  std::vector<double> factors = {2, 4, 8, 16};

  std::vector<FigureSpec> figures() const {
    return {{.id = "gap",
             .title = "Largest gap between the averages",
             .x_label = "batch factor κ",
             .y_label = "max ‖ζ_κ − ζ‖ / ‖θ₀‖",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"gap"}},
            {.id = "coordinate",
             .title = "The average of the first coordinate",
             .x_label = "samples seen",
             .y_label = "ζ₁",
             .names = {"average"},
             .note = "ρ^κ stays on the reference, ρ lags behind"},
            {.id = "distance",
             .title = "Gap over time at the largest batch",
             .x_label = "samples seen",
             .y_label = "‖ζ_κ − ζ‖ / ‖θ₀‖",
             .y_scale = Scale::log,
             .names = {"distance"}}};
  }

  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  arma::mat averages(StudyContext& c, const std::shared_ptr<const ProblemModel>& problem, std::int64_t factor,
                     double memory) const;
  std::vector<std::int64_t> whole_factors() const {
    std::vector<std::int64_t> all;
    for (const double factor : factors) {
      const auto whole = std::clamp<std::int64_t>(std::llround(factor), 1, steps);
      if (std::find(all.begin(), all.end(), whole) == all.end()) all.push_back(whole);
    }
    std::sort(all.begin(), all.end());
    return all;
  }
};

/// ζ after 0, 1, 2 … steps, one column each: the same noise vectors in the same order, `factor` of them a step.
arma::mat EmaScaling::averages(StudyContext& c, const std::shared_ptr<const ProblemModel>& problem, std::int64_t factor,
                               double memory) const {
  const auto count = static_cast<std::uint64_t>(steps / factor);
  arma::mat all(static_cast<arma::uword>(dimension), count + 1);
  const Node descent =
      node(Kind::optimizer, "gradient_descent", {{"learning_rate", learning_rate * static_cast<double>(factor)}});
  DescentSpec spec{.problem = problem,
                   .optimizer = node(Kind::optimizer, "model_ema",
                                     {{"rho", memory}, {"base", std::make_shared<const Node>(descent)}}),
                   .steps = count,
                   .batch = static_cast<std::uint64_t>(factor),
                   .order = "incremental"};
  spec.until = [&](std::uint64_t t, const Blocks& average, double) {
    all.col(t) = average.flat();
    return false;
  };
  c.quietly(spec);
  return all;
}

void EmaScaling::run(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "finite_sum_quadratic",
                                      {{"dimension", dimension},
                                       {"clients", steps},
                                       {"curvature", std::string("shared")},
                                       {"condition_number", std::pow(10.0, 1.5)},
                                       {"start_value", 2.0}}));
  const arma::mat base = averages(c, problem, 1, rho);
  if (c.stopping()) return;
  const double size = arma::norm(base.col(0));
  for (arma::uword t = 0; t < base.n_cols; ++t) c.series(reference, "average", t, base(0, t));
  const std::vector<std::int64_t> all = whole_factors();
  c.parallel_for(2 * all.size(), [&](std::size_t i, StudyContext& part) {
    const std::int64_t factor = all[i / 2];
    const bool is_scaled = i % 2 == 0;
    const char* label = is_scaled ? scaled : unscaled;
    const arma::mat big = averages(part, problem, factor, is_scaled ? std::pow(rho, static_cast<double>(factor)) : rho);
    if (part.stopping()) return;
    double worst = 0;
    for (arma::uword t = 0; t < big.n_cols; ++t) {
      const arma::uword when = t * static_cast<arma::uword>(factor);
      const double gap = arma::norm(big.col(t) - base.col(when)) / size;
      worst = std::isnan(gap) ? gap : std::max(worst, gap);
      if (factor != all.back()) continue;
      part.series(label, "average", when, big(0, t));
      part.series(label, "distance", when, gap);
    }
    part.curve(label, "gap", static_cast<double>(factor), worst);
    if (part.repeat() != 0 || !is_scaled || factor != all.front()) return;
    std::vector<double> at, line;
    for (const std::int64_t each : all) {
      at.push_back(static_cast<double>(each));
      line.push_back(worst * static_cast<double>(each) / static_cast<double>(factor));
    }
    part.theory(TheoryKind::guide, scaled, "gap", "∝ κη", at, line);
  });
}

void EmaScaling::judge(const TraceView& trace, Verdicts& v) const {
  double worst = 0, least = arma::datum::inf;
  for (const std::int64_t factor : whole_factors()) {
    const auto with = curve_at(trace, scaled, "gap", static_cast<double>(factor));
    const auto without = curve_at(trace, unscaled, "gap", static_cast<double>(factor));
    if (with.size() != trace.repeats() || without.size() != trace.repeats()) worst = arma::datum::nan;
    for (std::size_t i = 0; i < std::min(with.size(), without.size()); ++i) {
      if (!(with[i] <= worst)) worst = with[i];
      least = std::min(least, without[i] / with[i]);
    }
  }
  v.at_most("With ρ^κ the average of every larger batch follows the reference", "largest gap over κ and seeds", worst,
            0.03);
  v.at_least("With ρ as it was the gap is at least ten times as large, for every κ and seed",
             "smallest ratio of the two gaps", std::isnan(worst) ? worst : least, 10);
}

}  // namespace KAPPA_FILE

Method ema_scaling() {
  using S = KAPPA_FILE::EmaScaling;
  return study<S>(
      {.title = "How to scale a model average with the batch",
       .idea =
           "A model average remembers steps, and a larger batch takes fewer of them: its memory must be raised to the "
           "power κ.",
       .equation = "B → κB:  η → κη,  ρ → ρ^κ;  ζ ← ρζ + (1−ρ)θ",
       .cite = {{"Busbridge, Ramapuram, Ablin, Likhomanenko, Dhekane, Suau, Webb", 2023, "How to Scale Your EMA",
                 "arXiv:2307.13813"}},
       .question = "What becomes of an average of the weights when the batch grows κ-fold?",
       .look_for = "The curve of ρ^κ lies on the reference, that of ρ lags far behind; the small gap grows like κη.",
       .group = "Optimizers",
       .uses = {"gradient_descent", "model_ema"}},
      {{&S::dimension, "dimension", "d", count(1, 500, true), "number of unknowns"},
       {&S::learning_rate, "learning_rate", "η", log_range(1e-4, 0.05),
        "step size of the reference; κη must stay below 2"},
       {&S::rho, "rho", "ρ", below(0, 1), "memory of the reference's average"},
       {&S::steps, "steps", "", count(32, 20'000, true), "steps of the reference, one noise vector each"},
       {&S::factors, "factors", "κ", Many{log_range_of(2, 32), 1, 8}, "batch factors, whole numbers"}});
}

}  // namespace kappa::studies
