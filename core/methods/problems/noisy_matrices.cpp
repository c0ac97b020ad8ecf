/// Noisy matrices: independent layers, each with its own distance to go and its own gradient noise.
#include <algorithm>
#include <string>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct NoisyMatrices {
  std::int64_t rows = 12;
  std::int64_t columns = 8;
  std::vector<double> scales = {5, 3, 1, 0.5};
  std::vector<double> noises = {0.02, 0.2, 1, 5};

  void build(Rng rng) {
    if (scales.size() != noises.size())
      throw DataError{{"noises",
                       std::to_string(noises.size()) + " noises for " + std::to_string(scales.size()) +
                           " scales: each layer has one of both",
                       ""}};
    std::vector<BlockShape> shapes;
    for (std::size_t k = 0; k < scales.size(); ++k)
      shapes.push_back({"W" + std::to_string(k + 1), static_cast<arma::uword>(rows), static_cast<arma::uword>(columns),
                        Role::hidden});
    truth_ = Blocks(std::move(shapes));
    for (std::size_t k = 0; k < scales.size(); ++k)
      truth_.block(k) = scales[k] * normal_matrix(rng.child("truth", k), static_cast<arma::uword>(rows),
                                                  static_cast<arma::uword>(columns));
  }
  Blocks start(Rng) const { return zeros_like(truth_); }

  double value(const Blocks& x, const Sample& s) const {
    s.scratch.a = x.flat() - truth_.flat();
    return 0.5 * arma::dot(s.scratch.a, s.scratch.a);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = value(x, s);
    g.flat() = s.scratch.a;
    if (s.noiseless) return f;
    Rng draw = s.noise;
    for (std::size_t k = 0; k < noises.size(); ++k) {
      arma::mat own = g.block(k);
      own += noises[k] * normal_matrix(draw, own.n_rows, own.n_cols);
    }
    return f;
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const { out.flat() = v.flat(); }
  arma::mat hessian(const Blocks& x) const { return arma::eye(x.flat().n_elem, x.flat().n_elem); }

  Facts facts() const {
    Facts facts;
    facts.minimum = 0.0;
    facts.smoothness = facts.strong_convexity = facts.best_learning_rate = 1.0;
    facts.best_momentum = 0.0;
    facts.hessian_spectrum = arma::vec(truth_.flat().n_elem, arma::fill::ones);
    facts.solution = facts.truth = truth_;
    return facts;
  }
  double footprint() const {
    return 8 * 3 * static_cast<double>(rows) * static_cast<double>(columns) * static_cast<double>(scales.size());
  }
  std::vector<NamedMatrix> data() const {
    std::vector<NamedMatrix> out;
    for (std::size_t k = 0; k < truth_.count(); ++k) {
      arma::mat copy;
      copy = truth_.block(k);
      out.push_back({"truth_" + truth_.shape(k).name, std::move(copy)});
    }
    return out;
  }

 private:
  Blocks truth_;
};

}  // namespace KAPPA_FILE

Method noisy_matrices() {
  using N = KAPPA_FILE::NoisyMatrices;
  return problem<N>(
      {.title = "Noisy matrices",
       .idea = "Layers that know nothing of each other: each has its own target, so far away, and its own noise in the "
               "gradient.",
       .equation = "f(W₁, …) = ½ Σₖ ‖Wₖ − W*ₖ‖²,  Gₖ = Wₖ − W*ₖ + σₖ N,  W*ₖ = cₖ N",
       .cite = {{"Hao, Gong, Xu, Wang, Liu", 2025,
                 "Noise-Adaptive Layerwise Learning Rates: Accelerating Geometry-Aware Optimization",
                 "arXiv:2510.14009"}}},
      {{&N::rows, "rows", "m", count(1, 2'000, true), "rows of each layer"},
       {&N::columns, "columns", "n", count(1, 2'000, true), "columns of each layer"},
       {&N::scales, "scales", "c", Many{log_range_of(1e-6, 1e6), 1, 16}, "size of each layer's target"},
       {&N::noises, "noises", "σ",
        Many{Range{.lo = 0, .hi = 1e6, .log = true, .slider_lo = 1e-3, .slider_hi = 10}, 1, 16},
        "noise of each layer's gradient"}});
}

}  // namespace kappa::problems
