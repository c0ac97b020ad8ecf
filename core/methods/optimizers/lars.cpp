/// LARS: each weight matrix and each bias steps in proportion to its own length.
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Lars {
  double learning_rate = 10;
  double momentum = 0.9;
  double trust = 1e-3;
  double weight_decay = 0;
  bool plain_vectors = false;

  struct State {
    Blocks m;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    for (std::size_t i = 0; i < c.x.count(); ++i) {
      const arma::mat w = c.x.block(i), g = c.g.block(i);
      arma::mat m = s.m.block(i), update = out.block(i);
      m = momentum * m + ratio(c.x.shape(i), w, g) * learning_rate * (g + weight_decay * w);
      update = -m;
    }
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const {
    const Law kept = Law::sign | Law::left_rotation | Law::right_rotation;
    return weight_decay == 0 && !plain_vectors ? kept | Law::scale_f : kept;
  }

 private:
  double ratio(const BlockShape& shape, const arma::mat& w, const arma::mat& g) const {
    if (plain_vectors && (shape.role == Role::vector || shape.cols == 1)) return 1;
    const double length = arma::norm(w, "fro"), slope = arma::norm(g, "fro");
    return length > 0 && slope > 0 ? trust * length / (slope + weight_decay * length + 1e-9) : 1;
  }
};

}  // namespace KAPPA_FILE

Method lars() {
  using KAPPA_FILE::Lars;
  return optimizer<Lars>(
      {.title = "LARS",
       .idea = "Make every layer's step a fixed share of the layer, whatever the size of its gradient.",
       .equation = "ρ = τ‖w‖/(‖g‖ + λ‖w‖ + 10⁻⁹) for each block,  m ← μm + ρη(g + λw),  w ← w − m",
       .cite = {{"You, Gitman, Ginsburg", 2017, "Large Batch Training of Convolutional Networks", "arXiv:1708.03888"}}},
      {{&Lars::learning_rate, "learning_rate", "η", from_zero(1e-3, 1e3), "step size before the ratio"},
       {&Lars::momentum, "momentum", "μ", below(0, 1), "share of the last step that is kept"},
       {&Lars::trust, "trust_coefficient", "τ", from_zero(1e-5, 1),
        "length of a block over that of its gradient counts this much"},
       {&Lars::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "added to the gradient: g + λw"},
       {&Lars::plain_vectors, "plain_vectors", "", Flag{}, "ratio 1 for biases and other vectors"}});
}

}  // namespace kappa::optimizers
