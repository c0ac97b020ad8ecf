/// LANTON: exact Muon whose layers step the less, the noisier their gradients are in the dual norm.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/linalg/polar.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/methods/optimizers/matrix_momentum.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Compare { previous_gradient, second_sample };
enum class Vectors { fallback, sign, rms };

struct Lanton {
  double learning_rate = 0.1;
  double beta1 = 0.95;
  double beta2 = 0.9;
  double alpha = 10;
  Compare noise_estimate = Compare::previous_gradient;
  Vectors vectors = Vectors::fallback;
  OptimizerSlot fallback{.initial = auxiliary_adamw(), .model = nullptr};
  bool first_layer_fallback = false;
  bool last_layer_fallback = false;

  struct State {
    Blocks m, before;
    arma::vec h;  ///< of each block
    FallbackBlocks rest;
    std::vector<std::size_t> own_vectors = {};  ///< stepped here rather than by the fallback
    bool begun = false;
  };
  State init(const Blocks& x0) const {
    State s{zeros_like(x0), zeros_like(x0), arma::vec(x0.count(), arma::fill::zeros),
            FallbackBlocks(x0, first_layer_fallback, last_layer_fallback, fallback)};
    for (std::size_t i = 0; i < x0.count() && vectors != Vectors::fallback; ++i)
      if (x0.shape(i).role == Role::vector || x0.shape(i).cols == 1) s.own_vectors.push_back(i);
    return s;
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    s.m.flat() = beta1 * s.m.flat() + (1 - beta1) * c.g.flat();
    if (s.begun) learn_noise(s, c);
    s.before.flat() = c.g.flat();
    s.begun = true;
    s.rest.step(fallback, c, out);
    step_group(s, c, s.rest.matrices(), false, out);
    step_group(s, c, s.own_vectors, true, out);
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const { return Law::left_rotation | Law::right_rotation; }

 private:
  void learn_noise(State& s, const StepContext& c) const {
    Blocks difference = s.before;
    if (noise_estimate == Compare::second_sample) {
      Oracle second = c.oracle.other("second");
      second.value_gradient(c.x, difference);
    }
    difference.flat() = c.g.flat() - difference.flat();
    const auto learn = [&](std::size_t i, double dual) { s.h[i] = beta2 * s.h[i] + (1 - beta2) * dual * dual; };
    for (const std::size_t i : s.rest.matrices()) learn(i, nuclear_norm(spectrum(difference.block(i))));
    for (const std::size_t i : s.own_vectors)
      learn(i, arma::norm(arma::vectorise(difference.block(i)), vectors == Vectors::sign ? 1 : 2));
  }

  /// Rates within a group are measured against its quietest layer.
  void step_group(const State& s, const StepContext& c, const std::vector<std::size_t>& group, bool of_vectors,
                  Blocks& out) const {
    double largest = 0;
    const auto rate = [&](std::size_t i) { return alpha / std::sqrt(alpha * alpha + s.h[i]); };
    for (const std::size_t i : group) largest = std::max(largest, rate(i));
    for (const std::size_t i : group) {
      const double factor = std::sqrt(rate(i) / largest);
      const arma::mat m = s.m.block(i);
      out.block(i) = -learning_rate * factor * (of_vectors ? vector_direction(m) : polar(m));
      const std::string of = c.x.count() > 1 ? ":" + c.x.shape(i).name : "";
      c.report("noise" + of, s.h[i]);
      c.report("rate_factor" + of, factor);
    }
  }
  arma::mat vector_direction(const arma::mat& m) const {
    if (vectors == Vectors::sign) return arma::sign(m);
    const double size = arma::norm(m, "fro") / std::sqrt(static_cast<double>(m.n_elem));
    return size > 0 ? arma::mat(m / size) : m;
  }
};

}  // namespace KAPPA_FILE

Method lanton() {
  using KAPPA_FILE::Lanton;
  Params<Lanton> fields = {
      {&Lanton::learning_rate, "learning_rate", "η", from_zero(1e-5, 10), "step size of the quietest layer"},
      {&Lanton::beta1, "beta1", "β₁", below(0, 1), "memory of the mean gradient"},
      {&Lanton::beta2, "beta2", "β₂", below(0, 1), "memory of the noise"},
      {&Lanton::alpha, "alpha", "α", log_range(1e-6, 1e6),
       "noise level √H beyond which a rate falls: about the median √H of the layers"},
      {&Lanton::noise_estimate, "noise_estimate", "G̃", choices({"previous_gradient", "second_sample"}),
       "what a gradient is compared with: the last step's (I), which also sees the signal move, or a second sample "
       "at the same point (II), which costs another gradient"},
      {&Lanton::vectors, "vectors", "", choices({"fallback", "sign", "rms"}),
       "vectors go to the fallback, or step as a group of their own: by sign with noise in ℓ₁, or by the momentum "
       "over its root mean square with noise in ℓ₂"}};
  append(fields, fallback_fields<Lanton>());
  return optimizer<Lanton>(
      {.title = "LANTON",
       .idea =
           "Measure each layer's gradient noise H in the nuclear norm, and let noisy layers take smaller orthogonal "
           "steps than the quietest one. It pays where layers have different ways to go; with one matrix it is "
           "exact Muon without look-ahead.",
       .equation = "M ← β₁M + (1−β₁)G,  H ← β₂H + (1−β₂)‖G − G̃‖*²,  a = α/√(α² + H),  W ← W − η √(a/max a) polar(M)",
       .cite = {{"Hao, Gong, Xu, Wang, Liu", 2025,
                 "Noise-Adaptive Layerwise Learning Rates: Accelerating Geometry-Aware Optimization",
                 "arXiv:2510.14009"}},
       .needs = Needs::gradient | Needs::other},
      std::move(fields));
}

}  // namespace kappa::optimizers
