/// What a theory is: curves predicted from facts and parameters, exact, as a bound or as a guide.
#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/figure/spec.hpp"
#include "core/kinds/optimizer.hpp"

namespace kappa {

/// What a prediction may use: the problem as built, the optimizer's parameters, and the start; never the trajectory.
struct TheorySetup {
  const ProblemModel& problem;
  const Node& problem_node;
  const OptimizerModel& optimizer;
  const Node& optimizer_node;
  std::uint64_t horizon;
  std::uint64_t batch;  ///< 0: full batch
  const Blocks& start;
  double start_loss;

  /// The field's value when it is a plain number that no schedule changes.
  std::optional<double> constant(std::string_view field) const;
};

struct TheoryCurve {
  std::string series;  ///< the measured series or spectrum it stands beside
  std::string curve;   ///< its own name in the legend
  TheoryKind kind = TheoryKind::exact;
  std::vector<double> x, y;  ///< x: step, or index for spectra
};

/// One condition under which a theory holds, with today's numbers: "η < 2/L: 0.019 < 0.020".
struct Assumption {
  std::string field, text;
  bool holds = true;
};

/// A field's value that no other betters on this problem. Those that one theory names belong together.
struct BestValue {
  std::string field;
  Value value;
  std::string why;  ///< "2/(L+μ), the fastest constant step"
};

class TheoryModel {
 public:
  virtual ~TheoryModel() = default;
  virtual bool applies(const TheorySetup& setup) const = 0;
  virtual std::vector<TheoryCurve> curves(const TheorySetup& setup) const = 0;  ///< nothing where it does not apply
  virtual std::vector<Assumption> assumptions(const TheorySetup& setup) const = 0;
  virtual std::vector<BestValue> best(const TheorySetup& setup) const = 0;
};

template <class T>
concept TheoryMethod = std::default_initializable<T> && requires(const T t, const TheorySetup& setup) {
  { t.applies(setup) } -> std::same_as<bool>;
  { t.curves(setup) } -> std::same_as<std::vector<TheoryCurve>>;
};
// Optional: `std::vector<Assumption> assumptions(const TheorySetup&) const` and `std::vector<BestValue> best(...)
// const`.

template <class T>
class TheoryHolder final : public TheoryModel {
 public:
  explicit TheoryHolder(T t) : t_(std::move(t)) {}
  bool applies(const TheorySetup& setup) const override { return t_.applies(setup); }
  std::vector<TheoryCurve> curves(const TheorySetup& setup) const override {
    return t_.applies(setup) ? t_.curves(setup) : std::vector<TheoryCurve>{};
  }
  std::vector<Assumption> assumptions(const TheorySetup& setup) const override {
    if constexpr (requires(const T t) { t.assumptions(setup); }) {
      if (t_.applies(setup)) return t_.assumptions(setup);
    }
    return {};
  }
  std::vector<BestValue> best(const TheorySetup& setup) const override {
    if constexpr (requires(const T t) { t.best(setup); }) {
      if (t_.applies(setup)) return t_.best(setup);
    }
    return {};
  }

 private:
  T t_;
};

template <TheoryMethod T>
Method theory(Card card, Params<T> params = {}) {
  std::vector<Field> fields = fields_of(params);
  return {
      .kind = Kind::theory,
      .card = std::move(card),
      .fields = std::move(fields),
      .make = Maker<TheoryModel>([params = std::move(params)](const Node& node) -> std::shared_ptr<const TheoryModel> {
        return std::make_shared<const TheoryHolder<T>>(bind(params, node));
      })};
}

/// Steps at which a prediction over [0, horizon] is drawn: all when few, else some 2000 of them.
std::vector<double> theory_steps(std::uint64_t horizon);

/// "1.98 < 2.00": two numbers with as many digits as tell them apart, and how they really compare.
std::string comparison(double left, double right);

/// Ends a curve where it leaves the finite numbers: a diverging prediction.
void keep_finite(TheoryCurve& curve);

}  // namespace kappa
