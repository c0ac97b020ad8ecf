/// Edge of stability: the sharpness past which gradient descent, with or without momentum, cannot stay.
#include "core/kinds/theory.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

struct EdgeOfStability {
  static std::optional<double> edge(const TheorySetup& setup) {
    const std::string& id = setup.optimizer_node.id;
    const auto eta = setup.constant("learning_rate");
    if (!eta || !(*eta > 0)) return std::nullopt;
    if (id == "gradient_descent") return 2 / *eta;
    const auto beta = setup.constant("momentum"), dampening = setup.constant("dampening");
    if (!beta || !dampening || *dampening != 0) return std::nullopt;
    if (id == "heavy_ball") return 2 * (1 + *beta) / *eta;
    if (id == "nesterov") return 2 * (1 + *beta) / ((1 + 2 * *beta) * *eta);
    return std::nullopt;
  }
  static const char* formula(const std::string& id) {
    return id == "heavy_ball" ? "2(1+β)/η" : id == "nesterov" ? "2(1+β)/((1+2β)η)" : "2/η";
  }

  bool applies(const TheorySetup& setup) const {
    const bool curved = setup.problem.can(Can::hessian_product) || setup.problem.can(Can::hessian);
    return (setup.batch == 0 || setup.problem.samples() == 0) && curved && edge(setup).has_value();
  }
  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    TheoryCurve line{.series = "sharpness",
                     .curve = formula(setup.optimizer_node.id),
                     .kind = TheoryKind::guide,
                     .x = theory_steps(setup.horizon),
                     .y = {}};
    line.y.assign(line.x.size(), *edge(setup));
    keep_finite(line);
    return {std::move(line)};
  }
};

}  // namespace KAPPA_FILE

Method edge_of_stability() {
  using KAPPA_FILE::EdgeOfStability;
  return theory<EdgeOfStability>(
      {.title = "Edge of stability",
       .idea = "Sharper than this, a quadratic throws the iterate out; on networks the sharpness rises to it and "
               "hovers there.",
       .equation = "λ_max(∇²f) = 2/η;  heavy ball 2(1+β)/η;  Nesterov 2(1+β)/((1+2β)η)",
       .cite = {{"Cohen, Kaur, Li, Kolter, Talwalkar", 2021,
                 "Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability",
                 "arXiv:2103.00065"}}});
}

}  // namespace kappa::theories
