/// A two-layer ReLU network without biases, x -> a·max(Wx, 0): its logistic loss, and which of its units are another's.
#pragma once

#include <armadillo>

namespace kappa {

/// Columns of x are samples, y their labels +-1. `hidden` is room that the caller lends.
double relu_logistic_loss(const arma::mat& w, const arma::vec& a, const arma::mat& x, const arma::vec& y,
                          arma::mat& hidden);
/// The same with its gradient; `gw` and `ga` have the shapes of w and a.
double relu_logistic_gradient(const arma::mat& w, const arma::vec& a, const arma::mat& x, const arma::vec& y,
                              arma::mat& hidden, arma::mat& gw, arma::vec& ga);
/// The Hessian of the mean loss times (vw, va), where no unit is at its kink.
void relu_logistic_curvature(const arma::mat& w, const arma::vec& a, const arma::mat& x, const arma::vec& y,
                             const arma::mat& vw, const arma::vec& va, arma::mat& hw, arma::vec& ha);

/// For each unit of the first network the unit of the second that stands for it: the permutation with the largest
/// sum of wᵢ·wⱼ + aᵢaⱼ.
arma::uvec matched_units(const arma::mat& w1, const arma::vec& a1, const arma::mat& w2, const arma::vec& a2);

}  // namespace kappa
