/// Conjugate gradients: directions that do not undo one another, each with the exact step of a quadratic.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ConjugateGradient {
  struct State {
    Blocks direction, product;
    double size = 0;  ///< |g|² of the step before
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const arma::vec& g = c.g.flat();
    const double size = arma::dot(g, g);
    if (size == 0) return c.finish("the gradient is zero");
    arma::vec& p = s.direction.flat();
    p = s.size > 0 ? arma::vec(size / s.size * p - g) : arma::vec(-g);
    s.size = size;
    c.oracle.hessian_product(c.x, s.direction, s.product);
    const double curvature = arma::dot(p, s.product.flat());
    if (!(curvature > 0)) return c.finish("no curvature along the direction");
    const double length = -arma::dot(g, p) / curvature;
    c.report("learning_rate", length);
    out.flat() = length * p;
    return Step::by;
  }
  Law laws() const { return Law::isometries | Law::scale_f | Law::descends; }
};

}  // namespace KAPPA_FILE

Method conjugate_gradient() {
  using KAPPA_FILE::ConjugateGradient;
  return optimizer<ConjugateGradient>(
      {.title = "Conjugate gradients",
       .idea = "On a quadratic, the best point of the whole Krylov space, at the price of one Hessian product a step.",
       .equation = "p ← −g + (g·g / g₋·g₋) p,  x ← x + (−g·p / p·Hp) p",
       .cite = {{"Hestenes, Stiefel", 1952, "Methods of conjugate gradients for solving linear systems", ""}},
       .needs = Needs::gradient | Needs::hessian_product},
      {});
}

}  // namespace kappa::optimizers
