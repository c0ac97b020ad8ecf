/// A quadratic seen from the eigenvectors of its Hessian: what closed forms of methods and spectra of errors need.
#pragma once

#include <armadillo>
#include <functional>
#include <optional>
#include <vector>

#include "core/kinds/theory.hpp"

namespace kappa {

struct Modes {
  arma::vec eigenvalues;  ///< descending; what is below the numerical zero is 0
  arma::vec error;        ///< q_i'(x − x*)
  double minimum = 0;     ///< of f

  double loss(const arma::vec& error_now) const;  ///< f* + ½ Σ λᵢ eᵢ²
};

/// Whether the Hessian is the same everywhere and can be had.
bool is_quadratic(const ProblemModel& problem);

/// None when the Hessian cannot be had, is larger than `most`, or is not finite.
std::optional<Modes> modes_at(const ProblemModel& problem, const Blocks& x, arma::uword most = 512);

/// Largest and smallest positive eigenvalue of a constant Hessian.
struct Curvature {
  double largest = 0, smallest = 0;
};
std::optional<Curvature> curvature_of(const Facts& facts);

/// Full batches and no noise in the gradient.
bool exact_gradients(const TheorySetup& setup);
/// A convex quadratic under exact gradients: textbook rates and recursions hold.
bool exact_quadratic(const TheorySetup& setup);

/// Losses at `steps` (ascending) of the recursion (e, m) ← A(λ)(e, m), one for each eigenvalue; row-major 2 x 2.
std::vector<double> recursion_losses(const Modes& modes, const arma::vec& memory,
                                     const std::function<arma::mat22(double)>& transition,
                                     const std::vector<double>& steps);

/// Largest modulus of an eigenvalue of A(λ) over the positive eigenvalues of the Hessian.
double spectral_radius(const Modes& modes, const std::function<arma::mat22(double)>& transition);

}  // namespace kappa
