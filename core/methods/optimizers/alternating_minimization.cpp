/// Alternating minimization: least squares for one factor, then for the other, exact or only roughly solved.
#include <array>
#include <cmath>
#include <optional>

#include "core/kinds/optimizer.hpp"
#include "core/methods/optimizers/factor_gram.hpp"
#include "core/random/matrices.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Solver { exact, conjugate_gradient, noisy };

struct AlternatingMinimization {
  Solver solver = Solver::exact;
  std::int64_t cg_steps = 1;
  bool warm_start = true;
  double noise = 0.2;

  struct State {
    bool is_begun = false;
    double error = 1;  ///< of the last sweep
    Blocks x, along, product;
    std::array<std::optional<bool>, 2> apart = {};  ///< each row of the factor has equations of its own
  };
  State init(const Blocks& x0) const { return {false, 1, x0, zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    if (!is_factor_pair(c.x)) throw Refused{"alternating minimization works on two factors F and G"};
    if (!c.oracle.rows().empty())
      throw Refused{"alternating minimization looks at all that is seen: set the batch size to 0"};
    s.x.flat() = c.x.flat();
    arma::mat left = s.x.block(0), right = s.x.block(1), upper;
    if (!s.is_begun) {
      left = orthonormal(left, upper);
      right.zeros();
      s.is_begun = true;
    }
    solve(s, c, 1);
    right = orthonormal(right, upper);
    left = arma::mat(left * upper.t());
    solve(s, c, 0);
    left = orthonormal(left, upper);
    right = arma::mat(right * upper.t());
    if (solver == Solver::noisy) s.error = relative_error(s.x, c);
    out.flat() = s.x.flat();
    return Step::to;
  }
  /// Left rotations where no entry is singled out; noise looks different in every frame.
  Law laws() const { return solver == Solver::noisy ? Law::scale_f : Law::left_rotation | Law::scale_f; }

 private:
  /// The factor i of s.x, fitted beside the other; the one that stands there is where conjugate gradients may begin.
  void solve(State& s, const StepContext& c, std::size_t i) const {
    arma::mat factor = s.x.block(i);
    if (solver == Solver::conjugate_gradient) {
      if (!warm_start) factor.zeros();
      return descend(s, c, i);
    }
    c.oracle.solve_block(i, s.x, s.product);
    factor = s.product.block(i);
    if (solver == Solver::exact) return;
    const double size = noise * s.error * arma::norm(factor, "fro") / std::sqrt(static_cast<double>(factor.n_elem));
    factor += size * normal_matrix(c.rng.child("noise", i), factor.n_rows, factor.n_cols);
  }

  /// Conjugate gradients on the normal equations of every row at once; where rows share equations, on all together.
  /// The Hessian's block is their matrix.
  void descend(State& s, const StepContext& c, std::size_t i) const {
    if (!s.apart[i]) s.apart[i] = rows_apart(s, c, i);
    const auto dots = [&](const arma::mat& a, const arma::mat& b) {
      arma::vec sums = arma::sum(a % b, 1);
      if (!*s.apart[i]) sums.fill(arma::accu(sums));
      return sums;
    };
    const auto over = [](const arma::vec& a, const arma::vec& b) {
      arma::vec ratio(a.n_elem, arma::fill::zeros);
      for (arma::uword k = 0; k < a.n_elem; ++k)
        if (b[k] > 0) ratio[k] = a[k] / b[k];
      return ratio;
    };
    c.oracle.value_gradient(s.x, s.product);
    arma::mat factor = s.x.block(i), direction = s.along.block(i), residual = -s.product.block(i);
    s.along.flat().zeros();
    direction = residual;
    arma::vec squares = dots(residual, residual);
    for (std::int64_t k = 0; k < cg_steps; ++k) {
      c.oracle.hessian_product(s.x, s.along, s.product);
      const arma::mat image = s.product.block(i);
      const arma::vec size = over(squares, dots(direction, image));
      factor += direction.each_col() % size;
      residual -= image.each_col() % size;
      const arma::vec before = squares;
      squares = dots(residual, residual);
      direction = residual + arma::mat(direction.each_col() % over(squares, before));
    }
  }
  /// Moving the first row bends no other.
  static bool rows_apart(State& s, const StepContext& c, std::size_t i) {
    s.along.flat().zeros();
    arma::mat moved = s.along.block(i);
    moved.row(0).ones();
    c.oracle.hessian_product(s.x, s.along, s.product);
    const arma::mat bent = s.product.block(i);
    return bent.n_rows < 2 || arma::abs(bent.tail_rows(bent.n_rows - 1)).max() == 0;
  }

  /// Gram-Schmidt, twice, with a positive diagonal in R; a column that depends on those before it becomes zero.
  static arma::mat orthonormal(const arma::mat& w, arma::mat& upper) {
    arma::mat q(arma::size(w), arma::fill::zeros);
    upper.zeros(w.n_cols, w.n_cols);
    const double largest = arma::sqrt(arma::sum(arma::square(w), 0)).max();
    for (arma::uword k = 0; k < w.n_cols; ++k) {
      arma::vec rest = w.col(k);
      for (int pass = 0; pass < 2 && k > 0; ++pass) {
        const arma::vec part = q.head_cols(k).t() * rest;
        rest -= q.head_cols(k) * part;
        upper(arma::span(0, k - 1), k) += part;
      }
      const double length = arma::norm(rest);
      if (!(length > 1e-13 * largest) && std::isfinite(length)) continue;
      upper(k, k) = length;
      q.col(k) = rest / length;
    }
    return q;
  }
  static double relative_error(const Blocks& x, const StepContext& c) {
    const arma::mat& truth = c.oracle.facts().truth_matrix;
    if (truth.is_empty()) throw Refused{"this problem does not know its truth, which sets the noise of the solves"};
    return arma::norm(c.oracle.problem().estimate(x) - truth, "fro") / arma::norm(truth, "fro");
  }
};

}  // namespace KAPPA_FILE

