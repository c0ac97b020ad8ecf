/// The assignment problem: one column for each row, all different, so that the sum of the chosen entries is largest.
#pragma once

#include <armadillo>

namespace kappa {

/// The column of each row, for at most as many rows as columns. The Hungarian method with potentials, O(rows² cols);
/// entries that are no numbers give the first columns in order.
arma::uvec best_assignment(const arma::mat& gain);

}  // namespace kappa
