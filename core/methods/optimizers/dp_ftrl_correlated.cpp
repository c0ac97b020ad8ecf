/// DP-FTRL with correlated noise: what a step adds for privacy, later steps take back in part.
#include <cmath>

#include "core/linalg/correlated_noise.hpp"
#include "core/methods/optimizers/private_gradient.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct DpFtrlCorrelated : PrivateGradient {
  double nu = 0.01;

  struct State {
    Blocks one;
    arma::vec mean;
    CorrelatedNoise noise;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), {}, CorrelatedNoise(x0.flat().n_elem)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const double samples = clipped_mean(c, s.one, s.mean);
    const double price = std::sqrt(noise_sensitivity(nu));
    const double deviation = noise_multiplier * clip_norm / samples * price;
    out.flat() = -learning_rate * (s.mean + deviation * s.noise.next(fresh_noise(c), nu));
    return Step::by;
  }
};

}  // namespace KAPPA_FILE

Method dp_ftrl_correlated() {
  using M = KAPPA_FILE::DpFtrlCorrelated;
  Params<M> params = private_fields<M>();
  params.push_back({&M::nu,
                    "nu",
                    "ν",
                    Range{.lo = 0, .hi = 1, .log = true, .open_lo = true, .slider_lo = 1e-6, .slider_hi = 1},
                    "how fast the noise's memory fades; 1: DP-SGD; ημ suits a regression, η a mean",
                    {.fixed = true}});
  return optimizer<M>(
      {.title = "DP-FTRL with correlated noise",
       .idea =
           "Draw a little more noise than DP-SGD, and subtract fading shares of it in the steps that follow: the same "
           "privacy, less harm where the loss is slow to forget.",
       .equation =
           "x ← x − η(ḡ + σC/b Σ_{s≤t} β_s z_{t−s}),  z ~ N(0, γ²I),  β_t = β_{t−1} (t − 3/2)/t (1 − ν), β₀ = 1,  "
           "γ² = 1/2π ∫ dω/|1 − (1−ν)e^{iω}|",
       .cite = {{"Choquette-Choo, Dvijotham, Pillutla, Ganesh, Steinke, Thakurta", 2023,
                 "Correlated Noise Provably Beats Independent Noise for Differentially Private Learning",
                 "arXiv:2310.06771"}},
       .needs = Needs::components},
      std::move(params));
}

}  // namespace kappa::optimizers
