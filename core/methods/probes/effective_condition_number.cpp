/// Effective condition number: largest singular value over the smallest that is not zero.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct EffectiveConditionNumber {
  double of(const arma::mat& w, const arma::vec& s) const {
    return kappa::effective_condition_number(Spectrum{w.n_rows, w.n_cols, s});
  }
};

}  // namespace KAPPA_FILE

Method effective_condition_number() {
  using KAPPA_FILE::EffectiveConditionNumber;
  return matrix_probe<EffectiveConditionNumber>(
      {.title = "Effective condition number",
       .idea = "The condition number on the range of the matrix; read it beside the rank.",
       .equation = "κ₊(W) = σ₁ / min{σᵢ : σᵢ > max(p,q) ε σ₁}",
       .cite = {{"Golub, Van Loan", 2013, "Matrix Computations", ""}}});
}

}  // namespace kappa::probes
