/// Heavy ball: gradients pile up in a velocity that forgets slowly.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct HeavyBall {
  double learning_rate = 0.1;
  double momentum = 0.9;
  double dampening = 0.0;
  double weight_decay = 0.0;

  struct State {
    Blocks b;
    bool begun = false;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    arma::vec& g = out.flat();  // its room until the update is known
    g = c.g.flat() + weight_decay * c.x.flat();
    if (s.begun)
      s.b.flat() = momentum * s.b.flat() + (1 - dampening) * g;
    else
      s.b.flat() = g;
    s.begun = true;
    out.flat() = -learning_rate * s.b.flat();
    c.show("momentum", s.b);
    return Step::by;
  }
  Law laws() const { return Law::isometries; }
};

}  // namespace KAPPA_FILE

Method heavy_ball() {
  using KAPPA_FILE::HeavyBall;
  return optimizer<HeavyBall>(
      {.title = "Heavy ball",
       .idea = "Keep a share of the last velocity, as a heavy ball does in a valley.",
       .equation = "b ← βb + (1−δ)g (first b = g),  x ← x − ηb,  g ← g + λx first",
       .cite = {{"Polyak", 1964, "Some methods of speeding up the convergence of iteration methods",
                 "USSR Computational Mathematics and Mathematical Physics 4"}}},
      {{&HeavyBall::learning_rate, "learning_rate", "η", from_zero(1e-6, 1e3), "step size"},
       {&HeavyBall::momentum, "momentum", "β", below(0, 1), "share of the velocity that is kept"},
       {&HeavyBall::dampening, "dampening", "δ", range(0, 1), "share of the gradient left out after the first step"},
       {&HeavyBall::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "coupled decay: g ← g + λx"}});
}

}  // namespace kappa::optimizers
