/// The Marchenko-Pastur law: eigenvalues of X'X/n for n x d noise, gamma = d/n.
#pragma once

#include <armadillo>
#include <functional>

namespace kappa {

/// Everything is NaN unless gamma and variance are positive and finite.
class MarchenkoPastur {
 public:
  explicit MarchenkoPastur(double gamma, double variance = 1.0);

  double gamma() const { return gamma_; }
  double variance() const { return variance_; }
  double lower() const { return lower_; }  ///< edges of the continuous part
  double upper() const { return upper_; }
  double atom() const;  ///< mass at zero, 1 - 1/gamma past one

  double density(double x) const;           ///< of the eigenvalues, without the atom
  double singular_density(double s) const;  ///< of their square roots
  double cdf(double x) const;               ///< with the atom
  double quantile(double p) const;
  double median() const { return quantile(0.5); }
  /// The integral of f against the density, without the atom; f may grow like 1/x where the lower edge is at zero.
  double integral(const std::function<double(double)>& f, int nodes = 2000) const;

  arma::vec density(const arma::vec& x) const;
  arma::vec singular_density(const arma::vec& s) const;

 private:
  double bulk(double angle) const;  ///< mass between the lower edge and mid - half cos(angle)

  double gamma_, variance_, lower_, upper_;
};

/// Noise level by matching medians; NaN when the law's median is its atom.
double marchenko_pastur_variance(const arma::vec& eigenvalues, double gamma);

}  // namespace kappa
