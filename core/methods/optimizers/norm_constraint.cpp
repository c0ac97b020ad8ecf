/// Norm constraint: any optimizer, after whose steps the singular values of each matrix are held down.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/newton_schulz.hpp"
#include "core/linalg/polar.hpp"
#include "core/linalg/soft_clip.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Map : std::uint8_t {
  none,
  weight_decay,
  spectral_normalise,
  spectral_hammer,
  spectral_decay,
  stiefel,
  hard_cap,
  soft_cap
};
enum class By : std::uint8_t { svd, products };

struct NormConstraint {
  Map map = Map::soft_cap;
  double limit = 1;
  double decay = 0;
  std::optional<double> update_norm;
  By by = By::svd;
  bool shape_scaled = false;
  OptimizerSlot base{.initial = {Kind::optimizer, "muon", {}}, .model = nullptr};

  struct State {
    AnyState inner;
  };
  State init(const Blocks& x0) const {
    if (base.judges_another()) throw Refused{"the base must judge the point that it steps, which is changed here"};
    return {base.init(x0)};
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const Step how = base.step(s.inner, c, out);
    if (how == Step::done) return how;
    if (how == Step::to) out.flat() -= c.x.flat();
    for (std::size_t i = 0; i < out.count(); ++i) {
      const BlockShape& shape = c.x.shape(i);
      arma::mat block = out.block(i);
      const arma::mat update = block, x = c.x.block(i);
      if (shape.role == Role::vector || shape.cols == 1) {
        block = x + update;
        continue;
      }
      const double unit =
          shape_scaled ? std::sqrt(static_cast<double>(shape.rows) / static_cast<double>(shape.cols)) : 1;
      block = unit * mapped(x / unit, update / unit);
    }
    return Step::to;
  }
  Law laws() const {
    if (map == Map::none || map == Map::weight_decay) return base.laws() & (Law::isometries | Law::scale_f);
    // Power iteration starts from a row, which a rotation from the left makes another one.
    const bool starts_at_row = by == By::products && map != Map::stiefel && map != Map::hard_cap;
    return base.laws() & (starts_at_row ? Law::right_rotation : Law::left_rotation | Law::right_rotation);
  }

 private:
  static double norm_of(const arma::mat& w) { return w.is_finite() ? arma::norm(w, "fro") : arma::datum::inf; }

  struct Top {
    arma::vec u, v;
    double value = 0;
  };

  arma::mat mapped(const arma::mat& x, const arma::mat& update) const {
    const arma::mat w = x + update;
    switch (map) {
      case Map::none:
        return w;
      case Map::weight_decay:
        return (1 - decay) * w;
      case Map::spectral_normalise:
        return limit > 0 ? arma::mat(w / std::max(1.0, top(w).value / limit))
                         : arma::mat(arma::size(w), arma::fill::zeros);
      case Map::spectral_hammer: {
        const Top one = top(w);
        return w + (limit - one.value) * one.u * one.v.t();
      }
      case Map::spectral_decay: {
        const Top one = top(w);
        return w - decay * one.value * one.u * one.v.t();
      }
      case Map::stiefel:
        return limit * (by == By::svd ? polar(w) : newton_schulz(w, 6, NewtonSchulz::six_step));
      case Map::hard_cap:
        return by == By::svd ? hard_cap(w, limit) : hard_cap_products(w, limit);
      case Map::soft_cap: {
        const arma::mat moved = (1 - decay) * x + update;
        const double size = update_norm ? *update_norm : top(update).value;
        const arma::mat capped = soft_cap(moved, soft_cap_strength(limit, decay, size));
        // Far past what it is made for the cap turns over and enlarges: such a start is capped as what it is.
        if (norm_of(capped) <= std::max(norm_of(moved), limit)) return capped;
        return soft_cap(moved, soft_cap_strength(limit, decay, norm_of(moved) - (1 - decay) * limit));
      }
    }
    return w;
  }
  /// The largest singular value and its vectors: by SVD, or by 16 steps of power iteration.
  Top top(const arma::mat& w) const {
    Top one{arma::vec(w.n_rows, arma::fill::zeros), arma::vec(w.n_cols, arma::fill::zeros), 0};
    if (by == By::svd) {
      arma::mat u, v;
      arma::vec s;
      if (!thin_svd(w, u, s, v) || s.is_empty()) return one;
      return {u.col(0), v.col(0), s[0]};
    }
    // From the longest row, which cannot be orthogonal to what it holds most of.
    arma::vec lengths = arma::sum(arma::square(w), 1);
    arma::vec v = w.row(lengths.index_max()).t();
    for (int i = 0; i < 16; ++i) {
      const double size = arma::norm(v);
      if (!(size > 0)) return one;
      v = w.t() * (w * (v / size));
    }
    if (!(arma::norm(v) > 0)) return one;
    one.v = arma::normalise(v);
    one.u = w * one.v;
    one.value = arma::norm(one.u);
    if (one.value > 0) one.u /= one.value;
    return one;
  }
};

}  // namespace KAPPA_FILE

Method norm_constraint() {
  using KAPPA_FILE::NormConstraint;
  using M = NormConstraint;
  return optimizer<M>(
      {.title = "Weight-norm constraint",
       .idea = "After each step push the singular values of every matrix back under a limit; seven ways to do it, and "
               "one to leave it.",
       .equation =
           "W ← map(W + ΔW):  (1−d)W;  W/max(1, σ₁/w);  W + (w−σ₁)u₁v₁ᵀ;  W − dσ₁u₁v₁ᵀ;  w UVᵀ;  σ → min(w, σ);  "
           "σ → σ(1−ασ²), then σ → σ(1+ασ²) with −k⁹α⁴ + 3k⁷α³ − 3k⁵α² + k − w = 0, k = w(1−d) + ‖ΔW‖₂",
       .cite = {{"Newhouse et al.", 2025, "Training Transformers with Enforced Lipschitz Constants",
                 "arXiv:2507.13338"}}},
      {{&M::map, "map", "",
        choices({"none", "weight_decay", "spectral_normalise", "spectral_hammer", "spectral_decay", "stiefel",
                 "hard_cap", "soft_cap"}),
        "how the singular values are held down"},
       {&M::limit, "limit", "w", from_zero(1e-3, 1e3), "limit of the singular values"},
       {&M::decay, "decay", "d", range(0, 1),
        "of weight decay and spectral decay; with the soft cap before the update"},
       {&M::update_norm,
        "update_norm",
        "u",
        automatic(from_zero(1e-4, 1e2)),
        "spectral norm that updates are known to have; auto: each update's own. α = 0 where w(1−d) + u is within w, "
        "and "
        "past 1.28 w no α holds all values within w",
        {.when = When{"map", {"soft_cap"}}}},
       {&M::by, "by", "", choices({"svd", "products"}), "exactly, or by power iteration and polynomials"},
       {&M::shape_scaled, "shape_scaled", "", Flag{}, "measure singular values in units of √(m/n)"},
       {&M::base, "base", "", Slot{Kind::optimizer}, "makes the step"}});
}

}  // namespace kappa::optimizers
