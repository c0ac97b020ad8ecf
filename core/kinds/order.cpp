/// Permutations of an epoch, addressed by seed, stream and epoch, and the slices that its steps see.
#include "core/kinds/order.hpp"

#include <algorithm>
#include <numeric>

namespace kappa {

void shuffle_epoch(OrderState& state, const OrderContext& c, std::uint64_t epoch) {
  if (state.epoch == epoch && state.seed == c.seed && state.stream == c.stream && state.permutation.size() == c.rows)
    return;
  state.permutation.resize(c.rows);
  std::iota(state.permutation.begin(), state.permutation.end(), 0u);
  Rng(c.seed, c.stream, epoch).shuffle(state.permutation);
  state.epoch = epoch;
  state.seed = c.seed;
  state.stream = c.stream;
}

void epoch_slice(const std::vector<std::uint32_t>& permutation, const OrderContext& c,
                 std::vector<std::uint32_t>& out) {
  const std::uint64_t first = c.t % c.epoch_steps() * c.batch;
  const std::uint64_t last = std::min(first + c.batch, c.rows);
  out.assign(permutation.begin() + static_cast<std::ptrdiff_t>(first),
             permutation.begin() + static_cast<std::ptrdiff_t>(last));
}

}  // namespace kappa
