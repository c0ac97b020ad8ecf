/// What an optimizer is: parameters as members, memory as a copyable State, a const step that writes an update.
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/kinds/method.hpp"
#include "core/kinds/oracle.hpp"
#include "core/kinds/param.hpp"
#include "core/kinds/schedule.hpp"

namespace kappa {

/// `by`: out is the update. `to`: out is the next point. `done`: nothing more to do, out is not read.
enum class Step : std::uint8_t { by, to, done };

/// What a step tells beside its update: numbers and blocks that probes may show.
struct StepLog {
  std::map<std::string, double, std::less<>> numbers;
  std::map<std::string, Blocks, std::less<>> blocks;
  std::string why;            ///< why the step said `done`
  bool wants_blocks = false;  ///< a probe of this step looks at them; else `show` costs nothing
};

struct StepContext {
  std::uint64_t t, horizon;  ///< t from 0; horizon is the run's number of steps
  double f;                  ///< value and gradient of this step's sample at x, where `needs` has `gradient`
  const Blocks& x;
  const Blocks& g;
  Oracle& oracle;
  Rng rng;  ///< this step's own stream
  StepLog* log = nullptr;

  void report(std::string_view id, double value) const {
    if (log == nullptr) return;
    const auto it = log->numbers.find(id);
    if (it != log->numbers.end())
      it->second = value;
    else
      log->numbers.emplace(id, value);
  }
  void show(std::string_view id, const Blocks& blocks) const {
    if (log != nullptr && log->wants_blocks) log->blocks.insert_or_assign(std::string(id), blocks);
  }
  Step finish(std::string why) const;
  /// The same step seen by an inner optimizer that is handed another value and gradient.
  StepContext with(double other_f, const Blocks& other_g) const {
    return {t, horizon, other_f, x, other_g, oracle, rng, log};
  }
};

inline Step StepContext::finish(std::string why) const {
  if (log != nullptr) log->why = std::move(why);
  return Step::done;
}

template <class M>
concept OptimizerMethod = std::default_initializable<M> &&
    requires(const M m, typename M::State& s, const StepContext& c, const Blocks& x0, Blocks& out) {
  requires std::copyable<typename M::State>;
  { m.init(x0) } -> std::same_as<typename M::State>;
  { m.step(s, c, out) } -> std::same_as<Step>;
};
// Optional: `const Blocks& iterate(const State&, const Blocks& x) const`: what loss, probes, claims and parameters.csv
// judge, when it is not the point where gradients are taken; `bool judges_another() const`: a wrapper's, which says
// what its inner method says. `Law laws() const`.

/// A copyable box for any optimizer's memory.
class AnyState {
 public:
  AnyState() = default;
  template <class S>
  static AnyState of(S state) {
    AnyState any;
    any.box_ = std::make_unique<Boxed<S>>(std::move(state));
    return any;
  }
  AnyState(const AnyState& other) : box_(other.box_ ? other.box_->copy() : nullptr) {}
  AnyState(AnyState&&) noexcept = default;
  AnyState& operator=(AnyState other) noexcept {
    box_ = std::move(other.box_);
    return *this;
  }
  ~AnyState() = default;
  template <class S>
  S& as() const {
    return static_cast<Boxed<S>&>(*box_).state;
  }

 private:
  struct Box {
    virtual ~Box() = default;
    virtual std::unique_ptr<Box> copy() const = 0;
  };
  template <class S>
  struct Boxed final : Box {
    explicit Boxed(S s) : state(std::move(s)) {}
    std::unique_ptr<Box> copy() const override { return std::make_unique<Boxed>(state); }
    S state;
  };
  std::unique_ptr<Box> box_;
};

/// The erased optimizer. Immutable: a live edit makes a new one from the edited node and keeps the state.
class OptimizerModel {
 public:
  virtual ~OptimizerModel() = default;
  virtual AnyState init(const Blocks& x0) const = 0;
  virtual Step step(AnyState& s, const StepContext& c, Blocks& out) const = 0;
  virtual bool judges_another() const = 0;  ///< `iterate` is not x itself
  virtual const Blocks& iterate(const AnyState& s, const Blocks& x) const = 0;
  virtual Law laws() const = 0;
  virtual Needs needs() const = 0;  ///< its own and its inner methods'
  /// A real field's value at step t, its schedule applied; none when there is no such field or it is "auto".
  virtual std::optional<double> value(std::string_view field, std::uint64_t t, std::uint64_t horizon) const = 0;
};

/// A parameter whose value is an optimizer: SAM's base, Muon's fallback. `initial` is the node it starts from.
struct OptimizerSlot {
  Node initial{Kind::optimizer, "gradient_descent", {}};
  std::shared_ptr<const OptimizerModel> model;

  void choose(const Node& node) { model = make_optimizer(node); }
  AnyState init(const Blocks& x0) const { return model->init(x0); }
  Step step(AnyState& s, const StepContext& c, Blocks& out) const { return model->step(s, c, out); }
  bool judges_another() const { return model->judges_another(); }
  const Blocks& iterate(const AnyState& s, const Blocks& x) const { return model->iterate(s, x); }
  Law laws() const { return model->laws(); }
};

/// Registers an optimizer: real fields are live and schedulable unless `fixed`.
template <OptimizerMethod M>
Method optimizer(Card card, Params<M> params);

}  // namespace kappa

#include "core/kinds/optimizer_holder.hpp"  // IWYU pragma: keep
