/// Path: the trajectory in the plane of a problem with two parameters.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct Path {
  Declared declare(const ProbeSetup& setup) const {
    if (setup.layout.size() != 2) return refused("a path is drawn for problems with two parameters");
    return {.channels = {{ChannelKind::field, "path"}}};
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    const arma::vec& x = frame->x.flat();
    const FieldCell cell{.step = frame->t,
                         .row = static_cast<std::uint32_t>(frame->t),
                         .col = 0,
                         .x = x[0],
                         .y = x[1],
                         .value = frame.loss()};
    sink.field(0, {&cell, 1});
  }
};

}  // namespace KAPPA_FILE

Method path() {
  using KAPPA_FILE::Path;
  return probe<Path>({.title = "Path",
                      .idea = "Where the iterate goes in the plane, over the level lines of the loss.",
                      .equation = "(x₁, x₂) and f at xₜ",
                      .cite = {{"Goh", 2017, "Why Momentum Really Works", "https://distill.pub/2017/momentum"}},
                      .form = FigureForm::plane},
                     {});
}

}  // namespace kappa::probes
