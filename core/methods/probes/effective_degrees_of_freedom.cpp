/// Effective degrees of freedom: how many directions a model really fits under a penalty.
#include "core/kinds/probe.hpp"
#include "core/linalg/tangent_kernel.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct EffectiveDegreesOfFreedom {
  double penalty = 1e-3;

  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.can(Can::residual)) return refused("this problem has no residuals with a Jacobian");
    if (setup.problem.can(Can::curvature)) return refused("degrees of freedom are counted for squared errors only");
    return one_series("effective_degrees_of_freedom");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] {
                  arma::mat jacobian;
                  frame->oracle.jacobian(frame->x, jacobian);
                  return kappa::effective_degrees_of_freedom(jacobian, penalty);
                }));
  }
};

}  // namespace KAPPA_FILE

Method effective_degrees_of_freedom() {
  using P = KAPPA_FILE::EffectiveDegreesOfFreedom;
  return probe<P>({.title = "Effective degrees of freedom",
                   .idea = "Each direction counts as one where the data outweigh the penalty and as nothing where they "
                           "do not.",
                   .equation = "tr K(K + λI)⁻¹ = Σ sᵢ/(sᵢ + λ),  sᵢ the eigenvalues of K = JJᵀ (for regression XᵀX/n)",
                   .cite = {{"Hastie, Tibshirani, Friedman", 2009, "The Elements of Statistical Learning", ""}},
                   .scale = Scale::linear},
                  {{&P::penalty, "penalty", "λ", from_zero(1e-8, 10), "of ridge regression; 0 counts the rank"}}, 10);
}

}  // namespace kappa::probes
