/// AdamW: Adam whose weight decay acts on the parameters, past the moments.
#include "core/methods/optimizers/adam_moments.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct AdamW : AdamSettings {
  AdamW() { weight_decay = 0.01; }

  using State = Moments;
  State init(const Blocks& x0) const { return Moments::at(x0); }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.t);
    const double c1 = 1 - std::pow(beta1, t), c2 = 1 - std::pow(beta2, t);
    const arma::vec& x = c.x.flat();
    const arma::vec& g = c.g.flat();
    for (arma::uword i = 0; i < x.n_elem; ++i) {
      s.mix(i, g[i], beta1, beta2);
      const double direction = over(s.m.flat()[i] / c1, std::sqrt(s.v.flat()[i] / c2) + epsilon);
      out.flat()[i] = -learning_rate * (weight_decay * x[i] + direction);
    }
    c.show("momentum", s.m);
    return Step::by;
  }
};

}  // namespace KAPPA_FILE

Method adamw() {
  using KAPPA_FILE::AdamW;
  return optimizer<AdamW>(
      {.title = "AdamW",
       .idea = "Adam, with the parameters shrunk directly instead of through the gradient.",
       .equation = "x ← (1 − ηλ)x − η (m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε),  m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²",
       .cite = {{"Loshchilov, Hutter", 2019, "Decoupled Weight Decay Regularization", "arXiv:1711.05101"}}},
      adam_fields<AdamW>(decoupled_decay));
}

}  // namespace kappa::optimizers
