/// Two tasks with quadratic losses of unlike size, shape and place: what one wants is not what the other wants.
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct MultiTaskQuadratic {
  std::int64_t dimension = 10;
  double condition_number = std::pow(10.0, 0.7);
  double imbalance = 100;
  double start_scale = 3;

  void build(Rng rng) {
    const auto d = static_cast<arma::uword>(dimension);
    const arma::vec falling = covariance_eigenvalues(SpectrumShape::geometric, d, condition_number);
    curvatures_.set_size(d, 2);
    curvatures_.col(0) = falling;
    curvatures_.col(1) = imbalance * arma::reverse(falling);
    centres_ = normal_matrix(rng.child("truth"), d, 2);
  }
  Blocks start(Rng rng) const {
    return single_block("x", arma::vec(start_scale * normal_vector(rng.child("start"), centres_.n_rows)));
  }

  double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
    Blocks second = zeros_like(g);
    const double f = component_gradient(0, x, g) + component_gradient(1, x, second);
    g.flat() = 0.5 * (g.flat() + second.flat());
    return 0.5 * f;
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const {
    out.flat() = arma::mean(curvatures_, 1) % v.flat();
  }
  arma::mat hessian(const Blocks&) const { return arma::diagmat(arma::vec(arma::mean(curvatures_, 1))); }

  std::uint64_t components() const { return 2; }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    const arma::vec away = x.flat() - centres_.col(i);
    g.flat() = curvatures_.col(i) % away;
    return 0.5 * arma::dot(away, g.flat());
  }

  Facts facts() const {
    Facts facts;
    const arma::vec mean = arma::mean(curvatures_, 1);
    facts.hessian_spectrum = arma::sort(mean);
    facts.smoothness = mean.max();
    facts.strong_convexity = mean.min();
    facts.component_smoothness = arma::max(curvatures_, 0).t();
    facts.solution = facts.truth = single_block("x", arma::vec(arma::mean(curvatures_ % centres_, 1) / mean));
    Scratch room;
    Blocks g = zeros_like(*facts.solution);
    facts.minimum = value_gradient(*facts.solution, g, {{}, Rng(0, "facts"), room});
    facts.best_learning_rate = 2 / (*facts.smoothness + *facts.strong_convexity);
    return facts;
  }
  double footprint() const { return 8.0 * 6 * static_cast<double>(dimension); }
  /// Column k holds the diagonal of H_k, and c_k.
  std::vector<NamedMatrix> data() const { return {{"curvatures", curvatures_}, {"centres", centres_}}; }

 private:
  arma::mat curvatures_, centres_;
};

}  // namespace KAPPA_FILE

Method multi_task_quadratic() {
  using M = KAPPA_FILE::MultiTaskQuadratic;
  return problem<M>(
      {.title = "Two quadratic tasks",
       .idea = "Two bowls with different bottoms, one much steeper than the other, to be descended together.",
       .equation = "f = ½L₁ + ½L₂,  L_k(x) = ½ (x − c_k)ᵀ H_k (x − c_k),  H₁ = diag(1 … 1/κ),  H₂ = b · the reverse",
       .cite = {{"Senushkin, Patakin, Kuznetsov, Konushin", 2023,
                 "Independent Component Alignment for Multi-Task Learning", "arXiv:2305.19000"}}},
      {{&M::dimension, "dimension", "d", count(1, 100'000, true), "number of unknowns"},
       {&M::condition_number, "condition_number", "κ", log_range(1, 1e6), "of each task, with opposite axes"},
       {&M::imbalance, "imbalance", "b", log_range(1e-4, 1e4), "how much steeper the second task is"},
       {&M::start_scale, "start_scale", "", from_zero(1e-2, 100), "the start is this times N(0, I)"}});
}

}  // namespace kappa::problems
