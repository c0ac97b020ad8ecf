/// Log-volume: the sum of the logarithms of the singular values that are not zero.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct LogVolume {
  double of(const arma::mat& w, const arma::vec& s) const { return kappa::log_volume(Spectrum{w.n_rows, w.n_cols, s}); }
};

}  // namespace KAPPA_FILE

Method log_volume() {
  using KAPPA_FILE::LogVolume;
  return matrix_probe<LogVolume>(
      {.title = "Log-volume",
       .idea = "By how much the matrix scales volumes on its range; for a square one of full rank ln|det|.",
       .equation = "Σ ln σᵢ over σᵢ > max(p,q) ε σ₁",
       .cite = {{"Ben-Israel", 1992, "A volume associated with m × n matrices", ""}},
       .scale = Scale::linear});
}

}  // namespace kappa::probes
