/// MGDA: a step along the shortest vector in the convex hull of the task gradients.
#include "core/methods/optimizers/task_combiner.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct LeastNorm {
  std::int64_t iterations = 250;

  arma::vec direction(const arma::mat& g, const StepContext&) const {
    return g * least_norm_weights(g, static_cast<int>(iterations));
  }
  static constexpr Law kept = Law::isometries | Law::scale_f;
};
using Mgda = TaskCombiner<LeastNorm>;

}  // namespace KAPPA_FILE

Method mgda() {
  using KAPPA_FILE::Mgda;
  return optimizer<Mgda>(
      {.title = "MGDA",
       .idea = "Choose the weights of the tasks at every step, so that no task gets worse.",
       .equation = "min ‖Σ wₖgₖ‖ over w ≥ 0, Σ wₖ = 1,  then a step of the base optimizer along Σ wₖgₖ",
       .cite = {{"Désidéri", 2012, "Multiple-gradient descent algorithm (MGDA) for multiobjective optimization",
                 "Comptes Rendus Mathematique 350"},
                {"Sener, Koltun", 2018, "Multi-Task Learning as Multi-Objective Optimization", "arXiv:1810.04650"}},
       .needs = Needs::components},
      task_fields<Mgda>({{&Mgda::iterations, "iterations", "", count(1, 100'000, true),
                          "most Frank–Wolfe steps; two tasks have a closed form"}}));
}

}  // namespace kappa::optimizers