Method alternating_minimization() {
  using M = KAPPA_FILE::AlternatingMinimization;
  const Extra rough{.when = When{"solver", {"conjugate_gradient"}}};
  return optimizer<M>(
      {.title = "Alternating minimization",
       .idea = "With one factor fixed the other is a least-squares problem: solve it, swap, repeat, as roughly as you "
               "dare.",
       .equation = "V = argmin ‖P_Ω(UVᵀ − M)‖, V = QR;  W = argmin ‖P_Ω(WQᵀ − M)‖, W = UR₂, V = QR₂ᵀ;  F = U, G = V",
       .cite = {{"Gu, Song, Yin, Zhang", 2023,
                 "Low Rank Matrix Completion via Robust Alternating Minimization in Nearly Linear Time",
                 "arXiv:2302.11068"},
                {"Jain, Netrapalli, Sanghavi", 2013, "Low-rank Matrix Completion using Alternating Minimization",
                 "arXiv:1212.0467"}},
       .needs = Needs::solve_block | Needs::hessian_product | Needs::extra_gradient | Needs::facts},
      {{&M::solver, "solver", "", choices({"exact", "conjugate_gradient", "noisy"}),
        "least squares solved exactly; by a few conjugate gradient steps on each row's normal equations; or exactly, "
        "with "
        "noise added that fades as the error does"},
       {&M::cg_steps, "cg_steps", "j", count(1, 1000), "conjugate gradient steps in each solve", rough},
       {&M::warm_start, "warm_start", "", Flag{}, "begin each solve at the last factor, not at zero", rough},
       {&M::noise,
        "noise",
        "",
        from_zero(1e-3, 1),
        "size of the noise added to a factor, over the factor's and times the relative error of the last sweep",
        {.fixed = true, .when = When{"solver", {"noisy"}}}}});
}

}  // namespace kappa::optimizers
