/// Orthogonality error: how far the Gram matrix of the smaller side is from the identity.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct OrthogonalityError {
  double of(const arma::mat& w) const { return kappa::orthogonality_error(w); }
};

}  // namespace KAPPA_FILE

Method orthogonality_error() {
  using KAPPA_FILE::OrthogonalityError;
  return matrix_probe<OrthogonalityError>(
      {.title = "Orthogonality error",
       .idea = "Zero when rows (or columns) are orthonormal: what Newton-Schulz aims at.",
       .equation = "‖WW' − I‖_F if p ≤ q, else ‖W'W − I‖_F",
       .cite = {{"Björck, Bowie", 1971,
                 "An Iterative Algorithm for Computing the Best Estimate of an Orthogonal Matrix", ""}}});
}

}  // namespace kappa::probes
