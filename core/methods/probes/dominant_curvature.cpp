/// Dominant curvature: the Hessian's eigenvalue of largest size, negative ones included, by power iteration.
#include "core/methods/probes/hessian_map.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct DominantCurvature {
  std::int64_t iterations = 100;
  double tolerance = 1e-6;

  Declared declare(const ProbeSetup& setup) const { return of_curvature(setup, "dominant_curvature"); }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] {
                  HessianMap hessian(frame->oracle, frame->x);
                  return power_iteration(hessian.map(), first_vector("dominant curvature", hessian.size()),
                                         static_cast<int>(iterations), tolerance)
                      .value;
                }));
  }
};

}  // namespace KAPPA_FILE

Method dominant_curvature() {
  using KAPPA_FILE::DominantCurvature;
  return probe<DominantCurvature>(
      {.title = "Dominant curvature",
       .idea = "The eigenvalue that power iteration finds: where the loss bends down more than up it is negative, and "
               "sharpness is another.",
       .equation = "v ← Hv/|Hv|,  then vᵀHv",
       .cite = {{"Golub, Van Loan", 2013, "Matrix Computations", ""}},
       .scale = Scale::linear},
      {{&DominantCurvature::iterations, "iterations", "", count(1, 1'000), "at most so many Hessian products"},
       {&DominantCurvature::tolerance, "tolerance", "", from_zero(1e-12, 1e-2), "stops at this relative change"}},
      10);
}

}  // namespace kappa::probes
