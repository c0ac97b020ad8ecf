/// Distance to the truth: how far the iterate is from what the data were made from, or else from the solution.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct DistanceToTruth {
  static const Blocks* target(const Facts& facts, arma::uword size) {
    if (facts.truth && facts.truth->flat().n_elem == size) return &*facts.truth;
    if (facts.solution && facts.solution->flat().n_elem == size) return &*facts.solution;
    return nullptr;
  }
  static bool by_estimate(const ProblemModel& problem) {
    return problem.can(Can::estimate) && !problem.facts().truth_matrix.is_empty();
  }

  Declared declare(const ProbeSetup& setup) const {
    if (target(setup.problem.facts(), setup.layout.size()) == nullptr && !by_estimate(setup.problem))
      return refused("this problem knows no truth and no solution");
    return one_series("distance_to_truth");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    const Facts& facts = frame->oracle.problem().facts();
    if (const Blocks* truth = target(facts, frame->x.flat().n_elem)) {
      sink.scalar(0, arma::norm(frame->x.flat() - truth->flat()));
      return;
    }
    const arma::mat* estimate = frame.matrix(Of::estimate, 0);
    sink.scalar(0, numeric([&] { return arma::norm(*estimate - facts.truth_matrix, "fro"); }));
  }
};

}  // namespace KAPPA_FILE

Method distance_to_truth() {
  using KAPPA_FILE::DistanceToTruth;
  return probe<DistanceToTruth>(
      {.title = "Distance to truth",
       .idea = "How far the iterate is from the truth behind the data; without one, from the minimiser; for factors, of their estimate.",
       .equation = "‖xₜ − x*‖₂,  or ‖M̂(xₜ) − M*‖_F",
       .cite = {{"Nesterov", 2004, "Introductory Lectures on Convex Optimization", ""}}},
      {});
}

}  // namespace kappa::probes
