/// What an init is: where a run starts, given the problem.
#pragma once

#include <concepts>
#include <memory>
#include <utility>

#include "core/kinds/method.hpp"
#include "core/kinds/param.hpp"
#include "core/kinds/problem.hpp"

namespace kappa {

class InitModel {
 public:
  virtual ~InitModel() = default;
  virtual Blocks start(const ProblemModel& problem, Rng rng) const = 0;  ///< may throw DataError
};

template <class I>
concept InitMethod = std::default_initializable<I> && requires(const I i, const ProblemModel& p, Rng rng) {
  { i.start(p, rng) } -> std::same_as<Blocks>;
};

template <class I>
class InitHolder final : public InitModel {
 public:
  explicit InitHolder(I i) : i_(std::move(i)) {}
  Blocks start(const ProblemModel& problem, Rng rng) const override { return i_.start(problem, rng); }

 private:
  I i_;
};

template <InitMethod I>
Method init(Card card, Params<I> params) {
  std::vector<Field> fields = fields_of(params);
  return {.kind = Kind::init,
          .card = std::move(card),
          .fields = std::move(fields),
          .make = Maker<InitModel>([params = std::move(params)](const Node& node) -> std::shared_ptr<const InitModel> {
            return std::make_shared<const InitHolder<I>>(bind(params, node));
          })};
}

}  // namespace kappa
