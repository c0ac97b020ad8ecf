/// One Cholesky or LU solve of the size of the residual.
#include "core/linalg/gauss_newton.hpp"

namespace kappa {

bool gauss_newton_direction(const arma::mat& j, const arma::vec& r, const arma::mat& q, double damping, arma::vec& d) {
  arma::mat system = j * j.t();
  arma::vec solution;
  bool found = false;
  if (q.is_empty()) {
    system.diag() += damping;
    found = arma::solve(solution, system, r, arma::solve_opts::likely_sympd + arma::solve_opts::no_approx);
  } else {
    system = arma::mat(q * system);
    system.diag() += damping;
    found = arma::solve(solution, system, r, arma::solve_opts::no_approx);
  }
  if (!found) return false;
  d = -(j.t() * solution);
  return d.is_finite();
}

}  // namespace kappa
