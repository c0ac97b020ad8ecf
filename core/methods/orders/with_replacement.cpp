/// With replacement: every row of every batch is drawn anew.
#include "core/kinds/order.hpp"

namespace kappa::orders {
namespace KAPPA_FILE {

struct WithReplacement {
  void rows(OrderState&, const OrderContext& c, std::vector<std::uint32_t>& out) const {
    Rng draw(c.seed, c.stream, c.t);
    out.resize(c.batch);
    for (std::uint32_t& row : out) row = static_cast<std::uint32_t>(draw.below(c.rows));
  }
};

}  // namespace KAPPA_FILE

Method with_replacement() {
  using KAPPA_FILE::WithReplacement;
  return order<WithReplacement>(
      {.title = "With replacement",
       .idea = "Draw each row of the batch uniformly, independently of all others.",
       .equation = "i₁, …, i_b ~ uniform on {0, …, n−1}, independent",
       .cite = {{"Robbins, Monro", 1951, "A Stochastic Approximation Method", "Annals of Mathematical Statistics 22"}}},
      {});
}

}  // namespace kappa::orders
