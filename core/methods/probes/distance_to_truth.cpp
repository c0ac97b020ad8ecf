/// Distance to the truth: how far the iterate is from what the data were made from, or else from the solution.
#include "core/methods/probes/truth.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct DistanceToTruth {
  Declared declare(const ProbeSetup& setup) const { return compared(setup, "distance_to_truth"); }
  void measure(Frame& frame, ProbeSink& sink) const {
    const Blocks* truth = target_of(frame->oracle.problem().facts(), frame->x.flat().n_elem);
    sink.scalar(0, truth != nullptr ? arma::norm(frame->x.flat() - truth->flat()) : estimate_error(frame));
  }
};

}  // namespace KAPPA_FILE

Method distance_to_truth() {
  using KAPPA_FILE::DistanceToTruth;
  return probe<DistanceToTruth>({.title = "Distance to truth",
                                 .idea = "How far the iterate is from the truth behind the data; without one, from the "
                                         "minimiser; for factors, of their estimate.",
                                 .equation = "‖xₜ − x*‖₂,  or ‖M̂(xₜ) − M*‖_F",
                                 .cite = {{"Nesterov", 2004, "Introductory Lectures on Convex Optimization", ""}}},
                                {});
}

}  // namespace kappa::probes
