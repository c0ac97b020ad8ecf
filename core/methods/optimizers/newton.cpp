/// Newton's method: to the stationary point of the local quadratic, damped and safeguarded by choice.
#include "core/kinds/optimizer.hpp"
#include "core/linalg/inverse_root.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Newton {
  double learning_rate = 1.0;
  double damping = 0.0;
  bool line_search = false;

  struct State {
    Blocks trial;
  };
  State init(const Blocks& x0) const { return {x0}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    arma::mat h = c.oracle.hessian(c.x);
    h.diag() += damping;
    const arma::vec direction = -solve_spd(h, c.g.flat());
    double length = learning_rate;
    if (line_search) {
      const double slope = arma::dot(c.g.flat(), direction);
      if (!(slope < 0)) return c.finish("Newton's direction does not lead downhill");
      for (;; length /= 2) {
        s.trial.flat() = c.x.flat() + length * direction;
        if (c.oracle.value(s.trial) <= c.f + 1e-4 * length * slope) break;
        if (length < 1e-16 * learning_rate) return c.finish("no step along Newton's direction lowers the loss enough");
      }
      c.report("learning_rate", length);
    }
    out.flat() = length * direction;
    return Step::by;
  }
  Law laws() const {
    const Law free = damping > 0 ? Law::isometries : Law::isometries | Law::scale_f | Law::affine;
    return line_search ? free | Law::descends : free;
  }
};

}  // namespace KAPPA_FILE

Method newton() {
  using KAPPA_FILE::Newton;
  return optimizer<Newton>(
      {.title = "Newton's method",
       .idea = "Jump to where the local quadratic is flat: one step on a quadratic, whatever its condition number. It "
               "stops at saddles too.",
       .equation = "x ← x − η (∇²f(x) + τI)⁻¹ ∇f(x);  a singular matrix is pseudo-inverted",
       .cite = {{"Nocedal, Wright", 2006, "Numerical Optimization, chapter 3", ""}},
       .needs = Needs::gradient | Needs::value | Needs::hessian},
      {{&Newton::learning_rate, "learning_rate", "η", from_zero(1e-3, 10),
        "share of the step; first try of the search"},
       {&Newton::damping, "damping", "τ", from_zero(1e-10, 1e3), "added to the Hessian's diagonal"},
       {&Newton::line_search, "line_search", "", Flag{}, "halve the step until the loss falls enough (Armijo, 10⁻⁴)"}});
}

}  // namespace kappa::optimizers
