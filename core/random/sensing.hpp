/// Low-rank truths and the random linear measurements that see them.
#pragma once

#include <armadillo>
#include <cstdint>
#include <span>

#include "core/base/rng.hpp"

namespace kappa {

/// M = U diag(s) U' with orthonormal U and s falling linearly from 1 to 1/kappa.
struct PsdTruth {
  arma::mat u;
  arma::vec s;
  arma::mat matrix() const;
};
PsdTruth psd_truth(const Rng& rng, arma::uword n, arma::uword r, double kappa);

/// y_i = <A_i, X>. Symmetric measurements may be kept as their upper triangles: half the memory, half the time.
class SensingOperator {
 public:
  /// Vectors that a sweep works in. Who keeps them pays no allocation; `residual` is a result.
  struct Room {
    arma::vec &residual, &point, &sum;
  };
  using Rows = std::span<const std::uint32_t>;  ///< which measurements; empty: all

  SensingOperator() = default;
  /// Each vec(A_i) is one column.
  SensingOperator(arma::uword rows, arma::uword cols, arma::mat measurements);
  /// Each column is the upper triangle of a symmetric n x n matrix, column by column.
  static SensingOperator of_triangles(arma::uword n, arma::mat triangles);

  arma::uword rows() const { return rows_; }
  arma::uword cols() const { return cols_; }
  arma::uword count() const { return stored_.n_cols; }
  bool packed() const { return packed_; }
  arma::mat measurements() const { return unpacked(0, count()); }  ///< rows*cols x count, a copy
  arma::mat measurement(arma::uword i) const;

  /// The same bits from packed measurements as from whole ones: what a seed's data are must not depend on it.
  arma::vec apply(const arma::mat& x) const;
  arma::mat adjoint(const arma::vec& z) const;  ///< sum of z_i A_i
  double norm() const;                          ///< largest singular value of the operator

  /// room.residual = <A_i, X> - y_i over the listed rows (y counts all rows; empty: zero). X is rows x cols.
  void misfit(const arma::mat& x, const arma::vec& y, Rows rows, Room room) const;
  /// The same, and out = weight * sum of residual_i A_i over these rows, every measurement fetched only once.
  void misfit_and_sum(const arma::mat& x, const arma::vec& y, Rows rows, double weight, Room room,
                      arma::mat& out) const;

 private:
  arma::mat unpacked(arma::uword first, arma::uword count) const;
  arma::vec folded(const arma::mat& x, arma::vec& room) const;
  void sweep(const arma::vec& x, const arma::vec& y, arma::vec& r, arma::vec* sum) const;
  void pick(const arma::vec& x, const arma::vec& y, Rows rows, double weight, arma::vec& r, arma::vec* sum) const;

  arma::uword rows_ = 0, cols_ = 0;
  arma::mat stored_;
  bool packed_ = false;
};

/// A_i = sym(G) / sqrt(m): entries of a symmetric Gaussian. Packed where that is faster.
SensingOperator symmetric_sensing(const Rng& rng, arma::uword n, arma::uword m);
/// A_i = G / sqrt(m).
SensingOperator asymmetric_sensing(const Rng& rng, arma::uword rows, arma::uword cols, arma::uword m);
/// Bytes that the measurements of `symmetric_sensing` take.
double symmetric_sensing_bytes(arma::uword n, arma::uword m);

/// As many measurements as a symmetric n x n matrix has unknowns: nothing is left to complete.
bool fully_determined(arma::uword n, arma::uword m);

}  // namespace kappa
