/// Loss and gradient of regressions against two products with the data: all rows, few rows, and how long a factor
/// takes.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "core/kinds/problem.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/least_squares.hpp"
#include "core/random/logistic_solution.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace problems {
Method linear_regression();
Method logistic_regression();
}  // namespace problems

namespace {

std::shared_ptr<const ProblemModel> made(const Method& method, std::int64_t n, std::int64_t d) {
  auto model = std::get<MakeProblem>(method.make)(Node{Kind::problem, "", {{"samples", n}, {"features", d}}});
  model->build(Rng(1, "problem"));
  return model;
}

RegressionData some(std::int64_t n, std::int64_t d) {
  RegressionData data;
  data.samples = normal_matrix(Rng(1, "x"), static_cast<arma::uword>(d), static_cast<arma::uword>(n));
  data.y = arma::sign(normal_vector(Rng(1, "y"), static_cast<arma::uword>(n)));
  return data;
}

/// Each of these numbers is read once and used in two products; they are some of `all`, others each time.
void count_work(benchmark::State& state, double numbers, double all) {
  state.counters["flops"] = 4 * numbers;
  state.counters["bytes"] = 8 * numbers;
  state.counters["footprint"] = 8 * all;
}

/// A batch's rows, another one each step, as an order would draw them.
class Batches {
 public:
  Batches(std::int64_t n, std::int64_t batch) : rows_(permutation(Rng(1, "rows"), static_cast<std::uint32_t>(n))) {
    size_ = static_cast<std::size_t>(batch);
  }
  std::span<const std::uint32_t> next() {
    if (size_ == 0) return {};
    first_ = first_ + 2 * size_ > rows_.size() ? 0 : first_ + size_;
    return {rows_.data() + first_, size_};
  }

