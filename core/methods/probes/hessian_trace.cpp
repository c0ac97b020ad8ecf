/// Hessian trace: Hutchinson's estimate from random signs, with its standard error.
#include <cmath>

#include "core/methods/probes/hessian_map.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct HessianTrace {
  std::int64_t draws = 50;

  Declared declare(const ProbeSetup& setup) const {
    if (!has_curvature(setup.problem)) return refused("this problem has no Hessian products");
    return {
        .channels = {{ChannelKind::series, "hessian_trace"}, {ChannelKind::series, "hessian_trace_standard_error"}}};
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    arma::vec each(static_cast<arma::uword>(draws), arma::fill::value(arma::datum::nan));
    attempt([&] {
      HessianMap hessian(frame->oracle, frame->x);
      arma::vec signs(hessian.size());
      for (arma::uword i = 0; i < each.n_elem; ++i) {
        Rng coin(0, "hessian trace", i);
        for (double& one : signs) one = coin.rademacher();
        each[i] = arma::dot(signs, hessian(signs));
      }
    });
    sink.scalar(0, arma::mean(each));
    sink.scalar(1, each.n_elem > 1 ? arma::stddev(each) / std::sqrt(static_cast<double>(each.n_elem)) : 0.0);
  }
};

}  // namespace KAPPA_FILE

Method hessian_trace() {
  using KAPPA_FILE::HessianTrace;
  return probe<HessianTrace>(
      {.title = "Hessian trace",
       .idea = "The sum of all curvatures, from a few products with random signs; beside it how sure that is.",
       .equation = "mean of zᵀ∇²f(xₜ)z over random signs z",
       .cite = {{"Hutchinson", 1990,
                 "A Stochastic Estimator of the Trace of the Influence Matrix for Laplacian Smoothing Splines",
                 "Communications in Statistics 19"}},
       .scale = Scale::linear},
      {{&HessianTrace::draws, "draws", "", count(1, 10'000, true), "Hessian products; more make it surer"}}, 10);
}

}  // namespace kappa::probes
