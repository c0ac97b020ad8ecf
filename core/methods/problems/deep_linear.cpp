/// Deep linear network: a product of matrices that is to become a matrix with a chosen spectrum.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"
#include "core/random/regression_data.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class From { gaussian, identity };

/// Products on both sides of each layer: estimate = above[i] W_i below[i].
struct Products {
  std::vector<arma::mat> above, below;
  arma::mat all;
};

struct DeepLinear {
  std::int64_t depth = 3;
  std::int64_t rows = 20;
  std::int64_t columns = 20;
  std::int64_t width = 20;
  std::int64_t true_rank = 5;
  double condition_number = 10;
  SpectrumShape spectrum = SpectrumShape::geometric;
  double spectrum_alpha = 1;
  double spectrum_fraction = 0.5;
  std::int64_t spectrum_count = 1;
  double target_scale = 1;
  From from = From::gaussian;
  double init_scale = 0.3;

  void build(Rng rng) {
    const auto m = static_cast<arma::uword>(rows), n = static_cast<arma::uword>(columns);
    const arma::uword r = std::min({static_cast<arma::uword>(true_rank), m, n});
    s_ = target_scale * covariance_eigenvalues(spectrum, r, condition_number, spectrum_alpha, spectrum_fraction,
                                               static_cast<arma::uword>(spectrum_count));
    u_ = orthonormal_columns(rng.child("left"), m, r);
    v_ = orthonormal_columns(rng.child("right"), n, r);
    target_ = u_ * arma::diagmat(s_) * v_.t();
    std::vector<BlockShape> shapes;
    const auto layers = static_cast<arma::uword>(depth), w = static_cast<arma::uword>(width);
    for (arma::uword i = 0; i < layers; ++i) {
      const Role role = layers == 1 || (i > 0 && i + 1 < layers) ? Role::hidden : i == 0 ? Role::first : Role::last;
      shapes.push_back({"W" + std::to_string(i + 1), i + 1 == layers ? m : w, i == 0 ? n : w, role});
    }
    layout_ = std::make_shared<const Layout>(std::move(shapes));
  }
  Blocks start(Rng rng) const {
    Blocks x(layout_);
    for (std::size_t i = 0; i < x.count(); ++i) {
      arma::mat w = x.block(i);
      if (from == From::identity)
        w.diag().fill(init_scale);
      else
        w = normal_matrix(rng.child("start", i), w.n_rows, w.n_cols) *
            (init_scale / std::sqrt(static_cast<double>(w.n_cols)));
    }
    return x;
  }

