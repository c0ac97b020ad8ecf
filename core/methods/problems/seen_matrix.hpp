/// What is seen of a matrix of low rank, all of it or random linear views, and how far another matrix is from that.
#pragma once

#include <utility>
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
    views.misfit(z, y, s.rows, room(s.scratch));
    return weight(s) * arma::dot(s.scratch.a, s.scratch.a);
  }
  /// The same, and R = sum of (<A_i, Z> - y_i) A_i in scratch.n.
  double residual(const arma::mat& z, const Sample& s) const {
    if (full()) return misfit(z, s);
    views.misfit_and_sum(z, y, s.rows, weight(s), room(s.scratch), s.scratch.n);
    return weight(s) * arma::dot(s.scratch.a, s.scratch.a);
  }
  /// A*A(V).
  arma::mat normal_map(const arma::mat& v) const {
    if (full()) return v;
    Scratch scratch;
    views.misfit_and_sum(v, {}, {}, 1, room(scratch), scratch.n);
    return std::move(scratch.n);
  }

  double weight(const Sample& s) const {
    return s.rows.empty() ? 1 : static_cast<double>(rows()) / static_cast<double>(s.rows.size());
  }
  std::vector<NamedMatrix> dump() const {
    if (full()) return {{"truth", m}};
    return {{"truth", m}, {"y", y}, {"measurements", views.measurements().t()}};
  }

 private:
  static SensingOperator::Room room(Scratch& scratch) { return {scratch.a, scratch.b, scratch.c}; }
};

}  // namespace kappa::problems
