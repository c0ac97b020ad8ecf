/// Gradient-subspace overlap: the share of the gradient that lies in the most curved directions.
#include "core/linalg/subspace.hpp"
#include "core/methods/probes/hessian_map.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

enum class Which : std::uint8_t { full, step };

struct GradientSubspaceOverlap {
  std::int64_t directions = 5;
  std::int64_t iterations = 40;
  Which gradient = Which::full;

  Declared declare(const ProbeSetup& setup) const {
    if (gradient == Which::step && !has(setup.optimizer.needs(), Needs::gradient))
      return refused("this optimizer takes no gradient in its steps");
    return of_curvature(setup, "gradient_subspace_overlap");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    if (gradient == Which::step && frame->g == nullptr) return;
    sink.scalar(0, numeric([&] {
                  HessianMap hessian(frame->oracle, frame->x);
                  const arma::mat top = top_directions(hessian, static_cast<arma::uword>(directions),
                                                       static_cast<arma::uword>(iterations));
                  if (top.is_empty()) return arma::datum::nan;
                  return share_in_subspace(top, gradient == Which::step ? frame->g->flat() : frame.gradient().flat());
                }));
  }
};

}  // namespace KAPPA_FILE

Method gradient_subspace_overlap() {
  using P = KAPPA_FILE::GradientSubspaceOverlap;
  return probe<P>(
      {.title = "Gradient in the top subspace",
       .idea = "How much of the gradient points along the few most curved directions: early in training "
               "nearly all of it.",
       .equation = "|Uₖᵀg|² / |g|²,  Uₖ the top k eigenvectors of ∇²f(xₜ)",
       .cite = {{"Gur-Ari, Roberts, Dyer", 2018, "Gradient Descent Happens in a Tiny Subspace", "arXiv:1812.04754"}},
       .scale = Scale::linear},
      {{&P::directions, "directions", "k", count(1, 100), "most curved directions"},
       {&P::iterations, "iterations", "", count(1, 400), "Lanczos steps, one Hessian product each"},
       {&P::gradient, "gradient", "", choices({"full", "step"}), "of all rows, or the step's own"}},
      10);
}

}  // namespace kappa::probes
