/// Steepest descent with exact line search: Kantorovich's factor a step, attained by the zig-zag start.
#include "core/methods/theories/polynomial.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

struct ExactLineSearchBound {
  bool applies(const TheorySetup& setup) const { return bounded_quadratic(setup, "steepest_descent_exact"); }
  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    return loss_bound(setup, "((κ−1)/(κ+1))²ᵗ",
                      [](double condition, double t) { return std::pow((condition - 1) / (condition + 1), 2 * t); });
  }
};

}  // namespace KAPPA_FILE

Method exact_line_search_bound() {
  using KAPPA_FILE::ExactLineSearchBound;
  return theory<ExactLineSearchBound>(
      {.title = "Exact line search's bound",
       .idea = "The best step along each gradient still zig-zags: it can be as slow as the best constant step.",
       .equation = "f(xₜ) − f* ≤ ((κ − 1)/(κ + 1))²ᵗ (f(x₀) − f*)",
       .cite = {{"Kantorovich", 1948, "Functional analysis and applied mathematics", "Uspekhi Matematicheskikh Nauk 3"},
                {"Akaike", 1959,
                 "On a successive transformation of probability distribution and its application to the analysis of "
                 "the optimum gradient method",
                 ""}}});
}

}  // namespace kappa::theories
