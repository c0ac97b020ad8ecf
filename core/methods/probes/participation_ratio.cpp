/// Participation ratio: how many eigenvalues of WW' share its trace.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct ParticipationRatio {
  double of(const arma::mat& w, const arma::vec& s) const {
    return kappa::participation_ratio(Spectrum{w.n_rows, w.n_cols, s});
  }
};

}  // namespace KAPPA_FILE

Method participation_ratio() {
  using KAPPA_FILE::ParticipationRatio;
  return matrix_probe<ParticipationRatio>(
      {.title = "Participation ratio",
       .idea = "How many eigenvalues of WW' carry the variance.",
       .equation = "(Σσ²)² / Σσ⁴",
       .cite = {{"Gao, Trautmann, Yu, Santhanam, Ryu, Shenoy, Ganguli", 2017,
                 "A theory of multineuronal dimensionality, dynamics and measurement", "bioRxiv 214262"}},
       .scale = Scale::linear});
}

}  // namespace kappa::probes
