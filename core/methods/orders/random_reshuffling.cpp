/// Random reshuffling: each epoch runs through a fresh permutation of the rows.
#include "core/kinds/order.hpp"

namespace kappa::orders {
namespace KAPPA_FILE {

struct RandomReshuffling {
  void rows(OrderState& s, const OrderContext& c, std::vector<std::uint32_t>& out) const {
    shuffle_epoch(s, c, c.t / c.epoch_steps());
    epoch_slice(s.permutation, c, out);
  }
};

}  // namespace KAPPA_FILE

Method random_reshuffling() {
  using KAPPA_FILE::RandomReshuffling;
  return order<RandomReshuffling>(
      {.title = "Random reshuffling",
       .idea = "Shuffle all rows before each epoch, then take them batch by batch.",
       .equation = "epoch e: π_e uniform among the permutations; step k sees π_e(kb), …, π_e(kb+b−1)",
       .cite = {{"Mishchenko, Khaled, Richtárik", 2020, "Random Reshuffling: Simple Analysis with Vast Improvements",
                 "arXiv:2006.05988"}}},
      {});
}

}  // namespace kappa::orders
