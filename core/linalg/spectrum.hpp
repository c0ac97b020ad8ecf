/// Singular values and the scalars read off them: ranks, norms, condition numbers, volumes, angles.
#pragma once

#include <armadillo>

namespace kappa {

/// Descending, min(rows, cols) of them. Non-finite input or a failed LAPACK call gives NaN; empty gives empty.
/// By the bidiagonal form without vectors. From the smaller Gram matrix, which squares the condition number but costs a
/// third, only where one side is at least 32 and the other twice as long, and only if the values it gives are within a
/// factor of 32 of one another: then all have 12 digits or more.
arma::vec singular_values(const arma::mat& w);

/// Thin SVD that cannot throw: on trouble all factors are NaN of the right shapes and the answer is false.
bool thin_svd(const arma::mat& w, arma::mat& u, arma::vec& s, arma::mat& v);

/// Symmetric eigenproblem of (A + A')/2, ascending; on trouble NaN and false.
bool symmetric_eigen(const arma::mat& a, arma::vec& values, arma::mat& vectors);
arma::vec symmetric_eigenvalues(const arma::mat& a);

/// The singular values with the shape they came from, which the numerical zero depends on.
struct Spectrum {
  arma::uword rows = 0, cols = 0;
  arma::vec s;  ///< descending
};
Spectrum spectrum(const arma::mat& w);

// Every scalar below is NaN for an empty or non-finite spectrum.
double numerical_zero(const Spectrum& w);  ///< max(p, q) 2.22e-16 s_1
double rank(const Spectrum& w);
double condition_number(const Spectrum& w);  ///< infinite past 4.5e15; NaN for the zero matrix
double effective_condition_number(const Spectrum& w);
double stable_rank(const Spectrum& w);
double effective_rank(const Spectrum& w);
double participation_ratio(const Spectrum& w);
double nuclear_norm(const Spectrum& w);
double spectral_norm(const Spectrum& w);
double frobenius_norm(const Spectrum& w);
double log_volume(const Spectrum& w);

// Of matrices; NaN when empty or non-finite.
double orthogonality_error(const arma::mat& w);            ///< on the smaller side
double row_norm_dispersion(const arma::mat& w);            ///< population deviation of the row norms over their mean
double approximate_nuclear_norm(const arma::mat& w);       ///< the min(p, q) largest column norms, summed
double imbalance(const arma::mat& f, const arma::mat& g);  ///< |F'F - G'G|_F

/// Differential entropy in nats of W x on its range, x ~ N(0, covariance); the second form has covariance I.
double output_entropy(const arma::mat& w, const arma::mat& covariance);
double output_entropy(const Spectrum& w);

/// Angles between the column spaces, ascending, accurate below 1e-8; a single NaN when either has rank 0.
arma::vec principal_angles(const arma::mat& a, const arma::mat& b);

/// Orthonormal basis of the column space, by SVD at the numerical zero.
arma::mat column_space(const arma::mat& a);

}  // namespace kappa
