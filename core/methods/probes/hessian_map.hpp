/// The Hessian of the loss at a point as a map on vectors: by products, or dense where a problem has only that.
#pragma once

#include <string>
#include <utility>

#include "core/kinds/probe.hpp"
#include "core/linalg/krylov.hpp"

namespace kappa::probes {

inline bool has_curvature(const ProblemModel& problem) {
  return problem.can(Can::hessian_product) || problem.can(Can::hessian);
}
inline Declared of_curvature(const ProbeSetup& setup, std::string series) {
  return has_curvature(setup.problem) ? one_series(std::move(series)) : refused("this problem has no Hessian products");
}

/// Lives no longer than the oracle and the point that it is made of.
class HessianMap {
 public:
  HessianMap(Oracle& oracle, const Blocks& x)
      : oracle_(oracle), x_(x), direction_(zeros_like(x)), product_(zeros_like(x)) {
    if (!oracle.problem().can(Can::hessian_product)) dense_ = oracle.hessian(x);
  }

  arma::vec operator()(const arma::vec& v) {
    if (dense_.is_empty()) {
      direction_.flat() = v;
      oracle_.hessian_product(x_, direction_, product_);
    } else {
      product_.flat() = dense_ * v;
    }
    finite_ = finite_ && product_.flat().is_finite();
    return product_.flat();
  }
  LinearMap map() {
    return [this](const arma::vec& v) -> arma::vec { return (*this)(v); };
  }
  bool finite() const { return finite_; }  ///< every product so far was
  arma::uword size() const { return x_.flat().n_elem; }

 private:
  Oracle& oracle_;
  const Blocks& x_;
  Blocks direction_, product_;
  arma::mat dense_;
  bool finite_ = true;
};

/// The same vector at every step, so that curves are smooth.
inline arma::vec first_vector(std::string_view name, arma::uword n) {
  arma::vec start(n);
  Rng(0, name).fill_normal({start.memptr(), start.n_elem});
  return start;
}

/// An orthonormal basis of the k most curved directions by Lanczos; empty where it cannot be had.
inline arma::mat top_directions(HessianMap& hessian, arma::uword k, arma::uword iterations) {
  const arma::uword n = hessian.size();
  const LanczosResult found =
      lanczos(hessian.map(), n, std::max(iterations, k), first_vector("top directions", n), true);
  if (!hessian.finite() || found.values.n_elem < std::min(k, n)) return {};
  return found.vectors.head_cols(std::min(k, n));
}

}  // namespace kappa::probes
