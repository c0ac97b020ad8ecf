/// LAMB: Adam whose step in each weight matrix and bias is as long as the block times the step size.
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Lamb {
  double learning_rate = 1e-2;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-6;
  double weight_decay = 0;
  bool plain_vectors = false;

  struct State {
    Blocks m, v;
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.t);
    const double c1 = 1 - std::pow(beta1, t), c2 = 1 - std::pow(beta2, t);
    const arma::vec& x = c.x.flat();
    const arma::vec& g = c.g.flat();
    for (arma::uword i = 0; i < x.n_elem; ++i) {
      double& m = s.m.flat()[i];
      double& v = s.v.flat()[i];
      m = beta1 * m + (1 - beta1) * g[i];
      v = beta2 * v + (1 - beta2) * g[i] * g[i];
      const double root = std::sqrt(v / c2) + epsilon;
      out.flat()[i] = (root > 0 ? m / c1 / root : 0.0) + weight_decay * x[i];
    }
    for (std::size_t i = 0; i < c.x.count(); ++i) {
      arma::mat u = out.block(i);
      u *= -learning_rate * ratio(c.x.shape(i), c.x.block(i), u);
    }
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const { return Law::sign; }

 private:
  double ratio(const BlockShape& shape, const arma::mat& w, const arma::mat& u) const {
    if (plain_vectors && (shape.role == Role::vector || shape.cols == 1)) return 1;
    const double length = arma::norm(w, "fro"), step = arma::norm(u, "fro");
    return length > 0 && step > 0 ? length / step : 1;
  }
};

}  // namespace KAPPA_FILE

Method lamb() {
  using KAPPA_FILE::Lamb;
  return optimizer<Lamb>(
      {.title = "LAMB",
       .idea = "Adam's direction, rescaled in every layer to a fixed share of the layer.",
       .equation = "u = (m/(1−β₁ᵗ))/(√(v/(1−β₂ᵗ)) + ε) + λw,  w ← w − η (‖w‖/‖u‖) u for each block",
       .cite = {{"You et al.", 2020, "Large Batch Optimization for Deep Learning: Training BERT in 76 minutes",
                 "arXiv:1904.00962"}}},
      {{&Lamb::learning_rate, "learning_rate", "η", from_zero(1e-5, 10), "step as a share of each block's length"},
       {&Lamb::beta1, "beta1", "β₁", below(0, 1), "memory of the mean"},
       {&Lamb::beta2, "beta2", "β₂", below(0, 1), "memory of the mean square"},
       {&Lamb::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root mean square"},
       {&Lamb::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "added to the direction: u + λw"},
       {&Lamb::plain_vectors, "plain_vectors", "", Flag{}, "ratio 1 for biases and other vectors"}});
}

}  // namespace kappa::optimizers
