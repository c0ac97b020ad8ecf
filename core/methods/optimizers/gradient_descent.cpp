/// Gradient descent: a step against the gradient. With minibatches it is SGD.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct GradientDescent {
  double learning_rate = 0.1;

  struct State {};
  State init(const Blocks&) const { return {}; }

  Step step(State&, const StepContext& c, Blocks& out) const {
    out.flat() = -learning_rate * c.g.flat();
    return Step::by;
  }
  Law laws() const { return Law::isometries | Law::descends; }
};

}  // namespace KAPPA_FILE

Method gradient_descent() {
  using KAPPA_FILE::GradientDescent;
  return optimizer<GradientDescent>(
      {.title = "Gradient descent",
       .idea = "Step against the gradient.",
       .equation = "x ← x − η ∇f(x)",
       .cite = {{"Cauchy", 1847, "Méthode générale pour la résolution des systèmes d'équations simultanées", ""}}},
      {{&GradientDescent::learning_rate, "learning_rate", "η", from_zero(1e-6, 1e3), "step size"}});
}

}  // namespace kappa::optimizers
