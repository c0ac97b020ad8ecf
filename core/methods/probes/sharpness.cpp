/// Sharpness: the largest eigenvalue of the Hessian at the iterate, by Lanczos.
#include "core/kinds/probe.hpp"
#include "core/linalg/krylov.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct Sharpness {
  std::int64_t iterations = 30;

  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.can(Can::hessian_product) && !setup.problem.can(Can::hessian))
      return refused("this problem has no Hessian products");
    return one_series("sharpness");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] { return largest(frame->oracle, frame->x); }));
  }

 private:
  double largest(Oracle& oracle, const Blocks& x) const {
    const arma::uword n = x.flat().n_elem;
    Blocks direction = zeros_like(x), product = zeros_like(x);
    const bool products = oracle.problem().can(Can::hessian_product);
    const arma::mat hessian = products ? arma::mat() : oracle.hessian(x);
    bool finite = true;
    const LinearMap apply = [&](const arma::vec& v) -> arma::vec {
      arma::vec out;
      if (products) {
        direction.flat() = v;
        oracle.hessian_product(x, direction, product);
        out = product.flat();
      } else {
        out = hessian * v;
      }
      finite = finite && out.is_finite();
      return out;
    };
    arma::vec start(n);
    Rng(0, "sharpness")
        .fill_normal({start.memptr(), start.n_elem});  // the same at every step, so that the curve is smooth
    const LanczosResult found = lanczos(apply, n, static_cast<arma::uword>(iterations), start);
    return finite && !found.values.is_empty() ? found.values.front() : arma::datum::nan;
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
