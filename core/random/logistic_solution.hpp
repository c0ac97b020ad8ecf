/// Logistic regression's minimiser to rounding error, and the stable functions of its loss.
#pragma once

#include <armadillo>
#include <cmath>
#include <optional>

#include "core/random/regression_data.hpp"

namespace kappa {

/// 1/(1 + exp(-t)) without overflow.
inline double sigmoid(double t) {
  if (t >= 0) return 1 / (1 + std::exp(-t));
  const double e = std::exp(t);
  return e / (1 + e);
}

/// log(1 + exp(-m)) without overflow or cancellation.
inline double log_loss(double m) { return m >= 0 ? std::log1p(std::exp(-m)) : -m + std::log1p(std::exp(m)); }

/// The log loss and how far it pulls, sigmoid(-m): both to the bit, from one exponential.
struct LogPull {
  double loss, pull;
};
inline LogPull log_pull(double m) {
  const double e = std::exp(-std::abs(m));
  return m >= 0 ? LogPull{std::log1p(e), e / (1 + e)} : LogPull{-m + std::log1p(e), 1 / (1 + e)};
}

inline double mean_log_loss(const arma::vec& margins) {
  double sum = 0;
  for (const double m : margins) sum += log_loss(m);
  return sum / static_cast<double>(margins.n_elem);
}

/// Minimises the mean log loss + lambda/2 |w|^2. None when lambda is 0 and some direction separates the classes, so
/// that the loss falls forever; of several minimisers the shortest.
std::optional<arma::vec> logistic_solution(const RegressionData& data, double lambda);

}  // namespace kappa
