/// Sharpness: the largest eigenvalue of the Hessian at the iterate, by Lanczos.
#include "core/methods/probes/hessian_map.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct Sharpness {
  std::int64_t iterations = 30;

  Declared declare(const ProbeSetup& setup) const { return of_curvature(setup, "sharpness"); }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] { return largest(frame->oracle, frame->x); }));
  }

 private:
  double largest(Oracle& oracle, const Blocks& x) const {
    HessianMap hessian(oracle, x);
    const LanczosResult found = lanczos(hessian.map(), hessian.size(), static_cast<arma::uword>(iterations),
                                        first_vector("sharpness", hessian.size()));
    return hessian.finite() && !found.values.is_empty() ? found.values.front() : arma::datum::nan;
  }
};

}  // namespace KAPPA_FILE

Method sharpness() {
  using KAPPA_FILE::Sharpness;
  return probe<Sharpness>(
      {.title = "Sharpness",
       .idea = "How curved the loss is in its most curved direction; gradient descent on networks drives it to 2/η.",
       .equation = "λ_max(∇²f(xₜ))",
       .cite = {{"Cohen, Kaur, Li, Kolter, Talwalkar", 2021,
                 "Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability", "arXiv:2103.00065"}},
       .scale = Scale::linear},
      {{&Sharpness::iterations, "iterations", "k", count(1, 200), "Lanczos steps, one Hessian product each"}}, 10);
}

}  // namespace kappa::probes
