/// Matrix least squares: one linear layer that is to map inputs of a chosen spectrum to given outputs.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/designs.hpp"
#include "core/random/matrices.hpp"
#include "core/random/regression_data.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct MatrixLeastSquares {
  std::int64_t rows = 40;
  std::int64_t columns = 30;
  std::int64_t samples = 200;
  double condition_number = 1000;
  SpectrumShape spectrum = SpectrumShape::geometric;
  double spectrum_alpha = 1;
  double spectrum_fraction = 0.5;
  std::int64_t spectrum_count = 1;
  bool exact_spectrum = false;
  bool rotate = true;
  double truth_scale = 1;
  double noise = 0;

  void build(Rng rng) {
    const auto m = static_cast<arma::uword>(rows), n = static_cast<arma::uword>(columns),
               count = static_cast<arma::uword>(samples);
    const arma::vec eigenvalues = covariance_eigenvalues(spectrum, n, condition_number, spectrum_alpha,
                                                         spectrum_fraction, static_cast<arma::uword>(spectrum_count));
    Design design = gaussian_design(rng.child("design"), count, eigenvalues, rotate, exact_spectrum);
    x_ = design.x.t();
    design.x.reset();
    law_ = std::make_shared<const Design>(std::move(design));
    truth_ = normal_matrix(rng.child("truth"), m, n) * (truth_scale / std::sqrt(static_cast<double>(n)));
    y_ = truth_ * x_;
    if (noise > 0) y_ += noise * normal_matrix(rng.child("noise"), m, count);
  }
  Blocks start(Rng) const { return point(arma::mat(truth_.n_rows, truth_.n_cols, arma::fill::zeros)); }

  double value(const Blocks& x, const Sample& s) const { return loss(x, s); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = loss(x, s);
    arma::mat out = g.block(0);
    out = s.scratch.m * (s.rows.empty() ? x_ : s.scratch.n).t();
    out /= static_cast<double>(s.scratch.m.n_cols);
    return f;
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const {
    arma::mat result = out.block(0);
    result = (v.block(0) * x_) * x_.t() / count();
  }
  arma::mat hessian(const Blocks&) const {
    return arma::kron(arma::mat(x_ * x_.t() / count()), arma::mat(truth_.n_rows, truth_.n_rows, arma::fill::eye));
  }

  std::uint64_t row_count() const { return x_.n_cols; }
  std::uint64_t components() const { return x_.n_cols; }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    const arma::vec input = x_.col(i), r = x.block(0) * input - y_.col(i);
    arma::mat out = g.block(0);
    out = r * input.t();
    return 0.5 * arma::dot(r, r);
  }
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const {
    loss(x, s);
    r = arma::vectorise(s.scratch.m) / std::sqrt(static_cast<double>(s.scratch.m.n_cols));
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const {
    loss(x, s);
    const arma::mat& inputs = s.rows.empty() ? x_ : s.scratch.n;
    j = arma::kron(arma::mat(inputs.t()), arma::mat(truth_.n_rows, truth_.n_rows, arma::fill::eye)) /
        std::sqrt(static_cast<double>(inputs.n_cols));
  }

  arma::mat estimate(const Blocks& x) const {
    arma::mat copy;
    copy = x.block(0);  // a block returned as it is would look at x
    return copy;
  }
  Facts facts() const;
  double footprint() const {
    const double m = static_cast<double>(rows), n = static_cast<double>(columns), all = static_cast<double>(samples);
    return 8 * (3 * n * all + 2 * m * all + 3 * n * n + 2 * m * n);
  }
  std::vector<NamedMatrix> data() const { return {{"X", x_}, {"Y", y_}, {"truth", truth_}}; }

 private:
  double count() const { return static_cast<double>(x_.n_cols); }
  static Blocks point(const arma::mat& w) {
    Blocks out({{"W", w.n_rows, w.n_cols, Role::hidden}});
    out.block(0) = w;
    return out;
  }

  /// Leaves WX - Y of the sample in scratch.m, and its inputs in scratch.n unless they are all.
  double loss(const Blocks& x, const Sample& s) const {
    arma::mat& r = s.scratch.m;
    const arma::mat w = x.block(0);
    if (s.rows.empty()) {
      r = w * x_;
      r -= y_;
    } else {
      arma::mat& inputs = s.scratch.n;
      inputs.set_size(x_.n_rows, s.rows.size());
      for (std::size_t k = 0; k < s.rows.size(); ++k) inputs.col(k) = x_.col(s.rows[k]);
      r = w * inputs;
      for (std::size_t k = 0; k < s.rows.size(); ++k) r.col(k) -= y_.col(s.rows[k]);
    }
    return 0.5 * arma::dot(r, r) / static_cast<double>(r.n_cols);
  }

  arma::mat x_, y_, truth_;
  std::shared_ptr<const Design> law_;  ///< without its rows
};

