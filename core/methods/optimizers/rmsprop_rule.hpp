/// RMSprop's rule in any real type: a gradient over its running root mean square.
#pragma once

#include <algorithm>
#include <armadillo>
#include <cmath>

namespace kappa::optimizers {

/// v ← αv + (1−α)g², then out = g / (√v + ε). With `mean` also m ← αm + (1−α)g, and √(v − m²) in place of √v. `out` may
/// be `g` itself.
template <class Real>
void rmsprop_rule(const arma::Col<Real>& g, Real alpha, Real epsilon, arma::Col<Real>& v, arma::Col<Real>* mean,
                  arma::Col<Real>& out) {
  out.set_size(g.n_elem);
  for (arma::uword i = 0; i < g.n_elem; ++i) {
    v[i] = alpha * v[i] + (1 - alpha) * g[i] * g[i];
    Real spread = v[i];
    if (mean != nullptr) {
      Real& m = (*mean)[i];
      m = alpha * m + (1 - alpha) * g[i];
      spread = std::max(Real(0), v[i] - m * m);
    }
    out[i] = g[i] == 0 ? g[i] : g[i] / (std::sqrt(spread) + epsilon);
  }
}

}  // namespace kappa::optimizers
