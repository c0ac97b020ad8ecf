/// The last iterate of a subgradient method under any schedule: convexity and bounded gradients are all that is asked.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/kinds/theory.hpp"
#include "core/linalg/last_iterate.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

constexpr std::uint64_t longest_run = 1'000'000;
constexpr double most_work = 2e7;  ///< the curve costs the square of the horizon, so that long runs get fewer points

/// The largest length that a subgradient can have anywhere, from the rows of X.
std::optional<double> gradient_bound(const TheorySetup& setup) {
  const Node& problem = setup.problem_node;
  const bool absolute = problem.id == "lp_regression" && number(problem, "p", 1) == 1;
  const bool logistic = problem.id == "logistic_regression" && number(problem, "regularization", 0) == 0;
  const bool largest = problem.id == "chebyshev_regression";
  if (!absolute && !logistic && !largest) return std::nullopt;
  for (const NamedMatrix& one : setup.problem.data()) {
    if (one.name != "X" || one.value.is_empty()) continue;
    // X'v/n with |v_i| <= 1, or one row of X
    if (largest) return std::sqrt(arma::sum(arma::square(one.value), 1).max());
    return spectral_norm(spectrum(one.value)) / std::sqrt(static_cast<double>(one.value.n_rows));
  }
  return std::nullopt;
}

struct LastIterateBound {
  bool applies(const TheorySetup& setup) const {
    if (setup.optimizer_node.id != "gradient_descent" || setup.batch != 0) return false;
    if (setup.horizon == 0 || setup.horizon > longest_run) return false;
    const auto first = setup.optimizer.value("learning_rate", 0, setup.horizon);
    if (!first || !(*first >= 0)) return false;
    const bool known = gradient_bound(setup).has_value();
    return known && setup.problem.facts().solution && setup.problem.facts().minimum;
  }

  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    const Facts& facts = setup.problem.facts();
    const double bound = *gradient_bound(setup);
    const double distance = arma::norm(setup.start.flat() - facts.solution->flat());
    arma::vec rates(setup.horizon);
    for (std::uint64_t t = 0; t < setup.horizon; ++t)
      rates[t] = setup.optimizer.value("learning_rate", t, setup.horizon).value_or(0);
    const arma::vec squares(rates.n_elem, arma::fill::value(bound * bound));
    const arma::uvec times = drawn(setup.horizon);
    const arma::vec omega = last_iterate_curve(rates, squares, distance, times);
    TheoryCurve curve{.series = "loss", .curve = "f* + Ωₜ", .kind = TheoryKind::bound, .x = {}, .y = {}};
    for (arma::uword i = 0; i < times.n_elem; ++i) {
      curve.x.push_back(static_cast<double>(times[i] - 1));  // before the update that uses the rate of that step
      curve.y.push_back(*facts.minimum + omega[i]);
    }
    keep_finite(curve);
    return {std::move(curve)};
  }

 private:
  /// Numbers of rates used, from 1.
  static arma::uvec drawn(std::uint64_t horizon) {
    const double all = static_cast<double>(horizon);
    const double points = std::max(20.0, std::min({all, 500.0, 2 * most_work / all}));
    const auto every = static_cast<arma::uword>(std::max(1.0, std::ceil(all / points)));
    arma::uvec times = arma::regspace<arma::uvec>(1, every, horizon);
    if (times.back() != horizon) times = arma::join_cols(times, arma::uvec{static_cast<arma::uword>(horizon)});
    return times;
  }
};

}  // namespace KAPPA_FILE

Method last_iterate_bound() {
  using KAPPA_FILE::LastIterateBound;
  return theory<LastIterateBound>(
      {.title = "Bound on the last iterate",
       .idea = "Whatever the schedule, the distance at the start and the length of the gradients bound the last loss.",
       .equation = "f(x_T) − f* ≤ Ω_T = (D² + Σ ηₜ²‖gₜ‖²)/(2 Σ ηₜ) + ½ Σ_{k<T} (ηₖ/Aₖ₊₁)(1/Aₖ) Σ_{t≥k} ηₜ²‖gₜ‖²,  "
                   "Aₖ = Σ_{t≥k} ηₜ",
       .cite = {{"Schaipp, Hägele, Taylor, Simsekli, Bach", 2025,
                 "The Surprising Agreement Between Convex Optimization Theory and Learning-Rate Scheduling",
                 "arXiv:2501.18965"},
                {"Defazio, Cutkosky, Mehta, Mishchenko", 2023,
                 "Optimal Linear Decay Learning Rate Schedules and Further Refinements", "arXiv:2310.07831"}}});
}

}  // namespace kappa::theories
