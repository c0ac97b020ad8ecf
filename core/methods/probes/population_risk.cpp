/// Population risk: the exact error of a linear model over all inputs that could come, where their covariance is known.
#include "core/methods/probes/truth.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct PopulationRisk {
  Declared declare(const ProbeSetup& setup) const {
    const Facts& facts = setup.problem.facts();
    if (target_of(facts, setup.layout.size()) == nullptr) return refused("this problem knows no truth behind its data");
    if (!facts.covariance)
      return refused("this problem does not know the covariance of its inputs; test_loss measures on fresh rows");
    return one_series("population_risk");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] {
                  const Facts& facts = frame->oracle.problem().facts();
                  const arma::vec& w = frame->x.flat();
                  return kappa::population_risk(facts.covariance, w, target_of(facts, w.n_elem)->flat());
                }));
  }
};

}  // namespace KAPPA_FILE

Method population_risk() {
  using KAPPA_FILE::PopulationRisk;
  return probe<PopulationRisk>(
      {.title = "Population risk",
       .idea = "What the test error comes to when the test set has no end, the noise in y left out. A quadratic is the "
               "population's own objective, its H the covariance.",
       .equation = "(w − w*)ᵀ Σ (w − w*)",
       .cite = {{"Advani, Saxe", 2017, "High-dimensional dynamics of generalization error in neural networks",
                 "arXiv:1710.03667"}}},
      {}, 10);
}

}  // namespace kappa::probes
