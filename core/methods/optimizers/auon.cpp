/// AuON: the momentum of each matrix, divided by the root mean square of the cosh of its normalised entries.
#include "core/methods/optimizers/auon_shell.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct AsItIs {
  void mapped(const arma::mat& u, NewtonSchulzWork& /*work*/, arma::mat& out) const { out = u; }
  static constexpr bool keeps_signs = true;
};
using Auon = AuonShell<AsItIs>;

}  // namespace KAPPA_FILE

Method auon() {
  using KAPPA_FILE::Auon;
  return optimizer<Auon>(
      {.title = "AuON",
       .idea = "Scale the momentum by a cosh instead of making it orthogonal. The factor r lies within 1 + γ²/(2mn) or "
               "so of one: on all but tiny matrices this is SGD with Nesterov momentum. It does not bound ‖ΔW‖₂: the "
               "update grows with the gradient.",
       .equation = "M ← βM + (1−β)G,  U = (1−β)G + βM,  r = √mean cosh²(γU/‖U‖),  W ← (1−ηλ)W − ηU/r",
       .cite = {auon_paper()}},
      auon_fields<Auon>({}));
}

}  // namespace kappa::optimizers
