/// Cyclic coordinate descent with a residual kept up to date, judged by the duality gap.
#include "core/random/lasso_solution.hpp"

#include <algorithm>
#include <cmath>

#include "core/linalg/inverse_root.hpp"
#include "core/linalg/soft_threshold.hpp"

namespace kappa {
namespace {

struct Search {
  arma::mat x;  // n x d
  const arma::vec& y;
  double lambda, n;
  arma::vec w, r;    // r = y - X w
  arma::vec square;  // of each column, over n

  double objective(const arma::vec& residual, const arma::vec& weights) const {
    return 0.5 * arma::dot(residual, residual) / n + lambda * arma::norm(weights, 1);
  }

  /// Primal minus dual value at the residual scaled into the dual's feasible set.
  double gap() const {
    const double largest = arma::abs(x.t() * r).max() / n;
    const arma::vec scaled = r * (largest > lambda ? lambda / largest : 1.0);
    return objective(r, w) - (arma::dot(scaled, y) - 0.5 * arma::dot(scaled, scaled)) / n;
  }

  /// One pass over all coordinates, or over those that are not zero; returns the largest change of a prediction.
  double sweep(bool all) {
    double moved = 0.0;
    for (arma::uword j = 0; j < w.n_elem; ++j) {
      if (square[j] == 0.0 || (!all && w[j] == 0.0)) continue;
      const double next = soft(w[j] + arma::dot(x.col(j), r) / (n * square[j]), lambda / square[j]);
      if (next == w[j]) continue;
      moved = std::max(moved, std::abs(next - w[j]) * std::sqrt(square[j]));
      r -= (next - w[j]) * x.col(j);
      w[j] = next;
    }
    return moved;
  }

  /// Solves for the weights on the support with the signs kept; taken only when that lowers the gap.
  void polish() {
    const arma::uvec support = arma::find(w);
    if (support.is_empty() || support.n_elem > 2000) return;
    const arma::vec old_w = w, old_r = r;
    const double old_gap = gap();
    const arma::mat part = x.cols(support);
    const arma::vec signs = arma::sign(arma::vec(w.elem(support)));
    w.elem(support) += solve_spd(part.t() * part / n, part.t() * r / n - lambda * signs);
    r = y - x * w;
    if (w.is_finite() && gap() < old_gap) return;
    w = old_w;
    r = old_r;
  }
};

}  // namespace

std::optional<arma::vec> lasso_solution(const RegressionData& data, double lambda) {
  const double n = static_cast<double>(data.rows());
  Search search{data.samples.t(), data.y, lambda, n, arma::vec(data.features(), arma::fill::zeros), data.y, {}};
  search.square = arma::sum(arma::square(data.samples), 1) / n;

  const double scale = 0.5 * arma::dot(data.y, data.y) / n;
  // As much work as some seconds allow: each sweep reads the data once.
  const double most = std::clamp(4e9 / (n * static_cast<double>(data.features())), 10.0, 20000.0);
  for (double done = 0; done < most; done += 1) {
    const double moved = search.sweep(true);
    for (int inner = 0; inner < 20 && search.sweep(false) > 0.1 * moved; ++inner) done += 0.1;
    if (moved <= 1e-15 * std::sqrt(scale) || std::fmod(done, 50.0) < 1.0) {
      search.polish();
      if (search.gap() <= 1e-15 * scale || moved == 0.0) break;
    }
  }
  search.polish();
  if (!(search.gap() <= 1e-10 * scale)) return {};
  return search.w;
}

}  // namespace kappa
