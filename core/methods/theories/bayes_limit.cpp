/// Bayes limit: what even the best classifier gets wrong where two Gaussian classes overlap.
#include <cmath>
#include <numbers>

#include "core/kinds/theory.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

double plogp(double p) { return p > 0 ? p * std::log(p) : 0; }

struct BayesLimit {
  bool applies(const TheorySetup& setup) const {
    const Node& problem = setup.problem_node;
    const auto data = problem.params.find("data");
    const auto* file = data == problem.params.end() ? nullptr : std::get_if<NodePtr>(&data->second);
    const bool own_data = file != nullptr && *file != nullptr;
    return problem.id == "logistic_regression" && !own_data && text(problem, "labels", "logistic") == "overlapping";
  }
  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    const Node& problem = setup.problem_node;
    const double m = number(problem, "separation", 1.5), flips = number(problem, "noise", 0);
    const bool error = text(problem, "test_measure", "loss") == "error";
    TheoryCurve line{.series = "test_loss",
                     .curve = error ? "Bayes error Φ(−|Σ^(−½)μ|)" : "Bayes log loss",
                     .kind = TheoryKind::guide,
                     .x = theory_steps(setup.horizon),
                     .y = {}};
    line.y.assign(line.x.size(), error ? wrong(m, flips) : surprise(m, flips));
    return {std::move(line)};
  }

  static double wrong(double m, double flips) {
    return flips + (1 - 2 * flips) * 0.5 * std::erfc(m / std::numbers::sqrt2);
  }
  /// The mean entropy of a label once its row is known: the log odds of a row are 2m² + 2mz, z ~ N(0, 1), up to a sign
  /// that the entropy does not see. The trapezoidal rule is exact to rounding on such an integrand.
  static double surprise(double m, double flips) {
    constexpr double reach = 12, step = 0.01;
    double sum = 0;
    for (double z = -reach; z <= reach; z += step) {
      const double odds = 2 * m * (m + z), p = flips + (1 - 2 * flips) / (1 + std::exp(-odds));
      sum -= std::exp(-0.5 * z * z) * (plogp(p) + plogp(1 - p));
    }
    return sum * step / std::sqrt(2 * std::numbers::pi);
  }
};

}  // namespace KAPPA_FILE

Method bayes_limit() {
  using KAPPA_FILE::BayesLimit;
  return theory<BayesLimit>(
      {.title = "Bayes limit",
       .idea = "Where the classes overlap some labels cannot be told, whatever is learnt: on test rows no classifier "
               "stays below this for long.",
       .equation = "P(wrong) = Φ(−‖Σ^(−½)μ‖);  log loss: the mean entropy of a label given its row",
       .cite = {{"Fisher", 1936, "The Use of Multiple Measurements in Taxonomic Problems", "Annals of Eugenics 7"}}});
}

}  // namespace kappa::theories
