/// Mechanic: a tuner that learns how far to follow any optimizer, by betting on several memories at once.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

constexpr std::size_t bettors = 6;

struct Mechanic {
  double initial_scale = 1e-6;
  double epsilon = 1e-8;
  OptimizerSlot base{.initial = {Kind::optimizer, "nadamw", {{"learning_rate", 1.0}, {"weight_decay", 0.0}}},
                     .model = nullptr};

  /// One memory 1 − 10^(−i): largest and mean square of the payoffs so far, reward, scale.
  struct Bettor {
    double largest = 0, squares = 0, reward = 0, scale = 0;
  };
  struct State {
    Blocks x0, proposal;
    arma::vec offset;  ///< where the base alone would be, from x0
    AnyState inner;
    std::array<Bettor, bettors> all{};
  };
  State init(const Blocks& x0) const {
    return {x0, zeros_like(x0), arma::vec(x0.flat().n_elem, arma::fill::zeros), base.init(x0)};
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const Step how = base.step(s.inner, c, s.proposal);
    if (how == Step::done) return how;
    if (how == Step::to) s.proposal.flat() -= c.x.flat();
    const double payoff = -arma::dot(c.g.flat(), s.offset);
    double scale = 0, power = 1;
    for (Bettor& one : s.all) {
      power *= 10;
      bet(one, 1 - 1 / power, payoff);
      scale += one.scale;
    }
    s.offset += s.proposal.flat();
    out.flat() = s.x0.flat() + scale * s.offset;
    c.report("distance_estimate", scale);
    return Step::to;
  }
  Law laws() const { return base.laws() & Law::isometries; }

 private:
  void bet(Bettor& one, double beta, double payoff) const {
    one.largest = std::max(beta * one.largest, std::abs(payoff) + epsilon);
    one.squares = beta * beta * one.squares + payoff * payoff;
    one.reward = beta * one.reward + std::clamp(payoff, -one.largest, one.largest) * one.scale;
    const double wealth = initial_scale / static_cast<double>(bettors) * one.largest + std::max(0.0, one.reward);
    const double root = std::sqrt(one.squares) + epsilon;
    one.scale = root > 0 ? wealth / root : 0.0;
  }
};

}  // namespace KAPPA_FILE

Method mechanic() {
  using KAPPA_FILE::Mechanic;
  return optimizer<Mechanic>(
      {.title = "Mechanic",
       .idea = "Add up the steps that a base optimizer proposes, and learn online how much of the sum to walk.",
       .equation = "h = g·Δ,  m ← max(βm, |h|+ε),  v ← β²v + h²,  R ← βR + clip(h, −m, m)s,  "
                   "s ← ((s₀/6)m + max(0, R))/(√v + ε) for β = 1−10⁻¹ … 1−10⁻⁶,  Δ ← Δ − u,  x ← x₀ − (Σs)Δ",
       .cite = {{"Cutkosky, Defazio, Mehta", 2023, "Mechanic: A Learning Rate Tuner", "arXiv:2306.00144"}}},
      {{&Mechanic::initial_scale, "initial_scale", "s₀", from_zero(1e-8, 1), "the scale that all memories start with"},
       {&Mechanic::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "keeps the payoffs' size and root off zero"},
       {&Mechanic::base, "base", "", Slot{Kind::optimizer}, "proposes the steps u; its step size 1 times a schedule"}});
}

}  // namespace kappa::optimizers
