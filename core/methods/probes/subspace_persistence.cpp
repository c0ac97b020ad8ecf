/// Subspace persistence: how much of the most curved directions a step leaves in place.
#include "core/linalg/subspace.hpp"
#include "core/methods/probes/hessian_map.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct SubspacePersistence {
  std::int64_t directions = 5;
  std::int64_t iterations = 40;

  Declared declare(const ProbeSetup& setup) const {
    Declared declared = of_curvature(setup, "subspace_persistence");
    declared.after_step = true;
    return declared;
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    if (frame->update == nullptr) return;
    sink.scalar(0, numeric([&] {
                  Blocks next = frame->x;
                  next.flat() += frame->update->flat();
                  return subspace_overlap(top(frame->oracle, frame->x), top(frame->oracle, next));
                }));
  }

 private:
  arma::mat top(Oracle& oracle, const Blocks& x) const {
    HessianMap hessian(oracle, x);
    return top_directions(hessian, static_cast<arma::uword>(directions), static_cast<arma::uword>(iterations));
  }
};

}  // namespace KAPPA_FILE

Method subspace_persistence() {
  using P = KAPPA_FILE::SubspacePersistence;
  return probe<P>(
      {.title = "Persistence of the top subspace",
       .idea = "Whether the most curved directions are still the same after the step: 1 when they all are.",
       .equation = "|Uₖ(xₜ)ᵀUₖ(xₜ₊₁)|² / k",
       .cite = {{"Gur-Ari, Roberts, Dyer", 2018, "Gradient Descent Happens in a Tiny Subspace", "arXiv:1812.04754"}},
       .scale = Scale::linear},
      {{&P::directions, "directions", "k", count(1, 100), "most curved directions"},
       {&P::iterations, "iterations", "", count(1, 400), "Lanczos steps at either point"}},
      10);
}

}  // namespace kappa::probes
