/// Shampoo: a matrix's gradient is whitened from both sides by the Gram matrices of past gradients.
#include "core/linalg/inverse_root.hpp"
#include "core/methods/optimizers/fallback_blocks.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Accumulate : std::uint8_t { sum, mean };

struct Shampoo {
  double learning_rate = 0.1;
  double epsilon = 1e-6;
  Accumulate accumulate = Accumulate::sum;
  double beta = 0.95;
  std::int64_t refresh_every = 1;
  OptimizerSlot fallback{.initial = auxiliary_adamw(), .model = nullptr};

  struct Sides {
    arma::mat left, right, left_root, right_root;
  };
  struct State {
    std::vector<Sides> sides;  ///< of the matrices, in order
    FallbackBlocks rest;
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const {
    State s{{}, FallbackBlocks(x0, false, false, fallback)};
    for (const std::size_t i : s.rest.matrices()) {
      const BlockShape& shape = x0.shape(i);
      s.sides.push_back(
          {epsilon * arma::eye(shape.rows, shape.rows), epsilon * arma::eye(shape.cols, shape.cols), {}, {}});
    }
    return s;
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const bool fresh = s.t++ % static_cast<std::uint64_t>(refresh_every) == 0;
    const double kept = accumulate == Accumulate::sum ? 1 : beta, taken = accumulate == Accumulate::sum ? 1 : 1 - beta;
    for (std::size_t k = 0; k < s.sides.size(); ++k) {
      const std::size_t i = s.rest.matrices()[k];
      const arma::mat g = c.g.block(i);
      Sides& side = s.sides[k];
      side.left = kept * side.left + taken * g * g.t();
      side.right = kept * side.right + taken * g.t() * g;
      if (fresh) {
        side.left_root = inverse_root(side.left, 4);
        side.right_root = inverse_root(side.right, 4);
      }
      arma::mat update = out.block(i);
      update = -learning_rate * side.left_root * g * side.right_root;
    }
    s.rest.step(fallback, c, out);
    return Step::by;
  }
  Law laws() const { return Law::left_rotation | Law::right_rotation; }
};

}  // namespace KAPPA_FILE

Method shampoo() {
  using KAPPA_FILE::Shampoo;
  return optimizer<Shampoo>(
      {.title = "Shampoo",
       .idea = "Whiten the gradient from the left and from the right by what was seen so far.",
       .equation = "L ← L + GGᵀ,  R ← R + GᵀG  (first εI),  W ← W − η L^(−1/4) G R^(−1/4)",
       .cite = {{"Gupta, Koren, Singer", 2018, "Shampoo: Preconditioned Stochastic Tensor Optimization",
                 "arXiv:1802.09568"}}},
      {{&Shampoo::learning_rate, "learning_rate", "η", from_zero(1e-6, 1e2), "step size"},
       {&Shampoo::epsilon,
        "epsilon",
        "ε",
        Range{.lo = 0, .hi = 1e300, .log = true, .open_lo = true, .slider_lo = 1e-12, .slider_hi = 1},
        "both Gram matrices start as this times the identity",
        {.fixed = true}},
       {&Shampoo::accumulate, "accumulate", "", choices({"sum", "mean"}),
        "add up the Gram matrices, or take a running mean of them"},
       {&Shampoo::beta, "beta", "β", below(0, 1), "memory of the running mean", {.when = When{"accumulate", {"mean"}}}},
       {&Shampoo::refresh_every,
        "refresh_every",
        "f",
        count(1, 10'000),
        "steps between two computations of the roots",
        {.unit = "steps"}},
       {&Shampoo::fallback, "fallback", "", Slot{Kind::optimizer}, "steps vectors, scalars and biases"}});
}

}  // namespace kappa::optimizers
