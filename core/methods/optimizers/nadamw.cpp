/// NAdamW: AdamW that looks one step ahead in its running mean.
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct NadamW {
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 1e-4;

  struct State {
    Blocks m, v;
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.t);
    const double now = 1 - std::pow(beta1, t), next = 1 - std::pow(beta1, t + 1), c2 = 1 - std::pow(beta2, t);
    const arma::vec& x = c.x.flat();
    const arma::vec& g = c.g.flat();
    for (arma::uword i = 0; i < x.n_elem; ++i) {
      double& m = s.m.flat()[i];
      double& v = s.v.flat()[i];
      m = beta1 * m + (1 - beta1) * g[i];
      v = beta2 * v + (1 - beta2) * g[i] * g[i];
      const double ahead = beta1 * m / next + (1 - beta1) * g[i] / now, root = std::sqrt(v / c2) + epsilon;
      out.flat()[i] = -learning_rate * ((root > 0 ? ahead / root : 0.0) + weight_decay * x[i]);
    }
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign; }
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
      {{&NadamW::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "step size"},
       {&NadamW::beta1, "beta1", "β₁", below(0, 1), "memory of the mean"},
       {&NadamW::beta2, "beta2", "β₂", below(0, 1), "memory of the mean square"},
       {&NadamW::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root mean square"},
       {&NadamW::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1),
        "decoupled decay, inside the step: x ← x − ηλx with the old x"}});
}

}  // namespace kappa::optimizers
