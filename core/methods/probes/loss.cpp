/// Loss: the full training objective at the judged iterate, whatever the batch.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct Loss {
  Declared declare(const ProbeSetup&) const { return one_series("loss"); }
  void measure(Frame& frame, ProbeSink& sink) const { sink.scalar(0, frame.loss()); }
};

}  // namespace KAPPA_FILE

Method loss() {
  using KAPPA_FILE::Loss;
  return probe<Loss>({.title = "Loss",
                      .idea = "The full training objective, also when steps see minibatches.",
                      .equation = "f(xₜ)",
                      .cite = {{"Bottou, Curtis, Nocedal", 2018,
                                "Optimization Methods for Large-Scale Machine Learning", "arXiv:1606.04838"}}},
                     {});
}

}  // namespace kappa::probes
