/// A bowl whose curvatures are drawn log-uniformly between 1 and κ: no two κ differ in anything else.
#include <cmath>

#include "core/methods/problems/bowl.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct LogUniformQuadratic {
  std::int64_t dimension = 50;
  double condition_number = 100;
  bool rotate = false;

  void build(Rng rng) {
    const auto d = static_cast<arma::uword>(dimension);
    eigenvalues_.set_size(d);
    Rng draw = rng.child("curvatures");
    for (double& each : eigenvalues_) each = std::pow(condition_number, draw.uniform());
    eigenvalues_[0] = 1;
    eigenvalues_[d - 1] = condition_number;
    axes_.reset();
    if (rotate) axes_ = haar_orthogonal(rng.child("rotation"), d);
  }
  /// Random signs, lengths uniform between ½ and 1½.
  Blocks start(Rng rng) const {
    Rng draw = rng.child("start");
    Blocks x({{"x", eigenvalues_.n_elem, 1, Role::vector}});
    for (double& each : x.flat()) {
      const double sign = draw.rademacher();
      each = sign * draw.uniform(0.5, 1.5);
    }
    return x;
  }

  double value(const Blocks& x, const Sample&) const { return 0.5 * arma::dot(x.flat(), product(x.flat())); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
    g.flat() = product(x.flat());
    return 0.5 * arma::dot(x.flat(), g.flat());
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const { out.flat() = product(v.flat()); }
  arma::mat hessian(const Blocks&) const {
    if (axes_.is_empty()) return arma::diagmat(eigenvalues_);
    return arma::symmatu(axes_ * arma::diagmat(eigenvalues_) * axes_.t());
  }
  Facts facts() const { return facts_of_bowl(eigenvalues_, Blocks({{"x", eigenvalues_.n_elem, 1, Role::vector}})); }
  double footprint() const {
    const double d = static_cast<double>(dimension);
    return 8 * d * (rotate ? 4 * d : 4);
  }
  std::vector<NamedMatrix> data() const { return {{"eigenvalues", eigenvalues_}}; }

 private:
  arma::vec product(const arma::vec& v) const {
    if (axes_.is_empty()) return eigenvalues_ % v;
    const arma::vec along = eigenvalues_ % arma::vec(axes_.t() * v);
    return axes_ * along;
  }

  arma::vec eigenvalues_;
  arma::mat axes_;  ///< empty: the coordinates'
};

}  // namespace KAPPA_FILE

Method log_uniform_quadratic() {
  using KAPPA_FILE::LogUniformQuadratic;
  using M = LogUniformQuadratic;
  return problem<M>({.title = "Quadratic with scattered curvatures",
                     .idea = "Curvatures of every order of magnitude, along the axes unless you turn them.",
                     .equation = "f(x) = ½ Σ λᵢxᵢ²,  ln λᵢ uniform in [0, ln κ]",
                     .cite = {{"Liu, Li, Hall, Liang, Ma", 2024,
                               "Sophia: A Scalable Stochastic Second-order Optimizer for Language Model Pre-training",
                               "arXiv:2305.14342"}}},
                    {{&M::dimension, "dimension", "d", count(2, 5000, true), "number of unknowns"},
                     {&M::condition_number, "condition_number", "κ",
                      Range{.lo = 1, .hi = 1e16, .log = true, .slider_lo = 1, .slider_hi = 1e6},
                      "largest over smallest curvature; both are there"},
                     {&M::rotate, "rotate", "", Flag{}, "turn the eigenvectors off the axes by a random rotation"}});
}

}  // namespace kappa::problems
