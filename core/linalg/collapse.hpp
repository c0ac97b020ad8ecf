/// Neural collapse: where regularised linear layers on free features end, and how near a point is to that.
#pragma once

#include <armadillo>
#include <vector>

namespace kappa {

/// 1/(2N) |W_M ... W_1 H - Y|^2 + lambda_W/2 sum |W_i|^2 + lambda_H/2 |H|^2 with one-hot Y; both lambdas positive.
struct CollapseSetting {
  std::size_t layers = 1;  ///< M
  double samples = 1;      ///< N, of all classes
  double weight_regularization = 0, feature_regularization = 0;
};

/// What the minimum gives to one class: the classes decouple.
struct CollapsedClass {
  double product = 0;      ///< p: the network's answer where the target is 1; 0 for a class that is given up
  double row_square = 0;   ///< squared length of the class's row of W_M ... W_1
  double mean_square = 0;  ///< and of its features, which are all alike
  double layer = 0;        ///< its singular value in each layer
  double cost = 0;         ///< its share of the loss
};
CollapsedClass collapsed_class(const CollapseSetting& setting, double size);

/// How far features H (columns, class after class) and the classifier W = W_M ... W_1 are from collapse.
struct CollapseState {
  double within = 0;        ///< NC1: mean squared distance to the class mean over the mean squared class mean
  double overlap = 0;       ///< NC2: share of the class means' Gram matrix off its diagonal, in Frobenius norm
  double misalignment = 0;  ///< NC3: 1 - cosine between row and class mean, averaged over classes that have both
  arma::vec row_squares, mean_squares;
  arma::mat gram;  ///< of the class means
};
CollapseState collapse_state(const arma::mat& w, const arma::mat& h, const std::vector<arma::uword>& sizes);

}  // namespace kappa
