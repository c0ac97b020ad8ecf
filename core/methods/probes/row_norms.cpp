/// Row norms: the lengths of the rows, largest first.
#include "core/methods/probes/chosen_blocks.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct RowNorms : ChosenBlocks {
  Declared declare(const ProbeSetup& setup) const { return channels(setup, "row_norms", ChannelKind::spectrum, false); }
  void measure(Frame& frame, ProbeSink& sink) const {
    each(frame, [&](std::size_t channel, std::size_t i) {
      if (const arma::mat* w = frame.matrix(of, i)) sink.spectrum(channel, lengths(*w));
    });
  }

 private:
  static arma::vec lengths(const arma::mat& w) {
    arma::vec out(w.n_rows, arma::fill::value(arma::datum::nan));
    if (w.is_finite())
      for (arma::uword i = 0; i < w.n_rows; ++i) out[i] = arma::norm(w.row(i));
    return w.is_finite() ? arma::vec(arma::sort(out, "descend")) : out;
  }
};

}  // namespace KAPPA_FILE

Method row_norms() {
  using KAPPA_FILE::RowNorms;
  return probe<RowNorms>(
      {.title = "Row norms",
       .idea = "The length of every row, the largest first and the smallest last: which neurons an update forgets.",
       .equation = "‖w₍₁₎‖ ≥ ‖w₍₂₎‖ ≥ …",
       .cite = {{"Li, Liu, Liang, Chen, Zhao", 2025, "NorMuon: Making Muon more efficient and scalable",
                 "arXiv:2510.05491"}},
       .form = FigureForm::spectrum},
      block_fields<RowNorms>(), 10);
}

}  // namespace kappa::probes
