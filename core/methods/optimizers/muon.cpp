/// Muon: the momentum of each matrix is orthogonalised by Newton-Schulz products before it is stepped.
#include "core/linalg/newton_schulz.hpp"
#include "core/methods/optimizers/muon_shell.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ByNewtonSchulz {
  std::int64_t newton_schulz_steps = 5;
  NewtonSchulz coefficients = NewtonSchulz::quintic;

  void orthogonal(const arma::mat& u, NewtonSchulzWork& work, arma::mat& out) const {
    newton_schulz(u, static_cast<int>(newton_schulz_steps), coefficients, work, out);
  }
  static constexpr Law matrix_laws = Law::left_rotation | Law::right_rotation;
};
using Muon = MuonShell<ByNewtonSchulz>;

}  // namespace KAPPA_FILE

Method muon() {
  using KAPPA_FILE::Muon;
  return optimizer<Muon>(
      {.title = "Muon",
       .idea = "Step every matrix along its momentum with all singular values pushed to one.",
       .equation =
           "M ← βM + (1−β)G,  U = (1−β)G + βM,  W ← (1 − ηλ)W − η s NS(U),  NS: X ← aX + (bA + cA²)X with A = XXᵀ",
       .cite = {{"Jordan, Jin, Boza, You, Cesista, Newhouse, Bernstein", 2024,
                 "Muon: An optimizer for hidden layers in neural networks", "kellerjordan.github.io/posts/muon"},
                {"Liu et al.", 2025, "Muon is Scalable for LLM Training", "arXiv:2502.16982"}}},
      muon_fields<Muon>(
          {{&Muon::newton_schulz_steps, "newton_schulz_steps", "k", count(0, 20), "Newton-Schulz steps"},
           {&Muon::coefficients, "coefficients", "a, b, c", choices({"quintic", "cubic", "polar_express", "six_step"}),
            "which polynomials NS applies"}}));
}

}  // namespace kappa::optimizers
