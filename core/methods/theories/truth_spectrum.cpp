/// The truth's singular values: where the spectrum of an estimate should end.
#include "core/kinds/theory.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

struct TruthSpectrum {
  bool applies(const TheorySetup& setup) const {
    const Facts facts = setup.problem.facts();
    return !facts.truth_matrix.is_empty() && !facts.truth_spectrum.is_empty();
  }

  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    const Facts facts = setup.problem.facts();
    TheoryCurve curve{
        .series = "estimate_singular_values", .curve = "truth", .kind = TheoryKind::guide, .x = {}, .y = {}};
    // Where the parameters are the estimate, their one block is what the truth is compared with.
    if (facts.truth && facts.truth->count() == 1) curve.series = "singular_values:" + facts.truth->shape(0).name;
    const arma::vec& s = facts.truth_spectrum;
    for (arma::uword i = 0; i < s.n_elem && s[i] > 1e-12 * s[0]; ++i) {
      curve.x.push_back(static_cast<double>(i + 1));
      curve.y.push_back(s[i]);
    }
    std::vector<TheoryCurve> all{curve};
    if (facts.truth && setup.problem.can(Can::estimate)) {
      all.push_back(curve);
      all.back().series = "estimate_singular_values";
    }
    return all;
  }
};

}  // namespace KAPPA_FILE

Method truth_spectrum() {
  using KAPPA_FILE::TruthSpectrum;
  return theory<TruthSpectrum>(
      {.title = "Spectrum of the truth",
       .idea = "The singular values of the matrix that the data were made from: values beyond its rank should vanish.",
       .equation = "σ₁(M) ≥ σ₂(M) ≥ … of the truth M",
       .cite = {{"Eckart, Young", 1936, "The approximation of one matrix by another of lower rank", ""}}});
}

}  // namespace kappa::theories
