/// What the methods of matrices share: a momentum for each matrix, a fallback for all other blocks, and their fields.
#pragma once

#include <cstddef>
#include <utility>

#include "core/linalg/newton_schulz.hpp"
#include "core/linalg/room.hpp"
#include "core/methods/optimizers/fallback_blocks.hpp"

namespace kappa::optimizers {

struct MatrixMomentum {
  Blocks m;
  FallbackBlocks rest;
  Room ahead = {}, spare = {};  ///< one matrix each, shared by all blocks
  NewtonSchulzWork products = {};
};

template <class M>
MatrixMomentum matrix_momentum(const M& method, const Blocks& x0) {
  return {zeros_like(x0), FallbackBlocks(x0, method.first_layer_fallback, method.last_layer_fallback, method.fallback)};
}

/// M ← βM + (1−β)G for every matrix; then `by(i, u, x, update)` writes the update of block i, where u is M or, looking
/// ahead, (1−β)G + βM. The fallback steps what is left.
template <class M, class By>
Step step_matrices(const M& method, bool look_ahead, MatrixMomentum& s, const StepContext& c, Blocks& out,
                   const By& by) {
  const double kept = method.momentum;
  for (const std::size_t i : s.rest.matrices()) {
    const arma::mat x = c.x.block(i), g = c.g.block(i);
    arma::mat m = s.m.block(i), update = out.block(i);
    m = kept * m + (1 - kept) * g;
    if (!look_ahead) {
      by(i, m, x, update);
      continue;
    }
    arma::mat u = s.ahead.view(m.n_rows, m.n_cols);
    u = (1 - kept) * g + kept * m;
    by(i, u, x, update);
  }
  s.rest.step(method.fallback, c, out);
  c.show("momentum", s.m);
  return Step::by;
}

template <class M>
void append(Params<M>& fields, Params<M> more) {
  for (Param<M>& field : more) fields.push_back(std::move(field));
}

template <class M>
Params<M> fallback_fields(const char* last_layer = "the fallback steps the last layer") {
  return {{&M::fallback, "fallback", "", Slot{Kind::optimizer},
           "steps vectors, scalars, biases and the layers ticked below"},
          {&M::first_layer_fallback, "first_layer_fallback", "", Flag{}, "the fallback steps the first layer"},
          {&M::last_layer_fallback, "last_layer_fallback", "", Flag{}, last_layer}};
}

template <class M>
Params<M> decay_and_fallback_fields() {
  Params<M> fields = {
      {&M::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "decoupled decay: W ← W(1 − ηλ) first"}};
  append(fields, fallback_fields<M>());
  return fields;
}

}  // namespace kappa::optimizers
