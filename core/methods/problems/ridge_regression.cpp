/// Ridge regression: least squares with a penalty on the length of the weights.
#include "core/kinds/problem.hpp"
#include "core/random/least_squares.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct RidgeRegression : RegressionSettings {
  double regularization = 0.1;

  void build(Rng rng) { fit_ = LeastSquares(regression_data(*this, rng), regularization); }
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

 private:
  LeastSquares fit_;
};

}  // namespace KAPPA_FILE

Method ridge_regression() {
  using KAPPA_FILE::RidgeRegression;
  Params<RidgeRegression> params = real_regression_fields<RidgeRegression>();
  params.push_back(
      {&RidgeRegression::regularization, "regularization", "λ", from_zero(1e-6, 10), "weight of the penalty λ/2 ‖w‖²"});
  return problem<RidgeRegression>(
      {.title = "Ridge regression",
       .idea = "Pay for long weights, and no direction is flat any more.",
       .equation = "f(w) = 1/(2n) ‖Xw − y‖² + λ/2 ‖w‖²,  y = Xw* + σ N(0, I)",
       .cite = {{"Hoerl, Kennard", 1970, "Ridge Regression: Biased Estimation for Nonorthogonal Problems",
                 "Technometrics 12"}}},
      std::move(params));
}

}  // namespace kappa::problems
