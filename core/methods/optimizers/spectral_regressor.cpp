/// Spectral regressor: lands at once on a linear estimate that shrinks each singular direction of the data its own way.
#include "core/kinds/optimizer.hpp"
#include "core/linalg/spectral_filter.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct SpectralRegressor {
  SpectralFilter filter = SpectralFilter::ridge;
  double strength = 0.1;
  double shrinkage = 0.1;

  struct State {
    bool has_landed = false;
  };
  State init(const Blocks&) const { return {}; }

  /// The residual is linear, r = Jx − y, so any point tells y; where it bends this is one linearised step.
  Step step(State& s, const StepContext& c, Blocks& out) const {
    if (s.has_landed) return c.finish("the estimate is found");
    arma::vec r;
    arma::mat j;
    c.oracle.residual(c.x, r);
    c.oracle.jacobian(c.x, j);
    const double level = filter == SpectralFilter::spectral ? shrinkage : strength;
    out.flat() = SpectralFit(j).coefficients(arma::vec(j * c.x.flat() - r), filter, level);
    s.has_landed = true;
    return Step::to;
  }
  Law laws() const {
    if (filter == SpectralFilter::ridge || filter == SpectralFilter::nuclear) return Law::isometries;
    return Law::isometries | Law::scale_f | Law::affine;
  }
};

}  // namespace KAPPA_FILE

Method spectral_regressor() {
  using S = KAPPA_FILE::SpectralRegressor;
  return optimizer<S>(
      {.title = "Spectral regressor",
       .idea =
           "The linear estimator of least variance when its bias is bounded: in Frobenius norm ridge regression, in "
           "nuclear or spectral norm two others.",
       .equation =
           "X/√n = UsVᵀ,  w = V diag(f(s)) Uᵀy/√n;  ridge f = s/(s²+λ),  nuclear f = min(1/s, λs),  spectral f = "
           "(1−C)/s",
       .cite = {{"Segert", 2023, "Flat Minima in Linear Estimation and an Extended Gauss Markov Theorem",
                 "arXiv:2311.11093"}},
       .needs = Needs::residual | Needs::half_square},
      {{&S::filter, "filter", "f", choices({"least_squares", "ridge", "nuclear", "spectral"}),
        "how a singular value of the data is inverted"},
       {&S::strength,
        "strength",
        "λ",
        from_zero(1e-6, 1e3),
        "as the λ of ridge regression; the nuclear filter cuts more when it is small",
        {.fixed = true, .when = When{"filter", {"ridge", "nuclear"}}}},
       {&S::shrinkage,
        "shrinkage",
        "C",
        range(0, 1),
        "share of the least-squares solution that is given up",
        {.fixed = true, .when = When{"filter", {"spectral"}}}}});
}

}  // namespace kappa::optimizers
