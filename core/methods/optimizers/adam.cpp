/// Adam: each coordinate moves by its running mean over its running root mean square.
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Adam {
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0.0;

  struct State {
    Blocks m, v;
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.t);
    const double c1 = 1 - std::pow(beta1, t), c2 = 1 - std::pow(beta2, t);
    const arma::vec& x = c.x.flat();
    const arma::vec& g = c.g.flat();
    for (arma::uword i = 0; i < x.n_elem; ++i) {
      const double gi = g[i] + weight_decay * x[i];
      double& m = s.m.flat()[i];
      double& v = s.v.flat()[i];
      m = beta1 * m + (1 - beta1) * gi;
      v = beta2 * v + (1 - beta2) * gi * gi;
      out.flat()[i] = -learning_rate * (m / c1) / (std::sqrt(v / c2) + epsilon);
    }
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign; }
};

}  // namespace KAPPA_FILE

Method adam() {
  using KAPPA_FILE::Adam;
  return optimizer<Adam>(
      {.title = "Adam",
       .idea = "Divide a running mean of gradients by a running root mean square, per coordinate.",
       .equation =
           "m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  x ← x − η (m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε),  g ← g + λx first",
       .cite = {{"Kingma, Ba", 2015, "Adam: A Method for Stochastic Optimization", "arXiv:1412.6980"}}},
      {{&Adam::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "step size"},
       {&Adam::beta1, "beta1", "β₁", below(0, 1), "memory of the mean"},
       {&Adam::beta2, "beta2", "β₂", below(0, 1), "memory of the mean square"},
       {&Adam::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root mean square"},
       {&Adam::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "coupled decay: g ← g + λx"}});
}

}  // namespace kappa::optimizers
