/// What a schedule is: a multiplier s_t of the step t = 0 .. T-1, times `peak`, with a linear warm-up.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <memory>
#include <utility>

#include "core/kinds/method.hpp"
#include "core/kinds/param.hpp"

namespace kappa {

/// `warmup` is the number of warm-up steps w; a method that uses it itself says `owns_warmup`.
struct ScheduleTime {
  std::uint64_t t = 0, horizon = 0;
  double warmup = 0;

  /// t/T in [0, 1]; a run of no steps counts as one.
  double progress() const {
    const std::uint64_t last = std::max<std::uint64_t>(horizon, 1);
    return static_cast<double>(std::min(t, last)) / static_cast<double>(last);
  }
};

class ScheduleModel {
 public:
  virtual ~ScheduleModel() = default;
  virtual double multiplier(std::uint64_t t, std::uint64_t horizon) const = 0;  ///< warm-up included
  virtual double value(std::uint64_t t, std::uint64_t horizon) const = 0;       ///< peak times multiplier
};

template <class S>
concept ScheduleMethod = std::default_initializable<S> && requires(const S s, ScheduleTime time) {
  { s.multiplier(time) } -> std::convertible_to<double>;
};

template <class S>
class ScheduleHolder final : public ScheduleModel {
 public:
  ScheduleHolder(S s, double peak, double warmup) : s_(std::move(s)), peak_(peak), warmup_(warmup) {}
  double multiplier(std::uint64_t t, std::uint64_t horizon) const override {
    const double s = s_.multiplier({t, horizon, warmup_});
    if constexpr (requires { S::owns_warmup; })
      return s;
    else
      return warmup_ > 0 ? s * std::min(1.0, (static_cast<double>(t) + 1) / warmup_) : s;
  }
  double value(std::uint64_t t, std::uint64_t horizon) const override { return peak_ * multiplier(t, horizon); }

 private:
  S s_;
  double peak_, warmup_;
};

/// A parameter whose value is a schedule: what a study draws. `initial` is the node it starts from.
struct ScheduleSlot {
  Node initial{Kind::schedule, "linear_decay", {}};
  std::shared_ptr<const ScheduleModel> model;

  void choose(const Node& node) { model = make_schedule(node); }
};

/// Registers a schedule; `peak` and `warmup_steps` are added to its fields. A missing peak is the host field's default.
template <ScheduleMethod S>
Method schedule(Card card, Params<S> params) {
  std::vector<Field> fields = {{.id = "peak",
                                .symbol = "η",
                                .help = "value where the multiplier is 1",
                                .domain = log_range(0, 1e6),
                                .initial = 0.01},
                               {.id = "warmup_steps",
                                .symbol = "w",
                                .unit = "steps",
                                .help = "multiplies by min(1, (t+1)/w)",
                                .domain = count(0, 1'000'000'000),
                                .initial = std::int64_t{0}}};
  for (Field& field : fields_of(params)) fields.push_back(std::move(field));
  return {.kind = Kind::schedule,
          .card = std::move(card),
          .fields = std::move(fields),
          .make = Maker<ScheduleModel>(
              [params = std::move(params)](const Node& node) -> std::shared_ptr<const ScheduleModel> {
                return std::make_shared<const ScheduleHolder<S>>(bind(params, node), number(node, "peak", 0.01),
                                                                 number(node, "warmup_steps", 0));
              })};
}

}  // namespace kappa
