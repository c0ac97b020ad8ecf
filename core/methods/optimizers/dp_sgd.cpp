/// DP-SGD: every sample's gradient is clipped, and fresh Gaussian noise hides what is left of any one of them.
#include "core/methods/optimizers/private_gradient.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct DpSgd : PrivateGradient {
  struct State {
    Blocks one;
    arma::vec mean;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), {}}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const double samples = clipped_mean(c, s.one, s.mean);
    out.flat() = -learning_rate * (s.mean + noise_multiplier * clip_norm / samples * fresh_noise(c));
    return Step::by;
  }
};

}  // namespace KAPPA_FILE

Method dp_sgd() {
  using KAPPA_FILE::DpSgd;
  return optimizer<DpSgd>(
      {.title = "DP-SGD",
       .idea = "Cut every sample's gradient to length C and add noise of that size: no sample can be told from what is "
               "seen.",
       .equation = "x ← x − η/b (Σ gᵢ min(1, C/‖gᵢ‖) + σC z),  z ~ N(0, I)",
       .cite = {{"Abadi et al.", 2016, "Deep Learning with Differential Privacy", "arXiv:1607.00133"}},
       .needs = Needs::components},
      private_fields<DpSgd>());
}

}  // namespace kappa::optimizers
