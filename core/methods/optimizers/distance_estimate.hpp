/// What D-Adaptation and Prodigy share: Adam's means with an estimate of the distance to the solution, and the fields.
#pragma once

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/methods/optimizers/adam_moments.hpp"

namespace kappa::optimizers {

struct DistanceSettings {
  double learning_rate = 1;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double initial_distance = 1e-6;

  Law laws() const { return Law::permutation | Law::sign; }
};

/// A lower bound on the distance: how far gradients point back along their weighted sum, over the size of that sum.
struct DistanceEstimate : Moments {
  arma::vec sum;  ///< weighted gradients, S
  double numerator = 0, distance = 0;

  DistanceEstimate(const Blocks& x0, double initial)
      : Moments(Moments::at(x0)), sum(x0.flat().n_elem, arma::fill::zeros), distance(initial) {}
  /// It never falls, and a sum of size zero says nothing.
  void raise(double size) {
    if (size > 0) distance = std::max(distance, numerator / size);
  }
  /// The update −rate m/(√v + ε); none along coordinates where the root is zero.
  void divide(double rate, double epsilon, Blocks& update) const {
    for (arma::uword i = 0; i < update.flat().n_elem; ++i) {
      const double root = std::sqrt(v.flat()[i]) + epsilon;
      update.flat()[i] = root > 0 ? -rate * m.flat()[i] / root : 0.0;
    }
  }
};

template <class M>
Params<M> distance_fields(const char* epsilon_help, Domain initial_distance) {
  return {{&M::learning_rate, "learning_rate", "s", from_zero(1e-3, 10), "multiplies the step; a schedule goes here"},
          {&M::beta1, "beta1", "β₁", below(0, 1), "memory of the mean"},
          {&M::beta2, "beta2", "β₂", below(0, 1), "memory of the mean square; its root is that of the estimate"},
          {&M::epsilon, "epsilon", "ε", from_zero(1e-12, 1), epsilon_help},
          {&M::initial_distance,
           "initial_distance",
           "d₀",
           std::move(initial_distance),
           "first estimate of the distance",
           {.fixed = true}}};
}

}  // namespace kappa::optimizers
