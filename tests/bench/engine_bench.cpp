/// Steps a second on a landscape of two parameters, where the method costs next to nothing: the engine's own cost.
#include <benchmark/benchmark.h>

#include <stdexcept>

#include "core/run/planner.hpp"
#include "core/run/runner.hpp"

namespace kappa {
namespace {

class NullSink final : public NoSink {
 public:
  std::uint32_t open(const ChannelKey&) override { return channels_++; }
  void push(std::span<const Record> records) override { benchmark::DoNotOptimize(records.data()); }

 private:
  std::uint32_t channels_ = 0;
};

/// Gradient descent in Rosenbrock's valley, recording the loss and the gradient's norm at every step.
Document valley(std::uint64_t steps) {
  Checked<Document> read = parse_document(R"({"kappascope": 1, "study": "descent",
    "problem": {"type": "landscape", "function": "rosenbrock"}, "probes": [{"type": "gradient_norm"}],
    "theories": [],
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 1e-4}}]})");
  if (const Issues* issues = issues_of(read)) throw std::logic_error(to_string(issues->front()));
  auto& document = std::get<Document>(read);
  document.steps = steps;
  return complete(document);
}

void count_steps(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

void RunAlone(benchmark::State& state) {
  const Document document = valley(static_cast<std::uint64_t>(state.range(0)));
  ProblemCache problems;
  const RunPlan plan = plan_run(document, 0, 0, problems);
  NullSink sink;
  for ([[maybe_unused]] auto _ : state) {
    Run run(plan);
    while (!run.advance(1024, sink)) {
    }
    if (run.step() != run.steps()) state.SkipWithError("ended early");
  }
  count_steps(state);
}

/// With rings, the recorder's thread and the trace; nothing is written.
void ThroughRunner(benchmark::State& state) {
  const Document document = valley(static_cast<std::uint64_t>(state.range(0)));
  for ([[maybe_unused]] auto _ : state) {
    Runner runner(document, {.threads = 1, .pictures = false});
    runner.wait();
    if (runner.status().runs.front().step != document.steps) state.SkipWithError("ended early");
  }
  count_steps(state);
}

BENCHMARK(RunAlone)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(ThroughRunner)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace kappa
