/// The least-squares objective 1/(2n) |Xw - y|^2 + lambda/2 |w|^2 on given data: what several regressions have in
/// common.
#pragma once

#include <armadillo>
#include <cstdint>
#include <memory>
#include <span>

#include "core/kinds/problem.hpp"
#include "core/random/reduced_least_squares.hpp"
#include "core/random/regression_data.hpp"

namespace kappa {

/// The margins or predictions x_i.w of the chosen rows (empty: all), without allocating once `out` has its size.
void predictions(const RegressionData& data, std::span<const std::uint32_t> rows, const arma::vec& w, arma::vec& out);

/// out = X' r / count over the chosen rows.
void weighted_rows(const RegressionData& data, std::span<const std::uint32_t> rows, const arma::vec& r, arma::vec& out);

/// A problem's work when its loss is least squares; the problem itself holds the settings. Value and gradient of all
/// rows take the reduced form where it is usable; all else looks at the rows themselves.
class LeastSquares {
 public:
  LeastSquares() = default;
  LeastSquares(RegressionData data, double regularization);

  const RegressionData& data() const { return data_; }
  Blocks zeros() const;  ///< the block `w`
  double value(const Blocks& x, const Sample& s) const;
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const;
  void hessian_product(const Blocks& v, Blocks& out) const;
  arma::mat hessian() const;
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const;
  /// f = 1/2 |r|^2: the rows of Xw - y over sqrt(n), then sqrt(lambda) w where there is a penalty.
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const;
  void jacobian(arma::mat& j, const Sample& s) const;
  bool has_test() const { return kappa::has_test(data_); }
  double test_loss(const Blocks& x) const;  ///< without the penalty, or the population risk
  /// L, mu, the spectrum, the least-norm solution and the minimum, all from the SVD of X or of its triangle.
  Facts facts() const;
  std::vector<NamedMatrix> dump() const;

 private:
  struct Tall;

  const ReducedLeastSquares* reduced(const Sample& s) const;  ///< null: the plain form
  /// Leaves the residuals in s.scratch.a; the gradient, unless null, is without the penalty.
  double loss(const arma::vec& w, const Sample& s, arma::vec* g) const;
  double penalty(const arma::vec& w) const;
  /// X = v s u' and along = v'y.
  bool decompose(arma::mat& u, arma::vec& s, arma::vec& along) const;

  RegressionData data_;
  double regularization_ = 0;
  std::shared_ptr<const Tall> tall_;  ///< null unless worth reducing; copies share it, as their data are the same
};

/// X, y and, where there are any, truth, test rows and covariance.
std::vector<NamedMatrix> dump(const RegressionData& data);

}  // namespace kappa
