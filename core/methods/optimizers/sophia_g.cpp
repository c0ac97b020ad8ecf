/// Sophia-G: a clipped step over an averaged Gauss–Newton diagonal, estimated with labels that the model draws itself.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/methods/optimizers/sophia_rule.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Form { paper, released };

struct SophiaG {
  double learning_rate = 1e-3;
  double beta1 = 0.96;
  double beta2 = 0.99;
  double gamma = 0.05;
  double epsilon = 1e-12;
  double weight_decay = 0.1;
  std::int64_t refresh_steps = 10;
  Form form = Form::paper;

  using State = SophiaState;
  State init(const Blocks& x0) const { return sophia_state(x0); }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    average(s.m, c.g, beta1);
    if (s.t++ % static_cast<std::uint64_t>(refresh_steps) == 0) {
      const std::size_t rows = c.oracle.rows().size();
      const double batch = rows > 0 ? static_cast<double>(rows) : static_cast<double>(c.oracle.problem().samples());
      c.oracle.resampled_gradient(c.x, s.probe, c.rng.child("labels"));
      s.curvature.flat() = batch * arma::square(s.probe.flat());
      average(s.h, s.curvature, beta2);
    }
    if (form == Form::paper)
      sophia_step(s, c, gamma, epsilon, learning_rate, weight_decay, out);
    else
      released_step(s, c, out);
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign; }

 private:
  /// min(|m| / (γh + ε), 1) with the sign of m: ε is added, not a floor.
  void released_step(const State& s, const StepContext& c, Blocks& out) const {
    double cut = 0;
    for (arma::uword i = 0; i < out.flat().n_elem; ++i) {
      const double m = s.m.flat()[i], ratio = std::min(std::abs(m) / (gamma * s.h.flat()[i] + epsilon), 1.0);
      if (ratio >= 1) ++cut;
      const double sign = m > 0 ? 1 : m < 0 ? -1 : 0;
      out.flat()[i] = -learning_rate * weight_decay * c.x.flat()[i] - learning_rate * sign * ratio;
    }
    c.report("clip_fraction", cut / static_cast<double>(out.flat().n_elem));
    c.show("momentum", s.m);
    c.show("curvature", s.h);
  }
};

}  // namespace KAPPA_FILE

Method sophia_g() {
  using KAPPA_FILE::SophiaG;
  return optimizer<SophiaG>(
      {.title = "Sophia-G",
       .idea =
           "As Sophia-H, but the curvature is the square of a gradient whose labels the model drew: never negative.",
       .equation = "ĝ: gradient under drawn labels, batch B,  h ← β₂h + (1−β₂) B ĝ⊙ĝ every k steps,  x ← (1−ηλ)x − η "
                   "clip(m / max(γh, ε), ±1)",
       .cite = {{"Liu, Li, Hall, Liang, Ma", 2024,
                 "Sophia: A Scalable Stochastic Second-order Optimizer for Language Model Pre-training",
                 "arXiv:2305.14342"}},
       .needs = Needs::gradient | Needs::resampled},
      {{&SophiaG::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "longest step of a coordinate"},
       {&SophiaG::beta1, "beta1", "β₁", below(0, 1), "memory of the mean; the released code has 0.965"},
       {&SophiaG::beta2, "beta2", "β₂", below(0, 1), "memory of the curvature"},
       {&SophiaG::gamma, "gamma", "γ", from_zero(1e-4, 10),
        "multiplies the curvature; smaller clips more; the released code has ρ = 0.04"},
       {&SophiaG::epsilon, "epsilon", "ε", Range{.lo = 0, .hi = 1, .log = true, .open_lo = true, .slider_lo = 1e-15},
        "least curvature; the released code adds 1e-15"},
       {&SophiaG::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "decoupled decay: x ← (1−ηλ)x first"},
       {&SophiaG::refresh_steps, "refresh_steps", "k", count(1, 10'000, true),
        "steps between two looks at the curvature"},
       {&SophiaG::form, "form", "", choices({"paper", "released"}),
        "clip(m / max(γh, ε), ±1), or sign(m) min(|m| / (γh + ε), 1) as in the released code"}});
}

}  // namespace kappa::optimizers
