/// Stochastic spectral descent: steepest descent of a matrix in the spectral norm, without momentum.
#include <algorithm>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/polar.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct SpectralDescent {
  std::optional<double> learning_rate;

  struct State {};
  State init(const Blocks&) const { return {}; }

  Step step(State&, const StepContext& c, Blocks& out) const {
    for (std::size_t i = 0; i < c.x.count(); ++i) {
      const arma::mat g = c.g.block(i);
      arma::mat update = out.block(i);
      double size = 0;
      update = polar(g, size);
      update *= -rate(c, c.x.shape(i)) * size;
    }
    return Step::by;
  }
  Law laws() const {
    const Law always = Law::left_rotation | Law::right_rotation;
    return learning_rate ? always : always | Law::scale_f;
  }

 private:
  /// A quadratic's curvature in the spectral norm is at most min(m, n) times that in the Frobenius norm.
  double rate(const StepContext& c, const BlockShape& shape) const {
    if (learning_rate) return *learning_rate;
    return 1 / (static_cast<double>(std::min(shape.rows, shape.cols)) *
                known(c.oracle.facts().smoothness, "its smoothness"));
  }
};

}  // namespace KAPPA_FILE

Method spectral_descent() {
  using KAPPA_FILE::SpectralDescent;
  return optimizer<SpectralDescent>(
      {.title = "Stochastic spectral descent",
       .idea = "Move all singular directions of the gradient equally far, as far as their sum is long.",
       .equation = "W ← W − η ‖G‖* UVᵀ,  G = U diag(σ) Vᵀ;  a vector's step is −ηg",
       .cite = {{"Carlson, Cevher, Carin", 2015, "Stochastic Spectral Descent for Restricted Boltzmann Machines",
                 "AISTATS 2015"},
                {"Bernstein, Newhouse", 2024, "Old Optimizer, New Norm: An Anthology", "arXiv:2409.20325"}},
       .needs = Needs::gradient | Needs::facts},
      {{&SpectralDescent::learning_rate, "learning_rate", "η", automatic(from_zero(1e-6, 1e3)),
        "step size: 1/L in the spectral norm; auto: 1/(min(m, n) L), L the smoothness in the Euclidean norm"}});
}

}  // namespace kappa::optimizers
