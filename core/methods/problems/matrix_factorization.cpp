/// Matrix factorization: a random product of thin factors is matched by another, from noisy gradients.
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/methods/problems/factor_square.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct MatrixFactorization {
  std::int64_t dimension = 15;
  std::int64_t true_rank = 3;
  std::int64_t rank = 3;
  double noise = 0.02;
  double init_scale = 0.1;

  void build(Rng rng) {
    u_ = normal_matrix(rng.child("truth"), n(), static_cast<arma::uword>(true_rank));
    a_ = u_ * u_.t();
  }
  Blocks start(Rng rng) const {
    Blocks z = point();
    z.block(0) = init_scale * normal_matrix(rng.child("start"), n(), static_cast<arma::uword>(rank));
    return z;
  }

  double value(const Blocks& x, const Sample& s) const {
    square_of(x.block(0), s.scratch.m);
    s.scratch.m -= a_;
    return 0.5 * arma::dot(s.scratch.m, s.scratch.m) / size();
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = value(x, s);
    arma::mat out = g.block(0);
    out = 2 / size() * s.scratch.m * x.block(0);
    if (noise > 0 && !s.noiseless) {
      Rng draw = s.noise;
      for (double& each : g.flat()) each += noise * draw.normal();
    }
    return f;
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    const arma::mat z = x.block(0), along = v.block(0), cross = along * z.t();
    arma::mat result = out.block(0);
    result = 2 / size() * ((z * z.t() - a_) * along + (cross + cross.t()) * z);
  }
  arma::mat estimate(const Blocks& x) const {
    const arma::mat z = x.block(0);
    return z * z.t();
  }

  Facts facts() const {
    Facts facts;
    facts.truth_matrix = a_;
    arma::mat left, right;
    arma::vec s;
    if (!thin_svd(u_, left, s, right)) return facts;
    facts.truth_spectrum = arma::square(s);
    facts.truth_rank = s.n_elem;
    const arma::uword kept = std::min(static_cast<arma::uword>(rank), s.n_elem);
    facts.solution = point();
    arma::mat best = facts.solution->block(0);
    best.head_cols(kept) = left.head_cols(kept) * arma::diagmat(s.head(kept));
    facts.minimum = 0.5 * arma::accu(arma::square(arma::square(s.tail(s.n_elem - kept)))) / size();
    return facts;
  }
  double footprint() const {
    const auto d = static_cast<double>(dimension);
    return 8 * d * (6 * d + 4 * static_cast<double>(std::max(rank, true_rank)));
  }
  std::vector<NamedMatrix> data() const { return {{"truth", a_}}; }

 private:
  arma::uword n() const { return static_cast<arma::uword>(dimension); }
  double size() const { return static_cast<double>(dimension); }
  Blocks point() const { return Blocks({{"Z", n(), static_cast<arma::uword>(rank), Role::hidden}}); }

  arma::mat u_, a_;
};

}  // namespace KAPPA_FILE

Method matrix_factorization() {
  using M = KAPPA_FILE::MatrixFactorization;
  return problem<M>(
      {.title = "Matrix factorization",
       .idea = "Find a thin factor of a matrix when every gradient comes with noise: not convex, but without traps.",
       .equation = "f(Z) = 1/(2n) ‖ZZᵀ − A‖²,  A = UUᵀ,  gradient (2/n)(ZZᵀ − A)Z + σ N",
       .cite = {{"Burer, Monteiro", 2003,
                 "A nonlinear programming algorithm for solving semidefinite programs via low-rank factorization",
                 "Mathematical Programming 95"}}},
      {{&M::dimension, "dimension", "n", count(1, 2'000, true), "rows and columns of A"},
       {&M::true_rank, "true_rank", "r*", count(1, 2'000), "columns of U, with N(0, 1) entries"},
       {&M::rank, "rank", "r", count(1, 2'000), "columns of Z"},
       {&M::noise, "noise", "σ", from_zero(1e-4, 10),
        "standard deviation of the noise added to every entry of every gradient"},
       {&M::init_scale, "init_scale", "α", from_zero(1e-6, 10), "entries of the start are α N(0, 1)"}});
}

}  // namespace kappa::problems
