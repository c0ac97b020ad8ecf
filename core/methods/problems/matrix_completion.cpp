/// Matrix completion: a matrix of low rank, sought by two factors from some of its entries.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct Entry {
  arma::uword row, column;
};

struct MatrixCompletion {
  std::int64_t dimension = 40;
  std::int64_t dimension2 = 40;
  std::int64_t true_rank = 3;
  std::int64_t rank = 3;
  double condition_number = 2;
  double observed = 0.5;
  double noise = 0;
  double init_scale = 0.3;

  void build(Rng rng) {
    const auto m = static_cast<arma::uword>(dimension), n = static_cast<arma::uword>(dimension2);
    const arma::uword r = std::min({static_cast<arma::uword>(true_rank), m, n});
    s_ = r == 1 ? arma::vec{1.0} : arma::linspace(1, 1 / condition_number, r);
    u_ = orthonormal_columns(rng.child("left"), m, r);
    v_ = orthonormal_columns(rng.child("right"), n, r);
    truth_ = u_ * arma::diagmat(s_) * v_.t();
    entries_.clear();
    Rng coin = rng.child("mask"), error = rng.child("noise");
    std::vector<double> y;
    for (arma::uword j = 0; j < n; ++j)
      for (arma::uword i = 0; i < m; ++i) {
        const double u = coin.uniform(), off = error.normal();
        if (u >= observed && (i + 1 < m || j + 1 < n || !entries_.empty())) continue;  // something has to be seen
        entries_.push_back({i, j});
        y.push_back(truth_(i, j) + noise * off);
      }
    y_ = arma::vec(y);
  }
  Blocks start(Rng rng) const {
    Blocks x = point();
    const double scale = init_scale / std::sqrt(static_cast<double>(rank));
    x.block(0) = scale * normal_matrix(rng.child("start", 0), truth_.n_rows, factors()) /
                 std::sqrt(static_cast<double>(dimension));
    x.block(1) = scale * normal_matrix(rng.child("start", 1), truth_.n_cols, factors()) /
                 std::sqrt(static_cast<double>(dimension2));
    return x;
  }

  double value(const Blocks& x, const Sample& s) const {
    const arma::vec e = errors(x, s);
    return 0.5 * weight(e) * arma::dot(e, e);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const arma::vec e = errors(x, s);
    spread(e, x, s, g);
    g.flat() *= weight(e);
    return 0.5 * weight(e) * arma::dot(e, e);
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    Scratch room;
    const Sample all{{}, Rng(0, "hessian"), room};
    const arma::vec e = errors(x, all);
    arma::vec moved(e.n_elem);
    for (arma::uword k = 0; k < e.n_elem; ++k) {
      const Entry at = entry(all, k);
      moved[k] = arma::dot(v.block(0).row(at.row), x.block(1).row(at.column)) +
                 arma::dot(x.block(0).row(at.row), v.block(1).row(at.column));
    }
    Blocks bent = zeros_like(x);
    spread(moved, x, all, out);
    spread(e, v, all, bent);
    out.flat() = weight(e) * (out.flat() + bent.flat());
  }
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const {
    r = errors(x, s);
    r *= std::sqrt(weight(r));
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const {
    const arma::vec e = errors(x, s);
    const arma::mat left = x.block(0), right = x.block(1);
    j.zeros(e.n_elem, x.flat().n_elem);
    const double root = std::sqrt(weight(e));
    for (arma::uword k = 0; k < e.n_elem; ++k) {
      const Entry at = entry(s, k);
      for (arma::uword c = 0; c < left.n_cols; ++c) {
        j(k, c * left.n_rows + at.row) = root * right(at.column, c);
        j(k, left.n_elem + c * right.n_rows + at.column) = root * left(at.row, c);
      }
    }
  }
  /// Each row of the factor fits what is seen of it; where that is too little, with the shortest row.
  void solve_block(std::size_t i, const Blocks& x, Blocks& out) const {
    out.flat() = x.flat();
    arma::mat free = out.block(i);
    const arma::mat fixed = x.block(1 - i);
    std::vector<std::vector<arma::uword>> of_row(free.n_rows);
    for (arma::uword k = 0; k < entries_.size(); ++k)
      of_row[i == 0 ? entries_[k].row : entries_[k].column].push_back(k);
    for (arma::uword row = 0; row < free.n_rows; ++row) {
      const arma::uvec seen(of_row[row]);
      arma::uvec others(seen.n_elem);
      for (arma::uword k = 0; k < seen.n_elem; ++k)
        others[k] = i == 0 ? entries_[seen[k]].column : entries_[seen[k]].row;
      free.row(row).zeros();
      if (!seen.is_empty()) free.row(row) = (arma::pinv(arma::mat(fixed.rows(others))) * y_.elem(seen)).t();
    }
  }

  std::uint64_t row_count() const { return entries_.size(); }
  std::uint64_t components() const { return entries_.size(); }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    Scratch room;
    const auto row = static_cast<std::uint32_t>(i);
    return value_gradient(x, g, {{&row, 1}, Rng(0, "component"), room});
  }
  arma::mat estimate(const Blocks& x) const { return x.block(0) * x.block(1).t(); }
  Facts facts() const {
    Facts facts;
    facts.truth_matrix = truth_;
    facts.truth_spectrum = s_;
    facts.truth_rank = s_.n_elem;
    if (factors() < s_.n_elem) return facts;
    Blocks x = point();
    x.block(0).head_cols(s_.n_elem) = u_ * arma::diagmat(arma::sqrt(s_));
    x.block(1).head_cols(s_.n_elem) = v_ * arma::diagmat(arma::sqrt(s_));
    facts.truth = x;
    if (noise > 0) return facts;
    facts.minimum = 0.0;
    facts.solution = x;
    return facts;
  }
  double footprint() const {
    const double m = static_cast<double>(dimension), n = static_cast<double>(dimension2);
    return 8 * (8 * m * n + 6 * static_cast<double>(rank) * (m + n));
  }
  std::vector<NamedMatrix> data() const {
    arma::mat list(entries_.size(), 2);
    for (arma::uword k = 0; k < entries_.size(); ++k) {
      list(k, 0) = static_cast<double>(entries_[k].row);
      list(k, 1) = static_cast<double>(entries_[k].column);
    }
    return {{"truth", truth_}, {"entries", list}, {"y", y_}};
  }

