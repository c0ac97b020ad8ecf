/// Barzilai–Borwein: gradient descent whose step is the inverse of the curvature that the last step has met.
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Formula : std::uint8_t { bb1, bb2 };

struct BarzilaiBorwein {
  Formula formula = Formula::bb1;
  std::optional<double> initial_step;

  struct State {
    Blocks x, g;  ///< of the step before
    bool begun = false;
  };
  State init(const Blocks& x0) const { return {x0, zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    if (arma::dot(c.g.flat(), c.g.flat()) == 0) return c.finish("the gradient is zero");
    s.x.flat() = c.x.flat() - s.x.flat();
    s.g.flat() = c.g.flat() - s.g.flat();
    double length = s.begun ? secant(s.x.flat(), s.g.flat()) : 0;
    if (!(std::isfinite(length) && length > 0))
      length = initial_step ? *initial_step : 1 / known(c.oracle.facts().smoothness, "its smoothness L");
    s.x.flat() = c.x.flat();
    s.g.flat() = c.g.flat();
    s.begun = true;
    c.report("learning_rate", length);
    out.flat() = -length * c.g.flat();
    return Step::by;
  }
  Law laws() const { return initial_step ? Law::isometries : Law::isometries | Law::scale_f; }

 private:
  /// 0/0 once the method has arrived.
  double secant(const arma::vec& s, const arma::vec& y) const {
    const double across = arma::dot(s, y);
    return formula == Formula::bb1 ? arma::dot(s, s) / across : across / arma::dot(y, y);
  }
};

}  // namespace KAPPA_FILE

Method barzilai_borwein() {
  using KAPPA_FILE::BarzilaiBorwein;
  return optimizer<BarzilaiBorwein>(
      {.title = "Barzilai–Borwein",
       .idea =
           "Two gradients tell the curvature between them; its inverse is the next step. The loss jumps up and down, "
           "and falls far faster than it would by the best constant step.",
       .equation =
           "BB1: a = s·s / s·y,  BB2: a = s·y / y·y,  s = x − x₋, y = g − g₋;  x ← x − a g;  a₀ first and wherever "
           "a is not a positive number",
       .cite = {{"Barzilai, Borwein", 1988, "Two-Point Step Size Gradient Methods",
                 "IMA Journal of Numerical Analysis 8"}},
       .needs = Needs::gradient | Needs::facts},
      {{&BarzilaiBorwein::formula, "formula", "", choices({"bb1", "bb2"}),
        "bb1: s·s / s·y, the longer; bb2: s·y / y·y"},
       {&BarzilaiBorwein::initial_step, "initial_step", "a₀", automatic(from_zero(1e-6, 1e3)),
        "first step, and where the formula fails; auto: 1/L"}});
}

}  // namespace kappa::optimizers
