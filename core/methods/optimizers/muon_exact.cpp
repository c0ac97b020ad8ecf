/// Exact Muon: the momentum of each matrix is replaced by its polar factor, from an SVD.
#include "core/linalg/polar.hpp"
#include "core/methods/optimizers/muon_shell.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ByPolarFactor {
  void orthogonal(const arma::mat& u, NewtonSchulzWork& /*work*/, arma::mat& out) const { out = polar(u); }
  static constexpr Law matrix_laws = Law::left_rotation | Law::right_rotation | Law::scale_f;
};
using MuonExact = MuonShell<ByPolarFactor>;

}  // namespace KAPPA_FILE

Method muon_exact() {
  using KAPPA_FILE::MuonExact;
  return optimizer<MuonExact>(
      {.title = "Exact Muon",
       .idea = "Muon with the orthogonal factor itself: every non-zero singular value of the update is one.",
       .equation = "M ← βM + (1−β)G,  U = (1−β)G + βM = PΣQᵀ,  W ← (1 − ηλ)W − η s PQᵀ",
       .cite = {{"Bernstein, Newhouse", 2024, "Old Optimizer, New Norm: An Anthology", "arXiv:2409.20325"},
                {"Carlson, Collins, Hsieh, Carin, Cevher", 2015, "Preconditioned Spectral Descent for Deep Learning",
                 "NeurIPS 28"}}},
      muon_fields<MuonExact>({}));
}

}  // namespace kappa::optimizers
