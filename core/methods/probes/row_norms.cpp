/// Row norms: the lengths of the rows, largest first.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct RowNorms {
  Of of = Of::parameters;
  std::string block;

  Declared declare(const ProbeSetup& setup) const {
    const Chosen chosen = choose_matrices(setup, of, block, "row_norms", false);
    Declared declared{.refusal = chosen.refusal, .after_step = of == Of::update || of == Of::momentum};
    for (const std::string& name : chosen.names) declared.channels.push_back({ChannelKind::spectrum, name});
    return declared;
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    std::size_t channel = 0;
    const std::size_t count = of == Of::estimate ? 1 : frame->x.count();
    for (std::size_t i = 0; i < count; ++i) {
      if (of != Of::estimate && !block.empty() && frame->x.shape(i).name != block) continue;
      if (const arma::mat* w = frame.matrix(of, i)) sink.spectrum(channel, lengths(*w));
      ++channel;
    }
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
      {{&RowNorms::of, "of", "", choices({"parameters", "gradient", "update", "estimate", "momentum"}),
        "which matrices: the parameters, the step's gradient or update, the problem's estimate, the momentum"},
       {&RowNorms::block, "block", "", Text{}, "only the block of this name; empty: every block"}},
      10);
}

}  // namespace kappa::probes
