/// Adadelta: the step has the size of recent steps over the size of recent gradients, so that units agree.
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Adadelta {
  double learning_rate = 1.0;
  double rho = 0.9;
  double epsilon = 1e-6;
  double weight_decay = 0.0;

  struct State {
    Blocks v, u;  // running mean squares of gradients and of steps
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    for (arma::uword i = 0; i < c.x.flat().n_elem; ++i) {
      const double g = c.g.flat()[i] + weight_decay * c.x.flat()[i];
      double& v = s.v.flat()[i];
      double& u = s.u.flat()[i];
      v = rho * v + (1 - rho) * g * g;
      const double d = g == 0 ? 0.0 : std::sqrt(u + epsilon) / std::sqrt(v + epsilon) * g;
      u = rho * u + (1 - rho) * d * d;
      out.flat()[i] = -learning_rate * d;
    }
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign; }
};

}  // namespace KAPPA_FILE

Method adadelta() {
  using KAPPA_FILE::Adadelta;
  return optimizer<Adadelta>(
      {.title = "Adadelta",
       .idea = "Scale each gradient by the size of recent steps over the size of recent gradients.",
       .equation = "v ← ρv + (1−ρ)g²,  d = √(u + ε) / √(v + ε) · g,  u ← ρu + (1−ρ)d²,  x ← x − ηd,  g ← g + λx first",
       .cite = {{"Zeiler", 2012, "ADADELTA: An Adaptive Learning Rate Method", "arXiv:1212.5701"}}},
      {{&Adadelta::learning_rate, "learning_rate", "η", from_zero(1e-4, 1e3), "factor of the step"},
       {&Adadelta::rho, "rho", "ρ", below(0, 1), "memory of both mean squares"},
       {&Adadelta::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added inside both roots; it starts the motion"},
       {&Adadelta::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "coupled decay: g ← g + λx"}});
}

}  // namespace kappa::optimizers
