/// Muon on a sphere (MuonH): every matrix keeps its Frobenius norm, and the learning rate is an angle.
#include <cmath>
#include <utility>
#include <vector>

#include "core/linalg/newton_schulz.hpp"
#include "core/linalg/polar.hpp"
#include "core/methods/optimizers/matrix_momentum.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class By : std::uint8_t { newton_schulz, svd };

struct MuonSphere {
  double learning_rate = 0.02;
  double momentum = 0.95;
  bool nesterov = true;
  By by = By::newton_schulz;
  std::int64_t newton_schulz_steps = 5;
  double weight_decay = 0.0;
  OptimizerSlot fallback{.initial = auxiliary_adamw(), .model = nullptr};
  bool first_layer_fallback = false;
  bool last_layer_fallback = true;

  struct State : MatrixMomentum {
    std::vector<double> radius;  ///< of each block
  };
  State init(const Blocks& x0) const {
    State s{matrix_momentum(*this, x0), {}};
    for (std::size_t i = 0; i < x0.count(); ++i) s.radius.push_back(arma::norm(x0.block(i), "fro"));
    return s;
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    return step_matrices(
        *this, nesterov, s, c, out, [&](std::size_t i, const arma::mat& u, const arma::mat& x, arma::mat& update) {
          if (by == By::svd)
            update = polar(u);
          else
            newton_schulz(u, static_cast<int>(newton_schulz_steps), NewtonSchulz::quintic, s.products, update);
          const double radius = s.radius[i], size = arma::norm(update, "fro");
          if (size > 0) update *= radius / size;
          update = (1 - learning_rate * weight_decay) * x - learning_rate * update;  // where it leads, off the sphere
          const double length = arma::norm(update, "fro");
          if (length > 0)
            update = radius / length * update - x;
          else
            update = x - x;  // NaN where x is
        });
  }
  Law laws() const {
    const Law turns = Law::left_rotation | Law::right_rotation;
    return by == By::svd ? turns | Law::scale_f : turns;
  }
};

}  // namespace KAPPA_FILE

Method muon_sphere() {
  using KAPPA_FILE::MuonSphere;
  using M = MuonSphere;
  Params<M> fields = {
      {&M::learning_rate, "learning_rate", "η", from_zero(1e-5, 10), "tangent of the angle that a step turns by"},
      {&M::momentum, "momentum", "β", below(0, 1), "memory of the mean gradient"},
      {&M::nesterov, "nesterov", "", Flag{}, "look ahead: U = (1−β)G + βM in place of M"},
      {&M::by, "by", "", choices({"newton_schulz", "svd"}), "products only, or the polar factor itself"},
      {&M::newton_schulz_steps,
       "newton_schulz_steps",
       "k",
       count(0, 20),
       "Newton-Schulz steps",
       {.when = When{"by", {"newton_schulz"}}}},
      {&M::weight_decay, "weight_decay", "λ", from_zero(1e-6, 10),
       "decoupled decay before the return to the sphere: a step with η/(1 − ηλ)"}};
  append(fields, fallback_fields<M>("the fallback steps the last layer, which must grow to its targets' size"));
  return optimizer<M>(
      {.title = "Muon on the sphere (MuonH)",
       .idea =
           "Step along Muon's update on the sphere of each matrix's first norm: weight decay becomes a second-order "
           "effect, and the learning rate the tangent of an angle.",
       .equation = "M ← βM + (1−β)G,  O = NS((1−β)G + βM),  W ← (1 − ηλ)W − ηR O/‖O‖,  W ← R W/‖W‖,  R = ‖W₀‖",
       .cite = {{"Ren, Liu, Shen, Chen", 2026,
                 "Rethinking Language Model Scaling under Transferable Hypersphere Optimization", "arXiv:2603.28743"}}},
      std::move(fields));
}

}  // namespace kappa::optimizers
