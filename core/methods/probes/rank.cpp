/// Rank: the number of singular values above the numerical zero.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct Rank {
  double of(const arma::mat& w, const arma::vec& s) const { return kappa::rank(Spectrum{w.n_rows, w.n_cols, s}); }
};

}  // namespace KAPPA_FILE

Method rank() {
  using KAPPA_FILE::Rank;
  return matrix_probe<Rank>({.title = "Rank",
                             .idea = "How many directions a matrix keeps, to working precision.",
                             .equation = "rank(W) = #{i : σᵢ > max(p,q) ε σ₁}",
                             .cite = {{"Golub, Van Loan", 2013, "Matrix Computations", ""}},
                             .scale = Scale::linear});
}

}  // namespace kappa::probes
