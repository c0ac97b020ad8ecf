/// What a batch order is: which rows of the data step t sees. It depends on the seed and t, and of the run on nothing
/// but the gradients that it is shown, if it asks for them.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/blocks.hpp"
#include "core/base/rng.hpp"
#include "core/kinds/method.hpp"
#include "core/kinds/param.hpp"

namespace kappa {

struct OrderContext {
  std::uint64_t t, rows, batch;  ///< 1 <= batch <= rows
  std::uint64_t seed;
  std::string_view stream = "batch";                                        ///< another name: an independent sample
  std::uint64_t epoch_steps() const { return (rows + batch - 1) / batch; }  ///< the last may be shorter
};

/// Memory of an order: the permutation of the epoch it is in, and which one that is. Of another seed, stream or number
/// of rows it is drawn anew.
struct OrderState {
  std::vector<std::uint32_t> permutation;
  std::uint64_t epoch = ~std::uint64_t{0};
  std::uint64_t seed = 0;
  std::string stream = {};
  arma::vec mean = {}, gathered = {}, balance = {};  ///< of gradients, for an order that looks at them
  std::vector<std::uint32_t> next = {};              ///< the coming epoch, filled from both ends
  std::size_t front = 0, back = 0;
};

/// The gradient of one row of the data, flat.
using RowGradient = std::function<const arma::vec&(std::uint32_t row)>;

class OrderModel {
 public:
  virtual ~OrderModel() = default;
  virtual void rows(OrderState& state, const OrderContext& c, std::vector<std::uint32_t>& out) const = 0;
  virtual bool looks() const { return false; }  ///< it asks to be shown the gradients
  /// The step has taken its gradient: `one(row)` gives that of a single row at the same point.
  virtual void saw(OrderState&, const OrderContext&, std::span<const std::uint32_t>, const RowGradient&) const {}
};

template <class O>
concept OrderMethod = std::default_initializable<O> &&
    requires(const O o, OrderState& s, const OrderContext& c, std::vector<std::uint32_t>& out) {
  o.rows(s, c, out);
};

/// Optional: an order that looks at the gradients has `saw`.
template <class O>
inline constexpr bool looking = requires(const O o, OrderState& s, const OrderContext& c,
                                         std::span<const std::uint32_t> rows, const RowGradient& one) {
  o.saw(s, c, rows, one);
};

template <class O>
class OrderHolder final : public OrderModel {
 public:
  explicit OrderHolder(O o) : o_(std::move(o)) {}
  void rows(OrderState& state, const OrderContext& c, std::vector<std::uint32_t>& out) const override {
    o_.rows(state, c, out);
  }
  bool looks() const override { return looking<O>; }
  void saw(OrderState& state, const OrderContext& c, std::span<const std::uint32_t> rows,
           const RowGradient& one) const override {
    if constexpr (looking<O>) o_.saw(state, c, rows, one);
  }

 private:
  O o_;
};

template <OrderMethod O>
Method order(Card card, Params<O> params) {
  std::vector<Field> fields = fields_of(params);
  return {
      .kind = Kind::order,
      .card = std::move(card),
      .fields = std::move(fields),
      .make = Maker<OrderModel>([params = std::move(params)](const Node& node) -> std::shared_ptr<const OrderModel> {
        return std::make_shared<const OrderHolder<O>>(bind(params, node));
      })};
}

/// Draws the shuffle of `epoch` into the state unless it is there already.
void shuffle_epoch(OrderState& state, const OrderContext& c, std::uint64_t epoch);

/// The slice of the epoch's permutation that step t sees.
void epoch_slice(const std::vector<std::uint32_t>& permutation, const OrderContext& c, std::vector<std::uint32_t>& out);

}  // namespace kappa
