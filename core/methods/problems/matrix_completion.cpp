/// Matrix completion: a matrix of low rank, sought by two factors from some of its entries.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/linalg/krylov.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct Entry {
  arma::uword row, column;
};

enum class From { gaussian, spectral };

/// The table and what is seen of it. Shared between the factored and the lifted problem.
struct Table {
  arma::mat u, v, truth;
  arma::vec s, y;
  std::vector<Entry> entries;
  double observed = 1;
  bool noisy = false;

  std::size_t count(const Sample& sample) const { return sample.rows.empty() ? entries.size() : sample.rows.size(); }
  std::size_t place(const Sample& sample, std::size_t k) const { return sample.rows.empty() ? k : sample.rows[k]; }
  /// A batch counts as much as all that is seen, and that as much as the whole matrix.
  double weight(const Sample& sample) const {
    return static_cast<double>(entries.size()) / (observed * static_cast<double>(count(sample)));
  }
  void describe(Facts& facts) const {
    facts.truth_matrix = truth;
    facts.truth_spectrum = s;
    facts.truth_rank = s.n_elem;
  }
  std::vector<NamedMatrix> dump() const {
    arma::mat list(entries.size(), 2);
    for (arma::uword k = 0; k < entries.size(); ++k) {
      list(k, 0) = static_cast<double>(entries[k].row);
      list(k, 1) = static_cast<double>(entries[k].column);
    }
    return {{"truth", truth}, {"entries", list}, {"y", y}};
  }
  /// The leading k singular vectors and values of what is seen over p, zero elsewhere.
  void spectral(arma::uword k, arma::mat& left, arma::vec& values, arma::mat& right) const {
    arma::mat seen(arma::size(truth), arma::fill::zeros);
    for (std::size_t i = 0; i < entries.size(); ++i) seen(entries[i].row, entries[i].column) = y[i] / observed;
    const arma::uword most = std::min(seen.n_rows, seen.n_cols);
    if (most <= 400 || 8 * k > most) {
      thin_svd(seen, left, values, right);
      return;
    }
    const auto gram = [&seen](const arma::vec& x) -> arma::vec { return seen.t() * (seen * x); };
    const arma::vec along = normal_vector(Rng(0, "spectral start"), seen.n_cols);
    const LanczosResult found = lanczos(gram, seen.n_cols, 4 * k + 40, along, true);
    right = found.vectors;
    values = arma::sqrt(arma::clamp(found.values, 1e-300, arma::datum::inf));
    left = (seen * right) * arma::diagmat(1 / values);
  }
};

/// The same entries over the table itself: convex, but what is not seen is free.
struct Lifted {
  std::shared_ptr<const Table> table;

  void build(Rng) {}
  Blocks start(Rng) const { return Blocks({{"Z", table->truth.n_rows, table->truth.n_cols, Role::hidden}}); }
  double value(const Blocks& x, const Sample& s) const { return spread(x, s, nullptr); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const { return spread(x, s, &g); }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    out = zeros_like(x);
    const arma::mat along = v.block(0);
    arma::mat result = out.block(0);
    for (const Entry& at : table->entries) result(at.row, at.column) = along(at.row, at.column) / table->observed;
  }
  std::uint64_t row_count() const { return table ? table->entries.size() : 0; }
  arma::mat estimate(const Blocks& x) const {
    arma::mat copy;
    copy = x.block(0);  // a block returned as it is would look at x
    return copy;
  }
  Facts facts() const {
    Facts facts;
    table->describe(facts);
    facts.smoothness = 1 / table->observed;
    facts.minimum = 0.0;
    facts.truth = single_block("Z", table->truth);
    if (!table->noisy) facts.solution = facts.truth;
    return facts;
  }
  std::vector<NamedMatrix> data() const { return table->dump(); }

 private:
  double spread(const Blocks& x, const Sample& s, Blocks* g) const {
    const arma::mat z = x.block(0);
    const double w = table->weight(s);
    if (g != nullptr) g->flat().zeros();
    double squares = 0;
    for (std::size_t k = 0; k < table->count(s); ++k) {
      const std::size_t i = table->place(s, k);
      const Entry at = table->entries[i];
      const double e = z(at.row, at.column) - table->y[i];
      squares += e * e;
      if (g != nullptr) g->flat()[at.column * z.n_rows + at.row] += w * e;
    }
    return 0.5 * w * squares;
  }
};

