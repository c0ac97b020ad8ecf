/// The largest eigenvalue of the tangent kernel at a point of a run.
#pragma once

#include "core/kinds/probe.hpp"
#include "core/linalg/krylov.hpp"
#include "core/linalg/tangent_kernel.hpp"

namespace kappa::probes {

inline constexpr const char* no_jacobian = "this problem has no residuals with a Jacobian";

/// Of JJ'; of J'QJ where the outputs have a curvature Q.
inline double tangent_sharpness(Oracle& oracle, const Blocks& x) {
  arma::mat jacobian, curvature;
  oracle.jacobian(x, jacobian);
  if (!oracle.curvature(x, curvature)) return largest_tangent_eigenvalue(jacobian);
  const LinearMap apply = [&](const arma::vec& v) -> arma::vec {
    return jacobian.t() * arma::vec(curvature * arma::vec(jacobian * v));
  };
  const LanczosResult found = lanczos(apply, jacobian.n_cols, 40, jacobian.t() * arma::sum(jacobian, 1));
  return found.values.is_empty() ? arma::datum::nan : found.values.front();
}

}  // namespace kappa::probes
