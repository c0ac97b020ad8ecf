/// PrecGD: scaled gradient descent whose damping is the root of the loss, so that it fades as the loss does.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/inverse_root.hpp"
#include "core/methods/optimizers/factor_gram.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct PrecGd {
  double learning_rate = 0.3;

  struct State {};
  State init(const Blocks&) const { return {}; }

  Step step(State&, const StepContext& c, Blocks& out) const {
    const double damping = std::sqrt(std::max(c.f, 0.0));
    for (std::size_t i = 0; i < c.x.count(); ++i) {
      const arma::mat x = c.x.block(facing_factor(c.x, i)), g = c.g.block(i);
      arma::mat gram = x.t() * x;
      gram.diag() += damping;
      out.block(i) = -learning_rate * solve_spd(gram, g.t()).t();
    }
    c.report("damping", damping);
    return Step::by;
  }
  Law laws() const { return Law::left_rotation | Law::right_rotation; }
};

}  // namespace KAPPA_FILE

Method prec_gd() {
  using KAPPA_FILE::PrecGd;
  return optimizer<PrecGd>(
      {.title = "Preconditioned gradient descent (PrecGD)",
       .idea = "ScaledGD with the root of the loss as damping: no knowledge of the truth, no damping left at the end.",
       .equation = "X ← X − η ∇f(X) (XᵀX + √f(X) I)⁻¹;  for F Gᵀ: F ← F − η ∇f(F) (GᵀG + √f I)⁻¹ and likewise G",
       .cite = {{"Zhang, Fattahi, Zhang", 2021,
                 "Preconditioned Gradient Descent for Over-Parameterized Nonconvex Matrix Factorization", "NeurIPS"}}},
      {{&PrecGd::learning_rate, "learning_rate", "η", from_zero(1e-3, 1), "step size; legal below 1"}});
}

}  // namespace kappa::optimizers
