/// Nuclear norm: the sum of the singular values.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct NuclearNorm {
  double of(const arma::mat& w, const arma::vec& s) const {
    return kappa::nuclear_norm(Spectrum{w.n_rows, w.n_cols, s});
  }
};

}  // namespace KAPPA_FILE

Method nuclear_norm() {
  using KAPPA_FILE::NuclearNorm;
  return matrix_probe<NuclearNorm>(
      {.title = "Nuclear norm",
       .idea = "The convex stand-in for the rank.",
       .equation = "‖W‖_* = Σσᵢ",
       .cite = {{"Recht, Fazel, Parrilo", 2010,
                 "Guaranteed Minimum-Rank Solutions of Linear Matrix Equations via Nuclear Norm Minimization",
                 "arXiv:0706.4138"}}});
}

}  // namespace kappa::probes
