/// CAGrad: the best worst-case improvement over all tasks within a ball around the mean gradient.
#include "core/methods/optimizers/task_combiner.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ConflictAverse {
  double radius = 0.5;
  std::int64_t iterations = 250;

  arma::vec direction(const arma::mat& g, const StepContext&) const {
    const arma::vec mean = arma::mean(g, 1);
    const arma::vec worst = g * conflict_averse_weights(g, radius, static_cast<int>(iterations));
    return mean + radius * arma::norm(mean) / (arma::norm(worst) + 1e-8) * worst;
  }
  static constexpr Law kept = Law::isometries;
};
using CaGrad = TaskCombiner<ConflictAverse>;

}  // namespace KAPPA_FILE

Method cagrad() {
  using KAPPA_FILE::CaGrad;
  return optimizer<CaGrad>(
      {.title = "CAGrad",
       .idea = "Lean from the mean gradient towards the task that gains least.",
       .equation = "d = g₀ + c‖g₀‖ g_w/(‖g_w‖ + 10⁻⁸),  w minimises g_w·g₀ + c‖g₀‖‖g_w‖ on the simplex,  g_w = Gw",
       .cite = {{"Liu, Liu, Jin, Stone, Liu", 2021, "Conflict-Averse Gradient Descent for Multi-task Learning",
                 "arXiv:2110.14048"}},
       .needs = Needs::components},
      task_fields<CaGrad>(
          {{&CaGrad::radius, "radius", "c", range(0, 1), "of the ball, in lengths of the mean gradient"},
           {&CaGrad::iterations, "iterations", "", count(1, 100'000, true),
            "most Frank–Wolfe steps; two tasks need a single line search"}}));
}

}  // namespace kappa::optimizers
