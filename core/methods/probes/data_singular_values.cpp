/// Singular values of the data: the spectrum of X/√n, measured once at the start.
#include <cmath>

#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct DataSingularValues {
  static arma::mat design(const ProblemModel& problem) {
    for (NamedMatrix& one : problem.data())
      if (one.name == "X") return std::move(one.value);
    return {};
  }

  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.can(Can::samples) || design(setup.problem).is_empty())
      return refused("this problem has no data matrix X");
    return one_spectrum("data_singular_values");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    if (frame->t != 0) return;
    const ProblemModel& problem = frame->oracle.problem();
    arma::vec s;
    if (attempt(
            [&] { s = kappa::singular_values(design(problem)) / std::sqrt(static_cast<double>(problem.samples())); }))
      sink.spectrum(0, s);
  }
};

}  // namespace KAPPA_FILE

Method data_singular_values() {
  using KAPPA_FILE::DataSingularValues;
  return probe<DataSingularValues>(
      {.title = "Singular values of the data",
       .idea = "What the optimizer is up against: their squares are the eigenvalues of the least-squares Hessian.",
       .equation = "σᵢ(X) / √n",
       .cite = {{"Marchenko, Pastur", 1967, "Distribution of eigenvalues for some sets of random matrices", ""}},
       .form = FigureForm::spectrum},
      {}, 1'000'000'000);
}

}  // namespace kappa::probes
