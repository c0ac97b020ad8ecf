/// Approximate nuclear norm: the largest column norms, summed, with no SVD.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct ApproximateNuclearNorm {
  double of(const arma::mat& w) const { return kappa::approximate_nuclear_norm(w); }
};

}  // namespace KAPPA_FILE

Method approximate_nuclear_norm() {
  using KAPPA_FILE::ApproximateNuclearNorm;
  return matrix_probe<ApproximateNuclearNorm>(
      {.title = "Approximate nuclear norm",
       .idea = "Column norms in place of singular values: cheap, and neither a lower nor always an upper bound.",
       .equation = "Σ of the min(p,q) largest ‖w_j‖₂",
       .cite = {{"Li, Xia, Chang, Wu", 2024, "Large Language Model Evaluation via Matrix Nuclear-Norm",
                 "arXiv:2410.10672"}}});
}

}  // namespace kappa::probes
