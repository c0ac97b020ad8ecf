/// Linear-path barrier: how high the straight way from the iterate to the solution climbs.
#include "core/linalg/path_barrier.hpp"
#include "core/methods/probes/truth.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct LinearPathBarrier {
  std::int64_t points = 11;

  Declared declare(const ProbeSetup& setup) const {
    if (target_of(setup.problem.facts(), setup.layout.size()) == nullptr)
      return refused("this problem knows no solution to draw a path to");
    return one_series("linear_path_barrier");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] {
                  const Blocks& end = *target_of(frame->oracle.problem().facts(), frame->x.flat().n_elem);
                  arma::vec losses(static_cast<arma::uword>(points));
                  Blocks at = frame->x;
                  for (arma::uword i = 0; i < losses.n_elem; ++i) {
                    const double t = static_cast<double>(i) / static_cast<double>(losses.n_elem - 1);
                    at.flat() = (1 - t) * frame->x.flat() + t * end.flat();
                    losses[i] = frame->oracle.value(at);
                  }
                  return path_barrier(losses);
                }));
  }
};

}  // namespace KAPPA_FILE

Method linear_path_barrier() {
  using P = KAPPA_FILE::LinearPathBarrier;
  return probe<P>(
      {.title = "Barrier on the straight path",
       .idea = "Zero where the straight way to the truth (or else the solution) only goes down, as it does on a bowl.",
       .equation = "max over t of f((1−t)xₜ + t x*) − (1−t)f(xₜ) − t f(x*)",
       .cite = {{"Goodfellow, Vinyals, Saxe", 2015, "Qualitatively characterizing neural network optimization problems",
                 "arXiv:1412.6544"},
                {"Frankle, Dziugaite, Roy, Carbin", 2020, "Linear Mode Connectivity and the Lottery Ticket Hypothesis",
                 "arXiv:1912.05671"}},
       .scale = Scale::linear},
      {{&P::points, "points", "", count(2, 1'001, true), "losses along the path, both ends included"}}, 10);
}

}  // namespace kappa::probes
