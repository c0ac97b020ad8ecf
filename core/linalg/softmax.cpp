/// Softmax with the largest score taken off first, so that nothing overflows.
#include "core/linalg/softmax.hpp"

#include <algorithm>
#include <cmath>

namespace kappa {

double softmax_cross_entropy(arma::mat& scores, const ColumnLabels& labels) {
  double loss = 0;
  for (arma::uword i = 0; i < scores.n_cols; ++i) {
    double* const s = scores.colptr(i);
    double largest = s[0], sum = 0;
    for (arma::uword k = 1; k < scores.n_rows; ++k) largest = std::max(largest, s[k]);
    const double of_label = s[labels[i]] - largest;
    for (arma::uword k = 0; k < scores.n_rows; ++k) sum += s[k] = std::exp(s[k] - largest);
    for (arma::uword k = 0; k < scores.n_rows; ++k) s[k] /= sum;
    loss += std::log(sum) - of_label;
  }
  return loss / static_cast<double>(scores.n_cols);
}

void subtract_labels(arma::mat& probabilities, const ColumnLabels& labels) {
  for (arma::uword i = 0; i < probabilities.n_cols; ++i) probabilities(labels[i], i) -= 1;
}

arma::mat softmax_curvature(const arma::mat& p) {
  const arma::uword k = p.n_rows;
  arma::mat q(p.n_elem, p.n_elem, arma::fill::zeros);
  for (arma::uword i = 0; i < p.n_cols; ++i)
    q.submat(i * k, i * k, arma::size(k, k)) = arma::diagmat(p.col(i)) - p.col(i) * p.col(i).t();
  return q;
}

arma::mat softmax_curvature_product(const arma::mat& p, const arma::mat& v) {
  arma::mat out = p % v;
  const arma::rowvec mean = arma::sum(out, 0);
  out -= p.each_row() % mean;
  return out;
}

arma::uvec drawn_labels(const arma::mat& p, Rng& rng) {
  arma::uvec labels(p.n_cols);
  for (arma::uword i = 0; i < p.n_cols; ++i) {
    const double u = rng.uniform();
    double below = 0;
    arma::uword k = 0;
    while (k + 1 < p.n_rows && u >= (below += p(k, i))) ++k;
    labels[i] = k;
  }
  return labels;
}

}  // namespace kappa
