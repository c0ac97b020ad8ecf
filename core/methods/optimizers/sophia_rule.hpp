/// What the Sophia methods share: two running means and a clipped quotient of them.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {

struct SophiaState {
  Blocks m, h, curvature,
      probe;  ///< means of gradients and curvatures; the newest estimate, and what it was asked with
  std::uint64_t t = 0;
};

inline SophiaState sophia_state(const Blocks& x0) {
  return {zeros_like(x0), zeros_like(x0), zeros_like(x0), zeros_like(x0)};
}

/// mean ← βmean + (1−β)value.
inline void average(Blocks& mean, const Blocks& value, double beta) {
  mean.flat() = beta * mean.flat() + (1 - beta) * value.flat();
}

/// z⊙(Hz) for one random sign vector z: diag H on average.
template <class Product>
arma::vec hutchinson(Rng rng, arma::uword n, const Product& product) {
  arma::vec z(n);
  for (double& each : z) each = rng.rademacher();
  return z % product(z);
}

inline double clipped(double v, double most = 1) { return std::clamp(v, -most, most); }

/// The update x(1−ηλ) − η clip(m / max(γh, ε), ±1) − x; reports the share of coordinates that were clipped.
inline void sophia_step(const SophiaState& s, const StepContext& c, double gamma, double epsilon, double learning_rate,
                        double weight_decay, Blocks& out) {
  double cut = 0;
  for (arma::uword i = 0; i < out.flat().n_elem; ++i) {
    const double ratio = s.m.flat()[i] / std::max(gamma * s.h.flat()[i], epsilon);
    if (std::abs(ratio) >= 1) ++cut;
    out.flat()[i] = -learning_rate * weight_decay * c.x.flat()[i] - learning_rate * clipped(ratio);
  }
  c.report("clip_fraction", cut / static_cast<double>(out.flat().n_elem));
  c.show("momentum", s.m);
  c.show("curvature", s.h);
}

}  // namespace kappa::optimizers
