/// One-step rebalance: gradient descent on F Gᵀ that once, when the error is small, hands all imbalance to one factor.
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/methods/optimizers/factor_gram.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct OneStepRebalance {
  double learning_rate = 0.1;
  double threshold = 0.3;
  std::optional<double> factor_scale;

  struct State {
    bool is_rebalanced = false;
    Blocks there, slope;
  };
  State init(const Blocks& x0) const { return {false, zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    if (!is_factor_pair(c.x)) throw Refused{"the one-step rebalance works on two factors F and G"};
    const bool now = !s.is_rebalanced && relative_error(c) < threshold;
    c.report("rebalanced", now ? 1 : 0);
    if (!now) {
      out.flat() = -learning_rate * c.g.flat();
      return Step::by;
    }
    s.is_rebalanced = true;
    rebalance(c.x, scale(c.oracle.facts()), s.there);
    c.oracle.value_gradient(s.there, s.slope);
    out.flat() = s.there.flat() - learning_rate * s.slope.flat();
    return Step::to;
  }
  /// Before the one step and after it the laws are gradient descent's. The step itself keeps only what turns the rows
  /// of the factors: their columns it lines up with the singular vectors of F, whichever way they were turned.
  Law laws() const { return threshold > 0 ? Law::left_rotation : Law::isometries; }

 private:
  static double relative_error(const StepContext& c) {
    const arma::mat& truth = c.oracle.facts().truth_matrix;
    if (truth.is_empty()) throw Refused{"this problem does not know the matrix that F Gᵀ is to become"};
    return arma::norm(c.oracle.problem().estimate(c.x) - truth, "fro") / arma::norm(truth, "fro");
  }
  double scale(const Facts& facts) const {
    if (factor_scale) return *factor_scale;
    if (facts.truth_spectrum.is_empty())
      throw Refused{"this problem does not know its truth: give factor_scale a number instead of \"auto\""};
    return std::sqrt(facts.truth_spectrum[0]);
  }
  /// F = UΣVᵀ becomes γU, G becomes GVΣ/γ: the product stays. Columns beyond F's rows become zero. The largest entry of
  /// every column of V is positive, since a rotation of F's rows may turn the sign that an SVD happens to choose.
  static void rebalance(const Blocks& x, double gamma, Blocks& out) {
    arma::mat u, v;
    arma::vec sigma;
    thin_svd(x.block(0), u, sigma, v);
    for (arma::uword i = 0; i < v.n_cols; ++i) {
      if (v(arma::abs(v.col(i)).index_max(), i) >= 0) continue;
      u.col(i) *= -1;
      v.col(i) *= -1;
    }
    out.flat().zeros();
    arma::mat left = out.block(0), right = out.block(1);
    left.head_cols(u.n_cols) = gamma * u;
    right.head_cols(u.n_cols) = x.block(1) * v * arma::diagmat(sigma / gamma);
  }
};

}  // namespace KAPPA_FILE

Method one_step_rebalance() {
  using M = KAPPA_FILE::OneStepRebalance;
  return optimizer<M>(
      {.title = "One-step rebalance",
       .idea = "Gradient descent on two factors keeps their imbalance, which sets its speed: so change it, once.",
       .equation =
           "F ← F − η ∇f(F), G ← G − η ∇f(G);  the first time that ‖FGᵀ − M‖ < 0.3 ‖M‖, with F = UΣVᵀ: F ← γU, G ← "
           "GVΣ/γ, γ = √σ₁(M)",
       .cite = {{"Xiong, Ding, Du", 2023, "How Over-Parameterization Slows Down Gradient Descent in Matrix Sensing",
                 "arXiv:2310.01769"}},
       .needs = Needs::gradient | Needs::extra_gradient | Needs::facts},
      {{&M::learning_rate, "learning_rate", "η", from_zero(1e-6, 1e3), "step size"},
       {&M::threshold,
        "threshold",
        "",
        from_zero(1e-3, 1),
        "relative error below which the factors are rebalanced, once and just before a step",
        {.fixed = true}},
       {&M::factor_scale,
        "factor_scale",
        "γ",
        automatic(Range{.lo = 0, .hi = 1e300, .log = true, .open_lo = true, .slider_lo = 1e-3, .slider_hi = 1e3}),
        "all singular values of the new F; auto: the root of the truth's largest",
        {.fixed = true}}});
}

}  // namespace kappa::optimizers
