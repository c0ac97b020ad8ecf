/// Scaled gradient descent: a factor's gradient times the pseudo-inverse of its Gram matrix.
#include "core/kinds/optimizer.hpp"
#include "core/linalg/inverse_root.hpp"
#include "core/methods/optimizers/factor_gram.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ScaledGd {
  double learning_rate = 0.3;

  struct State {};
  State init(const Blocks&) const { return {}; }

  Step step(State&, const StepContext& c, Blocks& out) const {
    for (std::size_t i = 0; i < c.x.count(); ++i)
      out.block(i) = -learning_rate * c.g.block(i) * pseudo_inverse_gram(c.x.block(facing_factor(c.x, i)));
    return Step::by;
  }
  Law laws() const { return Law::left_rotation | Law::right_rotation; }
};

}  // namespace KAPPA_FILE

Method scaled_gd() {
  using KAPPA_FILE::ScaledGd;
  return optimizer<ScaledGd>(
      {.title = "Scaled gradient descent (ScaledGD)",
       .idea = "Precondition a factor's gradient by its Gram matrix, so that the truth's condition number drops out.",
       .equation = "X ← X − η ∇f(X) (XᵀX)⁺;  for F Gᵀ: F ← F − η ∇f(F) (GᵀG)⁺ and likewise G",
       .cite = {{"Tong, Ma, Chi", 2021,
                 "Accelerating Ill-Conditioned Low-Rank Matrix Estimation via Scaled Gradient Descent",
                 "arXiv:2005.08898"}}},
      {{&ScaledGd::learning_rate, "learning_rate", "η", from_zero(1e-3, 1), "step size; legal below 1"}});
}

}  // namespace kappa::optimizers
