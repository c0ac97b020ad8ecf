/// Softmax over columns of scores, its cross-entropy and the curvature of that.
#pragma once

#include <armadillo>

#include "core/base/rng.hpp"

namespace kappa {

/// Turns each column of scores into probabilities; returns the mean of -log p of the labels (one per column).
double softmax_cross_entropy(arma::mat& scores, const arma::uvec& labels);

/// Subtracts one at each column's label: the slope of the cross-entropy in the scores.
void subtract_labels(arma::mat& probabilities, const arma::uvec& labels);

/// Block-diagonal: diag(p) - pp' of each column, one after another.
arma::mat softmax_curvature(const arma::mat& probabilities);

/// (diag(p) - pp') v, column by column.
arma::mat softmax_curvature_product(const arma::mat& probabilities, const arma::mat& v);

/// A label for each column, drawn with the column's probabilities.
arma::uvec drawn_labels(const arma::mat& probabilities, Rng& rng);

}  // namespace kappa
