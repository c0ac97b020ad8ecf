/// Tail index: how heavy the tail of the gradient noise is, row by row, by Hill's estimate.
#include <algorithm>
#include <cmath>

#include "core/kinds/probe.hpp"
#include "core/linalg/tail_index.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct TailIndex {
  double share = 0.1;
  std::int64_t most = 1000;

  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.can(Can::components) || setup.problem.components() < 3)
      return refused("this problem has no gradients of single rows to compare");
    return one_series("tail_index");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] {
                  const std::uint64_t rows = frame->oracle.components(),
                                      seen = std::min(rows, static_cast<std::uint64_t>(most));
                  const Blocks& mean = frame.gradient();
                  Blocks one = zeros_like(mean);
                  arma::vec sizes(seen);
                  for (std::uint64_t i = 0; i < seen; ++i) {  // evenly spread over the rows
                    frame->oracle.component_gradient(i * rows / seen, frame->x, one);
                    sizes[i] = arma::norm(one.flat() - mean.flat());
                  }
                  const auto largest = static_cast<std::uint64_t>(std::llround(share * static_cast<double>(seen)));
                  return hill_tail_index(sizes, std::clamp<std::uint64_t>(largest, 1, seen - 1));
                }));
  }
};

}  // namespace KAPPA_FILE

Method tail_index() {
  using P = KAPPA_FILE::TailIndex;
  return probe<P>(
      {.title = "Tail index of the gradient noise",
       .idea = "Below 2 the noise of single rows has no variance to speak of; large for Gaussian noise.",
       .equation = "1 / mean of log(d₍ᵢ₎/d₍ₖ₊₁₎), i ≤ k,  dᵢ = |∇fᵢ − ∇f| from the largest down",
       .cite = {{"Hill", 1975, "A Simple General Approach to Inference About the Tail of a Distribution",
                 "The Annals of Statistics 3"},
                {"Simsekli, Sagun, Gurbuzbalaban", 2019,
                 "A Tail-Index Analysis of Stochastic Gradient Noise in Deep Neural Networks", "arXiv:1901.06053"}},
       .scale = Scale::linear},
      {{&P::share, "share", "", Range{.lo = 0, .hi = 1, .open_lo = true}, "of the rows: those in the tail"},
       {&P::most, "most", "", count(3, 1'000'000, true), "looks at this many rows, evenly spread"}},
      10);
}

}  // namespace kappa::probes
