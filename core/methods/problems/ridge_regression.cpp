/// Ridge regression: least squares with a penalty on the length of the weights.
#include "core/methods/problems/least_squares_problem.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct RidgeRegression : RegressionSettings, LeastSquaresProblem {
  double regularization = 0.1;

  void build(Rng rng) { fit_ = LeastSquares(regression_data(*this, rng), regularization); }
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
