/// Lion-κ: Lion with the gradient of any convex κ in place of the sign, each with a constraint of its own.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/polar.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Kappa : std::uint8_t { l1, l2, nuclear, huber, smooth_l1 };

struct LionKappa {
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.99;
  double weight_decay = 1.0;
  Kappa kappa = Kappa::l1;
  double epsilon = 0.01;

  struct State {
    Blocks m;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    if (kappa == Kappa::smooth_l1 && c.log != nullptr) c.report("lyapunov", lyapunov(s.m.flat(), c, out.flat()));
    out.flat() = beta1 * s.m.flat() + (1 - beta1) * c.g.flat();
    slope(out);
    out.flat() = -learning_rate * (out.flat() + weight_decay * c.x.flat());
    s.m.flat() = beta2 * s.m.flat() + (1 - beta2) * c.g.flat();
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const {
    switch (kappa) {
      case Kappa::l1:
        return Law::permutation | Law::sign | Law::scale_f;
      case Kappa::l2:
        return Law::isometries | Law::scale_f;
      case Kappa::nuclear:
        return Law::left_rotation | Law::right_rotation | Law::scale_f;
      case Kappa::huber:
      case Kappa::smooth_l1:
        break;
    }
    return Law::permutation | Law::sign;
  }

 private:
  /// ∇κ(z) in place of z.
  void slope(Blocks& out) const {
    arma::vec& z = out.flat();
    switch (kappa) {
      case Kappa::l1:
        z = arma::sign(z);
        break;
      case Kappa::l2:
        if (const double size = arma::norm(z); size > 0) z /= size;
        break;
      case Kappa::nuclear:
        for (std::size_t i = 0; i < out.count(); ++i) {
          arma::mat block = out.block(i);
          block = polar(arma::mat(block));
        }
        break;
      case Kappa::huber:
        z.transform([this](double each) { return std::clamp(each / epsilon, -1.0, 1.0); });
        break;
      case Kappa::smooth_l1:
        z = z / arma::sqrt(arma::square(z) + epsilon * epsilon);
        break;
    }
  }
  /// The Lyapunov function of the flow that the steps follow, where κ is smooth: the others' κ* is zero or infinite.
  double lyapunov(const arma::vec& m, const StepContext& c, arma::vec& room) const {
    const double gamma = learning_rate > 0 ? (1 - beta2) / learning_rate : 0;
    if (!(gamma > 0) || !(weight_decay > 0)) return arma::datum::nan;
    const double mixing = (1 - beta1) / gamma;
    arma::vec& y = room;
    y = weight_decay * c.x.flat();
    if (arma::abs(y).max() > 1) return arma::datum::inf;
    const double dual = -epsilon * arma::accu(arma::sqrt(1 - arma::square(y)));
    const double primal = arma::accu(arma::sqrt(arma::square(m) + epsilon * epsilon));
    // The flow's momentum is −m: hence the plus before the inner product.
    return gamma * c.f + gamma / weight_decay * dual +
           (1 - mixing * gamma) / (1 + mixing * weight_decay) * (dual + primal + arma::dot(y, m));
  }
};

}  // namespace KAPPA_FILE

Method lion_kappa() {
  using KAPPA_FILE::LionKappa;
  return optimizer<LionKappa>(
      {.title = "Lion-κ",
       .idea =
           "Any convex κ in Lion's place of the 1-norm: with weight decay λ it minimises f + κ*(λx)/λ, so the 1-norm "
           "gives a box, the 2-norm a ball, the nuclear norm a spectral ball.",
       .equation = "u = ∇κ(β₁m + (1−β₁)g),  x ← x − η(u + λx),  m ← β₂m + (1−β₂)g;  "
                   "∇κ(z) = sign(z), z/‖z‖, UVᵀ, clip(z/e, ±1) or z/√(z²+e²)",
       .cite = {{"Chen, Liu, Liang, Liu", 2023, "Lion Secretly Solves Constrained Optimization: As Lyapunov Predicts",
                 "arXiv:2310.05898"}}},
      {{&LionKappa::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "step size"},
       {&LionKappa::beta1, "beta1", "β₁", below(0, 1), "share of the momentum in u"},
       {&LionKappa::beta2, "beta2", "β₂", below(0, 1), "memory of the momentum"},
       {&LionKappa::weight_decay, "weight_decay", "λ", from_zero(1e-6, 10),
        "decoupled decay; solutions obey κ°(x) ≤ 1/λ"},
       {&LionKappa::kappa, "kappa", "κ", choices({"l1", "l2", "nuclear", "huber", "smooth_l1"}),
        "the convex function: |x|₁ box, ‖x‖₂ ball, nuclear norm spectral ball (per block), Huber box with a quadratic"},
       {&LionKappa::epsilon,
        "epsilon",
        "e",
        Range{.lo = 0, .hi = 1e300, .log = true, .open_lo = true, .slider_lo = 1e-6, .slider_hi = 1e2},
        "width of the rounded corner",
        {.when = When{"kappa", {"huber", "smooth_l1"}}}}});
}

}  // namespace kappa::optimizers
