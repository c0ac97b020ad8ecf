/// EF21: each client sends only a compressed correction of what the server already knows of its gradient.
#include "core/methods/optimizers/compressed_clients.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Ef21 : CompressedClients {
  SmoothnessMean mean = SmoothnessMean::quadratic;
  bool feedback = true;

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const arma::uword n = clients(c.oracle);
    const arma::vec equal(n, arma::fill::value(1 / static_cast<double>(n)));
    return round(s, c, equal, rate(c.oracle, mean, c.x.flat().n_elem), feedback, out);
  }
};

}  // namespace KAPPA_FILE

Method ef21() {
  using KAPPA_FILE::Ef21;
  Params<Ef21> params = compressed_fields<Ef21>(
      "1/(L + mean Lᵢ · ξ), ξ = √(1−α)/(1−√(1−α)); clients with no Lᵢ of their own count with L");
  params.push_back({&Ef21::mean,
                    "smoothness_mean",
                    "",
                    choices({"quadratic", "arithmetic"}),
                    "the mean of the clients' Lᵢ in the step size: √(mean Lᵢ²), or the smaller mean Lᵢ",
                    {.when = When{"learning_rate", {"auto"}}}});
  params.push_back({&Ef21::feedback, "feedback", "", Flag{},
                    "remember what was sent; without it compressed gradients are averaged, and the method stalls"});
  return optimizer<Ef21>(
      {.title = "EF21",
       .idea = "Compress not the gradients but their change since the last message: what was cut off comes later.",
       .equation = "x ← x − γ/n Σ gᵢ,  gᵢ ← gᵢ + C(∇fᵢ(x) − gᵢ),  gᵢ⁰ = C(∇fᵢ(x⁰))",
       .cite = {{"Richtárik, Sokolov, Fatkhullin", 2021,
                 "EF21: A New, Simpler, Theoretically Better, and Practically Faster Error Feedback",
                 "arXiv:2106.05203"}},
       .needs = Needs::components | Needs::facts},
      std::move(params));
}

}  // namespace kappa::optimizers
