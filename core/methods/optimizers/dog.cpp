/// DoG: the step is the distance travelled over the root of all gradients' squares.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Dog {
  double learning_rate = 1;
  double initial_distance = 1e-6;
  double epsilon = 1e-8;

  struct State {
    Blocks x0;
    double distance = 0, squares = 0;
  };
  State init(const Blocks& x0) const { return {x0, initial_distance * (1 + arma::norm(x0.flat()))}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    s.distance = std::max(s.distance, arma::norm(c.x.flat() - s.x0.flat()));
    s.squares += arma::dot(c.g.flat(), c.g.flat());
    const double root = std::sqrt(s.squares + epsilon);
    out.flat() = (root > 0 ? -learning_rate * s.distance / root : 0.0) * c.g.flat();
    c.report("distance_estimate", s.distance);
    return Step::by;
  }
  Law laws() const { return Law::isometries; }
};

}  // namespace KAPPA_FILE

Method dog() {
  using KAPPA_FILE::Dog;
  return optimizer<Dog>(
      {.title = "DoG",
       .idea = "Distance over gradients: no step size to tune, it grows with the distance from the start.",
       .equation = "r ← max(r, ‖x − x₀‖),  G ← G + ‖g‖²,  x ← x − s r/√(G + ε) g",
       .cite = {{"Ivgi, Hinder, Carmon", 2023, "DoG is SGD's Best Friend: A Parameter-Free Dynamic Step Size Schedule",
                 "arXiv:2302.12022"}}},
      {{&Dog::learning_rate, "learning_rate", "s", from_zero(1e-3, 10), "multiplies the step; a schedule goes here"},
       {&Dog::initial_distance,
        "initial_distance",
        "",
        from_zero(1e-8, 1),
        "r starts at this times 1 + ‖x₀‖",
        {.fixed = true}},
       {&Dog::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added under the root"}});
}

}  // namespace kappa::optimizers
