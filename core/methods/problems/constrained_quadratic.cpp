/// Constrained quadratic: a bowl whose bottom lies outside of a box or a ball.
#include <algorithm>
#include <cmath>
#include <optional>

#include "core/kinds/problem.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/box_solution.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct ConstrainedQuadratic {
  std::int64_t dimension = 30;
  std::int64_t samples = 60;
  double truth_scale = 3;
  FeasibleSet constraint = FeasibleSet::box;
  double radius = 1;
  double ridge = 0;
  double start_scale = 0;

  void build(Rng rng) {
    const auto d = static_cast<arma::uword>(dimension), n = static_cast<arma::uword>(samples);
    const arma::mat a = normal_matrix(rng.child("design"), n, d) / std::sqrt(static_cast<double>(n));
    const arma::vec bottom = truth_scale * normal_vector(rng.child("truth"), d);
    h_ = arma::symmatu(a.t() * a);
    b_ = h_ * bottom;
    h_.diag() += ridge;
    solution_ = constrained_minimiser(h_, b_, constraint, radius);
  }
  Blocks start(Rng rng) const {
    return single_block("x", arma::vec(start_scale * normal_vector(rng.child("start"), b_.n_elem)));
  }

  double value(const Blocks& x, const Sample& s) const {
    s.scratch.a = h_ * x.flat();
    return 0.5 * arma::dot(x.flat(), s.scratch.a) - arma::dot(b_, x.flat());
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = value(x, s);
    g.flat() = s.scratch.a - b_;
    return f;
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const { out.flat() = h_ * v.flat(); }
  arma::mat hessian(const Blocks&) const { return h_; }
  void project(const Blocks& x, Blocks& out) const { out.flat() = nearest_in(constraint, x.flat(), radius); }

  /// The minimum is the constrained one: methods that know of no constraint may go below it.
  Facts facts() const {
    Facts facts;
    const arma::vec curvature = symmetric_eigenvalues(h_);
    facts.smoothness = curvature.max();
    facts.strong_convexity = std::max(curvature.min(), 0.0);
    facts.hessian_spectrum = curvature;
    facts.truth = single_block("x", solution_);
    facts.covariance = covariance_of(h_);
    return facts;
  }
  /// The feasible set, its best point, the unconstrained bottom and the origin all lie inside.
  std::optional<Plane> plane() const {
    if (dimension != 2) return {};
    const arma::vec bottom = arma::pinv(h_) * b_;
    double reach = constraint == FeasibleSet::none ? 1 : radius;
    for (const double each : {arma::abs(bottom).max(), arma::abs(solution_).max(), start_scale})
      reach = std::max(reach, each);
    return Plane{-1.25 * reach, 1.25 * reach, -1.25 * reach, 1.25 * reach};
  }
  double footprint() const {
    const double d = static_cast<double>(dimension);
    return 8 * (3 * d * d + static_cast<double>(samples) * d);
  }
  std::vector<NamedMatrix> data() const { return {{"H", h_}, {"b", b_}, {"truth", solution_}}; }

 private:
  arma::mat h_;
  arma::vec b_, solution_;
};

}  // namespace KAPPA_FILE

Method constrained_quadratic() {
  using C = KAPPA_FILE::ConstrainedQuadratic;
  return problem<C>(
      {.title = "Constrained quadratic",
       .idea = "Weight decay is a constraint in disguise: what is looked for is the best point of a box or a ball.",
       .equation = "min ½ xᵀ(Q + ρI)x − bᵀx over |xᵢ| ≤ r or ‖x‖ ≤ r,  Q = AᵀA, A = G/√N, b = Qx*, x* = s N(0, I)",
       .cite = {{"Chen, Liu, Liang, Liu", 2023, "Lion Secretly Solves Constrained Optimization: As Lyapunov Predicts",
                 "arXiv:2310.05898"}}},
      {{&C::dimension, "dimension", "d", count(1, 500, true), "unknowns"},
       {&C::samples, "samples", "N", count(1, 20'000, true), "rows of A"},
       {&C::truth_scale, "truth_scale", "s", from_zero(1e-2, 1e2), "how far out the unconstrained bottom lies"},
       {&C::constraint, "constraint", "", choices({"none", "box", "ball"}),
        "the feasible set; its best point is the truth that distances are measured to"},
       {&C::radius, "radius", "r", from_zero(1e-2, 1e2), "half a side of the box, or the ball's radius"},
       {&C::ridge, "ridge", "ρ", from_zero(1e-3, 1e2), "added to the curvature"},
       {&C::start_scale, "start_scale", "", from_zero(1e-2, 1e2),
        "the start is normal with this deviation; 0: the origin"}});
}

}  // namespace kappa::problems
