/// Soft-impute: fill what is not seen from the estimate, and shrink the singular values of the filled table.
#include "core/kinds/optimizer.hpp"
#include "core/linalg/soft_threshold.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct SoftImpute {
  double shrinkage = 0.02;

  struct State {
    Blocks room;
    std::optional<double> largest;  ///< σ₁ of what is seen, zero elsewhere
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), {}}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const double smoothness = known(c.oracle.facts().smoothness, "its smoothness L");
    if (!s.largest) {
      const Blocks zero = zeros_like(c.x);
      c.oracle.value_gradient(zero, s.room);
      s.largest = singular_values(s.room.block(0)).max() / smoothness;
    }
    // With all rows as much as p of the table, X − ∇f/L is what is seen there, and X elsewhere.
    out.block(0) = soft_singular_values(c.x.block(0) - c.g.block(0) / smoothness, shrinkage * *s.largest);
    c.report("threshold", shrinkage * *s.largest);
    return Step::to;
  }
  /// Singular values do not see rotations. Where none of them shrinks it is plain descent on the entries.
  Law laws() const {
    return Law::scale_f | (shrinkage > 0 ? Law::left_rotation | Law::right_rotation : Law::isometries);
  }
};

}  // namespace KAPPA_FILE

Method soft_impute() {
  using KAPPA_FILE::SoftImpute;
  return optimizer<SoftImpute>(
      {.title = "Soft-impute",
       .idea = "Guess the missing entries, lower the singular values of the filled table, guess again.",
       .equation = "X ← S_τ(M where seen, X elsewhere),  τ = s σ₁(M where seen, 0 elsewhere),  S_τ: singular values "
                   "lowered by τ, at least 0",
       .cite = {{"Mazumder, Hastie, Tibshirani", 2010,
                 "Spectral Regularization Algorithms for Learning Large Incomplete Matrices", "JMLR 11"}},
       .needs = Needs::gradient | Needs::lifted | Needs::extra_gradient | Needs::facts},
      {{&SoftImpute::shrinkage, "shrinkage", "s", range(0, 1),
        "how much is taken off every singular value, over the largest of what is seen"}});
}

}  // namespace kappa::optimizers
