/// Learning rate: the step size that drives the update from t to t + 1, its schedule applied.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct LearningRate {
  Declared declare(const ProbeSetup&) const {
    return {.channels = {{ChannelKind::series, "learning_rate"}}, .after_step = true};
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    if (frame->update == nullptr) return;
    const auto told = frame->log.numbers.find("learning_rate");  // of methods that choose it themselves
    if (told != frame->log.numbers.end())
      sink.scalar(0, told->second);
    else if (const auto rate = frame->optimizer.value("learning_rate", frame->t, frame->horizon))
      sink.scalar(0, *rate);
  }
};

}  // namespace KAPPA_FILE

Method learning_rate() {
  using KAPPA_FILE::LearningRate;
  return probe<LearningRate>({.title = "Learning rate",
                              .idea = "The schedule as the steps feel it.",
                              .equation = "ηₜ = peak · sₜ",
                              .cite = {{"Loshchilov, Hutter", 2016,
                                        "SGDR: Stochastic Gradient Descent with Warm Restarts", "arXiv:1608.03983"}},
                              .scale = Scale::linear},
                             {});
}

}  // namespace kappa::probes
