/// Distance from the Weibull law: the largest gap between the entries' distribution and the fitted one.
#include "core/kinds/probe.hpp"
#include "core/linalg/weibull.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct WeibullDistance {
  double of(const arma::mat& w) const { return weibull_fit(w).distance; }
};

}  // namespace KAPPA_FILE

Method weibull_distance() {
  using KAPPA_FILE::WeibullDistance;
  return matrix_probe<WeibullDistance>(
      {.title = "Distance from the Weibull law",
       .idea = "The Kolmogorov-Smirnov distance: the largest gap between the entries' distribution and the fitted law, "
               "tails included.",
       .equation = "max |F_n(x) − (1 − exp(−(x/λ)^k))|",
       .cite = {{"Weibull", 1951, "A Statistical Distribution Function of Wide Applicability",
                 "Journal of Applied Mechanics 18"}},
       .scale = Scale::linear});
}

}  // namespace kappa::probes
