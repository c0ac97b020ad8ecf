/// RMSprop: each coordinate's gradient over its running root mean square.
#include "core/methods/optimizers/rmsprop_rule.hpp"

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct RmsProp {
  double learning_rate = 0.01;
  double alpha = 0.99;
  double epsilon = 1e-8;
  bool centered = false;
  double momentum = 0.0;
  double weight_decay = 0.0;

  struct State {
    Blocks v, m, b;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    arma::vec& u = out.flat();
    u = c.g.flat() + weight_decay * c.x.flat();
    rmsprop_rule<double>(u, alpha, epsilon, s.v.flat(), centered ? &s.m.flat() : nullptr, u);
    s.b.flat() = momentum * s.b.flat() + u;
    out.flat() = -learning_rate * s.b.flat();
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign; }
};

}  // namespace KAPPA_FILE

Method rmsprop() {
  using KAPPA_FILE::RmsProp;
  return optimizer<RmsProp>(
      {.title = "RMSprop",
       .idea = "Divide each coordinate's gradient by the root of a running mean of its square.",
       .equation = "v ← αv + (1−α)g²,  u = g/(√v + ε),  b ← μb + u,  x ← x − ηb;  centered: √(v − m²) with "
                   "m ← αm + (1−α)g;  g ← g + λx first",
       .cite = {{"Tieleman, Hinton", 2012, "Lecture 6.5: RMSProp", "COURSERA: Neural Networks for Machine Learning"}}},
      {{&RmsProp::learning_rate, "learning_rate", "η", from_zero(1e-6, 10), "step size"},
       {&RmsProp::alpha, "alpha", "α", below(0, 1), "memory of the mean square"},
       {&RmsProp::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root mean square"},
       {&RmsProp::centered, "centered", "", Flag{}, "take the variance in place of the mean square"},
       {&RmsProp::momentum, "momentum", "μ", below(0, 1), "share of the last step that is kept"},
       {&RmsProp::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "coupled decay: g ← g + λx"}});
}

}  // namespace kappa::optimizers
