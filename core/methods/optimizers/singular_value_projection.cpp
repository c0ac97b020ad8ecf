/// Singular value projection: a gradient step on the estimate itself, then the nearest matrix of the given rank.
#include <algorithm>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct SingularValueProjection {
  double learning_rate = 0.7;
  std::optional<std::int64_t> rank;

  struct State {};
  State init(const Blocks&) const { return {}; }

  Step step(State&, const StepContext& c, Blocks& out) const {
    const arma::mat x = c.x.block(0), g = c.g.block(0);
    if (!x.is_square() || !symmetric(c.oracle.facts().truth_matrix))
      throw Refused{"singular value projection works on symmetric estimates"};
    arma::vec values;
    arma::mat vectors;
    if (!symmetric_eigen(x - 2 * learning_rate * g, values, vectors)) {  // g is of 1/4 |A(X) - y|^2
      out.flat().fill(arma::datum::nan);
      return Step::to;
    }
    const arma::uvec largest = arma::sort_index(arma::abs(values), "descend");
    const arma::uvec kept = largest.head(std::min<arma::uword>(kept_rank(c), largest.n_elem));
    const arma::mat basis = vectors.cols(kept);
    out.block(0) = (basis.each_row() % values.elem(kept).t()) * basis.t();
    return Step::to;
  }
  /// X → UXUᵀ with the same rotation on both sides: no law names it, and one side alone leaves the symmetric matrices.
  Law laws() const { return Law::none; }

 private:
  static bool symmetric(const arma::mat& truth) {
    return truth.is_empty() || arma::abs(truth - truth.t()).max() <= 1e-9 * arma::abs(truth).max();
  }
  arma::uword kept_rank(const StepContext& c) const {
    if (rank) return static_cast<arma::uword>(*rank);
    const auto& truth = c.oracle.facts().truth_rank;
    if (!truth) throw Refused{"this problem does not know the rank of its truth: give a number instead of \"auto\""};
    return *truth;
  }
};

}  // namespace KAPPA_FILE

Method singular_value_projection() {
  using KAPPA_FILE::SingularValueProjection;
  return optimizer<SingularValueProjection>(
      {.title = "Singular value projection",
       .idea = "Descend on the full matrix, then keep only its largest eigenvalues.",
       .equation =
           "Z = X − η A*(A(X) − y),  X ← the k eigenvalues of (Z + Zᵀ)/2 of largest modulus, with their eigenvectors",
       .cite = {{"Meka, Jain, Dhillon", 2009, "Guaranteed Rank Minimization via Singular Value Projection",
                 "arXiv:0909.5457"}},
       .needs = Needs::gradient | Needs::lifted | Needs::facts},
      {{&SingularValueProjection::learning_rate, "learning_rate", "η", from_zero(1e-3, 2), "step size"},
       {&SingularValueProjection::rank, "rank", "k", automatic(count(1, 1'000'000)),
        "eigenvalues kept; auto: the truth's rank"}});
}

}  // namespace kappa::optimizers
