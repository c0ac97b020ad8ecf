/// Weibull scale: the size that 63 % of the entries stay below.
#include "core/kinds/probe.hpp"
#include "core/linalg/weibull.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct WeibullScale {
  double of(const arma::mat& w) const { return weibull_fit(w).scale; }
};

}  // namespace KAPPA_FILE

Method weibull_scale() {
  using KAPPA_FILE::WeibullScale;
  return matrix_probe<WeibullScale>(
      {.title = "Weibull scale",
       .idea = "The size that 63 % of the entries stay below, read off the middle of their distribution.",
       .equation = "λ = exp(−b/k) of the line ln(−ln(1−Fᵢ)) = k ln|w|₍ᵢ₎ + b,  Fᵢ = (i−½)/n in [0.1, 0.9]",
       .cite = {{"Weibull", 1951, "A Statistical Distribution Function of Wide Applicability",
                 "Journal of Applied Mechanics 18"}},
       .scale = Scale::log});
}

}  // namespace kappa::probes
