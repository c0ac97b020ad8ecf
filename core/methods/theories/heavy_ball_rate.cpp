/// Heavy ball on a quadratic: the exact loss, and the rate of its slowest root.
#include "core/methods/theories/momentum.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

struct HeavyBallRate {
  bool applies(const TheorySetup& setup) const {
    return setup.optimizer_node.id == "heavy_ball" && momentum_settings(setup) && exact_quadratic(setup);
  }

  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    const MomentumSettings m = *momentum_settings(setup);
    return momentum_curves(setup, m, [m](double lambda) {
      return arma::mat22{{1 - m.eta * m.kept * lambda, -m.eta * m.beta}, {m.kept * lambda, m.beta}};
    });
  }

  std::vector<Assumption> assumptions(const TheorySetup& setup) const {
    const MomentumSettings m = *momentum_settings(setup);
    const double limit = 2 * (1 + m.beta) / curvature_of(setup.problem.facts())->largest, eta = m.eta * m.kept;
    return {{.field = "learning_rate",
             .text = std::string(m.kept == 1 ? "η" : "η(1−δ)") + " < 2(1+β)/L: " + comparison(eta, limit),
             .holds = eta < limit}};
  }

  std::vector<BestValue> best(const TheorySetup& setup) const {
    if (momentum_settings(setup)->kept != 1) return {};
    const Curvature curvature = *curvature_of(setup.problem.facts());
    const double root = std::sqrt(curvature.largest / curvature.smallest), rho = (root - 1) / (root + 1);
    return {{.field = "learning_rate",
             .value = (1 + rho) * (1 + rho) / curvature.largest,
             .why = "η = 4/(√L+√μ)², with its momentum the fastest pair"},
            {.field = "momentum", .value = rho * rho, .why = "β = ((√κ−1)/(√κ+1))², with its step the fastest pair"}};
  }
};

}  // namespace KAPPA_FILE

Method heavy_ball_rate() {
  using KAPPA_FILE::HeavyBallRate;
  return theory<HeavyBallRate>(
      {.title = "Heavy ball on a quadratic",
       .idea = "Each eigenvalue has a recursion with two roots; the largest modulus ρ is the rate, with a factor of t "
               "where roots meet.",
       .equation = "z² − (1 + β − ηλ) z + β = 0;  best ρ = (√κ − 1)/(√κ + 1) at η = 4/(√L + √μ)², β = ρ²",
       .cite = {{"Polyak", 1964, "Some methods of speeding up the convergence of iteration methods",
                 "USSR Computational Mathematics and Mathematical Physics 4"}}});
}

}  // namespace kappa::theories
