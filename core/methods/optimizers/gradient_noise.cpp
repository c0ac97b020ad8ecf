/// Gradient noise: any optimizer, fed gradients with normal noise that may fade.
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct GradientNoise {
  double noise = 0.01;
  double decay = 0.0;
  std::int64_t seed = 0;
  OptimizerSlot base;

  struct State {
    Blocks g;
    AnyState inner;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), base.init(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const double deviation = noise * std::pow(1 + static_cast<double>(c.t), -decay / 2);
    const auto own = static_cast<std::uint64_t>(seed);
    c.rng.child("gradient noise", own).fill_normal({s.g.flat().memptr(), s.g.flat().n_elem});
    s.g.flat() = c.g.flat() + deviation * s.g.flat();
    return base.step(s.inner, c.with(c.f, s.g), out);
  }
  const Blocks& iterate(const State& s, const Blocks& x) const { return base.iterate(s.inner, x); }
  bool judges_another() const { return base.judges_another(); }
  Law laws() const { return noise == 0 ? base.laws() : Law::none; }
};

}  // namespace KAPPA_FILE

Method gradient_noise() {
  using KAPPA_FILE::GradientNoise;
  return optimizer<GradientNoise>(
      {.title = "Gradient noise",
       .idea = "Add normal noise to every gradient, from a stream of its own, and let it fade.",
       .equation = "g ← g + σ(1+t)^(−γ/2) N(0, I),  t from 0,  then a step of the base optimizer",
       .cite = {{"Neelakantan et al.", 2015, "Adding Gradient Noise Improves Learning for Very Deep Networks",
                 "arXiv:1511.06807"}}},
      {{&GradientNoise::noise, "noise", "σ", from_zero(1e-6, 1e2), "standard deviation at the first step"},
       {&GradientNoise::decay, "decay", "γ", range(0, 4), "the variance falls as (1+t)^−γ; 0: it stays"},
       {&GradientNoise::seed, "seed", "", count(0, 1'000'000'000), "another draw of the noise, and of nothing else"},
       {&GradientNoise::base, "base", "", Slot{Kind::optimizer}, "takes the step with the noisy gradient"}});
}

}  // namespace kappa::optimizers