  double value(const Blocks& x, const Sample&) const {
    const arma::mat e = estimate(x) - target_;
    return 0.5 * arma::dot(e, e);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
    const Products p = products(x);
    const arma::mat e = p.all - target_;
    for (std::size_t i = 0; i < x.count(); ++i) {
      arma::mat out = g.block(i);
      out = p.above[i].t() * e * p.below[i].t();
    }
    return 0.5 * arma::dot(e, e);
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const;
  void residual(const Blocks& x, arma::vec& r, const Sample&) const { r = arma::vectorise(estimate(x) - target_); }
  void jacobian(const Blocks& x, arma::mat& j, const Sample&) const {
    const Products p = products(x);
    j.set_size(target_.n_elem, x.flat().n_elem);
    for (std::size_t i = 0; i < x.count(); ++i) {
      const BlockShape& shape = x.shape(i);
      j.cols(shape.offset, shape.offset + shape.rows * shape.cols - 1) =
          arma::kron(arma::mat(p.below[i].t()), p.above[i]);
    }
  }
  arma::mat estimate(const Blocks& x) const {
    arma::mat product = x.block(0) * 1.0;  // a copy
    for (std::size_t i = 1; i < x.count(); ++i) product = arma::mat(x.block(i) * product);
    return product;
  }

  /// A narrow network keeps the largest singular values.
  Facts facts() const {
    Facts facts;
    facts.truth_matrix = target_;
    facts.truth_spectrum = arma::sort(s_, "descend");
    facts.truth_rank = arma::accu(s_ > 0);
    const arma::uword kept = depth == 1 ? s_.n_elem : std::min(s_.n_elem, static_cast<arma::uword>(width));
    const arma::uvec order = arma::sort_index(s_, "descend");
    double lost = 0;
    for (arma::uword i = kept; i < s_.n_elem; ++i) lost += 0.5 * s_[order[i]] * s_[order[i]];
    facts.minimum = lost;
    Blocks x(layout_);
    for (std::size_t layer = 0; layer < x.count(); ++layer) {
      arma::mat w = x.block(layer);
      for (arma::uword i = 0; i < kept; ++i) {
        const double root = std::pow(s_[order[i]], 1.0 / static_cast<double>(depth));
        const arma::vec left = layer + 1 == x.count() ? arma::vec(u_.col(order[i])) : unit(w.n_rows, i);
        const arma::vec right = layer == 0 ? arma::vec(v_.col(order[i])) : unit(w.n_cols, i);
        w += root * left * right.t();
      }
    }
    facts.solution = x;
    if (lost == 0) facts.truth = facts.solution;
    return facts;
  }
  double footprint() const {
    const double m = static_cast<double>(rows), n = static_cast<double>(columns), w = static_cast<double>(width);
    return 8 * (4 * m * n + static_cast<double>(depth) * (w * w + w * (m + n)));
  }
  std::vector<NamedMatrix> data() const { return {{"truth", target_}}; }

 private:
  static arma::vec unit(arma::uword n, arma::uword i) {
    arma::vec e(n, arma::fill::zeros);
    e[i] = 1;
    return e;
  }
  Products products(const Blocks& x) const {
    const std::size_t n = x.count();
    Products p;
    p.above.resize(n);
    p.below.resize(n);
    p.below[0].eye(target_.n_cols, target_.n_cols);
    for (std::size_t i = 1; i < n; ++i) p.below[i] = x.block(i - 1) * p.below[i - 1];
    p.above[n - 1].eye(target_.n_rows, target_.n_rows);
    for (std::size_t i = n - 1; i > 0; --i) p.above[i - 1] = p.above[i] * x.block(i);
    p.all = x.block(n - 1) * p.below[n - 1];
    return p;
  }

  arma::mat u_, v_, target_;
  arma::vec s_;
  std::shared_ptr<const Layout> layout_;
};

/// The gradient A'EB' moves through A, through E and through B.
void DeepLinear::hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
  const std::size_t n = x.count();
  const Products p = products(x);
  std::vector<arma::mat> above(n), below(n);  // their changes
  below[0].zeros(size(p.below[0]));
  for (std::size_t i = 1; i < n; ++i) below[i] = v.block(i - 1) * p.below[i - 1] + x.block(i - 1) * below[i - 1];
  above[n - 1].zeros(size(p.above[n - 1]));
  for (std::size_t i = n - 1; i > 0; --i) above[i - 1] = above[i] * x.block(i) + p.above[i] * v.block(i);
  const arma::mat e = p.all - target_, moved = v.block(n - 1) * p.below[n - 1] + x.block(n - 1) * below[n - 1];
  for (std::size_t i = 0; i < n; ++i) {
    arma::mat each = out.block(i);
    each =
        above[i].t() * e * p.below[i].t() + p.above[i].t() * moved * p.below[i].t() + p.above[i].t() * e * below[i].t();
  }
}

}  // namespace KAPPA_FILE

Method deep_linear() {
  using KAPPA_FILE::DeepLinear;
  using M = DeepLinear;
  Params<M> params = {{&M::depth, "depth", "N", count(1, 32), "number of factors"},
                      {&M::rows, "rows", "m", count(1, 1000, true), "rows of the target"},
                      {&M::columns, "columns", "n", count(1, 1000, true), "columns of the target"},
                      {&M::width, "width", "w", count(1, 1000, true), "rows and columns between the factors"},
                      {&M::true_rank, "true_rank", "r*", count(1, 1000, true), "rank of the target"}};
  for (Param<M>& param : spectrum_fields<M>()) params.push_back(std::move(param));
  const Params<M> rest = {
      {&M::target_scale, "target_scale", "", from_zero(1e-3, 1e3), "largest singular value of the target"},
      {&M::from, "start", "", choices({"gaussian", "identity"}), "factors of normal numbers, or diagonal and balanced"},
      {&M::init_scale, "init_scale", "α", from_zero(1e-6, 10),
       "the start is α G/√(columns) or α I; small values learn one singular value after the other"}};
  params.insert(params.end(), rest.begin(), rest.end());
  return problem<M>({.title = "Deep linear network",
                     .idea = "A linear map written as a product: the same minimum, another road to it.",
                     .equation = "f(W₁ … W_N) = ½ ‖W_N ⋯ W₁ − M‖²,  M = U diag(s) Vᵀ",
                     .cite = {{"Saxe, McClelland, Ganguli", 2014,
                               "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
                               "arXiv:1312.6120"}}},
                    std::move(params));
}

}  // namespace kappa::problems
