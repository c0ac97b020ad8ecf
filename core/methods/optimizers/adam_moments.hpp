/// What Adam's kin share: their settings, two running means with their clock, a safe quotient, and the fields.
#pragma once

#include <cmath>
#include <cstdint>
#include <utility>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {

/// Running means of gradients and of their squares; t counts the steps made.
struct Moments {
  Blocks m, v;
  std::uint64_t t = 0;

  static Moments at(const Blocks& x0) { return {zeros_like(x0), zeros_like(x0)}; }
  void mix(arma::uword i, double g, double beta1, double beta2) {
    m.flat()[i] = beta1 * m.flat()[i] + (1 - beta1) * g;
    v.flat()[i] = beta2 * v.flat()[i] + (1 - beta2) * g * g;
  }
};

/// Settings of Adam's kin, and the symmetries of all that is done to each coordinate alone.
struct AdamSettings {
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0.0;

  Law laws() const { return Law::permutation | Law::sign; }
};

/// a/b, and 0/0 = 0: with ε = 0 a coordinate that has never had a gradient stays.
inline double over(double a, double b) { return a == 0 ? a : a / b; }

inline constexpr const char* coupled_decay = "coupled decay: g ← g + λx";
inline constexpr const char* decoupled_decay = "decoupled decay: x ← x(1 − ηλ) first";

/// Learning rate, β₁, β₂ and ε; then the fields of the method, then the decay.
template <class M>
Params<M> adam_fields(const char* decay, Params<M> own = {}) {
  Params<M> fields = {{&M::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "step size"},
                      {&M::beta1, "beta1", "β₁", below(0, 1), "memory of the mean"},
                      {&M::beta2, "beta2", "β₂", below(0, 1), "memory of the mean square"},
                      {&M::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root mean square"}};
  for (Param<M>& field : own) fields.push_back(std::move(field));
  fields.push_back({&M::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), decay});
  return fields;
}

}  // namespace kappa::optimizers
