/// Signum: every coordinate moves by the same amount, with the sign of a running mean of gradients.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Signum {
  double learning_rate = 1e-3;
  double momentum = 0.9;
  double weight_decay = 0.0;

  struct State {
    Blocks m;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    s.m.flat() = momentum * s.m.flat() + (1 - momentum) * c.g.flat();
    out.flat() = -learning_rate * (arma::sign(s.m.flat()) + weight_decay * c.x.flat());
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign | Law::scale_f; }
};

}  // namespace KAPPA_FILE

Method signum() {
  using KAPPA_FILE::Signum;
  return optimizer<Signum>(
      {.title = "Signum",
       .idea = "Step along the signs of the momentum: sign descent that is not fooled by one gradient.",
       .equation = "m ← βm + (1−β)g,  x ← x − η(sign(m) + λx)",
       .cite = {{"Bernstein, Wang, Azizzadenesheli, Anandkumar", 2018,
                 "signSGD: Compressed Optimisation for Non-Convex Problems", "arXiv:1802.04434"}}},
      {{&Signum::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "step size of every coordinate"},
       {&Signum::momentum, "momentum", "β", below(0, 1), "memory of the mean; 0 is sign descent"},
       {&Signum::weight_decay, "weight_decay", "λ", from_zero(1e-6, 10), "decoupled decay; limits |x| to 1/λ"}});
}

}  // namespace kappa::optimizers
