/// GraB: an epoch's order is built from the gradients of the epoch before, so that their partial sums stay small.
#include "core/kinds/order.hpp"

namespace kappa::orders {
namespace KAPPA_FILE {

struct Grab {
  void rows(OrderState& s, const OrderContext& c, std::vector<std::uint32_t>& out) const {
    const std::uint64_t epoch = c.t / c.epoch_steps();
    const bool known = s.permutation.size() == c.rows && s.seed == c.seed && s.stream == c.stream;
    if (known && s.epoch + 1 == epoch && s.next.size() == c.rows && s.front == s.back) {
      s.permutation.swap(s.next);
      s.mean = s.gathered / static_cast<double>(c.rows);
      s.epoch = epoch;
      begin(s);
    } else if (!known || s.epoch != epoch) {  // the first epoch, or one whose forerunner was not seen whole
      shuffle_epoch(s, c, epoch);
      s.mean.reset();
      begin(s);
    }
    epoch_slice(s.permutation, c, out);
  }

  void saw(OrderState& s, const OrderContext& c, std::span<const std::uint32_t> rows, const RowGradient& one) const {
    if (s.permutation.size() != c.rows || s.epoch != c.t / c.epoch_steps()) return;
    for (const std::uint32_t row : rows) {
      if (s.front == s.back) return;
      const arma::vec& g = one(row);
      if (s.mean.n_elem != g.n_elem) s.mean.zeros(g.n_elem);
      if (s.gathered.n_elem != g.n_elem) s.gathered.zeros(g.n_elem), s.balance.zeros(g.n_elem);
      s.gathered += g;
      const arma::vec centred = g - s.mean;
      if (arma::norm(s.balance + centred) < arma::norm(s.balance - centred)) {
        s.balance += centred;
        s.next[s.front++] = row;
      } else {
        s.balance -= centred;
        s.next[--s.back] = row;
      }
    }
  }

 private:
  static void begin(OrderState& s) {
    s.next.resize(s.permutation.size());
    s.front = 0;
    s.back = s.next.size();
    s.gathered.reset();
    s.balance.reset();
  }
};

}  // namespace KAPPA_FILE

Method grab() {
  using KAPPA_FILE::Grab;
  return order<Grab>(
      {.title = "GraB",
       .idea = "Balance the gradients: a row whose centred gradient shortens the running sum goes to the front of the "
               "next epoch, any other is counted with the opposite sign and goes to the back. The first epoch is a "
               "random permutation.",
       .equation = "c = ∇fᵢ(x) − m;  ‖s + c‖ < ‖s − c‖: s ← s + c, i to the front, else s ← s − c, i to the back;  "
                   "after the epoch m ← its mean gradient, s ← 0",
       .cite = {{"Lu, Guo, De Sa", 2022, "GraB: Finding Provably Better Data Permutations than Random Reshuffling",
                 "arXiv:2205.10733"}}},
      {});
}

}  // namespace kappa::orders
