/// Row-norm dispersion: the deviation of the row norms over their mean.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct RowNormDispersion {
  double of(const arma::mat& w) const { return kappa::row_norm_dispersion(w); }
};

}  // namespace KAPPA_FILE

Method row_norm_dispersion() {
  using KAPPA_FILE::RowNormDispersion;
  return matrix_probe<RowNormDispersion>(
      {.title = "Row-norm dispersion",
       .idea = "How unevenly an update treats the rows: what NorMuon evens out.",
       .equation = "std(‖wᵢ‖) / mean(‖wᵢ‖)",
       .cite = {{"Li, Liu, Liang, Chen, Zhao", 2025, "NorMuon: Making Muon more efficient and scalable",
                 "arXiv:2510.05491"}},
       .scale = Scale::linear});
}

}  // namespace kappa::probes
