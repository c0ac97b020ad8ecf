/// Population risk: the exact error of a linear model over all inputs that could come, where their covariance is known.
#include "core/methods/probes/dumped_data.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct PopulationRisk {
  /// Of the inputs; a quadratic is the population's own objective, its H their covariance. A column: a diagonal.
  static arma::mat covariance(const ProblemModel& problem) {
    const arma::mat given = dumped(problem, "covariance");
    return given.is_empty() ? dumped(problem, "H") : given;
  }
  static const Blocks* truth(const ProblemModel& problem) {
    const Facts& facts = problem.facts();
    return facts.truth ? &*facts.truth : facts.solution ? &*facts.solution : nullptr;
  }

  Declared declare(const ProbeSetup& setup) const {
    const Blocks* true_weights = truth(setup.problem);
    if (true_weights == nullptr || true_weights->flat().n_elem != setup.layout.size())
      return refused("this problem knows no truth behind its data");
    if (covariance(setup.problem).n_rows != setup.layout.size())
      return refused("this problem does not tell the covariance of its inputs; test_loss measures on fresh rows");
    return one_series("population_risk");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] {
                  const ProblemModel& problem = frame->oracle.problem();
                  const arma::mat sigma = covariance(problem);
                  const arma::vec error = frame->x.flat() - truth(problem)->flat();
                  return sigma.n_cols == 1 && sigma.n_rows > 1 ? arma::dot(error, sigma % error)
                                                               : arma::dot(error, sigma * error);
                }));
  }
};

}  // namespace KAPPA_FILE

Method population_risk() {
  using KAPPA_FILE::PopulationRisk;
  return probe<PopulationRisk>(
      {.title = "Population risk",
       .idea = "What the test error comes to when the test set has no end, the noise in y left out.",
       .equation = "(w − w*)ᵀ Σ (w − w*)",
       .cite = {{"Advani, Saxe", 2017, "High-dimensional dynamics of generalization error in neural networks",
                 "arXiv:1710.03667"}}},
      {}, 10);
}

}  // namespace kappa::probes
