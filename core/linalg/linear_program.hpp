/// Linear programs with bounded variables, by Mehrotra's predictor-corrector interior-point method.
#pragma once

#include <armadillo>

namespace kappa {

/// Minimise c'x subject to A x = b and 0 <= x <= upper; an empty `upper` bounds nothing. A has few rows.
struct LinearProgram {
  arma::mat a;
  arma::vec b, c, upper;
};

struct ProgramSolution {
  arma::vec x;
  arma::vec multipliers;          ///< of A x = b: A' multipliers + z - w = c with z, w >= 0
  double gap = arma::datum::inf;  ///< between the two objectives, over 1 + the primal one's size
  bool converged = false;         ///< gap and both residuals under 1e-9
};

ProgramSolution solve(const LinearProgram& program, int most = 100);

}  // namespace kappa
