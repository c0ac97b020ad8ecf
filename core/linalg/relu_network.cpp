/// One product with W forward, one loop over what came out, one product back.
#include "core/linalg/relu_network.hpp"

#include <cmath>

#include "core/linalg/assignment.hpp"

namespace kappa {
namespace {

double output(const double* z, const double* a, arma::uword units) {
  double sum = 0;
  for (arma::uword j = 0; j < units; ++j) sum += a[j] * (z[j] > 0 ? z[j] : 0.0);
  return sum;
}

/// log(1 + exp(-margin)) without overflow; `slope` is its derivative.
double log_loss(double margin, double& slope) {
  const double e = std::exp(-std::abs(margin));
  slope = margin > 0 ? -e / (1 + e) : -1 / (1 + e);
  return std::log1p(e) + (margin < 0 ? -margin : 0.0);
}

}  // namespace

double relu_logistic_loss(const arma::mat& w, const arma::vec& a, const arma::mat& x, const arma::vec& y,
                          arma::mat& hidden) {
  hidden = w * x;
  double sum = 0, slope = 0;
  for (arma::uword i = 0; i < x.n_cols; ++i)
    sum += log_loss(y[i] * output(hidden.colptr(i), a.memptr(), a.n_elem), slope);
  return sum / static_cast<double>(x.n_cols);
}

double relu_logistic_gradient(const arma::mat& w, const arma::vec& a, const arma::mat& x, const arma::vec& y,
                              arma::mat& hidden, arma::mat& gw, arma::vec& ga) {
  hidden = w * x;
  ga.zeros();
  const arma::uword units = a.n_elem;
  const double n = static_cast<double>(x.n_cols), *weight = a.memptr();
  double sum = 0, slope = 0, *of_weight = ga.memptr();
  for (arma::uword i = 0; i < x.n_cols; ++i) {
    double* z = hidden.colptr(i);
    sum += log_loss(y[i] * output(z, weight, units), slope);
    slope *= y[i] / n;
    for (arma::uword j = 0; j < units; ++j) {  // the unit's output gives way to its slope
      const bool awake = z[j] > 0;
      of_weight[j] += awake ? slope * z[j] : 0.0;
      z[j] = awake ? slope * weight[j] : 0.0;
    }
  }
  gw = hidden * x.t();
  return sum / n;
}

void relu_logistic_curvature(const arma::mat& w, const arma::vec& a, const arma::mat& x, const arma::vec& y,
                             const arma::mat& vw, const arma::vec& va, arma::mat& hw, arma::vec& ha) {
  arma::mat z = w * x, moved = vw * x;
  ha.zeros();
  const double n = static_cast<double>(x.n_cols);
  for (arma::uword i = 0; i < x.n_cols; ++i) {
    double slope = 0, change = 0;
    const double margin = y[i] * output(z.colptr(i), a.memptr(), a.n_elem);
    log_loss(margin, slope);
    for (arma::uword j = 0; j < a.n_elem; ++j)
      if (z(j, i) > 0) change += va[j] * z(j, i) + a[j] * moved(j, i);
    const double tilt = -slope * (1 + slope) * change / n;  // the second derivative is σ(m)(1 − σ(m)), and y² = 1
    slope *= y[i] / n;
    for (arma::uword j = 0; j < a.n_elem; ++j) {
      const bool awake = z(j, i) > 0;
      ha[j] += awake ? tilt * z(j, i) + slope * moved(j, i) : 0.0;
      z(j, i) = awake ? tilt * a[j] + slope * va[j] : 0.0;
    }
  }
  hw = z * x.t();
}

arma::uvec matched_units(const arma::mat& w1, const arma::vec& a1, const arma::mat& w2, const arma::vec& a2) {
  return best_assignment(w1 * w2.t() + a1 * a2.t());
}

}  // namespace kappa
