/// The symmetric-polynomial preconditioner: built once from the spectrum's power sums, applied by Hessian products.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/elementary_symmetric.hpp"

namespace kappa::optimizers {

/// P₀ = I, P_t = e_t I − B P_{t−1}. B is the Hessian where the run starts, divided by its mean eigenvalue `scale`: of a
/// quadratic that is its matrix, of a logistic loss at zero a quarter of X'X/n.
struct PolynomialPreconditioner {
  Blocks at, product, factor;
  arma::vec e;
  double scale = 0;                  ///< 0: not built yet
  double largest = 1, smallest = 1;  ///< eigenvalues of P B

  void build(Oracle& oracle, const Blocks& x, std::int64_t wanted) {
    at = x;
    product = factor = zeros_like(x);
    const arma::mat h = oracle.hessian(x);
    arma::vec values;
    if (!h.is_finite() || !arma::eig_sym(values, arma::symmatu(h)))
      throw Refused{"the Hessian at the start has no spectrum"};
    scale = arma::mean(values);
    if (!(scale > 0)) scale = arma::abs(values).max();
    if (!(scale > 0)) throw Refused{"there is no curvature at the start to build a preconditioner from"};
    values /= scale;
    const arma::uword most = std::min(static_cast<arma::uword>(wanted), values.n_elem - 1);
    for (arma::uword degree = most + 1; degree-- > 0;)
      if (choose(values, degree)) return;
  }

  /// P v by one Hessian product for each degree; the extreme eigenvalues above belong to it.
  const arma::vec& apply(Oracle& oracle, const arma::vec& v) {
    factor.flat() = v;
    for (arma::uword t = 1; t < e.n_elem; ++t) {
      oracle.hessian_product(at, factor, product);
      factor.flat() = e[t] * v - product.flat() / scale;
    }
    return factor.flat();
  }
  double degree() const { return static_cast<double>(e.n_elem - 1); }

 private:
  /// Takes this degree unless its recursion loses its digits: along an eigenvector it sums terms of alternating sign.
  bool choose(const arma::vec& values, arma::uword degree) {
    arma::vec sums(degree), power = values;
    for (arma::uword k = 0; k < degree; ++k, power %= values) sums[k] = arma::accu(power);
    e = elementary_from_power_sums(sums);
    const arma::vec spectrum = values % elementary_leaving_out(values, degree);
    largest = arma::abs(spectrum).max();
    smallest = spectrum.min();
    const arma::vec sizes = arma::abs(values);
    arma::vec terms = std::abs(e[0]) * sizes;  // Σ |e_{t−j}| |λ|^{j+1}, from the highest power on
    for (arma::uword j = 1; j <= degree; ++j) terms = (terms + std::abs(e[j])) % sizes;
    const double rounding = std::numeric_limits<double>::epsilon() * terms.max();
    return degree == 0 || (largest > 0 && rounding < 0.01 * largest);
  }
};

template <class M>
Param<M> degree_field() {
  return {&M::degree, "degree", "τ", count(0, 8),
          "of the polynomial, the number of steep directions it flattens; lowered to where rounding leaves it digits, "
          "see `degree` in the report"};
}

}  // namespace kappa::optimizers
