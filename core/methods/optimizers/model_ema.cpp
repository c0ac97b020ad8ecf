/// Model EMA: any optimizer, judged by an exponential average of the weights it has been at.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ModelEma {
  double rho = 0.99;
  OptimizerSlot base;

  struct State {
    Blocks average;
    AnyState inner;
  };
  State init(const Blocks& x0) const { return {x0, base.init(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    s.average.flat() = rho * s.average.flat() + (1 - rho) * base.iterate(s.inner, c.x).flat();
    return base.step(s.inner, c, out);
  }
  const Blocks& iterate(const State& s, const Blocks&) const { return s.average; }
  Law laws() const { return base.laws() & (Law::isometries | Law::scale_f | Law::affine); }
};

}  // namespace KAPPA_FILE

Method model_ema() {
  using KAPPA_FILE::ModelEma;
  return optimizer<ModelEma>(
      {.title = "Model EMA",
       .idea = "Let the optimizer jitter, and judge a running average of its weights instead.",
       .equation = "ζ ← ρζ + (1−ρ)θ with θ before the step (first ζ = θ),  then a step of the base optimizer on θ",
       .cite = {{"Busbridge, Ramapuram, Ablin, Likhomanenko, Dhekane, Suau, Webb", 2023, "How to Scale Your EMA",
                 "arXiv:2307.13813"},
                {"Polyak, Juditsky", 1992, "Acceleration of Stochastic Approximation by Averaging",
                 "SIAM Journal on Control and Optimization 30"}}},
      {{&ModelEma::rho, "rho", "ρ", below(0, 1), "memory of the average"},
       {&ModelEma::base, "base", "", Slot{Kind::optimizer}, "moves the weights that are averaged"}});
}

}  // namespace kappa::optimizers
