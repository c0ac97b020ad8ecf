/// Batch loss: the objective on the rows of the step, at the point where its gradient was taken.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct BatchLoss {
  Declared declare(const ProbeSetup& setup) const {
    if (!has(setup.optimizer.needs(), Needs::gradient)) return refused("this optimizer takes no gradient in its steps");
    return one_series("batch_loss");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    if (frame->g != nullptr) sink.scalar(0, frame->batch_loss);
  }
};

}  // namespace KAPPA_FILE

Method batch_loss() {
  using KAPPA_FILE::BatchLoss;
  return probe<BatchLoss>({.title = "Batch loss",
                           .idea = "What the step itself saw: the loss of its rows.",
                           .equation = "f_B(xₜ) over the rows B of step t",
                           .cite = {{"Bottou, Curtis, Nocedal", 2018,
                                     "Optimization Methods for Large-Scale Machine Learning", "arXiv:1606.04838"}}},
                          {});
}

}  // namespace kappa::probes
