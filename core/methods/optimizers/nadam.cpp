/// NAdam: Adam that looks one step ahead along its mean, with a momentum that warms up.
#include "core/methods/optimizers/adam_moments.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct NAdam : AdamSettings {
  double momentum_decay = 0.004;

  NAdam() { learning_rate = 2e-3; }

  struct State {
    Moments mean;
    double product = 1;  ///< of the momenta so far
  };
  State init(const Blocks& x0) const { return {Moments::at(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.mean.t);
    const double now = warm(t), next = warm(t + 1), c2 = 1 - std::pow(beta2, t);
    s.product *= now;
    const double of_g = learning_rate * (1 - now) / (1 - s.product);
    const double of_m = learning_rate * next / (1 - s.product * next);
    for (arma::uword i = 0; i < c.x.flat().n_elem; ++i) {
      const double g = c.g.flat()[i] + weight_decay * c.x.flat()[i];
      s.mean.mix(i, g, beta1, beta2);
      const double size = std::sqrt(s.mean.v.flat()[i] / c2) + epsilon;
      out.flat()[i] = over(-of_g * g, size) - over(of_m * s.mean.m.flat()[i], size);
    }
    c.show("momentum", s.mean.m);
    return Step::by;
  }

 private:
  double warm(double t) const { return beta1 * (1 - 0.5 * std::pow(0.96, t * momentum_decay)); }
};

}  // namespace KAPPA_FILE

Method nadam() {
  using KAPPA_FILE::NAdam;
  return optimizer<NAdam>({.title = "NAdam",
                           .idea = "Adam with Nesterov's look ahead, and a momentum that grows from half of β₁.",
                           .equation = "μₜ = β₁(1 − ½·0.96^(ψt)),  Π = ∏μ,  "
                                       "x ← x − η(1−μₜ)/(1−Π) · g/d − ημₜ₊₁/(1−Πμₜ₊₁) · m/d,  d = √(v/(1−β₂ᵗ)) + ε",
                           .cite = {{"Dozat", 2016, "Incorporating Nesterov Momentum into Adam", "ICLR workshop"}}},
                          adam_fields<NAdam>(coupled_decay, {{&NAdam::momentum_decay, "momentum_decay", "ψ",
                                                              from_zero(1e-5, 1), "how fast the momentum warms up"}}));
}

}  // namespace kappa::optimizers
