/// The lasso's minimiser to rounding error, by coordinate descent and a last solve on its support.
#pragma once

#include <armadillo>
#include <optional>

#include "core/random/regression_data.hpp"

namespace kappa {

/// Minimises 1/(2n) |Xw - y|^2 + lambda |w|_1, lambda > 0. None when the duality gap stays above 1e-10 of the loss at
/// 0.
std::optional<arma::vec> lasso_solution(const RegressionData& data, double lambda);

}  // namespace kappa
