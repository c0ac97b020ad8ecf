/// Scaled Gauss-Newton sharpness: the tangent kernel's largest eigenvalue times the step size, which is stable below 2.
#include "core/methods/probes/tangent_sharpness.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct ScaledGaussNewtonSharpness {
  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.can(Can::residual)) return refused(no_jacobian);
    if (!setup.optimizer.value("learning_rate", 0, 1))
      return refused("this optimizer has no learning rate to multiply");
    return one_series("scaled_gauss_newton_sharpness");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    const auto rate = frame->optimizer.value("learning_rate", frame->t, frame->horizon);
    sink.scalar(0, numeric([&] { return rate.value() * tangent_sharpness(frame->oracle, frame->x); }));
  }
};

}  // namespace KAPPA_FILE

Method scaled_gauss_newton_sharpness() {
  return probe<KAPPA_FILE::ScaledGaussNewtonSharpness>(
      {.title = "Gauss–Newton sharpness × η",
       .idea = "Below 2 gradient descent is stable where it stands; training may climb to that edge and stay there.",
       .equation = "ηₜ λ_max(JJᵀ)",
       .cite = {{"Agarwala, Pedregosa, Pennington", 2022,
                 "Second-order regression models exhibit progressive sharpening to the edge of stability",
                 "arXiv:2210.04860"}},
       .scale = Scale::linear},
      {}, 10);
}

}  // namespace kappa::probes
