/// Path: the trajectory on a plane through parameter space, over the level lines of the loss.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

/// The plane is chosen with the problem (see `slice_through`), the same for every run on it.
struct Path {
  Declared declare(const ProbeSetup& setup) const {
    const bool whole = setup.layout.size() == 2;
    if (setup.slice == nullptr && !whole) return refused("there is no plane through this problem to draw a path on");
    if (setup.slice != nullptr && setup.slice->centre.flat().n_elem != setup.layout.size())
      return refused("the judged point has another shape than the start");
    return {.channels = {{ChannelKind::field, "path"}}};
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    const arma::vec& x = frame->x.flat();
    const Vertex at = frame->slice != nullptr ? frame->slice->place(frame->x) : Vertex{x[0], x[1]};
    const FieldCell cell{.step = frame->t,
                         .row = static_cast<std::uint32_t>(frame->t),
                         .col = 0,
                         .x = at.x,
                         .y = at.y,
                         .value = frame.loss()};
    sink.field(0, {&cell, 1});
  }
};

}  // namespace KAPPA_FILE

Method path() {
  using KAPPA_FILE::Path;
  return probe<Path>(
      {.title = "Landscape",
       .idea = "Where the iterate goes over the level lines of the loss: in the plane of two parameters, along the two "
               "extreme directions of a bowl, or from the start to the optimum and the steepest way across.",
       .equation = "⟨u, xₜ − x*⟩, ⟨v, xₜ − x*⟩ and f at xₜ",
       .cite = {{"Goh", 2017, "Why Momentum Really Works", "https://distill.pub/2017/momentum"},
                {"Li et al.", 2018, "Visualizing the Loss Landscape of Neural Nets", "arXiv:1712.09913"}},
       .form = FigureForm::plane},
      {});
}

}  // namespace kappa::probes
