/// SGD on a quadratic with Gaussian gradient noise: the expected loss falls to a floor that the step size sets.
#include <cmath>

#include "core/kinds/modes.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

struct SgdNoiseFloor {
  bool applies(const TheorySetup& setup) const {
    const auto eta = setup.constant("learning_rate");
    return setup.optimizer_node.id == "gradient_descent" && setup.problem_node.id == "quadratic" && eta && *eta > 0 &&
           number(setup.problem_node, "noise", 0) > 0 && curvature_of(setup.problem.facts());
  }

  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    const double eta = *setup.constant("learning_rate"), sigma = number(setup.problem_node, "noise", 0);
    const auto modes = modes_at(setup.problem, setup.start);
    if (!modes) return {};
    const arma::vec& lambda = modes->eigenvalues;
    const std::vector<double> steps = theory_steps(setup.horizon);
    TheoryCurve mean{.series = "loss", .curve = "expected loss", .kind = TheoryKind::guide, .x = steps, .y = {}};
    for (const double t : steps) {
      double f = modes->minimum;
      for (arma::uword i = 0; i < lambda.n_elem; ++i) {
        const double shrink = std::pow(1 - eta * lambda[i], 2 * t), error = modes->error[i];
        // λ v = η σ² / (2 − ηλ), with no division by an eigenvalue that is zero
        f += 0.5 * (lambda[i] * shrink * error * error + eta * sigma * sigma / (2 - eta * lambda[i]) * (1 - shrink));
      }
      mean.y.push_back(f);
    }
    keep_finite(mean);
    std::vector<TheoryCurve> out = {std::move(mean)};
    if (eta * lambda.max() < 2) {
      const double floor = modes->minimum + 0.5 * eta * sigma * sigma * arma::accu(1 / (2 - eta * lambda));
      out.push_back({.series = "loss",
                     .curve = "noise floor",
                     .kind = TheoryKind::guide,
                     .x = steps,
                     .y = std::vector<double>(steps.size(), floor)});
    }
    return out;
  }

  std::vector<Assumption> assumptions(const TheorySetup& setup) const {
    const double eta = *setup.constant("learning_rate"), limit = 2 / curvature_of(setup.problem.facts())->largest;
    return {{.field = "learning_rate", .text = "η < 2/L: " + comparison(eta, limit), .holds = eta < limit}};
  }
};

}  // namespace KAPPA_FILE

Method sgd_noise_floor() {
  using KAPPA_FILE::SgdNoiseFloor;
  return theory<SgdNoiseFloor>(
      {.title = "Noise floor of SGD",
       .idea = "The start is forgotten as without noise, and what remains is proportional to the step size.",
       .equation = "E f(xₜ) − f* = ½ Σ λᵢ [(1−ηλᵢ)²ᵗ eᵢ² + vᵢ (1 − (1−ηλᵢ)²ᵗ)],  vᵢ = ησ²/(λᵢ(2 − ηλᵢ))",
       .cite = {{"Mandt, Hoffman, Blei", 2017, "Stochastic Gradient Descent as Approximate Bayesian Inference",
                 "arXiv:1704.04289"}}});
}

}  // namespace kappa::theories
