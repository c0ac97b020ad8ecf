/// What every problem that is least squares on some rows can be asked; `build` fills `fit_`.
#pragma once

#include <vector>

#include "core/kinds/problem.hpp"
#include "core/random/least_squares.hpp"

namespace kappa::problems {

class LeastSquaresProblem {
 public:
  Blocks start(Rng) const { return fit_.zeros(); }

  double value(const Blocks& x, const Sample& s) const { return fit_.value(x, s); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const { return fit_.value_gradient(x, g, s); }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const { fit_.hessian_product(v, out); }
  arma::mat hessian(const Blocks&) const { return fit_.hessian(); }

  std::uint64_t row_count() const { return fit_.data().rows(); }
  std::uint64_t components() const { return fit_.data().rows(); }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    return fit_.component_gradient(i, x, g);
  }
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const { fit_.residual(x, r, s); }
  void jacobian(const Blocks&, arma::mat& j, const Sample& s) const { fit_.jacobian(j, s); }

  bool has_test_loss() const { return fit_.has_test(); }
  double test_loss(const Blocks& x) const { return fit_.test_loss(x); }
  Facts facts() const { return fit_.facts(); }
  std::vector<NamedMatrix> data() const { return fit_.dump(); }

 protected:
  LeastSquares fit_;
};

}  // namespace kappa::problems
