/// NAdamW: AdamW that looks one step ahead in its running mean.
#include "core/methods/optimizers/adam_moments.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct NadamW : AdamSettings {
  NadamW() { weight_decay = 1e-4; }

  using State = Moments;
  State init(const Blocks& x0) const { return Moments::at(x0); }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.t);
    const double now = 1 - std::pow(beta1, t), next = 1 - std::pow(beta1, t + 1), c2 = 1 - std::pow(beta2, t);
    const arma::vec& x = c.x.flat();
    const arma::vec& g = c.g.flat();
    for (arma::uword i = 0; i < x.n_elem; ++i) {
      s.mix(i, g[i], beta1, beta2);
      const double ahead = beta1 * s.m.flat()[i] / next + (1 - beta1) * g[i] / now;
      const double root = std::sqrt(s.v.flat()[i] / c2) + epsilon;
      out.flat()[i] = -learning_rate * ((root > 0 ? ahead / root : 0.0) + weight_decay * x[i]);
    }
    c.show("momentum", s.m);
    return Step::by;
  }
};

}  // namespace KAPPA_FILE

Method nadamw() {
  using KAPPA_FILE::NadamW;
  return optimizer<NadamW>(
      {.title = "NAdamW",
       .idea = "AdamW with Nesterov's look ahead: the newest gradient counts once more than the running mean gives it.",
       .equation = "x ← x − η (m̂/(√(v/(1−β₂ᵗ)) + ε) + λx),  m̂ = β₁m/(1−β₁ᵗ⁺¹) + (1−β₁)g/(1−β₁ᵗ)",
       .cite = {{"Dozat", 2016, "Incorporating Nesterov Momentum into Adam", "ICLR workshop"},
                {"Dahl et al.", 2023, "Benchmarking Neural Network Training Algorithms", "arXiv:2306.07179"}}},
      adam_fields<NadamW>("decoupled decay, inside the step: x ← x − ηλx with the old x"));
}

}  // namespace kappa::optimizers
