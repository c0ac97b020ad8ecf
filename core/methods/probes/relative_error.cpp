/// Relative error: the distance to the truth over the size of the truth, of the estimate where a problem makes one.
#include "core/methods/probes/truth.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct RelativeError {
  Declared declare(const ProbeSetup& setup) const { return compared(setup, "relative_error"); }
  void measure(Frame& frame, ProbeSink& sink) const {
    const ProblemModel& problem = frame->oracle.problem();
    if (estimates_a_truth(problem)) {
      sink.scalar(0, estimate_error(frame) / arma::norm(problem.facts().truth_matrix, "fro"));
    } else if (const Blocks* truth = target_of(problem.facts(), frame->x.flat().n_elem)) {
      sink.scalar(0, arma::norm(frame->x.flat() - truth->flat()) / arma::norm(truth->flat()));
    }
  }
};

}  // namespace KAPPA_FILE

Method relative_error() {
  using KAPPA_FILE::RelativeError;
  return probe<RelativeError>(
      {.title = "Relative error",
       .idea = "The error in units of the truth: 1 at zero, small when the truth is found.",
       .equation = "‖M̂(xₜ) − M*‖_F / ‖M*‖_F,  or ‖xₜ − x*‖ / ‖x*‖",
       .cite = {{"Tong, Ma, Chi", 2021,
                 "Accelerating Ill-Conditioned Low-Rank Matrix Estimation via Scaled Gradient Descent",
                 "arXiv:2005.08898"}}},
      {});
}

}  // namespace kappa::probes