struct MatrixCompletion {
  std::int64_t dimension = 40;
  std::int64_t dimension2 = 40;
  std::int64_t true_rank = 3;
  std::int64_t rank = 3;
  double condition_number = 2;
  double observed = 0.5;
  double noise = 0;
  From from = From::gaussian;
  double init_scale = 0.3;

  void build(Rng rng) {
    const auto m = static_cast<arma::uword>(dimension), n = static_cast<arma::uword>(dimension2);
    const arma::uword r = std::min({static_cast<arma::uword>(true_rank), m, n});
    Table table;
    table.observed = observed;
    table.noisy = noise > 0;
    table.s = r == 1 ? arma::vec{1.0} : arma::linspace(1, 1 / condition_number, r);
    table.u = orthonormal_columns(rng.child("left"), m, r);
    table.v = orthonormal_columns(rng.child("right"), n, r);
    table.truth = table.u * arma::diagmat(table.s) * table.v.t();
    Rng coin = rng.child("mask"), error = rng.child("noise");
    std::vector<double> y;
    for (arma::uword j = 0; j < n; ++j)
      for (arma::uword i = 0; i < m; ++i) {
        const double u = coin.uniform(), off = error.normal();
        if (u >= observed && (i + 1 < m || j + 1 < n || !table.entries.empty())) continue;  // something has to be seen
        table.entries.push_back({i, j});
        y.push_back(table.truth(i, j) + noise * off);
      }
    table.y = arma::vec(y);
    table_ = std::make_shared<const Table>(std::move(table));
  }
  Blocks start(Rng rng) const {
    Blocks x = point();
    if (from == From::spectral) {
      arma::mat left, right;
      arma::vec values;
      table_->spectral(factors(), left, values, right);
      const arma::uword kept = std::min(factors(), values.n_elem);
      const arma::mat roots = arma::diagmat(arma::sqrt(values.head(kept)));
      x.block(0).head_cols(kept) = left.head_cols(kept) * roots;
      x.block(1).head_cols(kept) = right.head_cols(kept) * roots;
      return x;
    }
    const double scale = init_scale / std::sqrt(static_cast<double>(rank));
    x.block(0) = scale * normal_matrix(rng.child("start", 0), table_->truth.n_rows, factors()) /
                 std::sqrt(static_cast<double>(dimension));
    x.block(1) = scale * normal_matrix(rng.child("start", 1), table_->truth.n_cols, factors()) /
                 std::sqrt(static_cast<double>(dimension2));
    return x;
  }

