/// Adagrad: each coordinate's step shrinks with all the squared gradients it has seen.
#include "core/methods/optimizers/adam_moments.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Adagrad {
  double learning_rate = 0.01;
  double epsilon = 1e-10;
  double weight_decay = 0.0;

  struct State {
    Blocks sum;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    for (arma::uword i = 0; i < c.x.flat().n_elem; ++i) {
      const double g = c.g.flat()[i] + weight_decay * c.x.flat()[i];
      double& sum = s.sum.flat()[i];
      sum += g * g;
      out.flat()[i] = over(-learning_rate * g, std::sqrt(sum) + epsilon);
    }
    return Step::by;
  }
  /// An ε of 1e-10 of the gradients is nothing to what laws are told by.
  Law laws() const {
    const Law always = Law::permutation | Law::sign;
    return epsilon <= 1e-10 && weight_decay == 0 ? always | Law::scale_f : always;
  }
};

}  // namespace KAPPA_FILE

Method adagrad() {
  using KAPPA_FILE::Adagrad;
  return optimizer<Adagrad>(
      {.title = "Adagrad",
       .idea = "Divide every coordinate's gradient by the root of the sum of its squares so far.",
       .equation = "a ← a + g²,  x ← x − η g / (√a + ε),  g ← g + λx first",
       .cite = {{"Duchi, Hazan, Singer", 2011,
                 "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", "JMLR 12"}}},
      {{&Adagrad::learning_rate, "learning_rate", "η", from_zero(1e-6, 1e2), "step size"},
       {&Adagrad::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root of the sum"},
       {&Adagrad::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), coupled_decay}});
}

}  // namespace kappa::optimizers
