/// RAdam: Adam whose division waits until the mean square has seen enough to be trusted.
#include "core/methods/optimizers/adam_moments.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct RAdam : AdamSettings {
  using State = Moments;
  State init(const Blocks& x0) const { return Moments::at(x0); }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.t);
    const double c1 = 1 - std::pow(beta1, t), power = std::pow(beta2, t), c2 = 1 - power;
    const double longest = 2 / (1 - beta2) - 1, length = longest - 2 * t * power / c2;
    const bool trusted = length > 5;
    const double rectified =
        trusted ? std::sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) : 0;
    for (arma::uword i = 0; i < c.x.flat().n_elem; ++i) {
      s.mix(i, c.g.flat()[i] + weight_decay * c.x.flat()[i], beta1, beta2);
      const double mean = s.m.flat()[i] / c1;
      const double spread = std::sqrt(s.v.flat()[i]) + epsilon;
      out.flat()[i] = -learning_rate * (trusted ? over(mean * rectified * std::sqrt(c2), spread) : mean);
    }
    c.report("rectification", rectified);
    c.show("momentum", s.m);
    return Step::by;
  }
};

}  // namespace KAPPA_FILE

Method radam() {
  using KAPPA_FILE::RAdam;
  return optimizer<RAdam>(
      {.title = "RAdam",
       .idea = "Plain momentum first; Adam's division comes in as the variance of its mean square becomes small.",
       .equation = "ρ∞ = 2/(1−β₂) − 1,  ρₜ = ρ∞ − 2tβ₂ᵗ/(1−β₂ᵗ);  ρₜ > 5: x ← x − η m̂ r √(1−β₂ᵗ)/(√v + ε), "
                   "r = √((ρₜ−4)(ρₜ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρₜ));  else x ← x − η m̂",
       .cite = {{"Liu et al.", 2020, "On the Variance of the Adaptive Learning Rate and Beyond", "arXiv:1908.03265"}}},
      adam_fields<RAdam>(coupled_decay));
}

}  // namespace kappa::optimizers
