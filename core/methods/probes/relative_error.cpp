/// Relative error: the distance to the truth over the size of the truth, of the estimate where a problem makes one.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct RelativeError {
  static bool by_estimate(const ProblemModel& problem) {
    return problem.can(Can::estimate) && !problem.facts().truth_matrix.is_empty();
  }
  static const Blocks* target(const Facts& facts, arma::uword size) {
    if (facts.truth && facts.truth->flat().n_elem == size) return &*facts.truth;
    if (facts.solution && facts.solution->flat().n_elem == size) return &*facts.solution;
    return nullptr;
  }

  Declared declare(const ProbeSetup& setup) const {
    if (!by_estimate(setup.problem) && target(setup.problem.facts(), setup.layout.size()) == nullptr)
      return refused("this problem knows no truth and no solution");
    return one_series("relative_error");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    const ProblemModel& problem = frame->oracle.problem();
    const Facts& facts = problem.facts();
    if (by_estimate(problem)) {
      const arma::mat* estimate = frame.matrix(Of::estimate, 0);
      const double size = arma::norm(facts.truth_matrix, "fro");
      sink.scalar(0, numeric([&] { return arma::norm(*estimate - facts.truth_matrix, "fro") / size; }));
    } else if (const Blocks* truth = target(facts, frame->x.flat().n_elem)) {
      sink.scalar(0, arma::norm(frame->x.flat() - truth->flat()) / arma::norm(truth->flat()));
    }
  }
};

}  // namespace KAPPA_FILE

Method relative_error() {
  using KAPPA_FILE::RelativeError;
  return probe<RelativeError>({.title = "Relative error",
                               .idea = "The error in units of the truth: 1 at zero, small when the truth is found.",
                               .equation = "‖M̂(xₜ) − M*‖_F / ‖M*‖_F,  or ‖xₜ − x*‖ / ‖x*‖",
                               .cite = {{"Tong, Ma, Chi", 2021, "Accelerating Ill-Conditioned Low-Rank Matrix Estimation via Scaled Gradient Descent",
                                         "arXiv:2005.08898"}}},
                              {});
}

}  // namespace kappa::probes
