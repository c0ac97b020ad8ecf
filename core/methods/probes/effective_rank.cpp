/// Effective rank: the exponential of the entropy of the normalised singular values.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct EffectiveRank {
  double of(const arma::mat& w, const arma::vec& s) const {
    return kappa::effective_rank(Spectrum{w.n_rows, w.n_cols, s});
  }
};

}  // namespace KAPPA_FILE

Method effective_rank() {
  using KAPPA_FILE::EffectiveRank;
  return matrix_probe<EffectiveRank>(
      {.title = "Effective rank",
       .idea = "How many directions matter, counted by entropy.",
       .equation = "exp(−Σ pᵢ ln pᵢ),  pᵢ = σᵢ / Σσ",
       .cite = {{"Roy, Vetterli", 2007, "The effective rank: a measure of effective dimensionality", ""}},
       .scale = Scale::linear});
}

}  // namespace kappa::probes
