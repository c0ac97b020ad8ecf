/// Marchenko-Pastur: where the singular values of isotropic random data fall, though every direction is alike.
#include "core/linalg/marchenko_pastur.hpp"

#include <algorithm>
#include <cmath>

#include "core/kinds/theory.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

struct MarchenkoPasturLaw {
  bool applies(const TheorySetup& setup) const {
    const auto& params = setup.problem_node.params;
    const auto data = params.find("data"), exact = params.find("exact_spectrum");
    const auto* file = data == params.end() ? nullptr : std::get_if<NodePtr>(&data->second);
    const bool own_data = file != nullptr && *file != nullptr,
               made_exact = exact != params.end() && exact->second == Value(true);
    const auto labels = text(setup.problem_node, "labels", "");
    const bool gaussian = text(setup.problem_node, "design", "gaussian") == "gaussian" &&
                          (labels.empty() || labels == "logistic" || labels == "model");
    return gaussian && text(setup.problem_node, "spectrum", "") == "isotropic" && !own_data && !made_exact &&
           setup.problem.can(Can::samples) && !design(setup.problem).is_empty();
  }

  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    const arma::mat x = design(setup.problem);
    const double n = static_cast<double>(setup.problem.samples()), d = static_cast<double>(x.n_elem) / n;
    const MarchenkoPastur law(d / n, arma::accu(arma::square(x)) / (n * d));
    TheoryCurve curve{
        .series = "data_singular_values", .curve = "Marchenko-Pastur", .kind = TheoryKind::guide, .x = {}, .y = {}};
    for (double i = 1; i <= std::min(n, d); ++i) {
      curve.x.push_back(i);
      curve.y.push_back(std::sqrt(law.quantile(1 - (i - 0.5) / d)));
    }
    return {std::move(curve)};
  }

 private:
  static arma::mat design(const ProblemModel& problem) {
    for (NamedMatrix& one : problem.data())
      if (one.name == "X") return std::move(one.value);
    return {};
  }
};

}  // namespace KAPPA_FILE

Method marchenko_pastur() {
  using KAPPA_FILE::MarchenkoPasturLaw;
  return theory<MarchenkoPasturLaw>(
      {.title = "Marchenko-Pastur law",
       .idea =
           "With few samples for each feature, data that are the same in every direction still look ill-conditioned.",
       .equation = "σᵢ² at the quantile 1 − (i − ½)/d of √((b − x)(x − a)) / (2πγx),  a, b = (1 ∓ √γ)²,  γ = d/n",
       .cite = {{"Marchenko, Pastur", 1967, "Distribution of eigenvalues for some sets of random matrices", ""}}});
}

}  // namespace kappa::theories
