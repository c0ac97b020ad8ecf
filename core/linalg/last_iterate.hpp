/// The bound on the last iterate of a subgradient method, as a function of its step sizes and gradient norms.
#pragma once

#include <armadillo>

namespace kappa {

/// f(x_T) - f* <= Omega_T for x_{t+1} = x_t - rates_t g_t, D = |x_1 - x*|, convex f; `squares` holds |g_1|^2 ..
/// |g_T|^2. Trailing rates of zero are left out. Rates are not negative; none at all gives infinity.
double last_iterate_bound(const arma::vec& rates, const arma::vec& squares, double distance);

/// Its derivative by each rate; zero for trailing zeros.
arma::vec last_iterate_slope(const arma::vec& rates, const arma::vec& squares, double distance);

/// Omega_t of the first t rates for each listed t, counted from 1: O(t) each.
arma::vec last_iterate_curve(const arma::vec& rates, const arma::vec& squares, double distance,
                             const arma::uvec& times);

/// For rates gamma s the bound is a/gamma + gamma b.
struct BaseRate {
  double a = 0, b = 0;
  double best() const;     ///< gamma* = sqrt(a/b)
  double optimum() const;  ///< Omega* = 2 sqrt(ab)
  double at(double gamma) const { return a / gamma + gamma * b; }
};
BaseRate base_rate(const arma::vec& multipliers, double gradient_norm = 1, double distance = 1);

}  // namespace kappa
