/// Steepest descent with the exact step: down the gradient to the lowest point of the line.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct SteepestDescentExact {
  struct State {
    Blocks product;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const double size = arma::dot(c.g.flat(), c.g.flat());
    if (size == 0) return c.finish("the gradient is zero");
    c.oracle.hessian_product(c.x, c.g, s.product);
    const double curvature = arma::dot(c.g.flat(), s.product.flat());
    if (!(curvature > 0)) return c.finish("no curvature along the gradient");
    c.report("learning_rate", size / curvature);
    out.flat() = -(size / curvature) * c.g.flat();
    return Step::by;
  }
  Law laws() const { return Law::isometries | Law::scale_f | Law::descends; }
};

}  // namespace KAPPA_FILE

Method steepest_descent_exact() {
  using KAPPA_FILE::SteepestDescentExact;
  return optimizer<SteepestDescentExact>(
      {.title = "Steepest descent, exact line search",
       .idea = "Each step ends where the line stops falling, so each gradient is orthogonal to the last: the zig-zag.",
       .equation = "x ← x − (g·g / g·Hg) g",
       .cite = {{"Cauchy", 1847, "Méthode générale pour la résolution des systèmes d'équations simultanées", ""}},
       .needs = Needs::gradient | Needs::hessian_product},
      {});
}

}  // namespace kappa::optimizers
