/// Linear regression: least squares on a design with a chosen spectrum, or on your own data.
#include "core/methods/problems/least_squares_problem.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct LinearRegression : RegressionSettings, LeastSquaresProblem {
  double regularization = 0;

  void build(Rng rng) { fit_ = LeastSquares(regression_data(*this, rng), regularization); }
};

}  // namespace KAPPA_FILE

Method linear_regression() {
  using KAPPA_FILE::LinearRegression;
  Params<LinearRegression> params = real_regression_fields<LinearRegression>();
  params.push_back({&LinearRegression::regularization, "regularization", "λ", from_zero(1e-6, 10),
                    "weight of the penalty λ/2 ‖w‖²"});
  return problem<LinearRegression>(
      {.title = "Linear regression",
       .idea = "Fit a line through data whose condition number you choose.",
       .equation = "f(w) = 1/(2n) ‖Xw − y‖² + λ/2 ‖w‖²,  y = Xw* + σ N(0, I)",
       .cite = {{"Legendre", 1805, "Nouvelles méthodes pour la détermination des orbites des comètes",
                 "Appendice sur la méthode des moindres quarrés"}}},
      std::move(params));
}

}  // namespace kappa::problems
