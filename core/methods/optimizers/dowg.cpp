/// DoWG: distance over weighted gradients, each weighted by the distance travelled when it was seen.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Dowg {
  double learning_rate = 1;
  double initial_distance = 1e-4;
  double epsilon = 1e-8;

  struct State {
    Blocks x0;
    double squared_distance = 0, weighted = 0;
  };
  State init(const Blocks& x0) const { return {x0, initial_distance * initial_distance}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    arma::vec& away = out.flat();  // its room until the update is known
    away = c.x.flat() - s.x0.flat();
    s.squared_distance = std::max(s.squared_distance, arma::dot(away, away));
    s.weighted += s.squared_distance * arma::dot(c.g.flat(), c.g.flat());
    const double root = std::sqrt(s.weighted) + epsilon;
    out.flat() = (root > 0 ? -learning_rate * s.squared_distance / root : 0.0) * c.g.flat();
    c.report("distance_estimate", std::sqrt(s.squared_distance));
    return Step::by;
  }
  Law laws() const { return Law::isometries; }
};

}  // namespace KAPPA_FILE

Method dowg() {
  using KAPPA_FILE::Dowg;
  return optimizer<Dowg>(
      {.title = "DoWG",
       .idea = "Like DoG, but gradients from far away count more, so that early small steps are soon forgotten.",
       .equation = "r ← max(r, ‖x − x₀‖),  v ← v + r²‖g‖²,  x ← x − s r²/(√v + ε) g",
       .cite = {{"Khaled, Mishchenko, Jin", 2023,
                 "DoWG Unleashed: An Efficient Universal Parameter-Free Gradient "
                 "Descent Method",
                 "arXiv:2305.16284"}}},
      {{&Dowg::learning_rate, "learning_rate", "s", from_zero(1e-3, 10), "multiplies the step; a schedule goes here"},
       {&Dowg::initial_distance,
        "initial_distance",
        "r₀",
        from_zero(1e-8, 1),
        "first estimate of the distance",
        {.fixed = true}},
       {&Dowg::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root"}});
}

}  // namespace kappa::optimizers
