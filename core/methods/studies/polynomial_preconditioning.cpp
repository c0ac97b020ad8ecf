/// Polynomial preconditioning: each degree of a symmetric polynomial takes one more steep direction out of the way.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/elementary_symmetric.hpp"
#include "core/methods/studies/extremes.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* presets[] = {"two_cluster", "one_spike", "smooth"};
constexpr const char* preset_labels[] = {"Two steep directions", "One steep direction", "No gap"};
constexpr const char* conjugate = "Conjugate gradients";
constexpr const char* by_chebyshev = "Chebyshev";

enum class Preset { two_cluster, one_spike, smooth };

/// A method and what one of its steps costs: products with the matrix, the gradient being one.
struct Rival {
  std::string label;
  Node optimizer;
  double products;
};

struct PolynomialPreconditioning {
  std::int64_t dimension = 30;
  double condition_number = 1e4;
  Preset preset = Preset::two_cluster;
  std::int64_t degrees = 4;
  std::int64_t steps = 40'000;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  using Model = std::shared_ptr<const ProblemModel>;
  Model bowl(StudyContext& c, std::size_t which) const {
    return c.problem(node(
        Kind::problem, "gapped_quadratic",
        {{"dimension", dimension}, {"condition_number", condition_number}, {"preset", std::string(presets[which])}}));
  }
  static std::string labelled(const char* family, std::int64_t degree) {
    return std::string(family) + ", τ = " + std::to_string(degree);
  }
  static Node of_degree(const char* id, std::int64_t degree) { return node(Kind::optimizer, id, {{"degree", degree}}); }
  std::vector<Rival> rivals() const;
  std::vector<std::string> labels(const char* family, std::int64_t first, std::int64_t last) const;
  arma::vec measured_spectrum(StudyContext& c, const Model& problem, std::int64_t degree) const;
  void spectra(StudyContext& c, std::size_t which) const;
  void race(StudyContext& c, const Model& problem, const Rival& rival) const;
  void bounds(StudyContext& c, const arma::vec& values) const;
  void logistic(StudyContext& c) const;
};

std::vector<std::string> PolynomialPreconditioning::labels(const char* family, std::int64_t first,
                                                           std::int64_t last) const {
  std::vector<std::string> out;
  for (std::int64_t t = first; t <= std::min(last, degrees); ++t) out.push_back(labelled(family, t));
  return out;
}

std::vector<Rival> PolynomialPreconditioning::rivals() const {
  std::vector<Rival> all;
  for (std::int64_t t = 0; t <= std::min<std::int64_t>(degrees, 3); ++t) {
    const double products = static_cast<double>(t + 1);
    all.push_back({labelled("Gradient", t), of_degree("polynomial_preconditioned_gd", t), products});
    all.push_back({labelled("Fast gradient", t), of_degree("polynomial_preconditioned_fgm", t), products});
    if (t >= 2) all.push_back({labelled("Krylov", t), of_degree("krylov_gd", t), products});
  }
  all.push_back({conjugate, node(Kind::optimizer, "conjugate_gradient"), 1});
  all.push_back({by_chebyshev, node(Kind::optimizer, "chebyshev"), 1});
  return all;
}

