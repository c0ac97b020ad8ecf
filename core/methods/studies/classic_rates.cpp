/// Classic rates: one ill-conditioned bowl, the textbook methods, and for each its textbook rate beside the curve.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* short_steps = "GD, 1/L";
constexpr const char* best_steps = "GD, 2/(L+μ)";
constexpr const char* heavy = "Heavy ball";
constexpr const char* accelerated = "Nesterov";
constexpr const char* semi_iteration = "Chebyshev";
constexpr const char* conjugate = "Conjugate gradients";
constexpr double rounding = 1e-14;  ///< of the start: where the digits of x end

/// The larger of the two; what is not a number stays.
double larger(double most, double next) { return std::isnan(next) || next > most ? next : most; }

struct ClassicRates {
  std::int64_t dimension = 50;
  double condition_number = 100;
  std::int64_t steps = 2200;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  double root() const { return std::sqrt(condition_number); }
  double fast_rate() const { return (root() - 1) / (root() + 1); }
  /// The largest value on [μ, L] of the polynomial that is smallest there: 1/T_t((κ+1)/(κ−1)).
  double chebyshev(double t) const {
    const double power = std::pow(fast_rate(), t);
    return 2 * power / (1 + power * power);
  }
  /// Methods with √κ in their rate are there long before the others.
  std::int64_t fast_steps() const { return std::min(steps, static_cast<std::int64_t>(std::ceil(40 * root()))); }
  std::int64_t profile_step() const { return std::min(fast_steps(), static_cast<std::int64_t>(std::ceil(2 * root()))); }
  void draw(StudyContext& c, double f0, double e0) const;
  void judge_bounds(const TraceView& trace, Verdicts& v) const;
  double largest_over_bound(const TraceView& trace, const char* run, const char* series, std::uint64_t last) const;
};

std::vector<FigureSpec> ClassicRates::figures() const {
  const std::vector<std::string> fast = {heavy, accelerated, semi_iteration, conjugate};
  return {{.id = "distance",
           .title = "Distance to the solution",
           .x_label = "step",
           .y_label = "‖x − x*‖",
           .y_scale = Scale::log,
           .names = {"distance_to_truth"}},
          {.id = "fast",
           .title = "Distance to the solution: the methods with √κ in their rate",
           .x_label = "step",
           .y_label = "‖x − x*‖",
           .y_scale = Scale::log,
           .names = {"distance_to_truth"},
           .runs = fast},
          {.id = "profile",
           .title = "What is left of each eigenvector after " + std::to_string(profile_step()) + " steps",
           .x_label = "eigenvalue λ",
           .y_label = "|pₜ(λ)|, at least 10⁻⁴",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"left"},
           .note = "each method is a polynomial of degree t; Chebyshev's ripples are of equal height, GD leaves the "
                   "small λ"},
          {.id = "polynomial",
           .title = "Chebyshev: what is left of each eigenvector, step by step",
           .x_label = "step",
           .y_label = "eigenvalue λ",
           .form = FigureForm::heat,
           .y_scale = Scale::log,
           .names = {"polynomial"},
           .runs = {semi_iteration},
           .note = "|pₜ(λ)|: dark arcs are its zeros, which spread over the whole spectrum"},
          {.id = "energy",
           .title = "In the norm of H no method is below conjugate gradients",
           .x_label = "step",
           .y_label = "‖x − x*‖_H",
           .y_scale = Scale::log,
           .names = {"energy_norm"},
           .runs = fast},
          {.id = "loss", .title = "Loss", .x_label = "step", .y_scale = Scale::log, .names = {"loss"}}};
}

