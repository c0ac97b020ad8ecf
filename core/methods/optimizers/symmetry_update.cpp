/// Symmetry-compatible update: the momentum of each matrix through a map that commutes with its block's symmetry.
#include <cmath>
#include <utility>

#include "core/linalg/polar.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/methods/optimizers/matrix_momentum.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Map {
  gradient,
  sign,
  polar,
  polar_gradient,
  right_spectral,
  left_spectral,
  row_norm,
  column_norm,
  polar_then_row,
  row_then_polar,
  centered_row_norm,
  centered_left_spectral
};

/// Each row over its norm; a zero row stays zero.
arma::mat rows_normalised(arma::mat m, double epsilon) {
  for (arma::uword i = 0; i < m.n_rows; ++i) {
    const double size = arma::norm(m.row(i));
    if (size > 0) m.row(i) /= size + epsilon;
  }
  return m;
}

/// M(MᵀM + εI)^−½ = (MMᵀ + εI)^−½M, by its singular values.
arma::mat one_sided_spectral(const arma::mat& m, double epsilon) {
  if (epsilon == 0) return polar(m);
  arma::mat u, v;
  arma::vec s;
  thin_svd(m, u, s, v);
  s /= arma::sqrt(arma::square(s) + epsilon);
  return (u.each_row() % s.t()) * v.t();
}

/// Without the mean of the rows: what a shift of all logits cannot change.
arma::mat centered(const arma::mat& m) { return m.each_row() - arma::mean(m, 0); }

struct SymmetryUpdate {
  double learning_rate = 0.02;
  double momentum = 0.95;
  Map map = Map::polar;
  double power = 1;
  double epsilon = 1e-8;
  double weight_decay = 0.0;
  OptimizerSlot fallback{.initial = auxiliary_adamw(), .model = nullptr};
  bool first_layer_fallback = false;
  bool last_layer_fallback = false;

  using State = MatrixMomentum;
  State init(const Blocks& x0) const { return matrix_momentum(*this, x0); }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    return step_matrices(*this, false, s, c, out,
                         [&](std::size_t, const arma::mat& m, const arma::mat& x, arma::mat& update) {
                           update = -learning_rate * (mapped(m) + weight_decay * x);
                         });
  }
  Law laws() const;

 private:
  arma::mat mapped(const arma::mat& m) const;
};

arma::mat SymmetryUpdate::mapped(const arma::mat& m) const {
  switch (map) {
    case Map::gradient:
      break;
    case Map::sign:
      return arma::sign(m);
    case Map::polar:
      return polar(m);
    case Map::polar_gradient: {
      double size = 0;
      const arma::mat direction = polar(m, size);
      return std::pow(size, power) * direction;
    }
    case Map::right_spectral:
    case Map::left_spectral:
      return one_sided_spectral(m, epsilon);
    case Map::row_norm:
      return rows_normalised(m, epsilon);
    case Map::column_norm:
      return rows_normalised(m.t(), epsilon).t();
    case Map::polar_then_row:
      return rows_normalised(polar(m), epsilon);
    case Map::row_then_polar:
      return polar(rows_normalised(m, epsilon));
    case Map::centered_row_norm:
      return rows_normalised(centered(m), epsilon);
    case Map::centered_left_spectral:
      return centered(one_sided_spectral(centered(m), epsilon));
  }
  return m;
}

Law SymmetryUpdate::laws() const {
  constexpr Law left = Law::left_rotation, right = Law::right_rotation;
  const Law sign = fallback.laws() & Law::sign, scale = epsilon == 0 ? Law::scale_f : Law::none;
  switch (map) {
    case Map::gradient:
      break;
    case Map::sign:
      return sign | Law::scale_f;
    case Map::polar:
      return left | right | Law::scale_f;
    case Map::polar_gradient:
      return left | right | (power == 0 ? Law::scale_f : Law::none);
    case Map::right_spectral:
    case Map::left_spectral:
      return left | right | scale;
    case Map::row_norm:
      return right | sign | scale;
    case Map::column_norm:
      return left | sign | scale;
    case Map::polar_then_row:
      return right | Law::scale_f;
    case Map::row_then_polar:
    case Map::centered_row_norm:
    case Map::centered_left_spectral:
      return right | scale;
  }
  return left | right | sign;
}

}  // namespace KAPPA_FILE

Method symmetry_update() {
  using S = KAPPA_FILE::SymmetryUpdate;
  Params<S> fields = {
      {&S::learning_rate, "learning_rate", "η", from_zero(1e-5, 10), "step size"},
      {&S::momentum, "momentum", "β", below(0, 1), "memory of the mean gradient"},
      {&S::map, "map", "Φ",
       choices({"gradient", "sign", "polar", "polar_gradient", "right_spectral", "left_spectral", "row_norm",
                "column_norm", "polar_then_row", "row_then_polar", "centered_row_norm", "centered_left_spectral"}),
       "what the momentum goes through. polar_gradient is ‖M‖*^α polar(M), right and left spectral are M(MᵀM + εI)^−½ "
       "and (MMᵀ + εI)^−½M, centered maps leave out the mean row"},
      {&S::power, "power", "α", range(0, 1), "of the nuclear norm", {.when = When{"map", {"polar_gradient"}}}},
      {&S::epsilon, "epsilon", "ε", from_zero(1e-14, 1e-2),
       "added to the norms of rows and columns, and to the squares of singular values in the one-sided maps"}};
  append(fields, decay_and_fallback_fields<S>());
  return optimizer<S>(
      {.title = "Symmetry-compatible update",
       .idea =
           "Choose the map by the symmetry of the block: polar for general matrices; one-sided spectral, row norm or "
           "a hybrid for embeddings and heads; centered maps where a shift of all logits means nothing; rows for "
           "gate and up, columns for down projections.",
       .equation = "M ← βM + (1−β)G,  W ← (1−ηλ)W − η Φ(M),  Φ(PMQ) = PΦ(M)Q",
       .cite =
           {{"Lau, Su", 2026,
             "Symmetry-Compatible Principle for Optimizer Design: Embeddings, LM Heads, SwiGLU MLPs, and MoE Routers",
             "arXiv:2605.18106"}}},
      std::move(fields));
}

}  // namespace kappa::optimizers
