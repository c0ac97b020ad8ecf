/// Gradient norm: the size of the full gradient, not billed to the run.
#include "core/kinds/probe.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct GradientNorm {
  Declared declare(const ProbeSetup&) const { return one_series("gradient_norm"); }
  void measure(Frame& frame, ProbeSink& sink) const { sink.scalar(0, arma::norm(frame.gradient().flat())); }
};

}  // namespace KAPPA_FILE

Method gradient_norm() {
  using KAPPA_FILE::GradientNorm;
  return probe<GradientNorm>({.title = "Gradient norm",
                              .idea = "Zero exactly at stationary points; of all rows, also with minibatches.",
                              .equation = "‖∇f(xₜ)‖₂",
                              .cite = {{"Nocedal, Wright", 2006, "Numerical Optimization", ""}}},
                             {});
}

}  // namespace kappa::probes
