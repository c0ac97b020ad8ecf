/// What a study is: a whole experiment. It declares figures, emits while it runs, and judges its trace afterwards.
#pragma once

#include <concepts>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/rng.hpp"
#include "core/figure/spec.hpp"
#include "core/kinds/claim.hpp"
#include "core/kinds/optimizer.hpp"
#include "core/kinds/outcome.hpp"

namespace kappa {

struct StopRule {
  double loss_below = 0;  ///< 0: never
  double diverged_above = 1e20;
};

/// Looks at every recorded loss of a descent; true ends it as `reached`. It may ask, last, what the way there has cost:
/// the point's own gradient belongs to the step from it.
class Watch {
 public:
  Watch() = default;
  template <class F>
  requires std::invocable<F&, std::uint64_t, const Blocks&, double, const Counts&> Watch(
      F f)  // NOLINT: a lambda is one
      : ask_(std::move(f)) {}
  template <class F>
  requires std::invocable<F&, std::uint64_t, const Blocks&, double> Watch(F f)  // NOLINT
      : ask_([f = std::move(f)](std::uint64_t t, const Blocks& x, double loss, const Counts&) mutable {
          return f(t, x, loss);
        }) {}
  explicit operator bool() const { return static_cast<bool>(ask_); }
  bool operator()(std::uint64_t t, const Blocks& x, double loss, const Counts& spent) const {
    return ask_(t, x, loss, spent);
  }

 private:
  std::function<bool(std::uint64_t, const Blocks&, double, const Counts&)> ask_;
};

/// A descent that a study composes from catalogue methods.
struct DescentSpec {
  std::shared_ptr<const ProblemModel> problem;  ///< from `StudyContext::problem`
  Node optimizer = {};
  std::uint64_t steps = 1000;
  std::uint64_t batch = 0;  ///< 0: full
  std::string order = "random_reshuffling";
  std::optional<Blocks> start = {};  ///< absent: the problem's own
  std::vector<Node> probes = {};     ///< beside the loss
  std::uint64_t loss_every = 1;
  StopRule stop = {};
  Watch until = {};        ///< may emit series and curves of its own on the context
  std::uint64_t part = 0;  ///< of descents that go on from each other: each sees batches and noise of its own
};

struct DescentResult {
  Outcome outcome;
  Blocks x;                  ///< the judged iterate
  std::vector<double> loss;  ///< at steps 0, loss_every, ... and the last
  Counts counts;
};

/// What a study may do while it runs. Emission order decides the bytes; `parallel_for` keeps it in index order.
class StudyContext {
 public:
  virtual ~StudyContext() = default;
  virtual std::uint64_t seed() const = 0;  ///< of this repeat
  virtual std::uint64_t repeat() const = 0;
  Rng rng(std::string_view stream, std::uint64_t a = 0, std::uint64_t b = 0) const { return Rng(seed(), stream, a, b); }

  virtual void series(std::string_view run, std::string_view name, std::uint64_t step, double y) = 0;
  virtual void spectrum(std::string_view run, std::string_view name, std::uint64_t step, const arma::vec& values) = 0;
  virtual void curve(std::string_view run, std::string_view name, double x, double y) = 0;
  virtual void field(std::string_view run, std::string_view name, const std::vector<FieldCell>& cells) = 0;
  virtual void theory(TheoryKind kind, std::string_view run, std::string_view series, std::string_view curve,
                      const std::vector<double>& x, const std::vector<double>& y) = 0;
  /// A named place on the x axis that theory tells of: a line through the whole height of the picture.
  void vertical(TheoryKind kind, std::string_view run, std::string_view series, std::string_view name, double x) {
    constexpr double top = std::numeric_limits<double>::infinity();
    theory(kind, run, series, name, {x, x}, {-top, top});
  }

  virtual std::shared_ptr<const ProblemModel> problem(const Node& node) = 0;           ///< built from this seed
  virtual DescentResult descent(std::string_view label, const DescentSpec& spec) = 0;  ///< streamed as a run
  virtual DescentResult quietly(const DescentSpec& spec) = 0;                          ///< not streamed
  /// Runs f(0) .. f(n-1) on the free workers; each call gets a context whose emissions are released in index order.
  virtual void parallel_for(std::size_t n, const std::function<void(std::size_t, StudyContext&)>& f) = 0;
  virtual bool stopping() const = 0;  ///< asked to stop: return soon
  virtual void progress(double fraction) = 0;
};

class StudyModel {
 public:
  virtual ~StudyModel() = default;
  virtual std::vector<FigureSpec> figures() const = 0;
  virtual void run(StudyContext& c) const = 0;
  virtual void judge(const TraceView& trace, Verdicts& verdicts) const = 0;
};

template <class S>
concept StudyMethod = std::default_initializable<S> && std::copyable<S> &&
    requires(const S s, StudyContext& c, const TraceView& trace, Verdicts& v) {
  { s.figures() } -> std::same_as<std::vector<FigureSpec>>;
  s.run(c);
  s.judge(trace, v);
};

template <class S>
class StudyHolder final : public StudyModel {
 public:
  explicit StudyHolder(S s) : s_(std::move(s)) {}
  std::vector<FigureSpec> figures() const override { return s_.figures(); }
  void run(StudyContext& c) const override { s_.run(c); }
  void judge(const TraceView& trace, Verdicts& verdicts) const override { s_.judge(trace, verdicts); }

 private:
  S s_;
};

/// Registers a study; its params are the document's `settings`.
template <StudyMethod S>
Method study(Card card, Params<S> params) {
  std::vector<Field> fields = fields_of(params);
  return {
      .kind = Kind::study,
      .card = std::move(card),
      .fields = std::move(fields),
      .make = Maker<StudyModel>([params = std::move(params)](const Node& node) -> std::shared_ptr<const StudyModel> {
        return std::make_shared<const StudyHolder<S>>(bind(params, node));
      })};
}

/// f, and its gradient, over all rows, without the noise of a step. Nobody is billed.
double value_of(const ProblemModel& problem, const Blocks& x);
double value_gradient_of(const ProblemModel& problem, const Blocks& x, Blocks& g);

/// A function on a rectangle: `columns` by `rows` places from corner to corner, as a landscape or heat map takes them.
std::vector<FieldCell> surface(const Plane& where, std::uint32_t columns, std::uint32_t rows,
                               const std::function<double(double x, double y)>& f);
/// A point of a path in the plane; the places of a path follow each other by `t`.
FieldCell path_point(std::uint64_t t, double x, double y, double value = 0);

/// A node in one line: `node(Kind::optimizer, "adam", {{"learning_rate", 0.1}})`.
Node node(Kind kind, std::string id, std::map<std::string, Value, std::less<>> params = {});

}  // namespace kappa