void ClassicRates::run(StudyContext& c) const {
  const auto bowl =
      c.problem(node(Kind::problem, "quadratic",
                     {{"dimension", dimension}, {"condition_number", condition_number}, {"rotate", true}}));
  const double big = 1, small = 1 / condition_number, low = std::sqrt(small), wide = (1 + low) * (1 + low);
  const Blocks start = bowl->start(c.rng("init"));
  const arma::vec centre = bowl->facts().solution->flat();
  const double f0 = value_of(*bowl, start);
  if (c.repeat() == 0) draw(c, f0, arma::norm(start.flat() - centre));
  struct Entrant {
    const char* label;
    Node optimizer;
    std::int64_t steps;
  };
  const std::vector<Entrant> all = {
      {short_steps, node(Kind::optimizer, "gradient_descent", {{"learning_rate", 1 / big}}), steps},
      {best_steps, node(Kind::optimizer, "gradient_descent", {{"learning_rate", 2 / (big + small)}}), steps},
      {heavy,
       node(Kind::optimizer, "heavy_ball",
            {{"learning_rate", 4 / wide}, {"momentum", std::pow((1 - low) / (1 + low), 2)}}),
       fast_steps()},
      {accelerated, node(Kind::optimizer, "nesterov_convex"), fast_steps()},
      {semi_iteration, node(Kind::optimizer, "chebyshev"), fast_steps()},
      {conjugate, node(Kind::optimizer, "conjugate_gradient"), fast_steps()}};
  arma::vec eigenvalues;
  arma::mat axes;
  const bool looks_closer = c.repeat() == 0 && condition_number > 1;
  if (looks_closer) arma::eig_sym(eigenvalues, axes, bowl->hessian(start));
  const arma::vec first = looks_closer ? arma::vec(axes.t() * (start.flat() - centre)) : arma::vec();
  c.parallel_for(all.size(), [&](std::size_t i, StudyContext& part) {
    const Entrant& one = all[i];
    const auto seen = static_cast<std::uint64_t>(profile_step());
    std::vector<FieldCell> cells;
    part.descent(one.label, {.problem = bowl,
                             .optimizer = one.optimizer,
                             .steps = static_cast<std::uint64_t>(one.steps),
                             .start = start,
                             .probes = {node(Kind::probe, "distance_to_truth")},
                             .until = [&](std::uint64_t t, const Blocks& x, double f) {
                               if (i >= 2) part.series(one.label, "energy_norm", t, std::sqrt(2 * f));
                               if (!looks_closer || t > 3 * seen) return false;
                               const arma::vec left = arma::abs(axes.t() * (x.flat() - centre) / first);
                               for (arma::uword k = 0; k < left.n_elem; ++k) {
                                 const double shown = std::max(left[k], 1e-16), at = static_cast<double>(t);
                                 if (t == seen) part.curve(one.label, "left", eigenvalues[k], std::max(shown, 1e-4));
                                 if (one.label == semi_iteration)
                                   cells.push_back({0, static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(t), at,
                                                    eigenvalues[k], shown});
                               }
                               return false;
                             }});
    if (!cells.empty()) part.field(one.label, "polynomial", cells);
    part.progress(static_cast<double>(i + 1) / static_cast<double>(all.size()));
  });
}

/// Theory, from this seed's start.
void ClassicRates::draw(StudyContext& c, double f0, double e0) const {
  const double kappa = condition_number, slow = 1 - 1 / kappa, better = (kappa - 1) / (kappa + 1), nag = 1 - 1 / root();
  const auto line = [&](TheoryKind kind, const char* run, const char* series, const char* name, double scale,
                        const std::function<double(double)>& ratio) {
    const std::int64_t last = run == short_steps || run == best_steps ? steps : fast_steps();
    std::vector<double> t, y;
    for (std::int64_t k = 0; k <= last; k += std::max<std::int64_t>(1, last / 1000)) {
      const double value = scale * ratio(static_cast<double>(k));
      if (!(value > 1e-18 * scale)) break;  // beyond what a measurement can reach
      t.push_back(static_cast<double>(k));
      y.push_back(value);
    }
    c.theory(kind, run, series, name, t, y);
  };
  const auto power = [](double base) { return [base](double t) { return std::pow(base, t); }; };
  const auto cheb = [this](double t) { return chebyshev(t); };
  const char *distance = "distance_to_truth", *energy = "energy_norm", *loss = "loss";
  line(TheoryKind::bound, short_steps, distance, "(1 − 1/κ)ᵗ ‖e₀‖", e0, power(slow));
  line(TheoryKind::bound, best_steps, distance, "((κ−1)/(κ+1))ᵗ ‖e₀‖", e0, power(better));
  line(TheoryKind::guide, heavy, distance, "((√κ−1)/(√κ+1))ᵗ ‖e₀‖", e0, power(fast_rate()));
  line(TheoryKind::guide, heavy, distance, "(1+t) ((√κ−1)/(√κ+1))ᵗ ‖e₀‖", e0,
       [this](double t) { return (1 + t) * std::pow(fast_rate(), t); });
  line(TheoryKind::bound, semi_iteration, distance, "‖e₀‖ / Tₜ((κ+1)/(κ−1))", e0, cheb);
  line(TheoryKind::bound, conjugate, energy, "‖e₀‖_H / Tₜ((κ+1)/(κ−1))", std::sqrt(2 * f0), cheb);
  line(TheoryKind::bound, short_steps, loss, "(1 − 1/κ)²ᵗ f₀", f0, power(slow * slow));
  line(TheoryKind::bound, best_steps, loss, "((κ−1)/(κ+1))²ᵗ f₀", f0, power(better * better));
  line(TheoryKind::bound, accelerated, loss, "(1 − 1/√κ)ᵗ (f₀ + μ/2 ‖e₀‖²)", f0 + e0 * e0 / (2 * kappa), power(nag));
  line(TheoryKind::guide, accelerated, loss, "(1 − 1/√κ)²ᵗ f₀", f0, power(nag * nag));
  const double height = chebyshev(static_cast<double>(profile_step()));
  if (condition_number > 1)
    c.theory(TheoryKind::bound, semi_iteration, "left", "1 / Tₜ((κ+1)/(κ−1))", {1 / kappa, 1}, {height, height});
}

