/// Support recovery: whether the weights that are not zero are the right ones.
#include <cmath>

#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct SupportRecovery {
  double threshold = 1e-3;

  Declared declare(const ProbeSetup& setup) const {
    const auto& truth = setup.problem.facts().truth;
    if (!truth || truth->flat().n_elem != setup.layout.size())
      return refused("this problem knows no true weights whose support could be found");
    return one_series("support_recovery");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, score(frame->x.flat(), frame->oracle.problem().facts().truth->flat()));
  }

 private:
  /// The harmonic mean of precision and recall.
  double score(const arma::vec& x, const arma::vec& truth) const {
    if (!x.is_finite()) return arma::datum::nan;
    const double least = threshold * arma::abs(x).max();
    double both = 0, found = 0, there = 0;
    for (arma::uword i = 0; i < x.n_elem; ++i) {
      const bool chosen = x[i] != 0 && std::abs(x[i]) >= least, true_one = truth[i] != 0;
      both += chosen && true_one;
      found += chosen;
      there += true_one;
    }
    return found + there > 0 ? 2 * both / (found + there) : 1.0;
  }
};

}  // namespace KAPPA_FILE

Method support_recovery() {
  using P = KAPPA_FILE::SupportRecovery;
  return probe<P>(
      {.title = "Support recovery",
       .idea = "1 when exactly the true weights are in use; half of them missing, or as many too many, cost "
               "a third.",
       .equation = "2|S ∩ S*| / (|S| + |S*|),  S the weights above a share of the largest",
       .cite = {{"Wainwright", 2009, "Sharp Thresholds for High-Dimensional and Noisy Sparsity Recovery",
                 "arXiv:math/0605740"}},
       .scale = Scale::linear},
      {{&P::threshold, "threshold", "", Range{.lo = 0, .hi = 1}, "share of the largest weight that still counts"}});
}

}  // namespace kappa::probes
