/// Least squares on many rows as least squares on d of them: the factor of the Gram matrix, around the solution.
#pragma once

#include <armadillo>
#include <vector>

#include "core/kinds/problem.hpp"
#include "core/linalg/tall_factor.hpp"
#include "core/random/regression_data.hpp"

namespace kappa {

/// Whether n rows of d features are worth a factor: sizes alone decide.
bool worth_reducing(arma::uword n, arma::uword d);

/// X and y, as `tall_factor` takes them.
TallFactor factor(const RegressionData& data);

/// f(w) = 1/(2n) |Xw - y|^2 + lambda/2 |w|^2 as f* + 1/2 |R (w - v) + q|^2, where R'R = X'X/n + lambda I and v is the
/// minimiser rounded to doubles; q makes up for the rounding. Never below f*, never below zero. A step costs d^2
/// whatever n is. With R in place of the Gram matrix R'R the small curvatures keep twice the digits.
class ReducedLeastSquares {
 public:
  ReducedLeastSquares() = default;  ///< not usable
  ReducedLeastSquares(const RegressionData& data, TallFactor factor, double lambda);

  /// False where the plain form says it better: data that are not finite, columns that nearly depend on each other, and
  /// a minimiser so long that differences from it lose digits.
  bool usable() const { return usable_; }
  double value(const arma::vec& w, Scratch& room) const;
  double value_gradient(const arma::vec& w, arma::vec& g, Scratch& room) const;

 private:
  void centre(const RegressionData& data, const arma::mat& r, double lambda);
  void cut(const arma::mat& r);
  double pass(const arma::vec& w, arma::vec* g, Scratch& room) const;

  bool usable_ = false;
  double minimum_ = 0;
  arma::vec solution_, rest_;      ///< v and q
  std::vector<arma::mat> strips_;  ///< some rows of R each, a row per column, from their diagonal on
};

}  // namespace kappa
