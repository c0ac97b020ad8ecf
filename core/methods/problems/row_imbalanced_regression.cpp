/// Row-imbalanced regression: neurons of one layer whose gradients differ in size by far more than their tasks do.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class Regime { weighted_rows, scaled_targets };

struct RowImbalancedRegression {
  std::int64_t rows = 96;
  std::int64_t columns = 24;
  std::int64_t samples = 400;
  double row_imbalance = 1;
  Regime regime = Regime::weighted_rows;
  double noise = 0.3;

  void build(Rng rng) {
    const auto m = static_cast<arma::uword>(rows), n = static_cast<arma::uword>(columns);
    x_ = normal_matrix(rng.child("design"), n, static_cast<arma::uword>(samples));
    truth_ = normal_matrix(rng.child("truth"), m, n) / std::sqrt(static_cast<double>(n));
    row_scale_ = arma::exp(row_imbalance * normal_vector(rng.child("rows"), m));
    weight_ = regime == Regime::weighted_rows ? row_scale_ : arma::vec(m, arma::fill::ones);
    if (regime == Regime::scaled_targets) truth_.each_col() %= row_scale_;
  }
  Blocks start(Rng) const { return point(arma::mat(truth_.n_rows, truth_.n_cols, arma::fill::zeros)); }

  double value(const Blocks& x, const Sample& s) const {
    arma::mat& r = residuals(x, s);
    const double count = static_cast<double>(r.n_cols);
    return 0.5 * arma::dot(weight_, arma::vec(arma::sum(arma::square(r), 1))) / count;
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = value(x, s);
    arma::mat& r = s.scratch.m;
    r.each_col() %= weight_ / static_cast<double>(r.n_cols);
    arma::mat out = g.block(0);
    out = r * (s.rows.empty() ? x_ : s.scratch.n).t();
    if (noise > 0 && !s.noiseless) {
      Rng draw = s.noise;
      arma::mat added = noise * normal_matrix(draw, out.n_rows, out.n_cols);
      added.each_col() %= row_scale_;
      out += added;
    }
    return f;
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const {
    arma::mat result = (v.block(0) * x_) * x_.t() / static_cast<double>(x_.n_cols);
    result.each_col() %= weight_;
    out.block(0) = result;
  }
  arma::mat hessian(const Blocks&) const {
    return arma::kron(arma::mat(x_ * x_.t() / static_cast<double>(x_.n_cols)), arma::mat(arma::diagmat(weight_)));
  }
  std::uint64_t row_count() const { return x_.n_cols; }

  arma::mat estimate(const Blocks& x) const {
    arma::mat copy;
    copy = x.block(0);  // a block returned as it is would look at x
    return copy;
  }
  Facts facts() const {
    Facts facts;
    facts.solution = facts.truth = point(truth_);
    facts.truth_matrix = truth_;
    facts.truth_spectrum = singular_values(truth_);
    facts.minimum = 0.0;
    facts.covariance = [](const arma::vec& v) { return v; };
    const arma::vec of_inputs =
        arma::clamp(symmetric_eigenvalues(x_ * x_.t() / static_cast<double>(x_.n_cols)), 0, arma::datum::inf);
    facts.hessian_spectrum = arma::sort(arma::vectorise(weight_ * of_inputs.t()));
    facts.smoothness = facts.hessian_spectrum.back();
    facts.strong_convexity = facts.hessian_spectrum.front();
    facts.best_learning_rate = 2 / (*facts.smoothness + *facts.strong_convexity);
    return facts;
  }
  double footprint() const {
    const double m = static_cast<double>(rows), n = static_cast<double>(columns), all = static_cast<double>(samples);
    return 8 * (2 * n * all + m * all + 4 * m * n);
  }
  std::vector<NamedMatrix> data() const { return {{"X", x_}, {"truth", truth_}, {"row_scale", row_scale_}}; }

 private:
  static Blocks point(const arma::mat& w) {
    Blocks out({{"W", w.n_rows, w.n_cols, Role::hidden}});
    out.block(0) = w;
    return out;
  }
  /// (W − W*)X of the sample, in scratch.m, and its inputs in scratch.n unless they are all.
  arma::mat& residuals(const Blocks& x, const Sample& s) const {
    arma::mat& r = s.scratch.m;
    const arma::mat away = x.block(0) - truth_;
    if (s.rows.empty()) {
      r = away * x_;
      return r;
    }
    arma::mat& inputs = s.scratch.n;
    inputs.set_size(x_.n_rows, s.rows.size());
    for (std::size_t k = 0; k < s.rows.size(); ++k) inputs.col(k) = x_.col(s.rows[k]);
    r = away * inputs;
    return r;
  }

  arma::mat x_, truth_;
  arma::vec row_scale_, weight_;
};

}  // namespace KAPPA_FILE

Method row_imbalanced_regression() {
  using R = KAPPA_FILE::RowImbalancedRegression;
  return problem<R>(
      {.title = "Row-imbalanced regression",
       .idea =
           "Neurons whose gradients are of very different sizes. Weighted rows all have equally far to go, so evening "
           "them out helps; scaled targets really are farther away where gradients are large, and there it hurts.",
       .equation = "f(W) = 1/(2N) Σᵢ wᵢ ‖(W − W*)ᵢ X‖²,  G = ∇f + σ c ⊙ N,  log c normal,  w = c, or w = 1 and W* rows "
                   "times c",
       .cite = {{"Li, Liu, Liang, Chen, Zhao", 2025, "NorMuon: Making Muon more efficient and scalable",
                 "arXiv:2510.05491"}}},
      {{&R::rows, "rows", "m", count(1, 20'000, true), "rows of W: neurons"},
       {&R::columns, "columns", "n", count(1, 20'000, true), "columns of W: inputs"},
       {&R::samples, "samples", "N", count(1, 1'000'000, true), "columns of X"},
       {&R::row_imbalance, "row_imbalance", "", Range{.lo = 0, .hi = 10, .slider_lo = 0, .slider_hi = 3},
        "standard deviation of log c"},
       {&R::regime, "regime", "", choices({"weighted_rows", "scaled_targets"}),
        "c weighs the rows of the loss, or c scales the rows of W*"},
       {&R::noise, "noise", "σ", from_zero(1e-4, 10), "of the normal matrix c ⊙ N that is added to every gradient"}});
}

}  // namespace kappa::problems
