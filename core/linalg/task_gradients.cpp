/// All of them work on the K x K matrix of inner products.
#include "core/linalg/task_gradients.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/linalg/spectrum.hpp"

namespace kappa {
namespace {

double common_value(const arma::vec& squares, AlignedScale scale) {
  switch (scale) {
    case AlignedScale::median:
      return std::sqrt(squares[(squares.n_elem - 1) / 2]);
    case AlignedScale::root_mean_square:
      return std::sqrt(arma::mean(squares));
    case AlignedScale::minimum:
      break;
  }
  return std::sqrt(squares.front());
}

/// Where a convex function of [0, 1] has its minimum, by halving on the sign of its slope.
template <class Slope>
double zero_of(const Slope& slope) {
  double lo = 0, hi = 1;
  if (!(slope(lo) < 0)) return lo;
  if (!(slope(hi) > 0)) return hi;
  for (int i = 0; i < 100 && lo < hi; ++i) {
    const double middle = 0.5 * (lo + hi);
    if (middle <= lo || middle >= hi) break;
    (slope(middle) < 0 ? lo : hi) = middle;
  }
  return 0.5 * (lo + hi);
}

arma::vec equal_weights(arma::uword k) { return arma::vec(k, arma::fill::value(1 / static_cast<double>(k))); }

}  // namespace

arma::mat aligned_gradients(const arma::mat& g, AlignedScale scale) {
  arma::vec squares;
  arma::mat v;
  if (!symmetric_eigen(g.t() * g, squares, v))
    return arma::mat(g.n_rows, g.n_cols, arma::fill::value(arma::datum::nan));
  if (squares.is_empty() || !(squares.back() > 0)) return arma::mat(g.n_rows, g.n_cols, arma::fill::zeros);
  const double cut = squares.back() * static_cast<double>(g.n_cols) * std::numeric_limits<double>::epsilon();
  const arma::uvec kept = arma::find(squares > cut);
  const arma::vec lambda = squares.elem(kept);
  const arma::mat basis = v.cols(kept);
  return g * (basis * arma::diagmat(common_value(lambda, scale) / arma::sqrt(lambda)) * basis.t());
}

arma::mat projected_gradients(const arma::mat& g, Rng rng) {
  arma::mat out = g;
  std::vector<std::uint32_t> others;
  for (arma::uword i = 0; i < g.n_cols; ++i) {
    others.clear();
    for (std::uint32_t j = 0; j < g.n_cols; ++j)
      if (j != i) others.push_back(j);
    rng.shuffle(others);
    for (const std::uint32_t j : others) {
      const double along = arma::dot(out.col(i), g.col(j)) / (arma::dot(g.col(j), g.col(j)) + 1e-12);
      if (along < 0) out.col(i) -= along * g.col(j);
    }
  }
  return out;
}

arma::vec least_norm_weights(const arma::mat& g, int most) {
  const arma::uword k = g.n_cols;
  const arma::mat m = g.t() * g;
  arma::vec w = equal_weights(k);
  if (k == 2) {
    const double apart = m(0, 0) - 2 * m(0, 1) + m(1, 1);
    if (apart > 0) w[0] = std::clamp((m(1, 1) - m(0, 1)) / apart, 0.0, 1.0);
    w[1] = 1 - w[0];
    return w;
  }
  for (int step = 0; step < most; ++step) {
    const arma::vec slope = m * w;
    const arma::uword best = slope.index_min();
    // |(1-t) G w + t g_best|^2 is least where its slope in t is zero.
    const double own = arma::dot(w, slope), cross = slope[best], other = m(best, best);
    const double apart = own - 2 * cross + other;
    if (!(apart > 0) || !(own - cross > 1e-15 * own)) break;
    const double t = std::clamp((own - cross) / apart, 0.0, 1.0);
    w *= 1 - t;
    w[best] += t;
  }
  return w;
}

arma::vec conflict_averse_weights(const arma::mat& g, double c, int most) {
  const arma::uword k = g.n_cols;
  const arma::mat m = g.t() * g;
  const arma::vec mean = m * equal_weights(k);  // g_i . g_0
  const double size = c * std::sqrt(std::max(arma::mean(mean), 0.0));
  arma::vec w = equal_weights(k);
  if (k == 2) w = {0, 1};
  for (int step = 0; step < (k == 2 ? 1 : most); ++step) {
    const arma::vec product = m * w;
    const double norm = std::sqrt(std::max(arma::dot(w, product), 0.0));
    const arma::vec slope = mean + (norm > 0 ? arma::vec(size / norm * product) : arma::vec(k, arma::fill::zeros));
    const arma::uword best = k == 2 ? 0 : slope.index_min();
    const double own = norm * norm, cross = product[best], other = m(best, best);
    const double linear = mean[best] - arma::dot(mean, w);
    const double t = zero_of([&](double s) {
      const double squared = (1 - s) * (1 - s) * own + 2 * s * (1 - s) * cross + s * s * other;
      const double half_slope = -(1 - s) * own + (1 - 2 * s) * cross + s * other;
      return linear + (squared > 0 ? size * half_slope / std::sqrt(squared) : 0.0);
    });
    if (t == 0) break;
    w *= 1 - t;
    w[best] += t;
  }
  return w;
}

}  // namespace kappa
