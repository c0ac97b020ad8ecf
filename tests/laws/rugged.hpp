/// The problem that optimizers are tried on: generic, and able to answer whatever an optimizer may ask.
#pragma once

#include <armadillo>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"

namespace kappa::laws {

/// f(x) = f* + 1/(2n) Σ rᵢ² + λ‖x‖₁ with rᵢ = aᵢ·(x − x*) + s (tanh wᵢ·x − tanh wᵢ·x*): no symmetry of its own. With
/// s = 0 it is a quadratic. The constraint is the ball of radius |x*| around zero.
struct Rugged {
  arma::mat a, w;
  Blocks solution;
  double bend = 0.4, floor = 0.3, corner = 0;

  void build(Rng) {}
  Blocks start(Rng rng) const {
    Blocks x = solution;
    x.flat() += normal_vector(rng, x.flat().n_elem);
    return x;
  }
  std::uint64_t row_count() const { return a.n_rows; }
  std::uint64_t components() const { return a.n_rows; }

  double value(const Blocks& x, const Sample& s) const { return smooth_value(x, s) + corner * arma::norm(x.flat(), 1); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = smooth_gradient(x, g, s);
    g.flat() += corner * arma::sign(x.flat());
    return f + corner * arma::norm(x.flat(), 1);
  }
  double smooth_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    g.flat().zeros();
    const std::vector<std::uint32_t> rows = rows_of(s);
    for (const std::uint32_t i : rows) g.flat() += row(x, i) * slope(x, i) / static_cast<double>(rows.size());
    return smooth_value(x, s);
  }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    g.flat() = row(x, i) * slope(x, i) + corner * arma::sign(x.flat());
    return floor + 0.5 * row(x, i) * row(x, i) + corner * arma::norm(x.flat(), 1);
  }
  arma::mat hessian(const Blocks& x) const {
    arma::mat h(a.n_cols, a.n_cols, arma::fill::zeros);
    for (arma::uword i = 0; i < a.n_rows; ++i) {
      const double u = std::tanh(arma::dot(w.row(i), x.flat()));
      h += slope(x, i) * slope(x, i).t() - 2 * bend * row(x, i) * u * (1 - u * u) * (w.row(i).t() * w.row(i));
    }
    return h / static_cast<double>(a.n_rows);
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const { out.flat() = hessian(x) * v.flat(); }
  /// Scaled so that f* + ½|r|² is the smooth part.
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const {
    const std::vector<std::uint32_t> rows = rows_of(s);
    r.set_size(rows.size());
    for (std::size_t k = 0; k < rows.size(); ++k) r[k] = row(x, rows[k]) / std::sqrt(static_cast<double>(rows.size()));
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const {
    const std::vector<std::uint32_t> rows = rows_of(s);
    j.set_size(rows.size(), a.n_cols);
    for (std::size_t k = 0; k < rows.size(); ++k)
      j.row(k) = slope(x, rows[k]).t() / std::sqrt(static_cast<double>(rows.size()));
  }
  void prox(const Blocks& x, double step, Blocks& out) const {
    out.flat() = arma::sign(x.flat()) % arma::clamp(arma::abs(x.flat()) - step * corner, 0, arma::datum::inf);
  }
  void project(const Blocks& x, Blocks& out) const {
    const double size = arma::norm(x.flat()), most = arma::norm(solution.flat());
    out.flat() = x.flat() * (size > most ? most / size : 1);
  }
  /// The minimum over one block, the others kept; exact where the problem is a quadratic.
  void solve_block(std::size_t i, const Blocks& x, Blocks& out) const {
    const BlockShape& shape = x.shape(i);
    const arma::span span(shape.offset, shape.offset + shape.rows * shape.cols - 1);
    arma::vec rest = x.flat() - solution.flat();
    rest(span).zeros();
    out.flat() = x.flat();
    out.flat()(span) = solution.flat()(span) - arma::pinv(arma::mat(a.cols(span.a, span.b))) * (a * rest);
  }
  Facts facts() const {
    Facts facts;
    const arma::vec curvature = arma::eig_sym(a.t() * a / static_cast<double>(a.n_rows));
    if (bend == 0) facts.hessian_spectrum = curvature;
    facts.smoothness = curvature.max() * (1 + bend) * (1 + bend);
    facts.strong_convexity = std::max(curvature.min(), 0.0);
    if (corner == 0) {
      facts.minimum = floor;
      facts.solution = solution;
    }
    facts.truth = solution;
    facts.truth_spectrum = arma::vec{2, 1, 0.5};
    facts.truth_rank = 3;
    facts.smooth = corner == 0;
    return facts;
  }

 private:
  double row(const Blocks& x, arma::uword i) const {
    const arma::vec& s = solution.flat();
    return arma::dot(a.row(i), x.flat() - s) +
           bend * (std::tanh(arma::dot(w.row(i), x.flat())) - std::tanh(arma::dot(w.row(i), s)));
  }
  arma::vec slope(const Blocks& x, arma::uword i) const {
    const double u = std::tanh(arma::dot(w.row(i), x.flat()));
    return (a.row(i) + bend * (1 - u * u) * w.row(i)).t();
  }
  std::vector<std::uint32_t> rows_of(const Sample& s) const {
    if (!s.rows.empty()) return {s.rows.begin(), s.rows.end()};
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < a.n_rows; ++i) all.push_back(i);
    return all;
  }
  double smooth_value(const Blocks& x, const Sample& s) const {
    double sum = 0;
    const std::vector<std::uint32_t> rows = rows_of(s);
    for (const std::uint32_t i : rows) sum += 0.5 * row(x, i) * row(x, i);
    return floor + sum / static_cast<double>(rows.size());
  }
};

/// Two matrix blocks W and Z around a vector block v, from seeded normal numbers; the largest curvature is about one.
inline Rugged rugged(arma::uword rows = 4, arma::uword cols = 3, arma::uword vector = 3, std::uint64_t seed = 1) {
  Rugged problem;
  problem.solution =
      Blocks({{"W", rows, cols, Role::hidden}, {"v", vector, 1, Role::vector}, {"Z", cols, rows, Role::hidden}});
  const arma::uword d = problem.solution.flat().n_elem, n = 2 * d + 4;
  const auto size = std::sqrt(static_cast<double>(d));
  problem.solution.flat() = normal_vector(Rng(seed, "solution"), d);
  problem.a = arma::reshape(normal_vector(Rng(seed, "rows"), n * d), n, d);
  problem.a *= std::sqrt(static_cast<double>(n)) / arma::norm(problem.a);
  problem.w = arma::reshape(normal_vector(Rng(seed, "bends"), n * d), n, d) / size;
  return problem;
}

}  // namespace kappa::laws
