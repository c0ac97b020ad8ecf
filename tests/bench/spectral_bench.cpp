/// Matrix functions: Newton-Schulz and Muon's step against three plain products, singular values against a full SVD.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/krylov.hpp"
#include "core/linalg/newton_schulz.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace optimizers {
Method muon();
}

namespace {

constexpr int kSteps = 5;

arma::mat sample(std::int64_t rows, std::int64_t cols) {
  return normal_matrix(Rng(1, "sample"), static_cast<arma::uword>(rows), static_cast<arma::uword>(cols));
}

/// What a step cannot do without: half of the symmetric XX' and A^2, and all of PX.
void count_products(benchmark::State& state, const arma::mat& g) {
  const auto n = static_cast<double>(std::min(g.n_rows, g.n_cols)), m = static_cast<double>(g.n_elem) / n;
  state.counters["flops"] = kSteps * (3 * n * n * m + n * n * n);
}

/// C <- A B or A B', by dgemm whatever A and B are.
void product(const arma::mat& a, const arma::mat& b, bool transposed, arma::mat& c) {
  const char plain = 'N', second = transposed ? 'T' : 'N';
  const auto m = static_cast<arma::blas_int>(a.n_rows), k = static_cast<arma::blas_int>(a.n_cols);
  const auto n = static_cast<arma::blas_int>(transposed ? b.n_rows : b.n_cols);
  const auto rows_of_b = static_cast<arma::blas_int>(b.n_rows);
  const double one = 1, zero = 0;
  c.set_size(a.n_rows, transposed ? b.n_rows : b.n_cols);
  arma::blas::gemm(&plain, &second, &m, &n, &k, &one, a.memptr(), &m, b.memptr(), &rows_of_b, &zero, c.memptr(), &m);
}

struct Plain {
  arma::mat x, gram, square, move;

