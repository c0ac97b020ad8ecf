/// Gaussian: every entry starts at an independent normal number.
#include "core/kinds/init.hpp"

namespace kappa::inits {
namespace KAPPA_FILE {

struct Gaussian {
  double scale = 1.0;

  Blocks start(const ProblemModel& problem, Rng rng) const {
    Blocks x = zeros_like(problem.start(rng));
    for (std::size_t i = 0; i < x.count(); ++i) {
      Rng draw = rng.child(x.shape(i).name);
      arma::mat block = x.block(i);
      for (double& entry : block) entry = scale * draw.normal();
    }
    return x;
  }
};

}  // namespace KAPPA_FILE

Method gaussian() {
  using KAPPA_FILE::Gaussian;
  return init<Gaussian>(
      {.title = "Gaussian",
       .idea = "Start at independent normal numbers, each block from a stream of its own.",
       .equation = "x₀ = σ N(0, 1) in every entry",
       .cite = {{"Glorot, Bengio", 2010, "Understanding the Difficulty of Training Deep Feedforward Neural Networks",
                 "AISTATS"}}},
      {{&Gaussian::scale, "scale", "σ", from_zero(1e-6, 10), "standard deviation of every entry"}});
}

}  // namespace kappa::inits
