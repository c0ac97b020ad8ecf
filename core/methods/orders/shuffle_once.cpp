/// Shuffle once: every epoch runs through one and the same random permutation.
#include "core/kinds/order.hpp"

namespace kappa::orders {
namespace KAPPA_FILE {

struct ShuffleOnce {
  void rows(OrderState& s, const OrderContext& c, std::vector<std::uint32_t>& out) const {
    shuffle_epoch(s, c, 0);
    epoch_slice(s.permutation, c, out);
  }
};

}  // namespace KAPPA_FILE

Method shuffle_once() {
  using KAPPA_FILE::ShuffleOnce;
  return order<ShuffleOnce>(
      {.title = "Shuffle once",
       .idea = "Shuffle the rows before the first epoch and keep that order ever after.",
       .equation = "π uniform among the permutations; step k of every epoch sees π(kb), …, π(kb+b−1)",
       .cite = {{"Safran, Shamir", 2020, "How Good is SGD with Random Shuffling?", "arXiv:1908.00045"}}},
      {});
}

}  // namespace kappa::orders
