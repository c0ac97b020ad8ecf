/// What private methods have in common: each sample's gradient is clipped, and noise of the clip's size hides it.
#pragma once

#include <algorithm>

#include "core/kinds/optimizer.hpp"
#include "core/random/matrices.hpp"

namespace kappa::optimizers {

struct PrivateGradient {
  double learning_rate = 0.1;
  double clip_norm = 1;
  double noise_multiplier = 1;
  bool clip = true;

  /// Mean of the clipped gradients of the step's samples, or of all components; `one` is room. Returns how many.
  double clipped_mean(const StepContext& c, Blocks& one, arma::vec& mean) const {
    const std::uint64_t all = c.oracle.components();
    const auto rows = all == c.oracle.problem().samples() ? c.oracle.rows() : std::span<const std::uint32_t>();
    const std::uint64_t n = rows.empty() ? all : rows.size();
    std::uint64_t cut = 0;
    mean.zeros(c.x.flat().n_elem);
    for (std::uint64_t k = 0; k < n; ++k) {
      c.oracle.component_gradient(rows.empty() ? k : rows[k], c.x, one);
      const double length = clip ? arma::norm(one.flat()) : 0;
      if (length > clip_norm) {
        ++cut;
        mean += clip_norm / length * one.flat();
      } else {
        mean += one.flat();
      }
    }
    const auto count = static_cast<double>(std::max<std::uint64_t>(n, 1));
    mean /= count;
    c.report("clip_fraction", static_cast<double>(cut) / count);
    return count;
  }
  /// z_t, the same for every private method of a run.
  static arma::vec fresh_noise(const StepContext& c) {
    return normal_vector(c.rng.child("privacy noise"), c.x.flat().n_elem);
  }
  /// Nothing random and nothing cut: plain gradient descent.
  Law laws() const {
    if (noise_multiplier != 0 && clip_norm != 0) return Law::none;
    return Law::isometries;
  }
};

template <class M>
Params<M> private_fields() {
  return {
      {&M::learning_rate, "learning_rate", "η", from_zero(1e-6, 1e3), "step size"},
      {&M::clip_norm, "clip_norm", "C", from_zero(1e-4, 1e4), "longest gradient of one sample that passes as it is"},
      {&M::noise_multiplier, "noise_multiplier", "σ", from_zero(1e-4, 1e2),
       "standard deviation of the noise in units of C/b, b the samples of a step"},
      {&M::clip, "clip", "", Flag{}, "without it nothing is cut, as theory has it, and C scales the noise alone"}};
}

}  // namespace kappa::optimizers
