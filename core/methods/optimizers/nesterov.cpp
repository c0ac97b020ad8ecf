/// Nesterov momentum as libraries write it: heavy ball's velocity, applied one step ahead.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Nesterov {
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
    out.flat() = -learning_rate * (g + momentum * s.b.flat());
    c.show("momentum", s.b);
    return Step::by;
  }
  Law laws() const { return Law::isometries; }
};

}  // namespace KAPPA_FILE

Method nesterov() {
  using KAPPA_FILE::Nesterov;
  return optimizer<Nesterov>(
      {.title = "Nesterov momentum",
       .idea = "Heavy ball that looks one step ahead along its velocity.",
       .equation = "b ← βb + (1−δ)g (first b = g),  x ← x − η(g + βb),  g ← g + λx first",
       .cite = {{"Sutskever, Martens, Dahl, Hinton", 2013,
                 "On the importance of initialization and momentum in deep learning", "PMLR 28"},
                {"Nesterov", 1983, "A method of solving a convex programming problem with convergence rate O(1/k²)",
                 "Soviet Mathematics Doklady 27"}}},
      {{&Nesterov::learning_rate, "learning_rate", "η", from_zero(1e-6, 1e3), "step size"},
       {&Nesterov::momentum, "momentum", "β", below(0, 1), "share of the velocity that is kept"},
       {&Nesterov::dampening, "dampening", "δ", range(0, 1), "share of the gradient left out after the first step"},
       {&Nesterov::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "coupled decay: g ← g + λx"}});
}

}  // namespace kappa::optimizers
