/// Fit of the Weibull law: how straight the entries' probability plot is.
#include "core/kinds/probe.hpp"
#include "core/linalg/weibull.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct WeibullRSquared {
  double of(const arma::mat& w) const { return weibull_fit(w).r_squared; }
};

}  // namespace KAPPA_FILE

Method weibull_r_squared() {
  using KAPPA_FILE::WeibullRSquared;
  return matrix_probe<WeibullRSquared>(
      {.title = "Fit of the Weibull law",
       .idea =
           "How straight the probability plot is: 1 where the sizes of the entries follow a Weibull law in the middle.",
       .equation = "R² of the line ln(−ln(1−Fᵢ)) = k ln|w|₍ᵢ₎ − k ln λ",
       .cite = {{"Weibull", 1951, "A Statistical Distribution Function of Wide Applicability",
                 "Journal of Applied Mechanics 18"}},
       .scale = Scale::linear});
}

}  // namespace kappa::probes
