/// Batch gradient norm: the size of the step's own gradient.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct BatchGradientNorm {
  Declared declare(const ProbeSetup& setup) const {
    if (!has(setup.optimizer.needs(), Needs::gradient)) return refused("this optimizer takes no gradient in its steps");
    return one_series("batch_gradient_norm");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    if (frame->g != nullptr) sink.scalar(0, arma::norm(frame->g->flat()));
  }
};

}  // namespace KAPPA_FILE

Method batch_gradient_norm() {
  using KAPPA_FILE::BatchGradientNorm;
  return probe<BatchGradientNorm>(
      {.title = "Batch gradient norm",
       .idea = "How large the gradient of this step is, noise included.",
       .equation = "‖∇f_B(xₜ)‖₂ over the rows B of step t",
       .cite = {{"Bottou, Curtis, Nocedal", 2018, "Optimization Methods for Large-Scale Machine Learning",
                 "arXiv:1606.04838"}}},
      {});
}

}  // namespace kappa::probes
