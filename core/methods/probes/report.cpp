/// Report: a number that the optimizer tells of its own step.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct Report {
  std::string of = "learning_rate";

  Declared declare(const ProbeSetup&) const {
    if (of.empty()) return refused("say in \"of\" which of the optimizer's numbers to record");
    return {.channels = {{ChannelKind::series, of}}, .after_step = true};
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    if (frame->update == nullptr) return;
    const auto told = frame->log.numbers.find(of);
    if (told != frame->log.numbers.end()) sink.scalar(0, told->second);
  }
};

}  // namespace KAPPA_FILE

Method report() {
  using KAPPA_FILE::Report;
  return probe<Report>(
      {.title = "Report",
       .idea =
           "What a method says of its own step: the accepted step, the share that was clipped, an estimated distance.",
       .equation = "the optimizer's own number at step t",
       .cite = {{"Defazio, Mishchenko", 2023, "Learning-Rate-Free Learning by D-Adaptation", "arXiv:2301.07733"}}},
      {{&Report::of, "of", "", Text{}, "name of the number, which is the name of the series too"}});
}

}  // namespace kappa::probes
