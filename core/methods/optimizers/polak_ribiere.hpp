/// Nonlinear conjugate gradients in any real type: the Polak–Ribière turn, and the line search that goes with it.
#pragma once

#include <algorithm>
#include <armadillo>
#include <optional>

namespace kappa::optimizers {

/// What a step leaves to the next one.
template <class Real>
struct ConjugateMemory {
  arma::Col<Real> gradient, direction;  ///< of the last step; empty before the first
  Real last_step = 1;
};

/// max(0, g⁺(g⁺ − g) / gg), where `change` is g⁺ − g.
template <class Real>
Real polak_ribiere_plus(const arma::Col<Real>& g, const arma::Col<Real>& before, const arma::Col<Real>& change) {
  const Real size = arma::dot(before, before);
  return size > 0 ? std::max(Real(0), arma::dot(g, change) / size) : Real(0);
}
/// The same; 0 before the first step.
template <class Real>
Real polak_ribiere_plus(const arma::Col<Real>& g, const arma::Col<Real>& before) {
  if (before.is_empty()) return 0;
  return polak_ribiere_plus(g, before, arma::Col<Real>(g - before));
}

/// d ← −g + βd, or −g where that does not descend.
template <class Real>
void turn(ConjugateMemory<Real>& memory, const arma::Col<Real>& g, Real beta) {
  if (memory.direction.is_empty() || beta == 0)
    memory.direction = -g;
  else
    memory.direction = beta * memory.direction - g;
  if (!(arma::dot(g, memory.direction) < 0)) memory.direction = -g;
  memory.gradient = g;
}

/// A step a with F(x + ad) ≤ F(x) + 1e-4 a g·d, first tried at twice the last one: at most 1000. After a failure it
/// goes to the minimum of the parabola through what it knows, within [0.1, 0.5] a; after forty it gives up.
template <class Real, class ValueAlong>
std::optional<Real> search(ConjugateMemory<Real>& memory, Real f, const ValueAlong& value) {
  const Real slope = arma::dot(memory.gradient, memory.direction);
  Real a = std::min(2 * memory.last_step, Real(1000));
  for (int tries = 0; tries < 40; ++tries) {
    const Real now = value(a);
    if (now <= f + Real(1e-4) * a * slope) {
      memory.last_step = a;
      return a;
    }
    const Real bend = 2 * (now - f - a * slope);
    a = bend > 0 ? std::clamp(-slope * a * a / bend, Real(0.1) * a, Real(0.5) * a) : Real(0.5) * a;
  }
  return std::nullopt;
}

}  // namespace kappa::optimizers
