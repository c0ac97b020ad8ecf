/// Conjugate gradients: the loss stays under the square of the best polynomial's maximum on the spectrum.
#include "core/methods/theories/polynomial.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

struct CgBound {
  bool applies(const TheorySetup& setup) const { return bounded_quadratic(setup, "conjugate_gradient"); }
  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    return loss_bound(setup, "(2rᵗ/(1+r²ᵗ))²",
                      [](double condition, double t) { return std::pow(chebyshev_ratio(condition, t), 2); });
  }
};

}  // namespace KAPPA_FILE

Method cg_bound() {
  using KAPPA_FILE::CgBound;
  return theory<CgBound>(
      {.title = "Conjugate gradients' bound",
       .idea = "In the norm of the Hessian no polynomial of degree t does better than conjugate gradients, so none of "
               "Chebyshev's.",
       .equation = "f(xₜ) − f* ≤ (2rᵗ/(1 + r²ᵗ))² (f(x₀) − f*),  r = (√κ − 1)/(√κ + 1)",
       .cite = {{"Hestenes, Stiefel", 1952, "Methods of conjugate gradients for solving linear systems", ""},
                {"Golub, Van Loan", 2013, "Matrix Computations", ""}}});
}

}  // namespace kappa::theories
