/// Stable rank: squared Frobenius norm over squared spectral norm.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct StableRank {
  double of(const arma::mat& w, const arma::vec& s) const {
    return kappa::stable_rank(Spectrum{w.n_rows, w.n_cols, s});
  }
};

}  // namespace KAPPA_FILE

Method stable_rank() {
  using KAPPA_FILE::StableRank;
  return matrix_probe<StableRank>(
      {.title = "Stable rank",
       .idea = "A rank that small singular values barely move.",
       .equation = "‖W‖_F² / ‖W‖₂²",
       .cite = {{"Rudelson, Vershynin", 2007,
                 "Sampling from large matrices: an approach through geometric functional analysis",
                 "arXiv:math/0503442"}},
       .scale = Scale::linear});
}

}  // namespace kappa::probes