std::vector<FigureSpec> PolynomialPreconditioning::figures() const {
  std::vector<std::string> slow = labels("Gradient", 0, 3), fast = labels("Fast gradient", 0, 3), ticks;
  for (const std::string& each : labels("Krylov", 2, 3)) fast.push_back(each);
  fast.insert(fast.end(), {by_chebyshev, conjugate});
  for (std::int64_t t = 0; t <= degrees; ++t) ticks.push_back("τ = " + std::to_string(t));
  const auto race = [](const char* id, const char* title, std::vector<std::string> runs, const char* note) {
    return FigureSpec{.id = id,
                      .title = title,
                      .x_label = "products with the matrix",
                      .y_label = "(f − f*) / (f₀ − f*)",
                      .form = FigureForm::curve,
                      .x_scale = Scale::log,
                      .y_scale = Scale::log,
                      .names = {"loss_ratio"},
                      .runs = std::move(runs),
                      .note = note};
  };
  return {{.id = "spectrum",
           .title = "Eigenvalues of P_τA: each degree narrows the spectrum",
           .x_label = "eigenvalue / largest",
           .y_label = "degree",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .names = {"eigenvalue"},
           .runs = labels("Gradient", 0, 8),
           .note = "a method's speed is how far left a row reaches",
           .scatter = true,
           .y_names = ticks},
          {.id = "condition",
           .title = "Condition number left after a polynomial of degree τ",
           .x_label = "degree τ",
           .y_label = "cond(P_τA)",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {"condition_number"},
           .runs = {preset_labels[0], preset_labels[1], preset_labels[2]}},
          race("gradient", "The gradient method behind P_τ", std::move(slow),
               "dashed: (1 − 1/κ)²ᵗ with the κ that is left"),
          race("fast", "Accelerated, adaptive, and the peers", std::move(fast), ""),
          race("logistic", "The same on a logistic loss, B = X'X/n",
               {"Logistic, τ = 0", "Logistic, τ = 1", "Logistic, τ = 2", "Logistic, Krylov, τ = 2"},
               "two directions of the data are a thousand times as wide as the others")};
}

/// One step of the catalogue's method from x* + eᵢ, for each i, shows the matrix I − P_τA/M column by column.
arma::vec PolynomialPreconditioning::measured_spectrum(StudyContext& c, const Model& problem,
                                                       std::int64_t degree) const {
  const Blocks& solution = *problem->facts().solution;
  const arma::uword n = solution.flat().n_elem;
  arma::mat applied(n, n);
  for (arma::uword i = 0; i < n; ++i) {
    Blocks start = solution;
    start.flat()[i] += 1;
    const auto result = c.quietly({.problem = problem,
                                   .optimizer = of_degree("polynomial_preconditioned_gd", degree),
                                   .steps = 1,
                                   .start = start});
    if (result.outcome.how != Ended::steps) return {};
    applied.col(i) = start.flat() - result.x.flat();
  }
  return arma::eig_sym(arma::symmatu((applied + applied.t()) / 2));
}

void PolynomialPreconditioning::spectra(StudyContext& c, std::size_t which) const {
  const Model problem = bowl(c, which);
  const arma::vec values = problem->facts().hessian_spectrum / problem->facts().hessian_spectrum.max();
  std::vector<double> at, exact;
  double worst = 0;
  for (std::int64_t t = 0; t <= std::min<std::int64_t>(degrees, dimension - 1); ++t) {
    const arma::vec measured = measured_spectrum(c, problem, t);
    if (measured.is_empty()) return;
    const arma::vec predicted = values % elementary_leaving_out(values, static_cast<arma::uword>(t));
    const double cond = measured.max() / measured.min();
    at.push_back(static_cast<double>(t));
    exact.push_back(predicted.max() / predicted.min());
    worst = std::max(worst, t <= 4 ? std::abs(cond - exact.back()) : 0.0);
    c.curve(preset_labels[which], "condition_number", at.back(), cond);
    if (which != static_cast<std::size_t>(preset) || c.repeat() > 0) continue;
    for (const double each : measured) c.curve(labelled("Gradient", t), "eigenvalue", each / measured.max(), at.back());
  }
  c.curve(preset_labels[which], "largest_gap", 0, worst);
  if (c.repeat() == 0)
    c.theory(TheoryKind::exact, preset_labels[which], "condition_number", "max λᵢ e_τ(others) / min", at, exact);
}

