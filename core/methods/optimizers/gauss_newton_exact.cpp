/// Exact Gauss–Newton (EGN): the damped Gauss–Newton direction by a solve of the batch's size.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/gauss_newton.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct GaussNewtonExact {
  double learning_rate = 0.1;
  double damping = 1;
  double momentum = 0;
  bool line_search = false;
  bool adaptive_damping = false;

  struct State {
    Blocks v, trial;
    std::optional<double> rate;  ///< the last step that the line search took
    double factor = 1;           ///< of the damping
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), x0, {}}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    arma::vec r;
    arma::mat j, q;
    c.oracle.residual(c.x, r);
    c.oracle.jacobian(c.x, j);
    if (!c.oracle.curvature(c.x, q)) q.reset();
    arma::vec d;
    if (!gauss_newton_direction(j, r, q, damping * s.factor, d)) return c.finish("the damped system has no solution");
    ++s.t;
    if (momentum > 0) {
      s.v.flat() = momentum * s.v.flat() + (1 - momentum) * d;
      d = s.v.flat() / (1 - std::pow(momentum, static_cast<double>(s.t)));
    }
    double a = learning_rate;
    if (line_search || adaptive_damping) {
      const double f = c.oracle.value(c.x), slope = arma::dot(j.t() * r, d);
      double now = 0;
      if (line_search) a = searched(s, c, d, f, slope, now);
      if (!line_search) now = value_at(s, c, d, a);
      if (adaptive_damping) adapt(s, predicted(j, q, d, a, slope), f - now);
    }
    c.report("step_size", a);
    c.report("damping", damping * s.factor);
    out.flat() = a * d;
    return Step::by;
  }
  Law laws() const { return Law::isometries; }

 private:
  static double value_at(State& s, const StepContext& c, const arma::vec& d, double a) {
    s.trial.flat() = c.x.flat() + a * d;
    return c.oracle.value(s.trial);
  }
  /// From 1.5 times the last step, at most 1, shrunk by 0.8 until the loss falls by a tenth of what the slope says;
  /// the fifteenth try is taken as it is.
  double searched(State& s, const StepContext& c, const arma::vec& d, double f, double slope, double& now) const {
    double a = std::min(1.5 * s.rate.value_or(learning_rate), 1.0);
    for (int tries = 1;; ++tries, a *= 0.8) {
      now = value_at(s, c, d, a);
      if (now <= f + 0.1 * a * slope || tries == 15) break;
    }
    s.rate = a;
    return a;
  }
  /// What the quadratic model J'QJ promises of a step a d.
  static double predicted(const arma::mat& j, const arma::mat& q, const arma::vec& d, double a, double slope) {
    const arma::vec along = j * d;
    return -a * slope - 0.5 * a * a * arma::dot(along, q.is_empty() ? along : arma::vec(q * along));
  }
  static void adapt(State& s, double promised, double fallen) {
    if (!(promised > 0)) return;
    if (!(fallen >= 0.25 * promised)) s.factor *= 1.01;
    if (fallen > 0.75 * promised) s.factor *= 0.99;
  }
};

}  // namespace KAPPA_FILE

Method gauss_newton_exact() {
  using KAPPA_FILE::GaussNewtonExact;
  return optimizer<GaussNewtonExact>(
      {.title = "Exact Gauss–Newton (EGN)",
       .idea =
           "The Gauss–Newton matrix of a batch has at most the batch's rank, so its damped solve is small and exact.",
       .equation = "d = −Jᵀ (bλI + QJJᵀ)⁻¹ r,  v ← μv + (1−μ)d,  x ← x + η v / (1−μᵗ)",
       .cite = {{"Korbit, Adeoye, Bemporad, Zanon", 2024,
                 "Exact Gauss-Newton Optimization for Training Deep Neural Networks", "arXiv:2405.14402"}},
       .needs = Needs::residual | Needs::value},
      {{&GaussNewtonExact::learning_rate, "learning_rate", "η", from_zero(1e-4, 1),
        "share of the direction; with the line search the step it starts from"},
       {&GaussNewtonExact::damping, "damping", "λ",
        Range{.lo = 0, .hi = 1e300, .log = true, .open_lo = true, .slider_lo = 1e-6, .slider_hi = 1e3},
        "added to the Gauss–Newton matrix of the mean loss"},
       {&GaussNewtonExact::momentum, "momentum", "μ", below(0, 1), "memory of the direction"},
       {&GaussNewtonExact::line_search, "line_search", "", Flag{},
        "Armijo on the batch: from 1.5 times the last step, at most 1, shrunk by 0.8 at most 14 times"},
       {&GaussNewtonExact::adaptive_damping, "adaptive_damping", "", Flag{},
        "λ × 1.01 where the loss falls less than ¼ of what the model promises, × 0.99 where more than ¾"}});
}

}  // namespace kappa::optimizers
