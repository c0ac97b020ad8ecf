/// Levenberg-Marquardt: Gauss-Newton whose damping falls after every success and grows after every failure.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/inverse_root.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct LevenbergMarquardt {
  double initial_damping = 0.01;
  double factor = 10;

  struct State {
    double damping = 0;
    Blocks trial;
  };
  State init(const Blocks& x0) const { return {initial_damping, x0}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    arma::vec r, moved, slope;
    arma::mat j;
    c.oracle.residual(c.x, r);
    c.oracle.jacobian(c.x, j);
    slope = j.t() * r;
    if (!(arma::norm(slope) > 0)) return c.finish("the gradient is zero");
    out.flat() = -damped(j, r, s.damping);
    s.trial.flat() = c.x.flat() + out.flat();
    c.oracle.residual(s.trial, moved);
    const bool better = arma::dot(moved, moved) < arma::dot(r, r);
    c.report("damping", s.damping);
    // Bounded below, since no number of failures would bring a zero back.
    s.damping = better ? std::max(s.damping / factor, 1e-100) : s.damping * factor;
    if (!better && s.damping > 1e100) return c.finish("no damping makes a step that lowers the residual");
    if (!better) out.flat().zeros();
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign | Law::scale_f | Law::descends; }

 private:
  /// (J'J + damping diag(J'J))⁻¹ J'r, as the least-squares solution of J over its weighted column norms: no Gram
  /// matrix.
  static arma::vec damped(const arma::mat& j, const arma::vec& r, double damping) {
    const arma::vec scale = std::sqrt(damping) * arma::sqrt(arma::sum(arma::square(j), 0).t());
    const arma::mat stacked = arma::join_cols(j, arma::mat(arma::diagmat(scale)));
    const arma::vec target = arma::join_cols(r, arma::vec(j.n_cols, arma::fill::zeros));
    arma::mat q, upper;
    arma::vec out;
    if (arma::qr_econ(q, upper, stacked) && arma::abs(upper.diag()).min() > 1e-14 * arma::abs(upper.diag()).max() &&
        arma::solve(out, arma::trimatu(upper), arma::vec(q.t() * target)))
      return out;
    return pseudo_inverse(stacked) * target;
  }
};

}  // namespace KAPPA_FILE

Method levenberg_marquardt() {
  using KAPPA_FILE::LevenbergMarquardt;
  return optimizer<LevenbergMarquardt>(
      {.title = "Levenberg–Marquardt",
       .idea = "Between Gauss–Newton and short gradient steps, by a damping that learns from success and failure.",
       .equation = "(JᵀJ + λ diag(JᵀJ)) δ = −Jᵀr;  ‖r‖² falls: x ← x + δ, λ ← λ/10;  else λ ← 10λ",
       .cite = {{"Marquardt", 1963, "An Algorithm for Least-Squares Estimation of Nonlinear Parameters",
                 "SIAM Journal 11"}},
       .needs = Needs::residual | Needs::half_square},
      {{&LevenbergMarquardt::initial_damping,
        "initial_damping",
        "λ₀",
        Range{.lo = 0, .hi = 1e300, .log = true, .open_lo = true, .slider_lo = 1e-8, .slider_hi = 1e4},
        "damping of the first step",
        {.fixed = true}},
       {&LevenbergMarquardt::factor, "factor", "", Range{.lo = 1, .hi = 1e3, .log = true, .open_lo = true},
        "by which the damping falls and grows"}});
}

}  // namespace kappa::optimizers
