/// The blocks that a matrix method does not step itself: vectors, and by tick first and last layers.
#pragma once

#include <cstddef>
#include <vector>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {

/// Splits a point between a matrix method and its fallback, and keeps the fallback's memory.
class FallbackBlocks {
 public:
  FallbackBlocks(const Blocks& x0, bool first_layer, bool last_layer, const OptimizerSlot& fallback) {
    for (std::size_t i = 0; i < x0.count(); ++i) {
      const BlockShape& shape = x0.shape(i);
      const bool left = shape.role == Role::vector || shape.cols == 1 || (shape.role == Role::first && first_layer) ||
                        (shape.role == Role::last && last_layer);
      (left ? left_ : matrices_).push_back(i);
    }
    if (left_.empty()) return;
    refuse_more_than_gradients(fallback);
    memory_ = fallback.init(gather(x0, left_));
  }

  const std::vector<std::size_t>& matrices() const { return matrices_; }

  /// Writes the update of the blocks that are left.
  void step(const OptimizerSlot& fallback, const StepContext& c, Blocks& out) {
    if (left_.empty()) return;
    const Blocks x = gather(c.x, left_), g = gather(c.g, left_);
    Blocks update = zeros_like(x);
    const Step how = fallback.step(memory_, {c.t, c.horizon, c.f, x, g, c.oracle, c.rng, nullptr}, update);
    if (how == Step::to) update.flat() -= x.flat();
    if (how == Step::done) update.flat().zeros();
    scatter(update, left_, out);
  }

 private:
  /// Its point is a part of the parameters, at which the oracle knows nothing but the gradient at hand.
  static void refuse_more_than_gradients(const OptimizerSlot& fallback) {
    const unsigned other = ~static_cast<unsigned>(Needs::gradient | Needs::facts);
    if ((static_cast<unsigned>(fallback.model->needs()) & other) != 0 || fallback.judges_another())
      throw Refused{"a fallback may ask for nothing but the gradient and must judge the point it steps"};
  }

  std::vector<std::size_t> matrices_, left_;
  AnyState memory_;
};

/// AdamW as the reference "Muon with auxiliary Adam" sets it.
inline Node auxiliary_adamw() {
  return {Kind::optimizer,
          "adamw",
          {{"learning_rate", 3e-4}, {"beta1", 0.9}, {"beta2", 0.95}, {"epsilon", 1e-10}, {"weight_decay", 0.0}}};
}

}  // namespace kappa::optimizers
