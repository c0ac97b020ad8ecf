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
    x_ = gather(x0, left_);
    g_ = update_ = x_;
    memory_ = fallback.init(x_);
  }

  const std::vector<std::size_t>& matrices() const { return matrices_; }

  /// Writes the update of the blocks that are left.
  void step(const OptimizerSlot& fallback, const StepContext& c, Blocks& out) {
    if (left_.empty()) return;
    copy_left(c.x, x_);
    copy_left(c.g, g_);
    update_.flat().zeros();
    const Step how = fallback.step(memory_, {c.t, c.horizon, c.f, x_, g_, c.oracle, c.rng, nullptr}, update_);
    if (how == Step::to) update_.flat() -= x_.flat();
    if (how == Step::done) update_.flat().zeros();
    scatter(update_, left_, out);
  }

 private:
  void copy_left(const Blocks& from, Blocks& part) const {
    for (std::size_t k = 0; k < left_.size(); ++k) part.block(k) = from.block(left_[k]);
  }
  /// Its point is a part of the parameters, at which the oracle knows nothing but the gradient at hand.
  static void refuse_more_than_gradients(const OptimizerSlot& fallback) {
    const unsigned other = ~static_cast<unsigned>(Needs::gradient | Needs::facts);
    if ((static_cast<unsigned>(fallback.model->needs()) & other) != 0 || fallback.judges_another())
      throw Refused{"a fallback may ask for nothing but the gradient and must judge the point it steps"};
  }

  std::vector<std::size_t> matrices_, left_;
  Blocks x_, g_, update_;  ///< of what is left; they hold nothing from step to step
  AnyState memory_;
};

/// AdamW as the reference "Muon with auxiliary Adam" sets it.
inline Node auxiliary_adamw() {
  return {Kind::optimizer,
          "adamw",
          {{"learning_rate", 3e-4}, {"beta1", 0.9}, {"beta2", 0.95}, {"epsilon", 1e-10}, {"weight_decay", 0.0}}};
}

}  // namespace kappa::optimizers
