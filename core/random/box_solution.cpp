/// Accelerated projected gradients with restarts; then the coordinates that are free are solved for exactly.
#include "core/random/box_solution.hpp"

#include <cmath>

#include "core/linalg/inverse_root.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa {
namespace {

/// Keeps the active bounds and solves for the rest: what iterations approach, to the last digits. Taken if it is
/// feasible and every bound is pressed against.
arma::vec polished(const arma::mat& h, const arma::vec& b, const arma::vec& x, double radius) {
  const arma::uvec free = arma::find(arma::abs(x) < radius), bound = arma::find(arma::abs(x) >= radius);
  if (free.is_empty()) return x;
  arma::vec out = x;
  arma::vec right = b(free);
  if (!bound.is_empty()) right -= h(free, bound) * x(bound);
  out(free) = solve_spd(h(free, free), right);
  if (!out.is_finite() || arma::abs(out).max() > radius) return x;
  const arma::vec pull = b - h * out;
  for (const arma::uword i : bound)
    if (pull[i] * out[i] < 0) return x;
  return out;
}

}  // namespace

arma::vec nearest_in(FeasibleSet set, const arma::vec& x, double radius) {
  if (set == FeasibleSet::box) return arma::clamp(x, -radius, radius);
  const double size = arma::norm(x);
  if (set == FeasibleSet::ball && size > radius) return radius / size * x;
  return x;
}

arma::vec constrained_minimiser(const arma::mat& h, const arma::vec& b, FeasibleSet set, double radius) {
  if (set == FeasibleSet::none) return solve_spd(h, b);
  arma::vec x(b.n_elem, arma::fill::zeros);
  const double largest = symmetric_eigenvalues(h).max();
  if (!(largest > 0)) return x;
  arma::vec ahead = x;
  double weight = 1;
  int still = 0;
  for (int t = 0; t < 20'000 && still < 10; ++t) {
    const arma::vec next = nearest_in(set, ahead - (h * ahead - b) / largest, radius);
    const arma::vec move = next - x;
    const double heavier = 0.5 * (1 + std::sqrt(1 + 4 * weight * weight));
    const bool uphill = arma::dot(ahead - next, move) > 0;
    ahead = uphill ? next : arma::vec(next + (weight - 1) / heavier * move);
    weight = uphill ? 1 : heavier;
    still = arma::norm(move) <= 4 * arma::datum::eps * arma::norm(next) ? still + 1 : 0;
    x = next;
  }
  return set == FeasibleSet::box ? polished(h, b, x, radius) : x;
}

}  // namespace kappa