Facts MatrixLeastSquares::facts() const {
  Facts facts;
  facts.truth = point(truth_);
  facts.truth_matrix = truth_;
  const Spectrum of_truth = kappa::spectrum(truth_);
  facts.truth_spectrum = of_truth.s;
  facts.truth_rank = static_cast<arma::uword>(kappa::rank(of_truth));
  facts.covariance = [law = law_, rows = truth_.n_rows](const arma::vec& v) {
    arma::mat w = arma::reshape(v, rows, v.n_elem / rows);
    w.each_row([&](arma::rowvec& row) { row = law->image(row.t()).t(); });
    return arma::vec(arma::vectorise(w));
  };
  arma::mat u, v;
  arma::vec s;
  if (!thin_svd(x_, u, s, v)) return facts;

  arma::vec each(x_.n_rows, arma::fill::zeros), inverse(s.n_elem, arma::fill::zeros);
  const double zero = std::max(1e-12 * s[0], numerical_zero({x_.n_rows, x_.n_cols, s}));
  double smallest = arma::datum::inf;
  for (arma::uword i = 0; i < s.n_elem; ++i) {
    if (s[i] <= zero) continue;
    each[i] = s[i] * s[i] / count();
    inverse[i] = 1 / s[i];
    smallest = each[i];
  }
  const double largest = each.max(), root = std::sqrt(largest / smallest);
  facts.hessian_spectrum = arma::sort(arma::vectorise(arma::repmat(each, 1, truth_.n_rows)));
  facts.smoothness = largest;
  facts.strong_convexity = each.min();
  facts.best_learning_rate = 2 / (largest + smallest);
  facts.best_momentum = std::pow((root - 1) / (root + 1), 2);
  facts.solution = point((y_ * (v.each_row() % inverse.t())) * u.t());
  Scratch room;
  facts.minimum = value(*facts.solution, {{}, Rng(0, "facts"), room});
  return facts;
}

}  // namespace KAPPA_FILE

Method matrix_least_squares() {
  using KAPPA_FILE::MatrixLeastSquares;
  using M = MatrixLeastSquares;
  Params<M> params = {{&M::rows, "rows", "m", count(1, 20'000, true), "rows of W: outputs"},
                      {&M::columns, "columns", "n", count(1, 20'000, true), "columns of W: inputs"},
                      {&M::samples, "samples", "N", count(1, 10'000'000, true), "columns of X and Y"}};
  for (Param<M>& param : spectrum_fields<M>()) params.push_back(std::move(param));
  const Params<M> rest = {
      {&M::exact_spectrum, "exact_spectrum", "", Flag{}, "make XXᵀ/N the chosen covariance exactly, for N ≥ n"},
      {&M::rotate, "rotate", "", Flag{}, "turn the eigenvectors off the axes by a random rotation"},
      {&M::truth_scale, "truth_scale", "", from_zero(1e-3, 1e3),
       "entries of W* are normal with this over √n as deviation"},
      {&M::noise, "noise", "σ", from_zero(1e-4, 10), "standard deviation of the noise in Y"}};
  params.insert(params.end(), rest.begin(), rest.end());
  return problem<M>(
      {.title = "Matrix least squares",
       .idea = "One linear layer with ill-conditioned inputs: the smallest place where Muon and Adam differ.",
       .equation = "f(W) = 1/(2N) ‖WX − Y‖²,  X = Q diag(√λ) G,  Y = W*X + σ G",
       .cite = {{"Jordan and others", 2024, "Muon: An Optimizer for Hidden Layers in Neural Networks",
                 "kellerjordan.github.io/posts/muon"}}},
      std::move(params));
}

}  // namespace kappa::problems
