/// Gradient descent on a quadratic: every eigenvector's error shrinks by its own factor, and the slowest sets the rate.
#include <algorithm>
#include <cmath>

#include "core/kinds/modes.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

struct GdQuadraticRate {
  bool applies(const TheorySetup& setup) const {
    return setup.optimizer_node.id == "gradient_descent" && setup.constant("learning_rate") && exact_quadratic(setup);
  }

  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    const double eta = *setup.constant("learning_rate");
    const Facts& facts = setup.problem.facts();
    const Curvature curvature = *curvature_of(facts);
    std::vector<TheoryCurve> out;
    if (const auto modes = modes_at(setup.problem, setup.start)) {
      TheoryCurve exact{.series = "loss",
                        .curve = "f* + ½ Σ λᵢ (1−ηλᵢ)²ᵗ eᵢ²",
                        .kind = TheoryKind::exact,
                        .x = theory_steps(setup.horizon),
                        .y = {}};
      for (const double t : exact.x) {
        arma::vec error = modes->error;
        for (arma::uword i = 0; i < error.n_elem; ++i) error[i] *= std::pow(1 - eta * modes->eigenvalues[i], t);
        exact.y.push_back(modes->loss(error));
      }
      out.push_back(std::move(exact));
    }
    if (facts.minimum) {
      const double factor = std::max(std::abs(1 - eta * curvature.smallest), std::abs(1 - eta * curvature.largest));
      TheoryCurve bound{.series = "loss",
                        .curve = "max(|1−ημ|, |1−ηL|)²ᵗ",
                        .kind = TheoryKind::bound,
                        .x = theory_steps(setup.horizon),
                        .y = {}};
      for (const double t : bound.x)
        bound.y.push_back(*facts.minimum + std::pow(factor, 2 * t) * (setup.start_loss - *facts.minimum));
      out.push_back(std::move(bound));
    }
    for (TheoryCurve& curve : out) keep_finite(curve);
    return out;
  }

  std::vector<Assumption> assumptions(const TheorySetup& setup) const {
    const double eta = *setup.constant("learning_rate"), limit = 2 / curvature_of(setup.problem.facts())->largest;
    return {{.field = "learning_rate", .text = "η < 2/L: " + comparison(eta, limit), .holds = eta < limit}};
  }

  std::vector<BestValue> best(const TheorySetup& setup) const {
    const Facts& facts = setup.problem.facts();
    const Curvature curvature = *curvature_of(facts);
    return {{.field = "learning_rate",
             .value = facts.best_learning_rate.value_or(2 / (curvature.largest + curvature.smallest)),
             .why = "η = 2/(L+μ), the fastest constant step"}};
  }
};

}  // namespace KAPPA_FILE

Method gd_quadratic_rate() {
  using KAPPA_FILE::GdQuadraticRate;
  return theory<GdQuadraticRate>(
      {.title = "Gradient descent on a quadratic",
       .idea = "The error along each eigenvector shrinks by |1 − ηλ| a step; the worst of them bounds the loss.",
       .equation = "f(xₜ) − f* = ½ Σ λᵢ (1 − ηλᵢ)²ᵗ eᵢ² ≤ max(|1 − ημ|, |1 − ηL|)²ᵗ (f(x₀) − f*)",
       .cite = {{"Nesterov", 2004, "Introductory Lectures on Convex Optimization", ""},
                {"Polyak", 1963, "Gradient methods for the minimisation of functionals",
                 "USSR Computational Mathematics and Mathematical Physics 3"}}});
}

}  // namespace kappa::theories
