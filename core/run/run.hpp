/// One run's world: problem, optimizer, memory, point. It advances by steps and emits what its probes see.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/kinds/init.hpp"
#include "core/kinds/order.hpp"
#include "core/kinds/probe.hpp"
#include "core/kinds/study.hpp"
#include "core/stream/sink.hpp"

namespace kappa {

/// An edit at a step boundary. `field` is relative to the run's optimizer: "learning_rate", "base/learning_rate".
struct Edit {
  std::uint64_t step = 0;
  bool stop = false;
  std::string field;
  Value value;
};

/// All that a run needs, resolved from a document or from a study's spec. Cheap to copy.
struct RunPlan {
  std::string label;
  std::uint64_t repeat = 0, seed = 1;
  Node optimizer;
  std::shared_ptr<const ProblemModel> problem;  ///< already lifted where the optimizer works on the estimate
  std::shared_ptr<const InitModel> init;        ///< null: the problem's own start
  std::optional<Blocks> start;                  ///< given: instead of init
  std::shared_ptr<const OrderModel> order;      ///< null with full batches
  std::uint64_t steps = 1000, batch = 0;
  std::vector<std::shared_ptr<const ProbeModel>> probes;  ///< loss first
  StopRule stop;
  std::vector<Edit> edits;                       ///< by step
  std::shared_ptr<const Slice> slice = nullptr;  ///< the plane of a path; null where none is drawn
  Watch until;
  bool silent = false;  ///< only the loss is measured, nothing is emitted: a fork's parent
};

/// No I/O, no lock, no thread. A copy is an exact checkpoint: it goes on bit for bit.
class Run final : private Sampler {
 public:
  explicit Run(RunPlan plan);  ///< may throw DataError or Refused
  Run(const Run& other);
  Run& operator=(const Run&) = delete;
  ~Run() override = default;

  /// At most `steps` steps; the outcome once it has ended. Emits on `sink` unless silent.
  std::optional<Outcome> advance(std::uint64_t steps, Sink& sink);
  std::unique_ptr<Run> fork() const { return std::make_unique<Run>(*this); }
  /// Goes on as another run of the document: new label, optimizer, edits, probes; the memory stays if the type does.
  std::unique_ptr<Run> continued_as(RunPlan plan) const;

  void queue(Edit edit) { plan_.edits.push_back(std::move(edit)); }  ///< at this step or later
  std::uint64_t step() const { return t_; }
  std::uint64_t steps() const { return plan_.steps; }
  double loss() const { return loss_; }  ///< recorded last
  double best_loss() const { return best_loss_; }
  const Blocks& judged() const { return optimizer_->iterate(state_, x_); }
  const Counts& counts() const { return counts_; }
  std::span<const std::uint32_t> sample() const { return rows_; }  ///< of the step ahead; empty: all rows
  const RunPlan& plan() const { return plan_; }
  double probe_seconds() const { return probe_seconds_; }
  /// Which of the plan's probes cannot look at this run, and why.
  const std::vector<std::pair<std::size_t, std::string>>& refusals() const { return refusals_; }

 private:
  class Emitter;
  struct Attached {
    std::shared_ptr<const ProbeModel> model;
    Declared declared;
    std::vector<std::uint32_t> channels = {};  ///< opened at first emission
    bool momentum = false;                     ///< looks at what the step shows
  };
  /// `point`: what belongs to x_t. `step`: what belongs to the step from it. `rest`: of the point, what its cadence
  /// left out, when the run ends there.
  enum class Phase : std::uint8_t { point, step, rest };
  std::span<const std::uint32_t> rows(std::uint64_t t, std::string_view stream,
                                      std::vector<std::uint32_t>& room) override;
  void show_order();
  void declare_probes();
  void open_channels(Sink& sink);
  std::optional<Outcome> apply_edits();
  void edit(const std::string& field, const Value& value);
  std::optional<Outcome> arrive(Emitter& out);  ///< evaluates and measures the point; the step may wait
  std::optional<Outcome> depart(Emitter& out);  ///< edits, computes the step, measures it and takes it
  std::optional<double> measure(Emitter& out, Phase phase, Step kind = Step::by);
  bool wanted(const Attached& probe, Phase phase) const;
  std::optional<Outcome> judge_loss(std::optional<double> loss);
  bool last() const { return t_ >= plan_.steps || broken_; }
  double lap();  ///< seconds since the last call

  RunPlan plan_;
  std::shared_ptr<const OptimizerModel> optimizer_;
  AnyState state_;
  Blocks x_, g_, out_, before_;
  Blocks probed_gradient_;  ///< room for the full gradient, where the step's own is another
  Counts counts_, counts_before_;
  Oracle oracle_, watcher_;  ///< billed to the run; all rows, for probes
  OrderState order_state_;
  std::vector<std::uint32_t> rows_;
  StepLog log_;
  std::vector<Attached> probes_;
  std::vector<std::pair<std::size_t, std::string>> refusals_;
  std::uint32_t cost_channel_ = 0;
  bool opened_ = false, arrived_ = false, has_gradient_ = false, broken_ = false;
  std::size_t next_edit_ = 0;
  std::uint64_t t_ = 0;
  double f_ = 0, loss_ = 0, best_loss_ = 0, probe_seconds_ = 0, work_seconds_ = 0;
  std::chrono::steady_clock::time_point lap_begun_;
  Effort effort_before_;  ///< as of the point: what its own gradient costs belongs to the step
  std::optional<Outcome> outcome_;
};

/// The plan's problem as its optimizer sees it: lifted where the card says so, unless it is already. Throws Refused
/// when it cannot be.
std::shared_ptr<const ProblemModel> seen_by(const OptimizerModel& optimizer,
                                            std::shared_ptr<const ProblemModel> problem);
/// Why this optimizer cannot run on this problem as it is configured, or nothing. `path` is the field of the problem
/// that would have to be another, or empty; `name` is what the problem is called.
std::optional<Issue> mismatch(const OptimizerModel& optimizer, const ProblemModel& problem,
                              std::string_view name = "this problem");

}  // namespace kappa
