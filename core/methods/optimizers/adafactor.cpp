/// Adafactor: Adam's mean square of a matrix, kept only as row and column means, with steps relative to the weights.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

double root_mean_square(const arma::mat& a) {
  return a.is_empty() ? 0.0 : arma::norm(arma::vectorise(a)) / std::sqrt(static_cast<double>(a.n_elem));
}

struct Adafactor {
  std::optional<double> learning_rate;
  double decay_exponent = 0.8;
  double clip_threshold = 1.0;
  double epsilon1 = 1e-30;
  double epsilon2 = 1e-3;

  struct State {
    std::vector<arma::vec> rows, columns;  ///< of a vector block: its mean squares, and nothing
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const {
    State s;
    for (std::size_t i = 0; i < x0.count(); ++i) {
      const BlockShape& shape = x0.shape(i);
      s.rows.emplace_back(shape.rows, arma::fill::zeros);
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
      const arma::mat square = arma::square(g) + epsilon1;
      arma::mat u = g;
      if (is_factored(c.x.shape(i))) {
        s.rows[i] = memory * s.rows[i] + (1 - memory) * arma::mean(square, 1);
        s.columns[i] = memory * s.columns[i] + (1 - memory) * arma::mean(square, 0).t();
        u /= arma::sqrt(s.rows[i] / arma::mean(s.rows[i]) * s.columns[i].t());
      } else {
        s.rows[i] = memory * s.rows[i] + (1 - memory) * arma::vectorise(square);
        u /= arma::reshape(arma::sqrt(s.rows[i]), u.n_rows, u.n_cols);
      }
      u /= std::max(1.0, root_mean_square(u) / clip_threshold);
      arma::mat update = out.block(i);
      update = -std::max(epsilon2, root_mean_square(x)) * relative * u;
    }
    return Step::by;
  }
  Law laws() const { return Law::sign | Law::scale_f; }

 private:
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
