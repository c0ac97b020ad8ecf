/// Parameters: the first coordinates of the iterate, each a series of its own.
#include <algorithm>

#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct Parameters {
  static constexpr arma::uword most = 16;

  Declared declare(const ProbeSetup& setup) const {
    Declared declared;
    for (arma::uword i = 1; i <= std::min(most, setup.layout.size()); ++i)
      declared.channels.push_back({ChannelKind::series, "x" + std::to_string(i)});
    return declared;
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    const arma::vec& x = frame->x.flat();
    for (arma::uword i = 0; i < std::min(most, x.n_elem); ++i) sink.scalar(i, x[i]);
  }
};

}  // namespace KAPPA_FILE

Method parameters() {
  using KAPPA_FILE::Parameters;
  return probe<Parameters>(
      {.title = "Parameters",
       .idea = "Each coordinate over time, the first sixteen at most; blocks column by column, one after another.",
       .equation = "x₁, x₂, … of xₜ",
       .cite = {{"Nocedal, Wright", 2006, "Numerical Optimization", ""}},
       .scale = Scale::linear},
      {});
}

}  // namespace kappa::probes