 private:
  arma::uword factors() const { return static_cast<arma::uword>(rank); }
  Blocks point() const {
    return Blocks({{"F", truth_.n_rows, factors(), Role::hidden}, {"G", truth_.n_cols, factors(), Role::hidden}});
  }
  Entry entry(const Sample& s, arma::uword k) const { return entries_[s.rows.empty() ? k : s.rows[k]]; }
  /// A batch counts as much as all that is seen, and that as much as the whole matrix.
  double weight(const arma::vec& e) const {
    return static_cast<double>(entries_.size()) / (observed * static_cast<double>(e.n_elem));
  }
  arma::vec errors(const Blocks& x, const Sample& s) const {
    const arma::mat left = x.block(0).t(), right = x.block(1).t();
    arma::vec e(s.rows.empty() ? entries_.size() : s.rows.size());
    for (arma::uword k = 0; k < e.n_elem; ++k) {
      const Entry at = entry(s, k);
      e[k] = arma::dot(left.col(at.row), right.col(at.column)) - y_[s.rows.empty() ? k : s.rows[k]];
    }
    return e;
  }
  /// The matrix with e at the sample's entries, times the factors of x.
  void spread(const arma::vec& e, const Blocks& x, const Sample& s, Blocks& out) const {
    out.flat().zeros();
    arma::mat of_left = out.block(0), of_right = out.block(1);
    const arma::mat left = x.block(0), right = x.block(1);
    for (arma::uword k = 0; k < e.n_elem; ++k) {
      const Entry at = entry(s, k);
      for (arma::uword c = 0; c < left.n_cols; ++c) {
        of_left(at.row, c) += e[k] * right(at.column, c);
        of_right(at.column, c) += e[k] * left(at.row, c);
      }
    }
  }

  arma::mat u_, v_, truth_;
  arma::vec s_, y_;
  std::vector<Entry> entries_;
};

}  // namespace KAPPA_FILE

Method matrix_completion() {
  using KAPPA_FILE::MatrixCompletion;
  using M = MatrixCompletion;
  return problem<M>(
      {.title = "Matrix completion",
       .idea = "Fill in a table of low rank from some of its entries, as in a recommender.",
       .equation = "f(F, G) = 1/(2p) Σ over seen (i, j) of ((FGᵀ)ᵢⱼ − Mᵢⱼ)²",
       .cite = {{"Candès, Recht", 2009, "Exact Matrix Completion via Convex Optimization",
                 "Foundations of Computational Mathematics 9"}}},
      {{&M::dimension, "dimension", "m", count(1, 2000, true), "rows of M"},
       {&M::dimension2, "dimension2", "n", count(1, 2000, true), "columns of M"},
       {&M::true_rank, "true_rank", "r*", count(1, 100), "rank of M"},
       {&M::rank, "rank", "r", count(1, 100), "columns of the factors"},
       {&M::condition_number, "condition_number", "κ",
        Range{.lo = 1, .hi = 1e12, .log = true, .slider_lo = 1, .slider_hi = 1e4},
        "largest over smallest singular value of M; they fall linearly from 1"},
       {&M::observed, "observed", "p", Range{.lo = 0, .hi = 1, .open_lo = true}, "probability that an entry is seen"},
       {&M::noise, "noise", "σ", from_zero(1e-6, 1), "standard deviation of the noise in what is seen"},
       {&M::init_scale, "init_scale", "α", from_zero(1e-9, 10), "the start is α N(0, 1/(rm)) and α N(0, 1/(rn))"}});
}

}  // namespace kappa::problems
