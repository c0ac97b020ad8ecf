/// Adafactor: Adam's mean square of a matrix, kept only as row and column means, with steps relative to the weights.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

double root_mean_square(const arma::mat& a) {
  const arma::vec all(const_cast<double*>(a.memptr()), a.n_elem, false, true);
  return a.is_empty() ? 0.0 : arma::norm(all) / std::sqrt(static_cast<double>(a.n_elem));
}

struct Adafactor {
  std::optional<double> learning_rate;
  double decay_exponent = 0.8;
  double clip_threshold = 1.0;
  double epsilon1 = 1e-30;
  double epsilon2 = 1e-3;

  struct State {
    std::vector<arma::vec> rows, columns;  ///< of a vector block: its mean squares, and nothing
    std::vector<arma::vec> sums;           ///< room
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const {
    State s;
    for (std::size_t i = 0; i < x0.count(); ++i) {
      const BlockShape& shape = x0.shape(i);
      s.rows.emplace_back(is_factored(shape) ? shape.rows : shape.rows * shape.cols, arma::fill::zeros);
      s.sums.emplace_back(shape.rows, arma::fill::zeros);
      s.columns.emplace_back(is_factored(shape) ? shape.cols : 0, arma::fill::zeros);
    }
    return s;
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.t);
    const double memory = 1 - std::pow(t, -decay_exponent);
    const double relative = learning_rate ? *learning_rate : std::min(1e-2, 1 / std::sqrt(t));
    for (std::size_t i = 0; i < c.x.count(); ++i) {
      const arma::mat x = c.x.block(i), g = c.g.block(i);
      arma::mat u = out.block(i);
      u = arma::square(g) + epsilon1;
      if (is_factored(c.x.shape(i)))
        divide_by_factors(g, memory, s.rows[i], s.columns[i], s.sums[i], u);
      else
        divide_by_each(g, memory, s.rows[i], u);
      u /= std::max(1.0, root_mean_square(u) / clip_threshold);
      u *= -std::max(epsilon2, root_mean_square(x)) * relative;
    }
    return Step::by;
  }
  Law laws() const { return Law::sign | Law::scale_f; }

 private:
  /// `u` holds the squares and becomes g over the root of their running means, known by row and by column.
  static void divide_by_factors(const arma::mat& g, double memory, arma::vec& rows, arma::vec& columns, arma::vec& sums,
                                arma::mat& u) {
    sums.zeros();
    for (arma::uword j = 0; j < u.n_cols; ++j) {
      sums += u.col(j);
      columns[j] = memory * columns[j] + (1 - memory) * arma::mean(u.col(j));
    }
    rows = memory * rows + (1 - memory) * (sums / static_cast<double>(u.n_cols));
    const double mean = arma::mean(rows);
    for (arma::uword j = 0; j < u.n_cols; ++j)
      for (arma::uword i = 0; i < u.n_rows; ++i) u(i, j) = g(i, j) / std::sqrt(rows[i] / mean * columns[j]);
  }
  static void divide_by_each(const arma::mat& g, double memory, arma::vec& squares, arma::mat& u) {
    for (arma::uword k = 0; k < u.n_elem; ++k) {
      squares[k] = memory * squares[k] + (1 - memory) * u[k];
      u[k] = g[k] / std::sqrt(squares[k]);
    }
  }
  static bool is_factored(const BlockShape& shape) { return shape.role != Role::vector && shape.cols > 1; }
};

}  // namespace KAPPA_FILE

Method adafactor() {
  using KAPPA_FILE::Adafactor;
  return optimizer<Adafactor>(
      {.title = "Adafactor",
       .idea =
           "Remember squared gradients of a matrix by their row and column means only, clip the update, and step in "
           "proportion to the weights.",
       .equation =
           "R, C ← running means (memory 1 − t^−0.8) of the row and column means of g² + ε₁,  V = RCᵀ/mean(R),  "
           "u = g/√V,  u ← u/max(1, RMS(u)/d),  W ← W − max(ε₂, RMS(W)) ρₜ u,  ρₜ = min(0.01, 1/√t)",
       .cite = {{"Shazeer, Stern", 2018, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost",
                 "arXiv:1804.04235"}}},
      {{&Adafactor::learning_rate, "learning_rate", "ρ", automatic(from_zero(1e-6, 10)),
        "step relative to RMS(W); auto: min(0.01, 1/√t)"},
       {&Adafactor::decay_exponent, "decay_exponent", "", range(0, 1), "memory of step t is 1 − t^−this"},
       {&Adafactor::clip_threshold, "clip_threshold", "d",
        Range{.lo = 0, .hi = 1e300, .log = true, .open_lo = true, .slider_lo = 1e-2, .slider_hi = 1e2},
        "largest root mean square of u"},
       {&Adafactor::epsilon1, "epsilon1", "ε₁",
        Range{.lo = 0, .hi = 1, .log = true, .open_lo = true, .slider_lo = 1e-30, .slider_hi = 1e-3},
        "added to squared gradients"},
       {&Adafactor::epsilon2, "epsilon2", "ε₂", from_zero(1e-6, 1), "least RMS of weights that steps refer to"}});
}

}  // namespace kappa::optimizers
