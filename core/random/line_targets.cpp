/// One-dimensional targets.
#include "core/random/line_targets.hpp"

#include <cmath>
#include <numbers>

#include "core/random/eigenvalues.hpp"

namespace kappa {

double line_target(LineTarget target, double x, double frequency, const std::vector<double>& coefficients) {
  switch (target) {
    case LineTarget::sine:
      return std::sin(2.0 * std::numbers::pi * frequency * x);
    case LineTarget::step:
      return (x > 0.0 ? 1.0 : 0.0) - (x < 0.0 ? 1.0 : 0.0);
    case LineTarget::polynomial: {
      double sum = 0.0;
      for (std::size_t i = coefficients.size(); i-- > 0;) sum = sum * x + coefficients[i];
      return sum;
    }
    case LineTarget::runge:
      break;
  }
  return 1.0 / (1.0 + 25.0 * x * x);
}

arma::vec line_points(Rng rng, arma::uword n, Placement placement) {
  if (placement == Placement::equispaced) return n == 1 ? arma::vec{0.0} : lin_spaced(-1.0, 1.0, n);
  arma::vec out(n);
  for (double& x : out) x = rng.uniform(-1.0, 1.0);
  return out;
}

}  // namespace kappa
