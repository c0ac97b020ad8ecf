/// Learning rate: the step size that drives the update from t to t + 1, its schedule applied.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct LearningRate {
  Declared declare(const ProbeSetup& setup) const {
    if (!setup.optimizer.value("learning_rate", 0, 1)) return refused("this optimizer has no learning rate that is a number");
    return one_series("learning_rate");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    if (frame->update == nullptr) return;
    if (const auto rate = frame->optimizer.value("learning_rate", frame->t, frame->horizon)) sink.scalar(0, *rate);
  }
};

}  // namespace KAPPA_FILE

Method learning_rate() {
  using KAPPA_FILE::LearningRate;
  return probe<LearningRate>({.title = "Learning rate",
                      .idea = "The schedule as the steps feel it.",
                      .equation = "ηₜ = peak · sₜ",
                      .cite = {{"Loshchilov, Hutter", 2016, "SGDR: Stochastic Gradient Descent with Warm Restarts", "arXiv:1608.03983"}}},
                      {});
}

}  // namespace kappa::probes
