/// The step of a quadratic model that is built from one step and the gradients at both of its ends.
#pragma once

#include <armadillo>

namespace kappa {

/// s, g, and g_end at x + s; the result goes from x. With y = g_end − g, σ = ½(‖s‖(‖y‖ + ‖g‖/ζ) − y·s) and
/// θ = (y·s + 2σ)² − ‖s‖²‖y‖² it is c_s s + c_g g + c_y y. Where the model says nothing (θ = 0, y = 0) it is s.
arma::vec model_step(const arma::vec& s, const arma::vec& g, const arma::vec& g_end, double zeta);

/// The same model with another slope at its start: `slope` takes the place of g everywhere but in y and σ.
arma::vec model_step(const arma::vec& s, const arma::vec& g, const arma::vec& g_end, const arma::vec& slope,
                     double zeta);

/// The same, written to `out`, which is none of the others and keeps its memory.
void model_step(const arma::vec& s, const arma::vec& g, const arma::vec& g_end, const arma::vec& slope, double zeta,
                arma::vec& out);

}  // namespace kappa
