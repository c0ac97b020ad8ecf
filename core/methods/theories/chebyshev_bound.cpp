/// Chebyshev iteration: the maximum of its polynomial on the spectrum bounds error and loss.
#include <algorithm>

#include "core/methods/theories/polynomial.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

struct ChebyshevBound {
  /// The interval has to be the spectrum's own: no field of the method is a chosen number, and no curvature is zero,
  /// where the method's own lower end would be zero too.
  bool applies(const TheorySetup& setup) const {
    const auto& params = setup.optimizer_node.params;
    const bool own = std::none_of(params.begin(), params.end(), [](const auto& param) {
      return std::holds_alternative<double>(param.second) || std::holds_alternative<NodePtr>(param.second);
    });
    const Facts& facts = setup.problem.facts();
    return own && bounded_quadratic(setup, "chebyshev") &&
           facts.strong_convexity.value_or(0) >= curvature_of(facts)->smallest * (1 - 1e-9);
  }
  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    auto out = loss_bound(setup, "1/Tₜ((κ+1)/(κ−1))²",
                          [](double condition, double t) { return std::pow(chebyshev_ratio(condition, t), 2); });
    const Facts& facts = setup.problem.facts();
    if (!facts.solution || (facts.truth && arma::any(facts.truth->flat() != facts.solution->flat()))) return out;
    const Curvature curvature = *curvature_of(facts);
    TheoryCurve distance{.series = "distance_to_truth",
                         .curve = "1/Tₜ((κ+1)/(κ−1))",
                         .kind = TheoryKind::bound,
                         .x = theory_steps(setup.horizon),
                         .y = {}};
    const double first = arma::norm(setup.start.flat() - facts.solution->flat());
    for (const double t : distance.x)
      distance.y.push_back(chebyshev_ratio(curvature.largest / curvature.smallest, t) * first);
    if (facts.hessian_spectrum.min() > 0) out.push_back(std::move(distance));
    return out;
  }
};

}  // namespace KAPPA_FILE

Method chebyshev_bound() {
  using KAPPA_FILE::ChebyshevBound;
  return theory<ChebyshevBound>(
      {.title = "Chebyshev's bound",
       .idea = "The polynomial that is smallest on the whole interval of the spectrum; the worst start attains it.",
       .equation = "‖xₜ − x*‖ ≤ ‖x₀ − x*‖ / Tₜ((κ + 1)/(κ − 1)) = 2rᵗ/(1 + r²ᵗ) ‖x₀ − x*‖,  r = (√κ − 1)/(√κ + 1)",
       .cite = {{"Golub, Varga", 1961,
                 "Chebyshev semi-iterative methods, successive overrelaxation iterative methods, and second order "
                 "Richardson iterative methods",
                 "Numerische Mathematik 3"}}});
}

}  // namespace kappa::theories
