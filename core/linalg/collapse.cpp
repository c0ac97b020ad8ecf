/// One scalar minimisation per class, and the numbers NC1, NC2 and NC3.
#include "core/linalg/collapse.hpp"

#include <algorithm>
#include <cmath>

namespace kappa {
namespace {

/// argmin over p in [0, 1] of a (p - 1)^2 + b p^q with q = 2 / (M + 1): a soft threshold at q = 1; below, either 0 or
/// the larger root of the derivative, whichever is lower.
double best_product(double a, double b, double q) {
  if (q >= 1) return std::max(0.0, 1 - b / (2 * a));
  if (b == 0) return 1;
  const auto slope = [&](double p) { return 2 * a * (p - 1) + b * q * std::pow(p, q - 1); };
  double lo = std::pow(b * q * (1 - q) / (2 * a), 1 / (2 - q)), hi = 1;  // where the slope is least
  if (!(lo < 1) || !(slope(lo) < 0)) return 0;
  for (;;) {
    const double mid = 0.5 * (lo + hi);
    if (mid <= lo || mid >= hi) break;
    (slope(mid) < 0 ? lo : hi) = mid;
  }
  return a * (lo - 1) * (lo - 1) + b * std::pow(lo, q) < a ? lo : 0.0;
}

}  // namespace

CollapsedClass collapsed_class(const CollapseSetting& setting, double size) {
  const auto m = static_cast<double>(setting.layers);
  const double weights = setting.weight_regularization, features = setting.feature_regularization;
  const double root = 1 / (m + 1), joint = std::pow(weights, m) * features * size;
  const double a = size / (2 * setting.samples), b = 0.5 * (m + 1) * std::pow(joint, root);
  CollapsedClass out;
  out.product = best_product(a, b, 2 * root);
  out.cost = a * (out.product - 1) * (out.product - 1) + b * std::pow(out.product, 2 * root);
  const double c = std::pow(joint * out.product * out.product, root);
  out.layer = std::sqrt(c / weights);
  out.row_square = std::pow(c / weights, m);
  out.mean_square = c / (features * size);
  return out;
}

CollapseState collapse_state(const arma::mat& w, const arma::mat& h, const std::vector<arma::uword>& sizes) {
  arma::mat means(h.n_rows, sizes.size());
  double spread = 0;
  arma::uword first = 0;
  for (arma::uword k = 0; k < sizes.size(); ++k) {
    const arma::mat own = h.cols(first, first + sizes[k] - 1);
    means.col(k) = arma::mean(own, 1);
    spread += arma::accu(arma::square(own.each_col() - means.col(k)));
    first += sizes[k];
  }
  CollapseState out;
  out.row_squares = arma::sum(arma::square(w), 1);
  out.mean_squares = arma::sum(arma::square(means), 0).t();
  out.gram = means.t() * means;
  out.within = spread / static_cast<double>(h.n_cols) / arma::mean(out.mean_squares);
  arma::mat off = out.gram;
  off.diag().zeros();
  out.overlap = arma::norm(off, "fro") / arma::norm(out.gram, "fro");
  double apart = 0, counted = 0;
  for (arma::uword k = 0; k < sizes.size(); ++k) {
    // A class that is given up leaves only rounding, which points anywhere.
    if (!(out.row_squares[k] > 1e-10 * out.row_squares.max() && out.mean_squares[k] > 1e-10 * out.mean_squares.max()))
      continue;
    const arma::vec row = w.row(k).t() / std::sqrt(out.row_squares[k]);
    apart += 0.5 * arma::accu(arma::square(row - means.col(k) / std::sqrt(out.mean_squares[k])));
    counted += 1;
  }
  out.misalignment = apart / counted;
  return out;
}

}  // namespace kappa
