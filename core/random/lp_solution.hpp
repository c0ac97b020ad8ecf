/// Minimisers of the p-norm and of the largest absolute value of a regression's residuals.
#pragma once

#include <armadillo>
#include <optional>

#include "core/random/regression_data.hpp"

namespace kappa {

/// Minimises sum |x_i.w - y_i|^p, p >= 1: by linear programming at p = 1, else by Newton steps. None when they do not
/// settle, and for data so large that the search would take long.
std::optional<arma::vec> lp_solution(const RegressionData& data, double p);

/// Minimises max |x_i.w - y_i| by linear programming, with the same exceptions.
std::optional<arma::vec> chebyshev_solution(const RegressionData& data);

}  // namespace kappa
