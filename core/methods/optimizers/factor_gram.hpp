/// Whose Gram matrix scales the gradient of a factor: its own in X Xᵀ, the other factor's in F Gᵀ.
#pragma once

#include "core/base/blocks.hpp"

namespace kappa::optimizers {

/// The index of the factor that multiplies block `i` in the estimate.
inline std::size_t facing_factor(const Blocks& x, std::size_t i) {
  const bool pair = x.count() == 2 && x.shape(0).name == "F" && x.shape(1).name == "G";
  return pair ? 1 - i : i;
}

}  // namespace kappa::optimizers
