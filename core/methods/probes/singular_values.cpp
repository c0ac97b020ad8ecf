/// Singular values: the whole spectrum of parameters, gradients, updates, estimates or momentum, block by block.
#include "core/methods/probes/chosen_blocks.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct SingularValues : ChosenBlocks {
  Declared declare(const ProbeSetup& setup) const {
    return channels(setup, "singular_values", ChannelKind::spectrum, true);
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    each(frame, [&](std::size_t channel, std::size_t i) {
      if (const arma::vec* s = frame.singular_values(of, i)) sink.spectrum(channel, *s);
    });
  }
};

}  // namespace KAPPA_FILE

Method singular_values() {
  using KAPPA_FILE::SingularValues;
  return probe<SingularValues>(
      {.title = "Singular values",
       .idea = "All singular values, largest first: the picture that tells gradient descent, Muon and factored methods "
               "apart.",
       .equation = "W = U diag(σ₁ ≥ σ₂ ≥ …) V'",
       .cite = {{"Eckart, Young", 1936, "The approximation of one matrix by another of lower rank", ""}},
       .form = FigureForm::spectrum},
      block_fields<SingularValues>(), 10);
}

}  // namespace kappa::probes
