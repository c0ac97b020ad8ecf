/// Suboptimality: how far the training loss is above the smallest there is.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct Suboptimality {
  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.facts().minimum) return refused("the smallest loss of this problem is not known");
    return one_series("suboptimality");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, frame.loss() - *frame->oracle.problem().facts().minimum);
  }
};

}  // namespace KAPPA_FILE

Method suboptimality() {
  using KAPPA_FILE::Suboptimality;
  return probe<Suboptimality>(
      {.title = "Suboptimality",
       .idea = "How far the training loss is above the smallest there is: what is left to gain.",
       .equation = "f(xₜ) − f*",
       .cite = {{"Nesterov", 2004, "Introductory Lectures on Convex Optimization", ""}}},
      {});
}

}  // namespace kappa::probes
