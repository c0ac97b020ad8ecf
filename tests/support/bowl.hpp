/// A small quadratic with everything known, its numbers written down by the test.
#pragma once

#include <armadillo>
#include <memory>
#include <utility>

#include "core/kinds/problem.hpp"

namespace kappa::test {

/// f(x) = f* + 1/2 (x - x*)' H (x - x*) over whatever blocks the centre has.
struct Bowl {
  arma::mat h;
  Blocks center;
  double minimum = 0;
  double noise = 0;  ///< added to every gradient
  arma::mat truth_matrix = {};

  void build(Rng) {}
  Blocks start(Rng) const {
    Blocks x = center;
    x.flat() += 1;
    return x;
  }
  double value(const Blocks& x, const Sample&) const {
    const arma::vec e = x.flat() - center.flat();
    return minimum + 0.5 * arma::dot(e, h * e);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    g.flat() = h * (x.flat() - center.flat());
    Rng rng = s.noise;
    if (noise > 0)
      for (double& one : g.flat()) one += noise * rng.normal();
    return value(x, s);
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const { out.flat() = h * v.flat(); }
  arma::mat estimate(const Blocks& x) const { return x.block(0) * x.block(0).t(); }
  double test_loss(const Blocks& x) const { return 2 * arma::accu(x.flat()); }
  Facts facts() const {
    Facts facts;
    facts.hessian_spectrum = arma::eig_sym(h);
    facts.smoothness = facts.hessian_spectrum.max();
    facts.strong_convexity = facts.hessian_spectrum.min();
    facts.minimum = minimum;
    facts.solution = center;
    facts.truth_matrix = truth_matrix;
    return facts;
  }
};

/// H = Q diag(eigenvalues) Q' with a fixed Q.
inline arma::mat curved(const arma::vec& eigenvalues) {
  Rng rng(7, "bowl");
  arma::mat g(eigenvalues.n_elem, eigenvalues.n_elem), q, r;
  rng.fill_normal({g.memptr(), g.n_elem});
  arma::qr(q, r, g);
  return arma::symmatu(q * arma::diagmat(eigenvalues) * q.t());
}

inline Bowl bowl(const arma::vec& eigenvalues) {
  arma::vec center(eigenvalues.n_elem);
  Rng rng(8, "bowl");
  rng.fill_normal({center.memptr(), center.n_elem});
  return {.h = curved(eigenvalues), .center = single_block("x", center)};
}

}  // namespace kappa::test
