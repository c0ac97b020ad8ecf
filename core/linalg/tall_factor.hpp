/// The triangle of tall data: all that least squares needs to know of many rows.
#pragma once

#include <armadillo>

namespace kappa {

/// X = Q r and c = Q'y, with the columns of Q orthonormal: |Xw - y|^2 = |r w - c|^2 + what no w can reach.
struct TallFactor {
  arma::mat r;  ///< d x d, upper triangle; its diagonal may be negative or vanish
  arma::vec c;
};

/// Of [X y], which has at least as many rows as columns, by Householder's reflections: every column of r is as exact
/// as its own length, however the columns are scaled. Not finite where the data are not. Takes 2 n d^2 operations.
TallFactor tall_factor(arma::mat rows);

}  // namespace kappa
