/// Gauss-Newton sharpness: the largest eigenvalue of the tangent kernel JJᵀ, the part of the sharpness that stays when
/// the residuals vanish.
#include "core/methods/probes/tangent_sharpness.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct GaussNewtonSharpness {
  Declared declare(const ProbeSetup& setup) const {
    return setup.problem.can(Can::residual) ? one_series("gauss_newton_sharpness") : refused(no_jacobian);
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] { return tangent_sharpness(frame->oracle, frame->x); }));
  }
};

}  // namespace KAPPA_FILE

Method gauss_newton_sharpness() {
  return probe<KAPPA_FILE::GaussNewtonSharpness>(
      {.title = "Gauss–Newton sharpness",
       .idea = "The largest eigenvalue of the neural tangent kernel: how fast the best learned direction is learned.",
       .equation = "λ_max(JJᵀ), J the Jacobian of the residuals r with f = ½|r|²;  λ_max(JᵀQJ) for cross-entropy",
       .cite = {{"Jacot, Gabriel, Hongler", 2018,
                 "Neural Tangent Kernel: Convergence and Generalization in Neural Networks", "arXiv:1806.07572"}},
       .scale = Scale::linear},
      {}, 10);
}

}  // namespace kappa::probes
