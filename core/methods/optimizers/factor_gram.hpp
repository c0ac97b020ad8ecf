/// Pairs of factors, and whose Gram matrix scales the gradient of a factor: its own in X Xᵀ, the other's in F Gᵀ.
#pragma once

#include "core/base/blocks.hpp"

namespace kappa::optimizers {

/// The parameters are F and G of the estimate F Gᵀ.
inline bool is_factor_pair(const Blocks& x) {
  return x.count() == 2 && x.shape(0).name == "F" && x.shape(1).name == "G" && x.shape(0).cols == x.shape(1).cols;
}

/// The index of the factor that multiplies block `i` in the estimate.
inline std::size_t facing_factor(const Blocks& x, std::size_t i) { return is_factor_pair(x) ? 1 - i : i; }

}  // namespace kappa::optimizers
