/// The engine's own cost: steps on a landscape of two parameters, where the method costs next to nothing.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "core/run/planner.hpp"
#include "core/run/runner.hpp"

namespace kappa {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t short_run = 100'000, long_run = 1'000'000;
constexpr double promised_steps_per_second = 300'000;
constexpr double promised_overhead = 2e-6;  ///< seconds a step

class NullSink final : public NoSink {
 public:
  std::uint32_t open(const ChannelKey&) override { return channels_++; }
  void push(std::span<const Record> records) override { benchmark::DoNotOptimize(records.data()); }

 private:
  std::uint32_t channels_ = 0;
};

/// Gradient descent in Rosenbrock's valley, recording the loss and the gradient's norm at every step.
Document valley(std::uint64_t steps, int runs = 1) {
  std::string all;
  for (int i = 0; i < runs; ++i)
    all += (i > 0 ? ", {\"label\": \"GD " : "{\"label\": \"GD ") + std::to_string(i) +
           R"(", "optimizer": {"type": "gradient_descent", "learning_rate": 1e-4}})";
  Checked<Document> read = parse_document(R"({"kappascope": 1, "study": "descent",
    "problem": {"type": "landscape", "function": "rosenbrock"}, "probes": [{"type": "gradient_norm"}],
    "theories": [], "runs": [)" + all + "]}");
  if (const Issues* issues = issues_of(read)) throw std::logic_error(to_string(issues->front()));
  auto& document = std::get<Document>(read);
  document.steps = steps;
  return complete(document);
}

void count_steps(benchmark::State& state, std::uint64_t steps) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * steps));
}

/// What the steps cost without an engine around them.
void bare_steps(const ProblemModel& problem, std::uint64_t steps) {
  Blocks x = problem.start(Rng(1, "init")), g = zeros_like(x);
  Scratch scratch;
  const Sample all{{}, Rng(1, "noise"), scratch};
  for (std::uint64_t t = 0; t < steps; ++t) {
    benchmark::DoNotOptimize(problem.value_gradient(x, g, all));
    x.flat() -= 1e-4 * g.flat();
  }
  benchmark::DoNotOptimize(x.flat().memptr());
}

/// Oracle, probes and emission; the ring and what lies behind it run on another core.
bool engine_steps(const RunPlan& plan) {
  NullSink sink;
  Run run(plan);
  while (!run.advance(1024, sink)) {
  }
  return run.step() == run.steps();
}

void BareKernel(benchmark::State& state) {
  ProblemCache problems;
  const RunPlan plan = plan_run(valley(long_run), 0, 0, problems);
  for ([[maybe_unused]] auto _ : state) bare_steps(*plan.problem, long_run);
  count_steps(state, long_run);
}

void RunAlone(benchmark::State& state) {
  ProblemCache problems;
  const RunPlan plan = plan_run(valley(long_run), 0, 0, problems);
  for ([[maybe_unused]] auto _ : state)
    if (!engine_steps(plan)) state.SkipWithError("ended early");
  count_steps(state, long_run);
}

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// The time of the engine's steps less that of the bare ones, each time anew.
void Overhead(benchmark::State& state) {
  ProblemCache problems;
  const RunPlan plan = plan_run(valley(short_run), 0, 0, problems);
  for ([[maybe_unused]] auto _ : state) {
    const double begun = thread_seconds();
    bare_steps(*plan.problem, short_run);
    const double bare = thread_seconds();
    if (!engine_steps(plan)) state.SkipWithError("ended early");
    state.SetIterationTime((thread_seconds() - bare) - (bare - begun));
  }
  state.counters["limit"] = promised_overhead * static_cast<double>(short_run) * 1e3;  // milliseconds
}

/// With rings, the recorder's thread and the trace; with a directory also files.
void through_runner(benchmark::State& state, const Document& document, unsigned threads, const std::string& directory) {
  for ([[maybe_unused]] auto _ : state) {
    Runner runner(document, {.threads = threads, .directory = directory, .pictures = false});
    runner.wait();
    for (const RunStatus& run : runner.status().runs)
      if (run.step != document.steps) state.SkipWithError("ended early");
  }
  count_steps(state, document.steps * document.runs.size());
}

void Streamed(benchmark::State& state) { through_runner(state, valley(long_run), 1, ""); }
void Csv(benchmark::State& state) {
  const fs::path results = fs::temp_directory_path() / ("kappa_engine_bench_" + std::to_string(getpid()));
  through_runner(state, valley(long_run), 1, results);
  fs::remove_all(results);
}
/// The recorder's thread is a third one on the two cores.
template <unsigned Threads>
void TwoRuns(benchmark::State& state) {
  through_runner(state, valley(long_run, 2), Threads, "");
}

template <void (&Row)(benchmark::State&)>
void AtLeast(benchmark::State& state) {
  Row(state);
  state.counters["least_rate"] = promised_steps_per_second;
}

void threaded(benchmark::internal::Benchmark* row) { row->Unit(benchmark::kMillisecond)->UseRealTime(); }

BENCHMARK(BareKernel)->Name("Engine/valley/plain")->Unit(benchmark::kMillisecond);
BENCHMARK(AtLeast<RunAlone>)->Name("Engine/valley/ours")->Unit(benchmark::kMillisecond);
BENCHMARK(AtLeast<Streamed>)->Name("Engine/valley_streamed/ours")->Apply(threaded);
BENCHMARK(RunAlone)->Name("Engine/valley_streamed/plain")->Apply(threaded);
BENCHMARK(AtLeast<Csv>)->Name("Engine/valley_csv/ours")->Apply(threaded);
BENCHMARK(Streamed)->Name("Engine/valley_csv/plain")->Apply(threaded);
BENCHMARK(TwoRuns<2>)->Name("Engine/valley_two_cores/ours")->Apply(threaded);
BENCHMARK(TwoRuns<1>)->Name("Engine/valley_two_cores/plain")->Apply(threaded);
BENCHMARK(Overhead)->Name("Engine/overhead_of_100000_steps")->Unit(benchmark::kMillisecond)->UseManualTime();

}  // namespace
}  // namespace kappa
