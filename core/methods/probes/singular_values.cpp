/// Singular values: the whole spectrum of parameters, gradients, updates, estimates or momentum, block by block.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct SingularValues {
  Of of = Of::parameters;
  std::string block;

  Declared declare(const ProbeSetup& setup) const {
    const Chosen chosen = choose_matrices(setup, of, block, "singular_values", true);
    Declared declared{.refusal = chosen.refusal, .after_step = of == Of::update || of == Of::momentum};
    for (const std::string& name : chosen.names) declared.channels.push_back({ChannelKind::spectrum, name});
    return declared;
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    std::size_t channel = 0;
    const std::size_t count = of == Of::estimate ? 1 : frame->x.count();
    for (std::size_t i = 0; i < count; ++i) {
      if (of != Of::estimate && !block.empty() && frame->x.shape(i).name != block) continue;
      if (const arma::vec* s = frame.singular_values(of, i)) sink.spectrum(channel, *s);
      ++channel;
    }
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
      {{&SingularValues::of, "of", "", choices({"parameters", "gradient", "update", "estimate", "momentum"}),
        "which matrices: the parameters, the step's gradient or update, the problem's estimate, the momentum"},
       {&SingularValues::block, "block", "", Text{}, "only the block of this name; empty: every block"}},
      10);
}

}  // namespace kappa::probes
