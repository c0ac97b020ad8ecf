/// AMSGrad: Adam whose mean square never falls, so that steps never grow again.
#include <algorithm>

#include "core/methods/optimizers/adam_moments.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct AmsGrad : AdamSettings {
  struct State {
    Moments mean;
    Blocks largest;
  };
  State init(const Blocks& x0) const { return {Moments::at(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.mean.t);
    const double c1 = 1 - std::pow(beta1, t), c2 = 1 - std::pow(beta2, t);
    for (arma::uword i = 0; i < c.x.flat().n_elem; ++i) {
      s.mean.mix(i, c.g.flat()[i] + weight_decay * c.x.flat()[i], beta1, beta2);
      double& v = s.largest.flat()[i];
      v = std::max(v, s.mean.v.flat()[i]);
      out.flat()[i] = over(-learning_rate * (s.mean.m.flat()[i] / c1), std::sqrt(v / c2) + epsilon);
    }
    c.show("momentum", s.mean.m);
    return Step::by;
  }
};

}  // namespace KAPPA_FILE

Method amsgrad() {
  using KAPPA_FILE::AmsGrad;
  return optimizer<AmsGrad>(
      {.title = "AMSGrad",
       .idea =
           "Adam with the largest mean square so far in place of the present one, which mends its convergence proof.",
       .equation = "m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  v̂ ← max(v̂, v),  "
                   "x ← x − η (m/(1−β₁ᵗ)) / (√(v̂/(1−β₂ᵗ)) + ε),  g ← g + λx first",
       .cite = {{"Reddi, Kale, Kumar", 2018, "On the Convergence of Adam and Beyond", "arXiv:1904.09237"}}},
      adam_fields<AmsGrad>(coupled_decay));
}

}  // namespace kappa::optimizers
