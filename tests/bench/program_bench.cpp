/// The command line as its users see it: whole programs, start and files included.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace kappa {
namespace {

namespace fs = std::filesystem;

/// A folder of its own, gone at the end.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("kappa_program_bench_" + std::to_string(getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

/// Runs the kappascope-cli that lies beside this program, in silence; true when it ends with 0.
bool cli(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), fs::read_symlink("/proc/self/exe").parent_path() / "kappascope-cli");
  std::vector<char*> argv;
  for (std::string& one : arguments) argv.push_back(one.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int refused = posix_spawn(&child, argv[0], &files, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  int status = 0;
  return refused == 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void run_cli(benchmark::State& state, const std::vector<std::string>& arguments) {
  for ([[maybe_unused]] auto _ : state)
    if (!cli(arguments)) return state.SkipWithError("kappascope-cli is not there or failed");
}

/// `run` of a document, with results in a fresh folder.
void run_document(benchmark::State& state, const std::string& document, const std::string& threads) {
  const Folder folder;
  const std::string file = folder / "document.kappa.json";
  std::ofstream(file) << document;
  run_cli(state,
          {"run", file, "--out", folder / "results", "--force", "--quiet", "--no-pictures", "--threads", threads});
}

void Version(benchmark::State& state) { run_cli(state, {"--version"}); }
void List(benchmark::State& state) { run_cli(state, {"list", "optimizers"}); }

/// What app/start does where there is no display, pictures and claims included.
void DefaultExperiment(benchmark::State& state) {
  const Folder folder;
  run_cli(state, {"run", "conditioning", "--out", folder / "results", "--force", "--quiet"});
  state.counters["limit"] = 300;
}

/// Equal runs that fit into the cores' own caches; the loss is recorded every so many steps.
std::string logistic(int runs, int every) {
  std::string all;
  for (int i = 0; i < runs; ++i)
    all += std::string(i > 0 ? ", " : "") + R"({"label": "run )" + std::to_string(i + 1) +
           R"(", "optimizer": {"type": "adam", "learning_rate": 0.01}})";
  return R"({"kappascope": 1, "study": "descent", "steps": 50000, "theories": "none",
    "problem": {"type": "logistic_regression", "samples": 400, "features": 50},
    "probes": [{"type": "loss", "every": )" +
         std::to_string(every) + "}], \"runs\": [" + all + "]}";
}

void EveryStep(benchmark::State& state) {
  run_document(state, logistic(1, 1), "1");
  state.counters["target"] = 1 / 1.15;
}
void NoStep(benchmark::State& state) { run_document(state, logistic(1, 50000), "1"); }
void TwoCores(benchmark::State& state) {
  run_document(state, logistic(2, 1000), "2");
  state.counters["target"] = 1.9;
}
void OneCore(benchmark::State& state) { run_document(state, logistic(2, 1000), "1"); }

void once(benchmark::internal::Benchmark* row) { row->Iterations(1)->Unit(benchmark::kMillisecond)->UseRealTime(); }
BENCHMARK(Version)->Name("Program/version")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(List)->Name("Program/list_optimizers")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(DefaultExperiment)->Name("Program/default_experiment")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(EveryStep)->Name("Program/csv_every_step/ours")->Apply(once);
BENCHMARK(NoStep)->Name("Program/csv_every_step/plain")->Apply(once);
BENCHMARK(TwoCores)->Name("Program/two_runs_two_cores/ours")->Apply(once);
BENCHMARK(OneCore)->Name("Program/two_runs_two_cores/plain")->Apply(once);

}  // namespace
}  // namespace kappa
