/// PCGrad: each task's gradient loses what points against another task's, then they are summed.
#include "core/methods/optimizers/task_combiner.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Surgery {
  arma::vec direction(const arma::mat& g, const StepContext& c) const {
    return arma::mean(projected_gradients(g, c.rng.child("tasks")), 1);
  }
  static constexpr Law kept = Law::isometries;
};
using PcGrad = TaskCombiner<Surgery>;

}  // namespace KAPPA_FILE

Method pcgrad() {
  using KAPPA_FILE::PcGrad;
  return optimizer<PcGrad>(
      {.title = "PCGrad",
       .idea = "Where two tasks pull against each other, each gradient is projected onto the other's normal plane.",
       .equation = "gᵢ ← gᵢ − min(0, gᵢ·gⱼ/(‖gⱼ‖² + 10⁻¹²)) gⱼ for j ≠ i in random order,  then a step along Σ gᵢ/K",
       .cite = {{"Yu, Kumar, Gupta, Levine, Hausman, Finn", 2020, "Gradient Surgery for Multi-Task Learning",
                 "arXiv:2001.06782"}},
       .needs = Needs::components},
      task_fields<PcGrad>({}));
}

}  // namespace kappa::optimizers