  const arma::mat& operator()(const arma::mat& g) {
    const auto [a, b, c] = newton_schulz_coefficients(NewtonSchulz::quintic, 0);
    x = g / (arma::norm(g, "fro") + 1e-7);
    for (int i = 0; i < kSteps; ++i) {
      product(x, x, true, gram);
      product(gram, gram, false, square);
      square = b * gram + c * square;
      product(square, x, false, move);
      x = a * x + move;
    }
    return x;
  }
};

void OrthogonalOurs(benchmark::State& state, std::int64_t rows, std::int64_t cols, double target) {
  const arma::mat g = sample(rows, cols);
  NewtonSchulzWork work;
  arma::mat out;
  for ([[maybe_unused]] auto _ : state) {
    newton_schulz(g, kSteps, NewtonSchulz::quintic, work, out);
    benchmark::DoNotOptimize(out.memptr());
  }
  count_products(state, g);
  state.counters["target"] = target;
}

void OrthogonalPlain(benchmark::State& state, std::int64_t rows, std::int64_t cols) {
  const arma::mat g = sample(rows, cols);
  Plain plain;
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(plain(g).memptr());
}

/// The formula as one would write it down, temporaries and all.
void OrthogonalWritten(benchmark::State& state, std::int64_t rows, std::int64_t cols) {
  const arma::mat g = sample(rows, cols);
  const auto [a, b, c] = newton_schulz_coefficients(NewtonSchulz::quintic, 0);
  for ([[maybe_unused]] auto _ : state) {
    arma::mat x = g / (arma::norm(g, "fro") + 1e-7);
    for (int i = 0; i < kSteps; ++i) {
      const arma::mat gram = x * x.t();
      x = a * x + (b * gram + c * gram * gram) * x;
    }
    benchmark::DoNotOptimize(x.memptr());
  }
}

/// One matrix without data: the step is measured, not the gradient.
struct Still {
  std::int64_t side = 256;
  void build(Rng) {}
  Blocks start(Rng) const { return single_block("W", sample(side, side)); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
    g.flat() = x.flat();
    return 0;
  }
};

void MuonOurs(benchmark::State& state, std::int64_t side) {
  const auto problem = model_of(Still{side});
  const auto model = std::get<Maker<OptimizerModel>>(optimizers::muon().make)(Node{Kind::optimizer, "muon", {}});
  Oracle oracle(*problem, 1, model->needs(), nullptr, nullptr);
  const Blocks x = problem->start(Rng(1, "start"));
  Blocks out = zeros_like(x);
  AnyState memory = model->init(x);
  for ([[maybe_unused]] auto _ : state) {
    model->step(memory, {0, 1, 0, x, x, oracle, Rng(1, "step"), nullptr}, out);
    benchmark::DoNotOptimize(out.flat().memptr());
  }
  count_products(state, x.block(0));
  state.counters["target"] = 1.3;
}

void MuonPlain(benchmark::State& state, std::int64_t side) {
  const arma::mat x = sample(side, side), &g = x;
  arma::mat m(arma::size(x), arma::fill::zeros), u, out;
  Plain plain;
  for ([[maybe_unused]] auto _ : state) {
    m = 0.95 * m + 0.05 * g;
    u = 0.05 * g + 0.95 * m;
    out = -0.02 * (plain(u) + 0.0 * x);
    benchmark::DoNotOptimize(out.memptr());
  }
}

/// The form with few diagonals, of the matrix or of half of its Gram matrix where that is less; the rest is small.
void count_form(benchmark::State& state, const arma::mat& w) {
  const auto n = static_cast<double>(std::min(w.n_rows, w.n_cols)), m = static_cast<double>(w.n_elem) / n;
  const double of_matrix = 4 * n * n * (m - n / 3), of_gram = n * n * m + 4 * n * n * n / 3;
  state.counters["flops"] = m >= 2 * n ? std::min(of_matrix, of_gram) : of_matrix;
}

void ValuesOurs(benchmark::State& state, std::int64_t rows, std::int64_t cols) {
  const arma::mat w = sample(rows, cols);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(singular_values(w).memptr());
  count_form(state, w);
}

void TopOurs(benchmark::State& state, std::int64_t side, arma::uword k) {
  const arma::mat w = sample(side, side);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(top_singular_values(w, k, Rng(1, "top")).memptr());
}

void FullSvd(benchmark::State& state, std::int64_t rows, std::int64_t cols) {
  const arma::mat w = sample(rows, cols);
  arma::mat u, v;
  arma::vec s;
  for ([[maybe_unused]] auto _ : state) {
    arma::svd_econ(u, s, v, w, "both", "dc");
    benchmark::DoNotOptimize(s.memptr());
  }
}

// Two half products and a whole one for three: 1.5 at most. Small ones are all overhead, which must not grow.
BENCHMARK_CAPTURE(OrthogonalOurs, _, 16, 16, 1.0)->Name("NewtonSchulz/16x16/ours");
BENCHMARK_CAPTURE(OrthogonalPlain, _, 16, 16)->Name("NewtonSchulz/16x16/plain");
BENCHMARK_CAPTURE(OrthogonalOurs, _, 32, 32, 1.0)->Name("NewtonSchulz/32x32/ours");
BENCHMARK_CAPTURE(OrthogonalPlain, _, 32, 32)->Name("NewtonSchulz/32x32/plain");
BENCHMARK_CAPTURE(OrthogonalOurs, _, 64, 64, 1.0)->Name("NewtonSchulz/64x64/ours");
BENCHMARK_CAPTURE(OrthogonalPlain, _, 64, 64)->Name("NewtonSchulz/64x64/plain");
BENCHMARK_CAPTURE(OrthogonalOurs, _, 128, 128, 1.45)->Name("NewtonSchulz/128x128/ours");
BENCHMARK_CAPTURE(OrthogonalPlain, _, 128, 128)->Name("NewtonSchulz/128x128/plain");
BENCHMARK_CAPTURE(OrthogonalOurs, _, 256, 256, 1.9)->Name("NewtonSchulz/256x256/ours");
BENCHMARK_CAPTURE(OrthogonalPlain, _, 256, 256)->Name("NewtonSchulz/256x256/plain");
BENCHMARK_CAPTURE(OrthogonalOurs, _, 512, 512, 1.3)->Name("NewtonSchulz/512x512/ours");
BENCHMARK_CAPTURE(OrthogonalPlain, _, 512, 512)->Name("NewtonSchulz/512x512/plain");
BENCHMARK_CAPTURE(OrthogonalOurs, _, 128, 512, 1.0)->Name("NewtonSchulz/128x512/ours");
BENCHMARK_CAPTURE(OrthogonalPlain, _, 128, 512)->Name("NewtonSchulz/128x512/plain");
BENCHMARK_CAPTURE(OrthogonalOurs, _, 128, 128, 1.0)->Name("NewtonSchulzAsWritten/128x128/ours");
BENCHMARK_CAPTURE(OrthogonalWritten, _, 128, 128)->Name("NewtonSchulzAsWritten/128x128/plain");
BENCHMARK_CAPTURE(OrthogonalOurs, _, 256, 256, 1.0)->Name("NewtonSchulzAsWritten/256x256/ours");
BENCHMARK_CAPTURE(OrthogonalWritten, _, 256, 256)->Name("NewtonSchulzAsWritten/256x256/plain");
BENCHMARK_CAPTURE(OrthogonalOurs, _, 512, 512, 1.0)->Name("NewtonSchulzAsWritten/512x512/ours");
BENCHMARK_CAPTURE(OrthogonalWritten, _, 512, 512)->Name("NewtonSchulzAsWritten/512x512/plain");
BENCHMARK_CAPTURE(MuonOurs, _, 256)->Name("MuonStep/256x256/ours");
BENCHMARK_CAPTURE(MuonPlain, _, 256)->Name("MuonStep/256x256/plain");
BENCHMARK_CAPTURE(ValuesOurs, _, 64, 64)->Name("SingularValues/64x64/ours");
BENCHMARK_CAPTURE(FullSvd, _, 64, 64)->Name("SingularValues/64x64/plain");
BENCHMARK_CAPTURE(ValuesOurs, _, 256, 256)->Name("SingularValues/256x256/ours");
BENCHMARK_CAPTURE(FullSvd, _, 256, 256)->Name("SingularValues/256x256/plain");
BENCHMARK_CAPTURE(ValuesOurs, _, 512, 512)->Name("SingularValues/512x512/ours");
BENCHMARK_CAPTURE(FullSvd, _, 512, 512)->Name("SingularValues/512x512/plain");
BENCHMARK_CAPTURE(ValuesOurs, _, 128, 512)->Name("SingularValues/128x512/ours");
BENCHMARK_CAPTURE(FullSvd, _, 128, 512)->Name("SingularValues/128x512/plain");
BENCHMARK_CAPTURE(TopOurs, _, 512, 1)->Name("TopValues/1_of_512/ours");
BENCHMARK_CAPTURE(FullSvd, _, 512, 512)->Name("TopValues/1_of_512/plain");
BENCHMARK_CAPTURE(TopOurs, _, 512, 5)->Name("TopValues/5_of_512/ours");
BENCHMARK_CAPTURE(FullSvd, _, 512, 512)->Name("TopValues/5_of_512/plain");

}  // namespace
}  // namespace kappa
