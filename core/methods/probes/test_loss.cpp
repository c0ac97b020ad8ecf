/// Test loss: the objective on data that no step sees.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct TestLoss {
  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.can(Can::test_loss)) return refused("this problem has no test data");
    return one_series("test_loss");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] { return frame->oracle.problem().test_loss(frame->x); }));
  }
};

}  // namespace KAPPA_FILE

Method test_loss() {
  using KAPPA_FILE::TestLoss;
  return probe<TestLoss>({.title = "Test loss",
                          .idea = "The loss on data that were held out.",
                          .equation = "f_test(xₜ)",
                          .cite = {{"Hastie, Tibshirani, Friedman", 2009, "The Elements of Statistical Learning", ""}}},
                         {});
}

}  // namespace kappa::probes