/// The steps to the target, and on the first seed the loss against products with the matrix, thinned.
void PolynomialPreconditioning::race(StudyContext& c, const Model& problem, const Rival& rival) const {
  double first = 0;
  std::uint64_t next = 0;
  DescentSpec spec{.problem = problem, .optimizer = rival.optimizer, .steps = static_cast<std::uint64_t>(steps)};
  spec.until = [&](std::uint64_t t, const Blocks&, double loss) {
    if (t == 0) first = loss;
    const bool there = loss < 1e-8 * first;
    if (t >= next || there) {
      if (t > 0 && c.repeat() == 0)
        c.curve(rival.label, "loss_ratio", static_cast<double>(t) * rival.products, loss / first);
      next = std::max(t + 1, t + t / 40);
    }
    return there;
  };
  const DescentResult result = c.quietly(spec);
  if (c.stopping()) return;
  const bool there = result.outcome.how == Ended::reached;
  c.curve(rival.label, "steps_to_target", 0, there ? static_cast<double>(result.outcome.at) : arma::datum::nan);
}

/// What condition numbers promise of the two families, against products with the matrix.
void PolynomialPreconditioning::bounds(StudyContext& c, const arma::vec& values) const {
  for (std::int64_t t = 0; t <= std::min<std::int64_t>({degrees, 3, dimension - 1}); ++t) {
    const arma::vec left = values % elementary_leaving_out(values / values.max(), static_cast<arma::uword>(t));
    const double kappa = left.max() / left.min(), cost = static_cast<double>(t + 1);
    for (const bool fast : {false, true}) {
      if (fast && t % 2 == 1) continue;  // two lines show it
      const double rate = fast ? 1 - 1 / std::sqrt(kappa) : std::pow(1 - 1 / kappa, 2);
      std::vector<double> x, y;
      for (double s = 1; s <= static_cast<double>(steps); s = std::max(s + 1, std::floor(1.1 * s))) {
        x.push_back(s * cost);
        y.push_back((fast ? 2 : 1) * std::pow(rate, s));
        if (y.back() < 1e-8) break;
      }
      c.theory(TheoryKind::bound, labelled(fast ? "Fast gradient" : "Gradient", t), "loss_ratio",
               (fast ? "2(1 − 1/√κ)ᵗ, τ = " : "(1 − 1/κ)²ᵗ, τ = ") + std::to_string(t), x, y);
    }
  }
}

void PolynomialPreconditioning::logistic(StudyContext& c) const {
  const Model problem = c.problem(node(Kind::problem, "logistic_regression",
                                       {{"samples", std::int64_t{200}},
                                        {"features", std::int64_t{20}},
                                        {"condition_number", 1e3},
                                        {"spectrum", std::string("spiked")},
                                        {"spectrum_count", std::int64_t{2}},
                                        {"rotate", true},
                                        {"noise", 0.1},
                                        {"truth_norm", 10.0}}));
  const auto least = problem->facts().minimum;
  if (!least) return;
  for (std::int64_t t = 0; t <= 3; ++t) {
    const bool krylov = t == 3;
    const std::int64_t degree = krylov ? 2 : t;
    const std::string label = labelled(krylov ? "Logistic, Krylov" : "Logistic", degree);
    double first = 0;
    std::uint64_t next = 0;
    DescentSpec spec{.problem = problem,
                     .optimizer = of_degree(krylov ? "krylov_gd" : "polynomial_preconditioned_gd", degree),
                     .steps = 3000};
    spec.until = [&](std::uint64_t s, const Blocks&, double loss) {
      if (s == 0) first = loss - *least;
      const double ratio = (loss - *least) / first;
      if (s >= next && s > 0) {
        c.curve(label, "loss_ratio", static_cast<double>(s) * static_cast<double>(degree + 1), ratio);
        next = std::max(s + 1, s + s / 40);
      }
      return ratio < 1e-8;
    };
    c.quietly(spec);
    if (c.stopping()) return;
  }
}

void PolynomialPreconditioning::run(StudyContext& c) const {
  const auto chosen = static_cast<std::size_t>(preset);
  const Model problem = bowl(c, chosen);
  const std::vector<Rival> all = rivals();
  if (c.repeat() == 0) bounds(c, problem->facts().hessian_spectrum);
  const std::size_t parts = 3 + all.size() + (c.repeat() == 0 ? 1 : 0);
  c.parallel_for(parts, [&](std::size_t i, StudyContext& part) {
    if (i < 3)
      spectra(part, i == 0 ? chosen : i == chosen ? 0 : i);
    else if (i < 3 + all.size())
      race(part, problem, all[i - 3]);
    else
      logistic(part);
    part.progress(static_cast<double>(i + 1) / static_cast<double>(parts));
  });
}

