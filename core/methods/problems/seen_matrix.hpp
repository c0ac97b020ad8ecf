/// What is seen of a matrix of low rank, all of it or random linear views, and how far another matrix is from that.
#pragma once

#include <cmath>
#include <vector>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"
#include "core/random/sensing.hpp"

namespace kappa::problems {

enum class Observation { full, sampled };

struct SeenMatrix {
  arma::mat m;
  SensingOperator views;  ///< none: all of M is seen
  arma::vec y;
  bool noisy = false;

  bool full() const { return views.count() == 0; }
  std::uint64_t rows() const { return full() ? 0 : views.count(); }
  void see(SensingOperator through, double noise, const Rng& rng) {
    views = std::move(through);
    y = views.apply(m);
    noisy = noise > 0;
    if (noisy) y += noise * normal_vector(rng.child("noise"), y.n_elem);
  }

  /// |A(Z) - y|^2, its differences in scratch.n where all of M is seen, else in scratch.a. A batch B counts m/|B|-fold.
  double misfit(const arma::mat& z, const Sample& s) const {
    if (full()) {
      s.scratch.n = z - m;
      return arma::dot(s.scratch.n, s.scratch.n);
    }
    arma::vec& r = s.scratch.a;
    const arma::vec flat(const_cast<double*>(z.memptr()), z.n_elem, false, true);
    if (s.rows.empty()) {
      r = views.measurements().t() * flat;
      r -= y;
      return arma::dot(r, r);
    }
    r.set_size(s.rows.size());
    for (std::size_t k = 0; k < s.rows.size(); ++k) r[k] = arma::dot(view(s.rows[k]), flat) - y[s.rows[k]];
    return weight(s) * arma::dot(r, r);
  }
  /// The same, and R = sum of (<A_i, Z> - y_i) A_i in scratch.n.
  double residual(const arma::mat& z, const Sample& s) const {
    const double squares = misfit(z, s);
    if (full()) return squares;
    arma::mat& out = s.scratch.n;
    out.set_size(m.n_rows, m.n_cols);
    arma::vec flat(out.memptr(), out.n_elem, false, true);
    if (s.rows.empty())
      flat = views.measurements() * s.scratch.a;
    else {
      flat.zeros();
      for (std::size_t k = 0; k < s.rows.size(); ++k) flat += (weight(s) * s.scratch.a[k]) * view(s.rows[k]);
    }
    return squares;
  }
  /// A*A(V).
  arma::mat normal_map(const arma::mat& v) const { return full() ? v : views.adjoint(views.apply(v)); }

  const arma::vec view(std::uint64_t i) const {
    return arma::vec(const_cast<double*>(views.measurements().colptr(i)), m.n_elem, false, true);
  }
  double weight(const Sample& s) const {
    return s.rows.empty() ? 1 : static_cast<double>(rows()) / static_cast<double>(s.rows.size());
  }
  std::vector<NamedMatrix> dump() const {
    if (full()) return {{"truth", m}};
    return {{"truth", m}, {"y", y}, {"measurements", views.measurements().t()}};
  }
};

}  // namespace kappa::problems
