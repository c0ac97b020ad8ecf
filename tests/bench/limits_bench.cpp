/// What this machine can do at most, with one thread: the limits that the table holds the other rows against.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <armadillo>

namespace kappa {
namespace {

constexpr double kib = 1024, mib = 1024 * kib;

/// Bytes of a cache, or what is usual where the machine does not say.
double cache_size(int level) {
  for (const auto& cache : benchmark::CPUInfo::Get().caches)
    if (cache.level == level && cache.type != "Instruction") return cache.size;
  return level == 1 ? 32 * kib : level == 2 ? mib : 32 * mib;
}

arma::vec numbers(double bytes) {
  return arma::vec(static_cast<arma::uword>(bytes / sizeof(double)), arma::fill::ones);
}

/// Two arrays of so many bytes together are read.
void read(benchmark::State& state, double bytes) {
  const arma::vec a = numbers(bytes / 2), b = numbers(bytes / 2);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(arma::dot(a, b));
  state.counters["bytes"] = bytes;
}

/// Half of the first level, or of the second; far more than that, yet well inside the third; far more than the third.
void ReadL1(benchmark::State& state) { read(state, cache_size(1) / 2); }
void ReadL2(benchmark::State& state) { read(state, cache_size(2) / 2); }
void ReadL3(benchmark::State& state) { read(state, std::min(8 * cache_size(2), cache_size(3) / 2)); }
void ReadMemory(benchmark::State& state) { read(state, 4 * cache_size(3)); }

/// a = b + s c. Each array alone is beyond the caches.
void Triad(benchmark::State& state) {
  const double bytes = 4.5 * cache_size(3);
  arma::vec a = numbers(bytes / 3);
  const arma::vec b = numbers(bytes / 3), c = numbers(bytes / 3);
  for ([[maybe_unused]] auto _ : state) {
    a = b + 3.0 * c;
    benchmark::ClobberMemory();
  }
  state.counters["bytes"] = bytes;
}

void Dgemm(benchmark::State& state) {
  const auto n = static_cast<arma::uword>(state.range(0));
  const arma::mat a(n, n, arma::fill::ones), b(n, n, arma::fill::ones);
  arma::mat c(n, n);
  for ([[maybe_unused]] auto _ : state) {
    c = a * b;
    benchmark::ClobberMemory();
  }
  state.counters["flops"] = 2.0 * static_cast<double>(n * n * n);
}

BENCHMARK(ReadL1)->Name("Limit/L1/read");
BENCHMARK(ReadL2)->Name("Limit/L2/read");
BENCHMARK(ReadL3)->Name("Limit/L3/read");
BENCHMARK(ReadMemory)->Name("Limit/memory/read")->Unit(benchmark::kMillisecond);
BENCHMARK(Triad)->Name("Limit/memory/triad")->Unit(benchmark::kMillisecond);
BENCHMARK(Dgemm)->Name("Limit/dgemm")->Arg(512)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kappa
