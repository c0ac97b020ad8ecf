/// Damped scaled gradient descent: indifferent to conditioning even with more rank than needed and a tiny start.
#include "core/kinds/optimizer.hpp"
#include "core/linalg/inverse_root.hpp"
#include "core/methods/optimizers/factor_gram.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ScaledGdLambda {
  double learning_rate = 0.3;
  std::optional<double> damping;

  struct State {};
  State init(const Blocks&) const { return {}; }

  Step step(State&, const StepContext& c, Blocks& out) const {
    const double lambda = damping ? *damping : 0.2 * smallest_of_truth(c.oracle.facts());
    for (std::size_t i = 0; i < c.x.count(); ++i) {
      const arma::mat x = c.x.block(facing_factor(c.x, i)), g = c.g.block(i);
      arma::mat gram = x.t() * x;
      gram.diag() += lambda;
      out.block(i) = -learning_rate * solve_spd(gram, g.t()).t();
    }
    c.report("damping", lambda);
    return Step::by;
  }
  Law laws() const { return Law::left_rotation | Law::right_rotation; }

 private:
  static double smallest_of_truth(const Facts& facts) {
    const arma::vec& s = facts.truth_spectrum;
    const arma::uvec positive = arma::find(s > 1e-12 * (s.is_empty() ? 0 : s[0]));
    const arma::uword rank = facts.truth_rank.value_or(positive.n_elem);
    if (rank == 0 || rank > s.n_elem)
      throw Refused{"this problem does not know its truth: give damping a number instead of \"auto\""};
    return s[rank - 1];
  }
};

}  // namespace KAPPA_FILE

Method scaled_gd_lambda() {
  using KAPPA_FILE::ScaledGdLambda;
  return optimizer<ScaledGdLambda>(
      {.title = "Damped scaled gradient descent (ScaledGD(λ))",
       .idea = "ScaledGD with a damped Gram matrix: fast from a tiny start and with more rank than the truth has.",
       .equation = "X ← X − η ∇f(X) (XᵀX + λI)⁻¹;  for F Gᵀ: F ← F − η ∇f(F) (GᵀG + λI)⁻¹ and likewise G",
       .cite = {{"Xu, Shen, Chi, Ma", 2023, "The Power of Preconditioning in Overparameterized Low-Rank Matrix Sensing",
                 "arXiv:2302.01186"}},
       .needs = Needs::gradient | Needs::facts},
      {{&ScaledGdLambda::learning_rate, "learning_rate", "η", from_zero(1e-3, 1), "step size; legal below 1"},
       {&ScaledGdLambda::damping, "damping", "λ", automatic(from_zero(1e-6, 10)),
        "added to the Gram matrix; auto: a fifth of the truth's smallest singular value"}});
}

}  // namespace kappa::optimizers