void PolynomialPreconditioning::judge(const TraceView& trace, Verdicts& v) const {
  std::vector<double> gaps;
  for (const char* label : preset_labels) {
    const auto own = curve_at(trace, label, "largest_gap", 0);
    gaps.insert(gaps.end(), own.begin(), own.end());
  }
  if (gaps.size() != 3 * trace.repeats()) gaps.push_back(arma::datum::nan);
  v.at_most("P_τA has the condition number that leave-one-out polynomials predict, for τ = 0 … 4 and three spectra",
            "largest |measured − exact| over degrees, spectra and seeds", largest_of(gaps), 0.1);
  const char* soon = "With two steep directions the gradient method needs few steps at τ = 2, on every seed";
  const char* ahead = "The second degree is worth far more than the first, on every seed";
  const auto one = curve_at(trace, labelled("Gradient", 1), "steps_to_target", 0),
             two = curve_at(trace, labelled("Gradient", 2), "steps_to_target", 0);
  if (preset != Preset::two_cluster || degrees < 2) {
    v.unknown(soon, "most steps to f/f₀ < 10⁻⁸", "this is said of two steep directions and τ = 2");
    return v.unknown(ahead, "smallest ratio of steps, τ = 1 over τ = 2",
                     "this is said of two steep directions and τ = 2");
  }
  std::vector<double> ratios;
  for (std::size_t i = 0; i < two.size(); ++i) ratios.push_back(i < one.size() ? one[i] / two[i] : arma::datum::nan);
  const bool whole = two.size() == trace.repeats();
  v.below(soon, "most steps to f/f₀ < 10⁻⁸", whole ? largest_of(two) : arma::datum::nan, 600);
  v.above(ahead, "smallest ratio of steps, τ = 1 over τ = 2", whole ? smallest_of(ratios) : arma::datum::nan, 20);
}

}  // namespace KAPPA_FILE

Method polynomial_preconditioning() {
  using S = KAPPA_FILE::PolynomialPreconditioning;
  return study<S>(
      {.title = "Polynomial preconditioning",
       .idea =
           "A polynomial in the curvature matrix, known from a few traces, multiplies the gradient. Degree τ cancels "
           "the τ steepest directions from the condition number, wherever they are; without a gap it helps little.",
       .equation = "cond(P_τA) = max λᵢ e_τ(λ₋ᵢ) / min λᵢ e_τ(λ₋ᵢ),  P_t = e_t I − A P_{t−1}",
       .cite = {{"Doikov, Rodomanov", 2023, "Polynomial Preconditioning for Gradient Methods", "arXiv:2301.13194"}},
       .question = "Can gradient descent be freed of a few very steep directions without ever finding them?",
       .look_for = "Row by row the steep eigenvalues slide to the others; once as many degrees as steep directions are "
                   "spent, thousands of steps become a few hundred.",
       .group = "First order",
       .uses = {"polynomial_preconditioned_gd", "polynomial_preconditioned_fgm", "krylov_gd", "conjugate_gradient",
                "chebyshev"}},
      {{&S::dimension, "dimension", "n", count(3, 100, true), "number of unknowns"},
       {&S::condition_number, "condition_number", "κ", log_range(10, 1e8), "the steepest over the gentlest direction"},
       {&S::preset, "preset", "", choices({"two_cluster", "one_spike", "smooth"}), "spectrum of the races"},
       {&S::degrees, "degrees", "τ", count(0, 8), "degrees 0 to τ of the spectra; the races go to 3"},
       {&S::steps, "steps", "T", count(10, 200'000, true), "most steps of each method"}});
}

}  // namespace kappa::studies
