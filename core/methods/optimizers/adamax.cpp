/// Adamax: Adam with the largest recent gradient in place of the root mean square.
#include <algorithm>

#include "core/methods/optimizers/adam_moments.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Adamax : AdamSettings {
  Adamax() { learning_rate = 2e-3; }

  struct State {
    Blocks m, u;
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const double c1 = 1 - std::pow(beta1, static_cast<double>(++s.t));
    for (arma::uword i = 0; i < c.x.flat().n_elem; ++i) {
      const double g = c.g.flat()[i] + weight_decay * c.x.flat()[i];
      double& m = s.m.flat()[i];
      double& u = s.u.flat()[i];
      m = beta1 * m + (1 - beta1) * g;
      u = std::max(beta2 * u, std::abs(g) + epsilon);
      out.flat()[i] = over(-learning_rate / c1 * m, u);
    }
    c.show("momentum", s.m);
    return Step::by;
  }
};

}  // namespace KAPPA_FILE

Method adamax() {
  using KAPPA_FILE::Adamax;
  return optimizer<Adamax>(
      {.title = "Adamax",
       .idea = "Adam in the infinity norm: divide the mean by a fading maximum of gradients.",
       .equation = "m ← β₁m + (1−β₁)g,  u ← max(β₂u, |g| + ε),  x ← x − η/(1−β₁ᵗ) · m/u,  g ← g + λx first",
       .cite = {{"Kingma, Ba", 2015, "Adam: A Method for Stochastic Optimization", "arXiv:1412.6980"}}},
      adam_fields<Adamax>(coupled_decay));
}

}  // namespace kappa::optimizers
