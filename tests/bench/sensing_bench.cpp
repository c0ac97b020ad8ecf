/// Loss and gradient of sampled sensing, against two dense products with whole measurements; and how long data take.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"
#include "core/random/sensing.hpp"

namespace kappa {
namespace problems {
Method matrix_sensing();
Method asymmetric_sensing();
}  // namespace problems

namespace {

using Given = std::map<std::string, Value, std::less<>>;

std::shared_ptr<const ProblemModel> made(const Method& method, Given given) {
  given.insert({{"observation", std::string("sampled")}, {"rank", std::int64_t{6}}, {"init_scale", 0.5}});
  auto model = std::get<MakeProblem>(method.make)(Node{Kind::problem, "", std::move(given)});
  model->build(Rng(1, "problem"));
  return model;
}

/// Both products with the measurements, which are swept once, and `thin` operations on the factors.
void count_work(benchmark::State& state, arma::uword length, arma::uword count, arma::uword thin) {
  state.counters["flops"] = static_cast<double>(4 * length * count + thin);
  state.counters["bytes"] = static_cast<double>(8 * length * count);
}

void ours(benchmark::State& state, const ProblemModel& problem, const std::vector<std::uint32_t>& rows) {
  const Blocks x = problem.start(Rng(1, "start"));
  Blocks g = zeros_like(x);
  Scratch room;
  const Sample sample{rows, Rng(1, "noise"), room};
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(problem.value_gradient(x, g, sample));
    benchmark::ClobberMemory();
  }
}

std::vector<std::uint32_t> first(std::int64_t batch) {
  std::vector<std::uint32_t> rows(static_cast<std::size_t>(batch));
  for (std::size_t k = 0; k < rows.size(); ++k) rows[k] = static_cast<std::uint32_t>(k);
  return rows;
}

std::shared_ptr<const ProblemModel> symmetric(std::int64_t n, std::int64_t m) {
  return made(problems::matrix_sensing(), {{"dimension", n}, {"measurements", m}});
}

/// All of m measurements, or a batch.
void SymmetricOurs(benchmark::State& state, std::int64_t n, std::int64_t m, std::int64_t batch, double target) {
  ours(state, *symmetric(n, m), first(batch));
  const auto side = static_cast<arma::uword>(n);
  count_work(state, side * (side + 1) / 2, static_cast<arma::uword>(batch > 0 ? batch : m), 3 * side * side * 6);
  if (target > 0) state.counters["target"] = target;
}

void SymmetricPlain(benchmark::State& state, std::int64_t n, std::int64_t m, std::int64_t batch) {
  const auto side = static_cast<arma::uword>(n), count = static_cast<arma::uword>(m);
  const arma::mat a = symmetric_sensing(Rng(1, "design"), side, count).measurements();
  const arma::mat x = normal_matrix(Rng(1, "start"), side, 6) * 0.1;
  const arma::vec y = normal_vector(Rng(1, "y"), count);
  arma::mat z, sum(side, side), g;
  arma::vec r, flat(sum.memptr(), sum.n_elem, false, true);
  double f = 0;
  for ([[maybe_unused]] auto _ : state) {
    z = x * x.t();
    const arma::vec point(z.memptr(), z.n_elem, false, true);
    if (batch == 0) {
      r = a.t() * point - y;
      flat = a * r;
    } else {
      r.set_size(static_cast<arma::uword>(batch));
      for (arma::uword k = 0; k < r.n_elem; ++k) r[k] = arma::dot(a.col(k), point) - y[k];
      flat.zeros();
      for (arma::uword k = 0; k < r.n_elem; ++k) flat += r[k] * a.col(k);
    }
    g = sum * x;
    benchmark::DoNotOptimize(f += arma::dot(r, r));
    benchmark::ClobberMemory();
  }
}

void AsymmetricOurs(benchmark::State& state) {
  ours(state, *made(problems::asymmetric_sensing(), {{"measurements", std::int64_t{1000}}}), {});
  count_work(state, 2500, 1000, 6 * 2500 * 6);
}

void AsymmetricPlain(benchmark::State& state) {
  const arma::mat a = asymmetric_sensing(Rng(1, "design"), 50, 50, 1000).measurements();
  const arma::mat left = normal_matrix(Rng(1, "left"), 50, 6), right = normal_matrix(Rng(1, "right"), 50, 6);
  const arma::vec y = normal_vector(Rng(1, "y"), 1000);
  arma::mat z, sum(50, 50), f, g;
  arma::vec r, flat(sum.memptr(), sum.n_elem, false, true);
  double squares = 0;
  for ([[maybe_unused]] auto _ : state) {
    z = left * right.t();
    const arma::vec point(z.memptr(), z.n_elem, false, true);
    r = a.t() * point - y;
    flat = a * r;
    f = sum * right;
    g = sum.t() * left;
    benchmark::DoNotOptimize(squares += arma::dot(r, r));
    benchmark::ClobberMemory();
  }
}

void DataOurs(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(symmetric_sensing(Rng(1, "design"), 60, 1800).count());
}

/// Whole measurements from fresh matrices.
void DataPlain(benchmark::State& state) {
  const Rng rng(1, "design");
  for ([[maybe_unused]] auto _ : state) {
    arma::mat all(3600, 1800, arma::fill::none);
    for (arma::uword i = 0; i < all.n_cols; ++i) {
      const arma::mat g = normal_matrix(rng.child("measurement", i), 60, 60);
      all.col(i) = arma::vectorise(g + g.t()) * (0.5 / std::sqrt(1800.0));
    }
    benchmark::DoNotOptimize(all.memptr());
  }
}

BENCHMARK_CAPTURE(SymmetricOurs, _, 60, 1800, 0, 2.5)->Name("Sensing/symmetric_60x1800/ours");
BENCHMARK_CAPTURE(SymmetricPlain, _, 60, 1800, 0)->Name("Sensing/symmetric_60x1800/plain");
BENCHMARK_CAPTURE(SymmetricOurs, _, 100, 5000, 0, 2.5)->Name("Sensing/symmetric_100x5000/ours");
BENCHMARK_CAPTURE(SymmetricPlain, _, 100, 5000, 0)->Name("Sensing/symmetric_100x5000/plain");
BENCHMARK_CAPTURE(SymmetricOurs, _, 20, 200, 0, 0)->Name("Sensing/symmetric_20x200/ours");
BENCHMARK_CAPTURE(SymmetricPlain, _, 20, 200, 0)->Name("Sensing/symmetric_20x200/plain");
BENCHMARK_CAPTURE(SymmetricOurs, _, 5, 5, 0, 0)->Name("Sensing/symmetric_5x5/ours");
BENCHMARK_CAPTURE(SymmetricPlain, _, 5, 5, 0)->Name("Sensing/symmetric_5x5/plain");
BENCHMARK_CAPTURE(SymmetricOurs, _, 60, 1800, 32, 0)->Name("Sensing/batch_32_of_60x1800/ours");
BENCHMARK_CAPTURE(SymmetricPlain, _, 60, 1800, 32)->Name("Sensing/batch_32_of_60x1800/plain");
BENCHMARK_CAPTURE(SymmetricOurs, _, 20, 200, 1, 0)->Name("Sensing/one_of_20x200/ours");
BENCHMARK_CAPTURE(SymmetricPlain, _, 20, 200, 1)->Name("Sensing/one_of_20x200/plain");
BENCHMARK(AsymmetricOurs)->Name("Sensing/asymmetric_50x50x1000/ours");
BENCHMARK(AsymmetricPlain)->Name("Sensing/asymmetric_50x50x1000/plain");
BENCHMARK(DataOurs)->Name("Sensing/data_60x1800/ours")->Unit(benchmark::kMillisecond);
BENCHMARK(DataPlain)->Name("Sensing/data_60x1800/plain")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kappa
