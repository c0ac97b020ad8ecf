/// Spectrum of the error: how far the iterate is from the solution along each eigenvector of the Hessian.
#include "core/kinds/modes.hpp"
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct ErrorSpectrum {
  static constexpr arma::uword most = 512;  // the eigenvectors are found once

  Declared declare(const ProbeSetup& setup) const {
    if (!is_quadratic(setup.problem))
      return refused("the error has a spectrum on quadratics: this Hessian is not constant, or not known");
    if (setup.layout.size() > most)
      return refused("the spectrum of the error is for at most " + std::to_string(most) + " parameters");
    return one_spectrum("error_spectrum");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    arma::vec error(frame->x.flat().n_elem, arma::fill::value(arma::datum::nan));
    attempt([&] {
      if (const auto modes = modes_at(frame->oracle.problem(), frame->x, most)) error = arma::abs(modes->error);
    });
    sink.spectrum(0, error);
  }
};

}  // namespace KAPPA_FILE

Method error_spectrum() {
  using KAPPA_FILE::ErrorSpectrum;
  return probe<ErrorSpectrum>(
      {.title = "Spectrum of the error",
       .idea = "The error in eigenvector coordinates, by falling eigenvalue and not by size: steep directions converge "
               "first, flat ones last.",
       .equation = "|qᵢ'(xₜ − x*)|,  H qᵢ = λᵢ qᵢ,  λ₁ ≥ λ₂ ≥ …",
       .cite = {{"Goh", 2017, "Why Momentum Really Works", "https://distill.pub/2017/momentum"}},
       .form = FigureForm::spectrum},
      {}, 10);
}

}  // namespace kappa::probes