/// Over all seeds and steps 1 to `last` at which the bound is well above the rounding, which is taken off; NaN where
/// nothing could be compared.
double ClassicRates::largest_over_bound(const TraceView& trace, const char* run, const char* series,
                                        std::uint64_t last) const {
  std::uint64_t compared = 0;
  const auto worst = over_repeats(trace, run, series, [&](const TraceView::Series& s) {
    double most = 0;
    for (std::size_t i = 1; i < s.value.size() && s.step[i] <= last; ++i) {
      const double bound = chebyshev(static_cast<double>(s.step[i]));
      if (!(bound > 10 * rounding)) break;
      most = larger(most, (s.value[i] / s.value.front() - rounding) / bound);
      ++compared;
    }
    return most;
  });
  if (compared == 0 || worst.size() != trace.repeats()) return arma::datum::nan;
  return std::accumulate(worst.begin(), worst.end(), 0.0, larger);
}

void ClassicRates::judge(const TraceView& trace, Verdicts& v) const {
  // Only where the error has come at least half the way down the window, on its log scale.
  const auto fit = [&](const char* claim, const char* run, const char* series, double lo, double hi, bool absolute,
                       double least, double most) {
    const double rate = mean_of(over_repeats(trace, run, series, [&](const TraceView::Series& s) {
      const double first = absolute ? s.value.front() : 1, lowest = *std::min_element(s.value.begin(), s.value.end());
      const bool deep = lowest / s.value.front() <= std::sqrt(lo * hi) / first;
      return deep ? fitted_rate(s, lo / first, hi / first) : arma::datum::nan;
    }));
    const std::string statistic =
        std::string("fitted rate of the ") + (absolute ? "loss" : "distance") + ", mean over seeds";
    if (std::isnan(rate)) return v.unknown(claim, statistic, "too few steps at this κ to fit a rate to");
    v.within(claim, statistic, rate, least, most);
  };
  const double kappa = condition_number, fast = fast_rate();
  // The entry's windows at κ = 100; at other κ they keep the same distance from the theory in 1 − rate.
  const double slow_gap = 1 / kappa, better = (kappa - 1) / (kappa + 1), nag = std::pow(1 - 1 / root(), 2);
  const char* distance = "distance_to_truth";
  v.set_paper("Polyak 1964");
  fit("GD with step 1/L contracts the distance by 1 − 1/κ", short_steps, distance, 1e-9, 1e-2, false,
      1 - 1.2 * slow_gap, 1 - 0.99 * slow_gap);
  fit("GD with step 2/(L+μ) contracts by (κ−1)/(κ+1)", best_steps, distance, 1e-9, 1e-2, false, better - 0.1 / kappa,
      better + 0.1 / kappa);
  fit("Heavy ball contracts by about (√κ−1)/(√κ+1)", heavy, distance, 1e-12, 1e-2, false, fast - 0.132 / root(),
      fast + 0.268 / root());
  v.set_paper("Nesterov 2004");
  fit("Nesterov's loss falls by about (1 − 1/√κ)² a step", accelerated, "loss", 1e-18, 1e-4, true, nag - 0.2 / root(),
      nag + 0.4 / root());
  judge_bounds(trace, v);
}

