/// A mean of bowls with common axes: every sample has curvatures and a pull of its own, and the pulls cancel at zero.
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct DiagonalFiniteSum {
  std::int64_t dimension = 8;
  std::int64_t samples = 64;
  double condition_number = 10;
  double spread = 0.8;
  double noise = 1;
  double start_value = 1;

  void build(Rng rng) {
    const auto d = static_cast<arma::uword>(dimension), n = static_cast<arma::uword>(samples);
    const arma::vec chosen = log_spaced(0, std::log10(condition_number), d);
    Rng draw = rng.child("curvature");
    a_.set_size(d, n);
    for (double& each : a_) each = draw.uniform(1 - spread, 1 + spread);
    a_.each_col() %= arma::vec(chosen / arma::mean(a_, 1));
    mean_ = arma::mean(a_, 1);
    b_ = noise * normal_matrix(rng.child("noise"), d, n);
    b_.each_col() -= arma::vec(arma::mean(b_, 1));
  }
  Blocks start(Rng) const { return single_block("x", arma::vec(mean_.n_elem, arma::fill::value(start_value))); }

  double value(const Blocks& x, const Sample& s) const {
    if (s.rows.empty()) return 0.5 * arma::dot(mean_, x.flat() % x.flat());
    double sum = 0;
    for (const std::uint32_t row : s.rows) sum += of_sample(row, x);
    return sum / static_cast<double>(s.rows.size());
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    if (s.rows.empty()) {
      g.flat() = mean_ % x.flat();
      return 0.5 * arma::dot(g.flat(), x.flat());
    }
    g.flat().zeros();
    double sum = 0;
    for (const std::uint32_t row : s.rows) {
      g.flat() += a_.col(row) % x.flat() - b_.col(row);
      sum += of_sample(row, x);
    }
    g.flat() /= static_cast<double>(s.rows.size());
    return sum / static_cast<double>(s.rows.size());
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const { out.flat() = mean_ % v.flat(); }
  arma::mat hessian(const Blocks&) const { return arma::diagmat(mean_); }

  std::uint64_t row_count() const { return a_.n_cols; }
  std::uint64_t components() const { return a_.n_cols; }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    g.flat() = a_.col(i) % x.flat() - b_.col(i);
    return of_sample(i, x);
  }

  Facts facts() const {
    Facts facts;
    facts.minimum = 0.0;
    facts.hessian_spectrum = arma::sort(mean_);
    facts.smoothness = mean_.max();
    facts.strong_convexity = mean_.min();
    facts.component_smoothness = arma::max(a_, 0).t();
    facts.solution = facts.truth = Blocks({{"x", mean_.n_elem, 1, Role::vector}});
    facts.best_learning_rate = 2 / (mean_.max() + mean_.min());
    const double root = std::sqrt(mean_.max() / mean_.min());
    facts.best_momentum = std::pow((root - 1) / (root + 1), 2);
    return facts;
  }
  double footprint() const { return 8 * 4 * static_cast<double>(dimension) * static_cast<double>(samples); }
  std::vector<NamedMatrix> data() const { return {{"a", a_.t()}, {"b", b_.t()}, {"mean", mean_}}; }

 private:
  double of_sample(arma::uword i, const Blocks& x) const {
    return 0.5 * arma::dot(a_.col(i), x.flat() % x.flat()) - arma::dot(b_.col(i), x.flat());
  }

  arma::mat a_, b_;  ///< one column for each sample
  arma::vec mean_;   ///< of the curvatures: the chosen ones, but for rounding
};

}  // namespace KAPPA_FILE

Method diagonal_finite_sum() {
  using M = KAPPA_FILE::DiagonalFiniteSum;
  return problem<M>({.title = "Finite sum of diagonal quadratics",
                     .idea = "Samples that pull in different directions with different strength: together they rest at "
                             "zero, but the order in which they pull decides how near a step of fixed size comes.",
                     .equation = "f(x) = 1/n Σ (½ xᵀdiag(aᵢ)x − bᵢᵀx),  mean a from 1 to κ,  mean b = 0",
                     .cite = {{"Cha, Lee, Yun", 2023,
                               "Tighter Lower Bounds for Shuffling SGD: Random Permutations and "
                               "Beyond",
                               "arXiv:2303.07160"}}},
                    {{&M::dimension, "dimension", "d", count(1, 5'000, true), "number of unknowns"},
                     {&M::samples, "samples", "n", count(1, 1'000'000, true), "quadratics in the mean"},
                     {&M::condition_number, "condition_number", "κ", log_range(1, 1e6),
                      "largest over smallest mean curvature, geometric between"},
                     {&M::spread, "spread", "", Range{.lo = 0, .hi = 1, .open_hi = true},
                      "curvatures are uniform between 1 − spread and 1 + spread times their mean"},
                     {&M::noise, "noise", "σ", from_zero(1e-4, 10), "standard deviation of every entry of bᵢ"},
                     {&M::start_value, "start_value", "", from_zero(1e-2, 100), "every coordinate starts here"}});
}

}  // namespace kappa::problems
