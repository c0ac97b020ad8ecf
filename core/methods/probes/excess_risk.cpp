/// Excess risk: how much worse than the truth the iterate does on data that no step sees.
#include "core/methods/probes/truth.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct ExcessRisk {
  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.can(Can::test_loss)) return refused("this problem has no test data");
    if (target_of(setup.problem.facts(), setup.layout.size()) == nullptr)
      return refused("this problem knows no truth and no solution to be measured against");
    return one_series("excess_risk");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] {
                  const ProblemModel& problem = frame->oracle.problem();
                  return problem.test_loss(frame->x) -
                         problem.test_loss(*target_of(problem.facts(), frame->x.flat().n_elem));
                }));
  }
};

}  // namespace KAPPA_FILE

Method excess_risk() {
  using KAPPA_FILE::ExcessRisk;
  return probe<ExcessRisk>(
      {.title = "Excess risk",
       .idea = "The test loss minus what even the truth behind the data cannot avoid on the same "
               "rows; by chance it may be a little below zero.",
       .equation = "f_test(xₜ) − f_test(x*)",
       .cite = {{"Hastie, Tibshirani, Friedman", 2009, "The Elements of Statistical Learning", ""}},
       .scale = Scale::linear},
      {});
}

}  // namespace kappa::probes
