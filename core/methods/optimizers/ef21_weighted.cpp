/// EF21-W: EF21 whose clients count by their smoothness, so that the arithmetic mean sets the step.
#include "core/methods/optimizers/compressed_clients.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Ef21Weighted : CompressedClients {
  Step step(State& s, const StepContext& c, Blocks& out) const {
    const arma::vec each = client_smoothness(c.oracle);
    return round(s, c, each / arma::accu(each), rate(c.oracle, SmoothnessMean::arithmetic, c.x.flat().n_elem), true,
                 out);
  }
};

}  // namespace KAPPA_FILE

Method ef21_weighted() {
  using KAPPA_FILE::Ef21Weighted;
  return optimizer<Ef21Weighted>(
      {.title = "EF21-W",
       .idea = "Split a steep client into several gentle ones on paper: the theory then asks for the arithmetic mean "
               "of the smoothness constants.",
       .equation = "wᵢ = Lᵢ/ΣLⱼ,  gᵢ ← gᵢ + C(∇fᵢ(x)/(n wᵢ) − gᵢ),  x ← x − γ Σ wᵢgᵢ",
       .cite = {{"Richtárik, Gasanov, Burlachenko", 2024,
                 "Error Feedback Reloaded: From Quadratic to Arithmetic Mean of Smoothness Constants",
                 "arXiv:2402.10774"}},
       .needs = Needs::components | Needs::facts},
      compressed_fields<Ef21Weighted>(
          "1/(L + mean Lᵢ · ξ), ξ = √(1−α)/(1−√(1−α)); clients with no Lᵢ of their own count with L"));
}

}  // namespace kappa::optimizers
