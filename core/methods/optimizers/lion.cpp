/// Lion: the sign of a blend of momentum and gradient, with decoupled decay.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Lion {
  double learning_rate = 1e-4;
  double beta1 = 0.9;
  double beta2 = 0.99;
  double weight_decay = 0.0;

  struct State {
    Blocks m;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    out.flat() = arma::sign(beta1 * s.m.flat() + (1 - beta1) * c.g.flat());
    out.flat() = -learning_rate * (out.flat() + weight_decay * c.x.flat());
    s.m.flat() = beta2 * s.m.flat() + (1 - beta2) * c.g.flat();
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign | Law::scale_f; }
};

}  // namespace KAPPA_FILE

Method lion() {
  using KAPPA_FILE::Lion;
  return optimizer<Lion>(
      {.title = "Lion",
       .idea = "Move every coordinate by the same amount, with the sign of a quick momentum; remember slowly.",
       .equation = "u = sign(β₁m + (1−β₁)g),  x ← x − η(u + λx),  m ← β₂m + (1−β₂)g",
       .cite = {{"Chen et al.", 2023, "Symbolic Discovery of Optimization Algorithms", "arXiv:2302.06675"},
                {"Chen, Liu, Liang, Liu", 2023, "Lion Secretly Solves Constrained Optimization: As Lyapunov Predicts",
                 "arXiv:2310.05898"}}},
      {{&Lion::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "step size"},
       {&Lion::beta1, "beta1", "β₁", below(0, 1), "share of the momentum in the sign"},
       {&Lion::beta2, "beta2", "β₂", below(0, 1), "memory of the momentum"},
       {&Lion::weight_decay, "weight_decay", "λ", from_zero(1e-6, 10), "decoupled decay; solutions obey |x| ≤ 1/λ"}});
}

}  // namespace kappa::optimizers
