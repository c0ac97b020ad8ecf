/// Random matrices: Gaussian, Haar orthogonal, orthonormal columns, permutations.
#pragma once

#include <armadillo>
#include <cstdint>
#include <vector>

#include "core/base/rng.hpp"

namespace kappa {

arma::mat normal_matrix(Rng& rng, arma::uword rows, arma::uword cols);
arma::mat normal_matrix(Rng&& rng, arma::uword rows, arma::uword cols);
arma::vec normal_vector(Rng& rng, arma::uword n);
arma::vec normal_vector(Rng&& rng, arma::uword n);
arma::vec unit_vector(Rng rng, arma::uword n);  ///< uniform on the sphere

/// The Q of G = QR with the signs of diag R moved into it: exactly Haar, and the same as numpy's after its sign fix.
arma::mat q_factor(const arma::mat& g);

arma::mat haar_orthogonal(Rng rng, arma::uword n);
arma::mat orthonormal_columns(Rng rng, arma::uword n, arma::uword r);  ///< r <= n
std::vector<std::uint32_t> permutation(Rng rng, std::uint32_t n);

/// U diag(s) V' with Haar factors.
arma::mat matrix_with_spectrum(const Rng& rng, arma::uword rows, arma::uword cols, const arma::vec& s);

}  // namespace kappa
