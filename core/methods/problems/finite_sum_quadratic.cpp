/// A mean of quadratics, one for each client: unlike curvatures, or one curvature with a noise vector each.
#include <cmath>
#include <vector>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"
#include "core/random/regression_data.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class Curvature { unlike, shared };

struct FiniteSumQuadratic {
  std::int64_t dimension = 20;
  std::int64_t clients = 10;
  Curvature curvature = Curvature::unlike;
  double first_smoothness = 100;
  double condition_number = 10;
  SpectrumShape spectrum = SpectrumShape::geometric;
  double spectrum_alpha = 1;
  double spectrum_fraction = 0.5;
  std::int64_t spectrum_count = 1;
  double noise = 1;
  double start_value = 0;

  void build(Rng rng) {
    const auto d = static_cast<arma::uword>(dimension), n = static_cast<arma::uword>(clients);
    each_.clear();
    sizes_.ones(n);
    b_.set_size(d, n);
    if (curvature == Curvature::shared) {
      mean_ = arma::diagmat(covariance_eigenvalues(spectrum, d, condition_number, spectrum_alpha, spectrum_fraction,
                                                   static_cast<arma::uword>(spectrum_count)));
      sizes_ *= mean_.max();
      for (arma::uword i = 0; i < n; ++i) b_.col(i) = -noise * normal_vector(rng.child("noise", i), d);
    } else {
      mean_.zeros(d, d);
      sizes_[0] = first_smoothness;
      for (arma::uword i = 0; i < n; ++i) {
        const arma::mat g = normal_matrix(rng.child("curvature", i), d, d);
        arma::mat shape = arma::symmatu(g * g.t() / static_cast<double>(d));
        shape.diag() += 0.05;
        each_.push_back(sizes_[i] / arma::eig_sym(shape).max() * shape);
        mean_ += each_.back() / static_cast<double>(n);
        b_.col(i) = each_.back() * normal_vector(rng.child("truth", i), d);
      }
    }
    mean_b_ = arma::mean(b_, 1);
  }
  Blocks start(Rng) const { return single_block("x", arma::vec(mean_.n_rows, arma::fill::value(start_value))); }

  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    arma::vec &pull = s.scratch.a, &b = s.scratch.b;
    if (s.rows.empty() || each_.empty()) pull = mean_ * x.flat();
    if (s.rows.empty()) return along(x, pull, mean_b_, g);
    const auto count = static_cast<double>(s.rows.size());
    if (!each_.empty()) {
      pull.zeros(mean_.n_rows);
      for (const std::uint32_t row : s.rows) pull += each_[row] * x.flat();
      pull /= count;
    }
    b.zeros(mean_.n_rows);
    for (const std::uint32_t row : s.rows) b += b_.col(row);
    b /= count;
    return along(x, pull, b, g);
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const { out.flat() = mean_ * v.flat(); }
  arma::mat hessian(const Blocks&) const { return mean_; }

  std::uint64_t row_count() const { return sizes_.n_elem; }
  std::uint64_t components() const { return sizes_.n_elem; }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    return along(x, arma::vec((each_.empty() ? mean_ : each_[i]) * x.flat()), b_.col(i), g);
  }

  Facts facts() const {
    Facts facts;
    facts.hessian_spectrum = arma::eig_sym(mean_);
    facts.smoothness = facts.hessian_spectrum.max();
    facts.strong_convexity = facts.hessian_spectrum.min();
    facts.component_smoothness = sizes_;
    if (!(*facts.strong_convexity > 0)) return facts;
    arma::vec solution;
    if (arma::solve(solution, mean_, mean_b_, arma::solve_opts::no_approx)) {
      facts.solution = facts.truth = single_block("x", solution);
      facts.minimum = -0.5 * arma::dot(mean_b_, solution);
    }
    facts.best_learning_rate = 2 / (*facts.smoothness + *facts.strong_convexity);
    const double root = std::sqrt(*facts.smoothness / *facts.strong_convexity);
    facts.best_momentum = std::pow((root - 1) / (root + 1), 2);
    return facts;
  }
  double footprint() const {
    const auto d = static_cast<double>(dimension), n = static_cast<double>(clients);
    return 8 * d * (4 * d + 2 * n) + (curvature == Curvature::unlike ? n * (8 * d * d + 200) : 0);
  }
  /// Rows of b are the clients'; A holds their matrices one under another, or the one that they share.
  std::vector<NamedMatrix> data() const {
    arma::mat stacked = mean_;
    const arma::uword d = mean_.n_rows;
    if (!each_.empty()) stacked.set_size(d * each_.size(), d);
    for (std::size_t i = 0; i < each_.size(); ++i) stacked.rows(i * d, (i + 1) * d - 1) = each_[i];
    return {{"A", stacked}, {"b", b_.t()}};
  }

 private:
  static double along(const Blocks& x, const arma::vec& pull, const arma::vec& b, Blocks& g) {
    g.flat() = pull - b;
    return 0.5 * arma::dot(x.flat(), pull) - arma::dot(b, x.flat());
  }

  std::vector<arma::mat> each_;  ///< matrices of the clients; empty: all have the mean's
  arma::mat mean_, b_;           ///< b: one column for each client
  arma::vec sizes_, mean_b_;
};

}  // namespace KAPPA_FILE

Method finite_sum_quadratic() {
  using M = KAPPA_FILE::FiniteSumQuadratic;
  const auto under = [](const char* kind) { return Extra{.when = When{"curvature", {kind}}}; };
  Params<M> params = {
      {&M::dimension, "dimension", "d", count(1, 5'000, true), "number of unknowns"},
      {&M::clients, "clients", "n", count(1, 1'000'000, true), "components of the mean; a batch is some of them"},
      {&M::curvature, "curvature", "", choices({"unlike", "shared"}),
       "Aᵢ = Lᵢ Bᵢ/λmax(Bᵢ) and bᵢ = Aᵢ N(0, I); or one diagonal Λ for all and bᵢ noise alone"},
      {&M::first_smoothness, "first_smoothness", "L₁", from_zero(1e-2, 1e4),
       "largest curvature of the first client; the others have 1", under("unlike")}};
  for (Param<M>& param : spectrum_fields<M>()) params.push_back(std::move(param));
  params.push_back({&M::noise, "noise", "σ", from_zero(1e-4, 10),
                    "standard deviation of every entry of the noise vectors −bᵢ", under("shared")});
  params.push_back({&M::start_value, "start_value", "", from_zero(1e-2, 100), "every coordinate starts here"});
  return problem<M>({.title = "Finite sum of quadratics",
                     .idea = "Every client has a bowl of its own, and what is sought is the bottom of their mean.",
                     .equation = "f(x) = 1/n Σ (½ xᵀAᵢx − bᵢᵀx)",
                     .cite = {{"Richtárik, Gasanov, Burlachenko", 2024,
                               "Error Feedback Reloaded: From Quadratic to Arithmetic Mean "
                               "of Smoothness Constants",
                               "arXiv:2402.10774"}}},
                    std::move(params));
}

}  // namespace kappa::problems
