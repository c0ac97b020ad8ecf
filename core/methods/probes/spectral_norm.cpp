/// Spectral norm: the largest singular value.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct SpectralNorm {
  double of(const arma::mat& w, const arma::vec& s) const {
    return kappa::spectral_norm(Spectrum{w.n_rows, w.n_cols, s});
  }
};

}  // namespace KAPPA_FILE

Method spectral_norm() {
  using KAPPA_FILE::SpectralNorm;
  return matrix_probe<SpectralNorm>({.title = "Spectral norm",
                                     .idea = "The most a matrix stretches any vector.",
                                     .equation = "‖W‖₂ = σ₁",
                                     .cite = {{"Golub, Van Loan", 2013, "Matrix Computations", ""}}});
}

}  // namespace kappa::probes
