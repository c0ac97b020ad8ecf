/// Elementary symmetric polynomials of a spectrum: from its power sums, and with each value left out in turn.
#pragma once

#include <armadillo>

namespace kappa {

/// e_0 … e_k from the power sums p_1 … p_k (traces of powers) by Newton's identities. Cancels where one value towers
/// over the others and k is large.
arma::vec elementary_from_power_sums(const arma::vec& p);

/// e_0 … e_k of the values themselves; without cancellation where none is negative.
arma::vec elementary_symmetric(const arma::vec& values, arma::uword k);

/// e_k of all values but the i-th, for each i.
arma::vec elementary_leaving_out(const arma::vec& values, arma::uword k);

}  // namespace kappa
