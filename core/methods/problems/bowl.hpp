/// A bowl ½ (x − x*)ᵀ H (x − x*) with H = Q diag(λ) Qᵀ: what every problem of that form can be asked.
#pragma once

#include <cmath>
#include <utility>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {

/// What its curvatures tell of a bowl around `bottom`, where it is zero.
inline Facts facts_of_bowl(const arma::vec& eigenvalues, const Blocks& bottom) {
  Facts facts;
  const double largest = eigenvalues.max(), smallest = eigenvalues.min(), root = std::sqrt(largest / smallest);
  facts.minimum = 0.0;
  facts.smoothness = largest;
  facts.strong_convexity = smallest;
  facts.hessian_spectrum = arma::sort(eigenvalues);
  facts.solution = facts.truth = bottom;
  facts.best_learning_rate = 2 / (largest + smallest);
  facts.best_momentum = std::pow((root - 1) / (root + 1), 2);
  return facts;
}

class Bowl {
 public:
  double value(const Blocks& x, const Sample& s) const {
    s.scratch.a = x.flat() - center_;
    s.scratch.b = h_ * s.scratch.a;
    return 0.5 * arma::dot(s.scratch.a, s.scratch.b);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    s.scratch.a = x.flat() - center_;
    g.flat() = h_ * s.scratch.a;
    return 0.5 * arma::dot(s.scratch.a, g.flat());
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const { out.flat() = h_ * v.flat(); }
  arma::mat hessian(const Blocks&) const { return h_; }
  Facts facts() const {
    Facts facts = facts_of_bowl(eigenvalues_, single_block("x", center_));
    if (axes_.is_empty())
      facts.covariance = [along = eigenvalues_](const arma::vec& v) { return arma::vec(along % v); };
    else
      facts.covariance = covariance_of(h_);
    return facts;
  }

 protected:
  /// Turned off the axes by a random rotation, or not.
  void shape(const Rng& rng, arma::vec eigenvalues, bool rotate) {
    eigenvalues_ = std::move(eigenvalues);
    axes_.reset();
    if (!rotate) {
      h_ = arma::diagmat(eigenvalues_);
      return;
    }
    axes_ = haar_orthogonal(rng.child("rotation"), eigenvalues_.n_elem);
    const arma::mat root = axes_.each_row() % arma::sqrt(eigenvalues_).t();
    h_ = arma::symmatu(root * root.t());
  }
  arma::vec along_axes(const arma::vec& e) const { return axes_.is_empty() ? e : arma::vec(axes_ * e); }

  arma::vec eigenvalues_, center_;
  arma::mat axes_, h_;  ///< no axes: the coordinates'
};

}  // namespace kappa::problems
