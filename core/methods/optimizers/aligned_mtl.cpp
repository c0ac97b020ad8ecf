/// Aligned-MTL: task gradients are made orthogonal and equally long before they are summed.
#include "core/methods/optimizers/task_combiner.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Alignment {
  AlignedScale scale = AlignedScale::minimum;

  arma::vec direction(const arma::mat& g, const StepContext&) const {
    return arma::mean(aligned_gradients(g, scale), 1);
  }
  static constexpr Law kept = Law::isometries | Law::scale_f;
};
using AlignedMtl = TaskCombiner<Alignment>;

}  // namespace KAPPA_FILE

Method aligned_mtl() {
  using KAPPA_FILE::AlignedMtl;
  return optimizer<AlignedMtl>(
      {.title = "Aligned-MTL",
       .idea = "Replace the task gradients by the nearest orthogonal system: no task outweighs or opposes another.",
       .equation = "GᵀG = VΛVᵀ,  Ĝ = √λ_min G V Λ^(−½) Vᵀ,  a step of the base optimizer along Ĝw, w = 1/K",
       .cite = {{"Senushkin, Patakin, Kuznetsov, Konushin", 2023,
                 "Independent Component Alignment for Multi-Task Learning", "arXiv:2305.19000"}},
       .needs = Needs::components},
      task_fields<AlignedMtl>({{&AlignedMtl::scale, "scale", "", choices({"minimum", "median", "root_mean_square"}),
                                "the length of all aligned gradients, from the singular values of G"}}));
}

}  // namespace kappa::optimizers
