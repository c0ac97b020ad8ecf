/// Frobenius norm: the root of the sum of squared entries.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct FrobeniusNorm {
  double of(const arma::mat& w, const arma::vec& s) const {
    return kappa::frobenius_norm(Spectrum{w.n_rows, w.n_cols, s});
  }
};

}  // namespace KAPPA_FILE

Method frobenius_norm() {
  using KAPPA_FILE::FrobeniusNorm;
  return matrix_probe<FrobeniusNorm>({.title = "Frobenius norm",
                                      .idea = "The Euclidean length of all entries, or of all singular values.",
                                      .equation = "‖W‖_F = √Σσᵢ²",
                                      .cite = {{"Golub, Van Loan", 2013, "Matrix Computations", ""}}});
}

}  // namespace kappa::probes