void ClassicRates::judge_bounds(const TraceView& trace, Verdicts& v) const {
  double worst = 0;
  for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
    const auto loss = trace.series(accelerated, repeat, "loss");
    const auto distance = trace.series(accelerated, repeat, "distance_to_truth");
    if (!loss || !distance || loss->value.empty() || distance->value.empty())
      return v.unknown("Nesterov's loss never crosses its bound", "largest loss / bound", "no loss was recorded");
    const double e0 = distance->value.front(), scale = loss->value.front() + e0 * e0 / (2 * condition_number);
    for (std::size_t i = 0; i < loss->value.size(); ++i) {
      const double bound = scale * std::pow(1 - 1 / root(), static_cast<double>(loss->step[i]));
      if (bound > 1e-25) worst = larger(worst, loss->value[i] / bound);
    }
  }
  v.at_most("Nesterov's loss never crosses its bound (1 − 1/√κ)ᵗ (f₀ + μ/2 ‖e₀‖²)",
            "largest loss / bound over all seeds", worst, 1 + 1e-9);
  const auto under = [&](const char* claim, const char* statistic, const char* run, const char* series,
                         std::uint64_t last) {
    const double most = largest_over_bound(trace, run, series, last);
    if (std::isnan(most)) return v.unknown(claim, statistic, "no step could be compared with the bound");
    v.at_most(claim, statistic, most, 1 + 1e-9);
  };
  v.set_paper("Golub, Varga 1961");
  under("Chebyshev never crosses its bound ‖e₀‖ / Tₜ((κ+1)/(κ−1)) in 120 steps",
        "largest distance / bound over all seeds", semi_iteration, "distance_to_truth", 120);
  v.set_paper("Hestenes, Stiefel 1952");
  under("Conjugate gradients never cross the same bound in the norm of H, in 50 steps",
        "largest ‖x − x*‖_H / bound over all seeds", conjugate, "energy_norm", 50);
}

}  // namespace KAPPA_FILE

Method classic_rates() {
  using KAPPA_FILE::ClassicRates;
  return study<ClassicRates>(
      {.title = "Classic rates",
       .idea = "Gradient descent, heavy ball, Nesterov, Chebyshev and conjugate gradients on one ill-conditioned bowl, "
               "each beside its textbook rate.",
       .equation = "GD: ((κ−1)/(κ+1))ᵗ,  heavy ball: ((√κ−1)/(√κ+1))ᵗ,  Nesterov: f ≤ (1−1/√κ)ᵗ (f₀ + μ/2‖e₀‖²),  "
                   "Chebyshev, CG: 2rᵗ/(1 + r²ᵗ), r = (√κ−1)/(√κ+1)",
       .cite = {{"Polyak", 1964, "Some methods of speeding up the convergence of iteration methods", ""},
                {"Nesterov", 2004, "Introductory Lectures on Convex Optimization", ""},
                {"Golub, Varga", 1961, "Chebyshev semi-iterative methods", "Numerische Mathematik 3"},
                {"Hestenes, Stiefel", 1952, "Methods of conjugate gradients for solving linear systems", ""}},
       .question = "How many steps does each method need when κ grows a hundredfold?",
       .look_for = "Straight lines on the log scale: the slope of each is its rate, and momentum turns κ into √κ. "
                   "Chebyshev and conjugate gradients stay under the best bound there is, and conjugate gradients need "
                   "not even be told L and μ.",
       .group = "First order",
       .uses = {"gradient_descent", "heavy_ball", "nesterov_convex", "chebyshev", "conjugate_gradient"}},
      {{&ClassicRates::dimension, "dimension", "d", count(2, 500, true), "number of unknowns"},
       {&ClassicRates::condition_number, "condition_number", "κ", log_range(1, 1e6), "largest over smallest curvature"},
       {&ClassicRates::steps, "steps", "T", count(10, 200'000, true),
        "steps of gradient descent; the others take at most 40 √κ"}});
}

}  // namespace kappa::studies
