/// Weibull shape: the slope of the entries' probability plot, which is 1.2 for normal numbers.
#include "core/kinds/probe.hpp"
#include "core/linalg/weibull.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct WeibullShape {
  double of(const arma::mat& w) const { return weibull_fit(w).shape; }
};

}  // namespace KAPPA_FILE

Method weibull_shape() {
  using KAPPA_FILE::WeibullShape;
  return matrix_probe<WeibullShape>(
      {.title = "Weibull shape",
       .idea =
           "How the sizes of the entries are spread: 1.2 for normal numbers, 1 for Laplace's, more for evener ones.",
       .equation = "slope k of ln(−ln(1−Fᵢ)) on ln|w|₍ᵢ₎,  Fᵢ = (i−½)/n in [0.1, 0.9]",
       .cite = {{"Weibull", 1951, "A Statistical Distribution Function of Wide Applicability",
                 "Journal of Applied Mechanics 18"}},
       .scale = Scale::linear});
}

}  // namespace kappa::probes