  double value(const Blocks& x, const Sample& s) const {
    const arma::vec& e = errors(x, s);
    return 0.5 * table_->weight(s) * arma::dot(e, e);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const arma::vec& e = errors(x, s);
    spread(e, s, g);
    g.flat() *= table_->weight(s);
    return 0.5 * table_->weight(s) * arma::dot(e, e);
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    Scratch room;
    const Sample all{{}, Rng(0, "hessian"), room};
    const arma::vec e = errors(x, all);
    const arma::mat left = room.m, right = room.n, to_left = v.block(0).t(), to_right = v.block(1).t();
    arma::vec moved(e.n_elem);
    for (arma::uword k = 0; k < e.n_elem; ++k) {
      const Entry at = table_->entries[k];
      moved[k] =
          arma::dot(to_left.col(at.row), right.col(at.column)) + arma::dot(left.col(at.row), to_right.col(at.column));
    }
    Blocks bent = zeros_like(x);
    spread(moved, all, out);
    turn(v, room);
    spread(e, all, bent);
    out.flat() = table_->weight(all) * (out.flat() + bent.flat());
  }
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const {
    r = errors(x, s);
    r *= std::sqrt(table_->weight(s));
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const {
    const arma::mat left = x.block(0), right = x.block(1);
    j.zeros(table_->count(s), x.flat().n_elem);
    const double root = std::sqrt(table_->weight(s));
    for (arma::uword k = 0; k < j.n_rows; ++k) {
      const Entry at = table_->entries[table_->place(s, k)];
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
    const std::vector<Entry>& entries = table_->entries;
    for (arma::uword k = 0; k < entries.size(); ++k) of_row[i == 0 ? entries[k].row : entries[k].column].push_back(k);
    for (arma::uword row = 0; row < free.n_rows; ++row) {
      const arma::uvec seen(of_row[row]);
      arma::uvec others(seen.n_elem);
      for (arma::uword k = 0; k < seen.n_elem; ++k) others[k] = i == 0 ? entries[seen[k]].column : entries[seen[k]].row;
      free.row(row).zeros();
      if (!seen.is_empty()) free.row(row) = (arma::pinv(arma::mat(fixed.rows(others))) * table_->y.elem(seen)).t();
    }
  }

  std::uint64_t row_count() const { return table_ ? table_->entries.size() : 0; }
  std::uint64_t components() const { return row_count(); }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    Scratch room;
    const auto row = static_cast<std::uint32_t>(i);
    return value_gradient(x, g, {{&row, 1}, Rng(0, "component"), room});
  }
  arma::mat estimate(const Blocks& x) const { return x.block(0) * x.block(1).t(); }
  Lifted lift() const { return {table_}; }
  Facts facts() const {
    Facts facts;
    table_->describe(facts);
    const arma::uword r = table_->s.n_elem;
    if (factors() < r) return facts;
    Blocks x = point();
    x.block(0).head_cols(r) = table_->u * arma::diagmat(arma::sqrt(table_->s));
    x.block(1).head_cols(r) = table_->v * arma::diagmat(arma::sqrt(table_->s));
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
  std::vector<NamedMatrix> data() const { return table_->dump(); }

 private:
  arma::uword factors() const { return static_cast<arma::uword>(rank); }
  Blocks point() const {
    return Blocks(
        {{"F", table_->truth.n_rows, factors(), Role::hidden}, {"G", table_->truth.n_cols, factors(), Role::hidden}});
  }
  /// Both factors transposed, so that what an entry touches lies together.
  static void turn(const Blocks& x, Scratch& room) {
    room.m = x.block(0).t();
    room.n = x.block(1).t();
  }
  /// In scratch.a, and leaves x turned.
  const arma::vec& errors(const Blocks& x, const Sample& s) const {
    turn(x, s.scratch);
    const arma::mat &left = s.scratch.m, &right = s.scratch.n;
    arma::vec& e = s.scratch.a;
    e.set_size(table_->count(s));
    for (arma::uword k = 0; k < e.n_elem; ++k) {
      const std::size_t i = table_->place(s, k);
      const Entry at = table_->entries[i];
      e[k] = arma::dot(left.col(at.row), right.col(at.column)) - table_->y[i];
    }
    return e;
  }
  /// The matrix with e at the sample's entries, times the factors last turned.
  void spread(const arma::vec& e, const Sample& s, Blocks& out) const {
    const arma::mat &left = s.scratch.m, &right = s.scratch.n;
    arma::vec &of_left = s.scratch.b, &of_right = s.scratch.c;
    of_left.zeros(left.n_elem);
    of_right.zeros(right.n_elem);
    const arma::uword r = left.n_rows;
    for (arma::uword k = 0; k < e.n_elem; ++k) {
      const Entry at = table_->entries[table_->place(s, k)];
      double *const to_left = of_left.memptr() + at.row * r, *const to_right = of_right.memptr() + at.column * r;
      const double *const from_left = left.colptr(at.row), *const from_right = right.colptr(at.column);
      for (arma::uword c = 0; c < r; ++c) {
        to_left[c] += e[k] * from_right[c];
        to_right[c] += e[k] * from_left[c];
      }
    }
    arma::mat first = out.block(0), second = out.block(1);
    first = arma::mat(of_left.memptr(), r, left.n_cols, false, true).t();
    second = arma::mat(of_right.memptr(), r, right.n_cols, false, true).t();
  }

  std::shared_ptr<const Table> table_;
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
       {&M::from, "start", "", choices({"gaussian", "spectral"}),
        "random factors, or the leading singular vectors of what is seen over p"},
       {&M::init_scale,
        "init_scale",
        "α",
        from_zero(1e-9, 10),
        "the start is α N(0, 1/(rm)) and α N(0, 1/(rn))",
        {.when = When{"start", {"gaussian"}}}}});
}

}  // namespace kappa::problems
