/// The erased optimizer over a concrete one: schedules are written into a copy of the parameters at each step.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "core/kinds/optimizer.hpp"

namespace kappa {

template <class M>
class OptimizerHolder final : public OptimizerModel {
 public:
  /// A real member; `maybe` where "auto" is allowed. It is one of the two.
  struct Real {
    std::string id;
    double M::*real = nullptr;
    std::optional<double> M::*maybe = nullptr;

    // A method too small for such a member has none: the compiler is told, or it warns of what never runs.
    static constexpr bool has_real = sizeof(M) >= sizeof(double),
                          has_maybe = sizeof(M) >= sizeof(std::optional<double>);
    void set(M& m, double value) const {
      if constexpr (has_real)
        if (real != nullptr) m.*real = value;
      if constexpr (has_maybe)
        if (maybe != nullptr) m.*maybe = value;
    }
    std::optional<double> of(const M& m) const {
      if constexpr (has_real)
        if (real != nullptr) return m.*real;
      if constexpr (has_maybe)
        if (maybe != nullptr) return m.*maybe;
      return std::nullopt;
    }
  };
  struct Scheduled {
    Real member;
    std::shared_ptr<const ScheduleModel> schedule;
  };

  OptimizerHolder(M method, Needs needs, std::vector<Scheduled> scheduled, const Params<M>& params)
      : method_(std::move(method)), needs_(needs), scheduled_(std::move(scheduled)) {
    for (const Param<M>& param : params)
      if (param.is_real()) reals_.push_back({param.field.id, param.real, param.maybe});
  }

  AnyState init(const Blocks& x0) const override { return AnyState::of(method_.init(x0)); }
  Step step(AnyState& s, const StepContext& c, Blocks& out) const override {
    auto& state = s.template as<typename M::State>();
    if (scheduled_.empty()) return method_.step(state, c, out);
    return at(c.t, c.horizon).step(state, c, out);
  }
  bool judges_another() const override {
    if constexpr (requires(const M m) { m.judges_another(); })
      return method_.judges_another();
    else
      return has_iterate;
  }
  const Blocks& iterate(const AnyState& s, const Blocks& x) const override {
    if constexpr (has_iterate)
      return method_.iterate(s.template as<typename M::State>(), x);
    else
      return x;
  }
  Law laws() const override {
    if constexpr (requires(const M m) { m.laws(); })
      return at(0, 1).laws();
    else
      return Law::none;
  }
  Needs needs() const override { return needs_; }
  std::optional<double> value(std::string_view field, std::uint64_t t, std::uint64_t horizon) const override {
    for (const Scheduled& one : scheduled_)
      if (one.member.id == field) return one.schedule->value(t, horizon);
    for (const Real& real : reals_)
      if (real.id == field) return real.of(method_);
    return std::nullopt;
  }

 private:
  static constexpr bool has_iterate = requires(const M m, const typename M::State& s, const Blocks& x) {
    { m.iterate(s, x) } -> std::same_as<const Blocks&>;
  };
  M at(std::uint64_t t, std::uint64_t horizon) const {
    M now = method_;
    for (const Scheduled& one : scheduled_) one.member.set(now, one.schedule->value(t, horizon));
    return now;
  }

  M method_;
  Needs needs_;
  std::vector<Scheduled> scheduled_;
  std::vector<Real> reals_;
};

/// Needs of the optimizers chosen in the node's slots.
Needs needs_of_slots(const std::vector<Field>& fields, const Node& node);

template <OptimizerMethod M>
Method optimizer(Card card, Params<M> params) {
  for (Param<M>& param : params) {
    const auto* real = std::get_if<Range>(&param.field.domain);
    if (real == nullptr || param.extra.fixed) continue;
    param.field.live = true;
    param.field.schedulable = param.is_real();
  }
  std::vector<Field> fields = fields_of(params);
  const Needs needs = card.needs;
  return {.kind = Kind::optimizer,
          .card = std::move(card),
          .fields = fields,
          .make = Maker<OptimizerModel>(
              [params = std::move(params), fields, needs](const Node& node) -> std::shared_ptr<const OptimizerModel> {
                std::vector<typename OptimizerHolder<M>::Scheduled> scheduled;
                for (const Param<M>& param : params) {
                  const auto given = node.params.find(param.field.id);
                  if (given == node.params.end() || !param.is_real()) continue;
                  if (const auto* inner = std::get_if<NodePtr>(&given->second))
                    scheduled.push_back({{param.field.id, param.real, param.maybe}, make_schedule(**inner)});
                }
                return std::make_shared<const OptimizerHolder<M>>(
                    bind(params, node), needs | needs_of_slots(fields, node), std::move(scheduled), params);
              })};
}

}  // namespace kappa
