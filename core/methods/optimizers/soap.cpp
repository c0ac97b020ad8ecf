/// SOAP: Adam in the slowly turning eigenbasis of Shampoo's Gram matrices.
#include "core/linalg/spectrum.hpp"
#include "core/methods/optimizers/adam_moments.hpp"
#include "core/methods/optimizers/fallback_blocks.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Soap {
  double learning_rate = 3e-3;
  double beta1 = 0.95;
  double beta2 = 0.95;
  double shampoo_beta = 0.95;
  double epsilon = 1e-8;
  double weight_decay = 0.0;
  std::int64_t refresh_every = 10;
  OptimizerSlot fallback{.initial = auxiliary_adamw(), .model = nullptr};

  struct Side {
    arma::mat gram, basis;  ///< columns of the basis by falling eigenvalue
  };
  struct Layer {
    Side left, right;
    arma::mat v;  ///< in the basis
  };
  struct State {
    Blocks m;  ///< in the parameters' own space
    std::vector<Layer> layers;
    FallbackBlocks rest;
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const {
    State s{zeros_like(x0), {}, FallbackBlocks(x0, false, false, fallback)};
    for (const std::size_t i : s.rest.matrices()) {
      const BlockShape& shape = x0.shape(i);
      s.layers.push_back({{arma::mat(shape.rows, shape.rows, arma::fill::zeros), {}},
                          {arma::mat(shape.cols, shape.cols, arma::fill::zeros), {}},
                          arma::mat(shape.rows, shape.cols, arma::fill::zeros)});
    }
    return s;
  }

  /// The first step only learns a basis.
  Step step(State& s, const StepContext& c, Blocks& out) const {
    const std::uint64_t t = s.t++;
    for (std::size_t k = 0; k < s.layers.size(); ++k) {
      const std::size_t i = s.rest.matrices()[k];
      const arma::mat x = c.x.block(i), g = c.g.block(i);
      Layer& layer = s.layers[k];
      arma::mat update = out.block(i);
      update.zeros();
      if (t > 0) {
        arma::mat m = s.m.block(i);
        m = beta1 * m + (1 - beta1) * g;
        update = -(adam(layer, m, g, static_cast<double>(t)) + learning_rate * weight_decay * x);
      }
      layer.left.gram = shampoo_beta * layer.left.gram + (1 - shampoo_beta) * g * g.t();
      layer.right.gram = shampoo_beta * layer.right.gram + (1 - shampoo_beta) * g.t() * g;
      if (t == 0)
        begin(layer);
      else if (t % static_cast<std::uint64_t>(refresh_every) == 0)
        turn(layer);
    }
    s.rest.step(fallback, c, out);
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const { return Law::left_rotation | Law::right_rotation; }

 private:
  arma::mat adam(Layer& layer, const arma::mat& m, const arma::mat& g, double t) const {
    const arma::mat &left = layer.left.basis, &right = layer.right.basis;
    layer.v = beta2 * layer.v + (1 - beta2) * arma::square(left.t() * g * right);
    const double c1 = 1 - std::pow(beta1, t), c2 = 1 - std::pow(beta2, t);
    arma::mat u = left.t() * m * right;
    for (arma::uword k = 0; k < u.n_elem; ++k) u[k] = over(u[k] / c1, std::sqrt(layer.v[k] / c2) + epsilon);
    return learning_rate * (left * u * right.t());
  }
  static void begin(Layer& layer) {
    for (Side* side : {&layer.left, &layer.right}) {
      arma::vec values;
      symmetric_eigen(side->gram, values, side->basis);
      side->basis = arma::fliplr(side->basis);
    }
  }
  /// One step of orthogonal iteration from the sorted basis; the mean squares move along with their directions.
  static void turn(Layer& layer) {
    for (Side* side : {&layer.left, &layer.right}) {
      const arma::vec estimate = arma::diagvec(side->basis.t() * side->gram * side->basis);
      if (!estimate.is_finite()) continue;
      const arma::uvec order = arma::stable_sort_index(estimate, "descend");
      if (side == &layer.left)
        layer.v = arma::mat(layer.v.rows(order));
      else
        layer.v = arma::mat(layer.v.cols(order));
      arma::mat q, r;
      const arma::mat sorted = side->basis.cols(order);
      side->basis = arma::qr_econ(q, r, arma::mat(side->gram * sorted)) ? q : sorted;
    }
  }
};

}  // namespace KAPPA_FILE

Method soap() {
  using KAPPA_FILE::Soap;
  return optimizer<Soap>(
      {.title = "SOAP",
       .idea = "Run Adam in the eigenbasis of Shampoo's Gram matrices, and turn the basis now and then.",
       .equation = "L, R ← running means of GGᵀ, GᵀG with eigenvectors Q, P;  m ← β₁m + (1−β₁)G,  "
                   "v ← β₂v + (1−β₂)(QᵀGP)²,  W ← W − η Q [QᵀmP/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε)] Pᵀ;  "
                   "the first step only sets Q and P, t counts the others",
       .cite = {{"Vyas et al.", 2024, "SOAP: Improving and Stabilizing Shampoo using Adam", "arXiv:2409.11321"}}},
      {{&Soap::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "step size"},
       {&Soap::beta1, "beta1", "β₁", below(0, 1), "memory of the mean"},
       {&Soap::beta2, "beta2", "β₂", below(0, 1), "memory of the mean square"},
       {&Soap::shampoo_beta, "shampoo_beta", "βₛ", below(0, 1), "memory of the Gram matrices"},
       {&Soap::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root mean square"},
       {&Soap::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "decoupled decay: W ← W(1 − ηλ) first"},
       {&Soap::refresh_every,
        "refresh_every",
        "f",
        count(1, 10'000),
        "steps between two turns of the basis",
        {.unit = "steps"}},
       {&Soap::fallback, "fallback", "", Slot{Kind::optimizer}, "steps vectors, scalars and biases"}});
}

}  // namespace kappa::optimizers
