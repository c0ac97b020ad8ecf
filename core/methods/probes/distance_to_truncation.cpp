/// Distance to truncation: how near the estimate is to the best matrix of rank one, of rank two, and so on.
#include "core/kinds/probe.hpp"
#include "core/methods/probes/truth_modes.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct DistanceToTruncation {
  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.can(Can::estimate)) return refused("this problem makes no estimate of a matrix");
    const arma::uword count = truth_modes(setup.problem.facts()).count();
    if (count == 0) return refused("this problem does not know the spectrum of its truth");
    Declared declared = one_spectrum("distance_to_truncation");
    for (arma::uword s = 1; s <= count; ++s)
      declared.channels.push_back({ChannelKind::series, "distance_to_truncation:rank " + std::to_string(s)});
    return declared;
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    const arma::vec d = truth_modes(frame->oracle.problem().facts()).distances(*frame.matrix(Of::estimate, 0));
    sink.spectrum(0, d);
    for (arma::uword i = 0; i < d.n_elem; ++i) sink.scalar(i + 1, d[i]);
  }
};

}  // namespace KAPPA_FILE

Method distance_to_truncation() {
  using KAPPA_FILE::DistanceToTruncation;
  return probe<DistanceToTruncation>(
      {.title = "Distance to truncation",
       .idea = "Learning one rank after the other passes close by each of the truth's best approximations in turn.",
       .equation = "‖M̂ − M_s‖_F / ‖M_s‖_F,  M_s the truth's best approximation of rank s = 1, 2, …",
       .cite = {{"Jin, Li, Lyu, Du, Lee", 2023,
                 "Understanding Incremental Learning of Gradient Descent: A Fine-grained Analysis of Matrix Sensing",
                 "arXiv:2301.11500"},
                {"Eckart, Young", 1936, "The approximation of one matrix by another of lower rank", ""}}},
      {});
}

}  // namespace kappa::probes
