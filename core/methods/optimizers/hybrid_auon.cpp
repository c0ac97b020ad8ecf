/// Hybrid AuON: AuON's scaling after a few Newton-Schulz steps on the momentum.
#include "core/linalg/newton_schulz.hpp"
#include "core/methods/optimizers/auon_shell.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct FirstNewtonSchulz {
  std::int64_t newton_schulz_steps = 1;

  void mapped(const arma::mat& u, NewtonSchulzWork& work, arma::mat& out) const {
    newton_schulz(u, static_cast<int>(newton_schulz_steps), NewtonSchulz::quintic, work, out);
  }
  static constexpr bool keeps_signs = false;
};
using HybridAuon = AuonShell<FirstNewtonSchulz>;

}  // namespace KAPPA_FILE

Method hybrid_auon() {
  using KAPPA_FILE::HybridAuon;
  return optimizer<HybridAuon>(
      {.title = "Hybrid AuON",
       .idea = "One Newton–Schulz step, then AuON's factor: what it gains on plain AuON is that step's. The paper's "
               "abstract takes one step, its released code five.",
       .equation = "O = NSₖ((1−β)G + βM),  r = √mean cosh²(γO/‖O‖),  W ← (1−ηλ)W − ηO/r",
       .cite = {auon_paper()}},
      auon_fields<HybridAuon>(
          {{&HybridAuon::newton_schulz_steps, "newton_schulz_steps", "k", count(0, 20), "Newton-Schulz steps first"}}));
}

}  // namespace kappa::optimizers
