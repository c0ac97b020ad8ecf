/// The singular vectors of the truth, and what an estimate makes of them.
#pragma once

#include <algorithm>

#include "core/kinds/problem.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {

/// truth = left diag(values) right', the values that count and no others.
struct TruthModes {
  arma::mat left, right;
  arma::vec values;

  arma::uword count() const { return values.n_elem; }
  /// u' M v of each.
  arma::vec aligned(const arma::mat& estimate) const { return arma::sum(left % (estimate * right), 0).t(); }
  /// For s = 1, 2, ...: how far the estimate is from the best matrix of rank s, over the size of that.
  arma::vec distances(const arma::mat& estimate) const {
    arma::vec out(count());
    arma::mat off = estimate;
    for (arma::uword i = 0; i < count(); ++i) {
      off -= values[i] * left.col(i) * right.col(i).t();
      out[i] = arma::norm(off, "fro") / arma::norm(values.head(i + 1));
    }
    return out;
  }
};

/// Read off a solution in balanced factors where there is one, since that costs nothing; else by an SVD.
inline TruthModes truth_modes(const Facts& facts) {
  TruthModes modes;
  const arma::vec& s = facts.truth_spectrum;
  if (facts.truth_matrix.is_empty() || s.is_empty() || !(s[0] > 0)) return modes;
  arma::uword rank = 0;
  while (rank < s.n_elem && s[rank] > 1e-12 * s[0]) ++rank;
  modes.values = s.head(rank);
  if (facts.solution && facts.solution->count() <= 2) {
    const arma::mat f = facts.solution->block(0), g = facts.solution->block(facts.solution->count() - 1);
    if (f.n_rows == facts.truth_matrix.n_rows && g.n_rows == facts.truth_matrix.n_cols && f.n_cols >= rank &&
        g.n_cols >= rank) {
      const arma::rowvec shrink = 1 / arma::sqrt(modes.values).t();
      modes.left = f.head_cols(rank).eval().each_row() % shrink;
      modes.right = g.head_cols(rank).eval().each_row() % shrink;
      const arma::mat eye(rank, rank, arma::fill::eye);
      if (arma::norm(modes.left.t() * modes.left - eye, "fro") +
              arma::norm(modes.right.t() * modes.right - eye, "fro") <
          1e-10)
        return modes;
    }
  }
  arma::mat left, right;
  arma::vec values;
  if (!thin_svd(facts.truth_matrix, left, values, right)) return {};
  modes.left = left.head_cols(rank);
  modes.right = right.head_cols(rank);
  return modes;
}

}  // namespace kappa::probes
