/// A two-layer ReLU network that tells the signs of x₁x₂ + x₃/2 apart: what the network and the star over it share.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "core/kinds/param.hpp"
#include "core/kinds/problem.hpp"
#include "core/linalg/relu_network.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {

/// Settings are members, so that a problem built on this frame can make them its fields; columns of x are samples.
struct ReluClassifier {
  std::int64_t width = 64;
  std::int64_t inputs = 6;
  std::int64_t samples = 400;
  arma::mat x;
  arma::vec y;

  void draw(const Rng& rng) {
    x = normal_matrix(rng.child("design"), static_cast<arma::uword>(inputs), static_cast<arma::uword>(samples));
    y.set_size(x.n_cols);
    for (arma::uword i = 0; i < y.n_elem; ++i) y[i] = x(0, i) * x(1, i) + 0.5 * x(2, i) >= 0 ? 1 : -1;
  }
  Blocks point() const {
    const auto m = static_cast<arma::uword>(width), d = static_cast<arma::uword>(inputs);
    return Blocks({{"W", m, d, Role::first}, {"a", 1, m, Role::last}});
  }
  /// W ~ N(0, 2/d), a ~ N(0, 1/m).
  Blocks first_point(const Rng& rng) const {
    Blocks out = point();
    const arma::uword m = static_cast<arma::uword>(width), weights = out.flat().n_elem - m;
    out.flat().head(weights) = std::sqrt(2.0 / static_cast<double>(inputs)) * normal_vector(rng.child("W"), weights);
    out.flat().tail(m) = normal_vector(rng.child("a"), m) / std::sqrt(static_cast<double>(width));
    return out;
  }

  double loss(const Blocks& at, const Sample& s) const {
    return relu_logistic_loss(at.block(0), output(at), inputs_of(s), labels_of(s), s.scratch.m);
  }
  double loss_gradient(const Blocks& at, Blocks& g, const Sample& s) const {
    arma::mat gw = g.block(0);
    arma::vec ga = output(g);
    return relu_logistic_gradient(at.block(0), output(at), inputs_of(s), labels_of(s), s.scratch.m, gw, ga);
  }
  void curvature_product(const Blocks& at, const Blocks& v, Blocks& out) const {
    arma::mat hw = out.block(0);
    arma::vec ha = output(out);
    relu_logistic_curvature(at.block(0), output(at), x, y, v.block(0), output(v), hw, ha);
  }
  double data_footprint() const {
    const double n = static_cast<double>(samples), d = static_cast<double>(inputs), m = static_cast<double>(width);
    return 8 * (n * (2 * d + 2 + 2 * m) + 6 * m * (d + 1));
  }
  std::vector<NamedMatrix> dump() const { return {{"X", x.t()}, {"y", y}}; }

 private:
  /// The output weights of a point, as a column in its own memory.
  arma::vec output(const Blocks& at) const {
    const arma::uword m = static_cast<arma::uword>(width);
    return arma::vec(const_cast<double*>(at.flat().memptr()) + (at.flat().n_elem - m), m, false, true);
  }
  const arma::mat& inputs_of(const Sample& s) const {
    if (s.rows.empty()) return x;
    arma::mat& in = s.scratch.n;
    in.set_size(x.n_rows, s.rows.size());
    for (std::size_t k = 0; k < s.rows.size(); ++k) in.col(k) = x.col(s.rows[k]);
    return in;
  }
  const arma::vec& labels_of(const Sample& s) const {
    if (s.rows.empty()) return y;
    arma::vec& labels = s.scratch.a;
    labels.set_size(s.rows.size());
    for (std::size_t k = 0; k < s.rows.size(); ++k) labels[k] = y[s.rows[k]];
    return labels;
  }
};

template <class P>
Params<P> relu_classifier_fields() {
  return {{static_cast<std::int64_t P::*>(&P::width), "width", "m", count(1, 10'000, true), "hidden units"},
          {static_cast<std::int64_t P::*>(&P::inputs), "inputs", "d", count(3, 1'000, true), "inputs, N(0, I)"},
          {static_cast<std::int64_t P::*>(&P::samples), "samples", "n", count(1, 1'000'000, true), "samples to fit"}};
}

}  // namespace kappa::problems
