/// Compressors of a vector: its largest entries, or those above a threshold; everything else becomes zero.
#pragma once

#include <armadillo>

namespace kappa {

/// The k entries of largest modulus; of equals the earlier ones. All of them for k >= size.
arma::vec top_entries(const arma::vec& v, arma::uword k);

/// The entries of modulus above the threshold. Not positively homogeneous.
arma::vec entries_above(const arma::vec& v, double threshold);

}  // namespace kappa