 private:
  std::vector<std::uint32_t> rows_;
  std::size_t size_ = 0, first_ = 0;
};

void ours(benchmark::State& state, const ProblemModel& problem, Batches batches) {
  const Blocks x = problem.start(Rng(1, "start"));
  Blocks g = zeros_like(x);
  Scratch room;
  Sample sample{{}, Rng(1, "noise"), room};
  problem.value_gradient(x, g, sample);  // what is made at first use
  for ([[maybe_unused]] auto _ : state) {
    sample.rows = batches.next();
    benchmark::DoNotOptimize(problem.value_gradient(x, g, sample));
    benchmark::ClobberMemory();
  }
}

/// Two passes: predictions, then the gradient of what `slopes` makes of them and the labels.
template <class Slopes>
void plain(benchmark::State& state, std::int64_t n, std::int64_t d, Batches batches, const Slopes& slopes) {
  const RegressionData data = some(n, d);
  const arma::vec w(data.features(), arma::fill::zeros);
  arma::vec r, g;
  for ([[maybe_unused]] auto _ : state) {
    const auto rows = batches.next();
    predictions(data, rows, w, r);
    benchmark::DoNotOptimize(slopes(data.y, rows, r));
    weighted_rows(data, rows, r, g);
    benchmark::ClobberMemory();
  }
}

double half_squares(const arma::vec& y, std::span<const std::uint32_t> rows, arma::vec& r) {
  for (arma::uword k = 0; k < r.n_elem; ++k) r[k] -= y[rows.empty() ? k : rows[k]];
  return 0.5 * arma::dot(r, r);
}

double log_losses(const arma::vec& y, std::span<const std::uint32_t> rows, arma::vec& m) {
  const auto label = [&](arma::uword k) { return y[rows.empty() ? k : rows[k]]; };
  for (arma::uword k = 0; k < m.n_elem; ++k) m[k] *= label(k);
  const double f = mean_log_loss(m);
  for (arma::uword k = 0; k < m.n_elem; ++k) m[k] = -label(k) * sigmoid(-m[k]);
  return f;
}

double numbers(std::int64_t rows, std::int64_t d) { return static_cast<double>(rows) * static_cast<double>(d); }

/// All n rows, where the triangle of X (d^2 / 2 numbers) says the same; or a batch.
void SquaresOurs(benchmark::State& state, std::int64_t n, std::int64_t d, std::int64_t batch, double target) {
  ours(state, *made(problems::linear_regression(), n, d), Batches(n, batch));
  const double triangle = numbers(d, d) / 2;
  count_work(state, batch > 0 ? numbers(batch, d) : triangle, batch > 0 ? numbers(n, d) : triangle);
  if (target > 0) state.counters["target"] = target;
}
void SquaresPlain(benchmark::State& state, std::int64_t n, std::int64_t d, std::int64_t batch) {
  plain(state, n, d, Batches(n, batch), half_squares);
}

void LogisticOurs(benchmark::State& state, std::int64_t n, std::int64_t d, std::int64_t batch, double target) {
  ours(state, *made(problems::logistic_regression(), n, d), Batches(n, batch));
  count_work(state, numbers(batch > 0 ? batch : n, d), numbers(n, d));
  if (target > 0) state.counters["target"] = target;
}
void LogisticPlain(benchmark::State& state, std::int64_t n, std::int64_t d, std::int64_t batch) {
  plain(state, n, d, Batches(n, batch), log_losses);
}

/// The triangle, the form around the minimum and all facts, against the SVD of X that the facts alone would take.
void SetUpOurs(benchmark::State& state, std::int64_t n, std::int64_t d) {
  const RegressionData data = some(n, d);
  Scratch room;
  for ([[maybe_unused]] auto _ : state) {
    const LeastSquares fit(data, 0);
    benchmark::DoNotOptimize(fit.facts().minimum);
  }
  state.counters["flops"] = 2 * numbers(n, d) * static_cast<double>(d);
}
void SetUpPlain(benchmark::State& state, std::int64_t n, std::int64_t d) {
  const RegressionData data = some(n, d);
  arma::mat u, v;
  arma::vec s;
  for ([[maybe_unused]] auto _ : state) {
    const RegressionData copy = data;
    benchmark::DoNotOptimize(thin_svd(copy.samples, u, s, v));
  }
  state.counters["flops"] = 2 * numbers(n, d) * static_cast<double>(d);
}

BENCHMARK_CAPTURE(SquaresOurs, _, 2000, 200, 0, 20)->Name("LeastSquares/gradient_2000x200/ours");
BENCHMARK_CAPTURE(SquaresPlain, _, 2000, 200, 0)->Name("LeastSquares/gradient_2000x200/plain");
BENCHMARK_CAPTURE(SquaresOurs, _, 20000, 200, 0, 20)->Name("LeastSquares/gradient_20000x200/ours");
BENCHMARK_CAPTURE(SquaresPlain, _, 20000, 200, 0)->Name("LeastSquares/gradient_20000x200/plain");
BENCHMARK_CAPTURE(SquaresOurs, _, 200, 20, 0, 1)->Name("LeastSquares/gradient_200x20/ours");
BENCHMARK_CAPTURE(SquaresPlain, _, 200, 20, 0)->Name("LeastSquares/gradient_200x20/plain");
BENCHMARK_CAPTURE(SquaresOurs, _, 100, 20, 0, 1)->Name("LeastSquares/gradient_100x20/ours");
BENCHMARK_CAPTURE(SquaresPlain, _, 100, 20, 0)->Name("LeastSquares/gradient_100x20/plain");
BENCHMARK_CAPTURE(SquaresOurs, _, 2000, 1000, 0, 0)->Name("LeastSquares/gradient_2000x1000/ours");
BENCHMARK_CAPTURE(SquaresPlain, _, 2000, 1000, 0)->Name("LeastSquares/gradient_2000x1000/plain");
BENCHMARK_CAPTURE(SquaresOurs, _, 2000, 200, 32, 1)->Name("LeastSquares/batch_32_of_2000x200/ours");
BENCHMARK_CAPTURE(SquaresPlain, _, 2000, 200, 32)->Name("LeastSquares/batch_32_of_2000x200/plain");
BENCHMARK_CAPTURE(SquaresOurs, _, 2000, 10, 8, 1)->Name("LeastSquares/batch_8_of_2000x10/ours");
BENCHMARK_CAPTURE(SquaresPlain, _, 2000, 10, 8)->Name("LeastSquares/batch_8_of_2000x10/plain");
BENCHMARK_CAPTURE(SetUpOurs, _, 2000, 200)->Name("LeastSquares/facts_2000x200/ours")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(SetUpPlain, _, 2000, 200)->Name("LeastSquares/facts_2000x200/plain")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(LogisticOurs, _, 2000, 200, 0, 1.4)->Name("Logistic/gradient_2000x200/ours");
BENCHMARK_CAPTURE(LogisticPlain, _, 2000, 200, 0)->Name("Logistic/gradient_2000x200/plain");
BENCHMARK_CAPTURE(LogisticOurs, _, 20000, 200, 0, 1.4)->Name("Logistic/gradient_20000x200/ours");
BENCHMARK_CAPTURE(LogisticPlain, _, 20000, 200, 0)->Name("Logistic/gradient_20000x200/plain");
BENCHMARK_CAPTURE(LogisticOurs, _, 200, 50, 0, 1)->Name("Logistic/gradient_200x50/ours");
BENCHMARK_CAPTURE(LogisticPlain, _, 200, 50, 0)->Name("Logistic/gradient_200x50/plain");
BENCHMARK_CAPTURE(LogisticOurs, _, 2000, 100, 32, 1)->Name("Logistic/batch_32_of_2000x100/ours");
BENCHMARK_CAPTURE(LogisticPlain, _, 2000, 100, 32)->Name("Logistic/batch_32_of_2000x100/plain");

}  // namespace
}  // namespace kappa
