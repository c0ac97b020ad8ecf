/// Incremental: every epoch runs through the rows as they lie in the data.
#include <algorithm>

#include "core/kinds/order.hpp"

namespace kappa::orders {
namespace KAPPA_FILE {

struct Incremental {
  void rows(OrderState&, const OrderContext& c, std::vector<std::uint32_t>& out) const {
    const std::uint64_t first = c.t % c.epoch_steps() * c.batch;
    out.resize(std::min(c.batch, c.rows - first));
    for (std::uint32_t& row : out)
      row = static_cast<std::uint32_t>(first + static_cast<std::uint64_t>(&row - out.data()));
  }
};

}  // namespace KAPPA_FILE

Method incremental() {
  using KAPPA_FILE::Incremental;
  return order<Incremental>(
      {.title = "Incremental",
       .idea = "Take the rows in the order of the data, again and again.",
       .equation = "step k of every epoch sees rows kb, …, kb+b−1",
       .cite = {{"Nedić, Bertsekas", 2001, "Incremental Subgradient Methods for Nondifferentiable Optimization",
                 "SIAM Journal on Optimization 12"}}},
      {});
}

}  // namespace kappa::orders
