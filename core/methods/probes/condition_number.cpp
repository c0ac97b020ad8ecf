/// Condition number: largest singular value over smallest, infinite for singular matrices.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct ConditionNumber {
  double of(const arma::mat& w, const arma::vec& s) const {
    return kappa::condition_number(Spectrum{w.n_rows, w.n_cols, s});
  }
};

}  // namespace KAPPA_FILE

Method condition_number() {
  using KAPPA_FILE::ConditionNumber;
  return matrix_probe<ConditionNumber>({.title = "Condition number",
                                        .idea = "How differently a matrix stretches its directions.",
                                        .equation = "κ(W) = σ₁ / σ_min(p,q)",
                                        .cite = {{"Turing", 1948, "Rounding-off errors in matrix processes", ""}}});
}

}  // namespace kappa::probes
