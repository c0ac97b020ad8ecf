/// Linear estimators that act on the singular values of the design, X = U diag(s) V' -> V diag(f(s)) U'y.
#pragma once

#include <armadillo>
#include <cstdint>
#include <vector>

namespace kappa {

/// Each has the least variance among estimators whose bias I - f(s)s is as long: no bias, Frobenius norm (ridge,
/// s/(s² + λ)), nuclear norm (min(1/s, λs)), spectral norm ((1 - C)/s).
enum class SpectralFilter : std::uint8_t { least_squares, ridge, nuclear, spectral };

/// f(s) at strength λ or C; least squares reads none.
double filter_value(SpectralFilter filter, double s, double strength);

/// A design, factored once. Singular values at or below 1e-12 of the largest count as zero and are left out.
class SpectralFit {
 public:
  explicit SpectralFit(const arma::mat& x);

  const arma::vec& singular_values() const { return s_; }  ///< those that are kept
  const arma::mat& right() const { return v_; }            ///< d x kept
  const arma::mat& left() const { return u_; }
  arma::vec coefficients(const arma::vec& y, SpectralFilter filter, double strength) const;
  arma::mat coefficients(const arma::vec& y, SpectralFilter filter, const arma::vec& strengths) const;  ///< columns
  arma::vec bias(SpectralFilter filter, double strength) const;                                         ///< 1 - f(s) s

 private:
  arma::mat u_, v_;
  arma::vec s_;
};

/// Cross-validation on one design: row i is left out in fold i mod `folds`.
class SpectralFolds {
 public:
  SpectralFolds(const arma::mat& x, arma::uword folds);
  /// Sum of squared errors on the rows left out, at each strength.
  arma::vec errors(const arma::vec& y, SpectralFilter filter, const arma::vec& strengths) const;

 private:
  struct Fold {
    arma::uvec kept, out;
    SpectralFit fit;
    arma::mat rows;
  };
  std::vector<Fold> folds_;
};

}  // namespace kappa
