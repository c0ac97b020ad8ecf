/// Softmax over columns of scores, its cross-entropy and the curvature of that.
#pragma once

#include <armadillo>
#include <cstdint>
#include <span>

#include "core/base/rng.hpp"

namespace kappa {

/// The label of each column: all labels, or those of some rows of the data. Looks at both where they are.
class ColumnLabels {
 public:
  ColumnLabels(const arma::uvec& all, std::span<const std::uint32_t> rows = {}) : all_(all), rows_(rows) {}
  arma::uword operator[](arma::uword column) const { return all_[rows_.empty() ? column : rows_[column]]; }

 private:
  const arma::uvec& all_;
  std::span<const std::uint32_t> rows_;
};

/// Turns each column of scores into probabilities; returns the mean of -log p of the labels (one per column).
double softmax_cross_entropy(arma::mat& scores, const ColumnLabels& labels);

/// Subtracts one at each column's label: the slope of the cross-entropy in the scores.
void subtract_labels(arma::mat& probabilities, const ColumnLabels& labels);

/// Block-diagonal: diag(p) - pp' of each column, one after another.
arma::mat softmax_curvature(const arma::mat& probabilities);

/// (diag(p) - pp') v, column by column.
arma::mat softmax_curvature_product(const arma::mat& probabilities, const arma::mat& v);

/// A label for each column, drawn with the column's probabilities.
arma::uvec drawn_labels(const arma::mat& probabilities, Rng& rng);

}  // namespace kappa
