/// Aligned eigenvalues: how much of each of the truth's directions the estimate holds.
#include "core/kinds/probe.hpp"
#include "core/methods/probes/truth_modes.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct AlignedEigenvalues {
  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.can(Can::estimate)) return refused("this problem makes no estimate of a matrix");
    const arma::uword count = truth_modes(setup.problem.facts()).count();
    if (count == 0) return refused("this problem does not know the spectrum of its truth");
    Declared declared = one_spectrum("aligned_eigenvalues");
    for (arma::uword i = 1; i <= count; ++i)
      declared.channels.push_back({ChannelKind::series, "aligned_eigenvalues:u" + std::to_string(i)});
    return declared;
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    const arma::vec q = truth_modes(frame->oracle.problem().facts()).aligned(*frame.matrix(Of::estimate, 0));
    sink.spectrum(0, q);
    for (arma::uword i = 0; i < q.n_elem; ++i) sink.scalar(i + 1, q[i]);
  }
};

}  // namespace KAPPA_FILE

Method aligned_eigenvalues() {
  using KAPPA_FILE::AlignedEigenvalues;
  return probe<AlignedEigenvalues>(
      {.title = "Aligned eigenvalues",
       .idea = "What the estimate has learned of each direction of the truth: it should end at that singular value.",
       .equation = "qᵢ = uᵢᵀ M̂ vᵢ,  M = Σ sᵢ uᵢ vᵢᵀ the truth",
       .cite = {{"Jin, Li, Lyu, Du, Lee", 2023,
                 "Understanding Incremental Learning of Gradient Descent: A Fine-grained Analysis of Matrix Sensing",
                 "arXiv:2301.11500"}},
       .scale = Scale::linear},
      {});
}

}  // namespace kappa::probes
