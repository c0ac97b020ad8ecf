/// Nesterov's method in its theory form: gradients at an extrapolated point y, a plain step from there to x.
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct NesterovConvex {
  std::optional<double> learning_rate;
  std::optional<double> momentum;

  struct State {
    Blocks x;  // c.x is y
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const { return {x0}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const double eta = learning_rate ? *learning_rate : 1 / known(c.oracle.facts().smoothness, "its smoothness L");
    const double beta = extrapolation(++s.t, eta, c.oracle.facts());
    out.flat() = s.x.flat();
    s.x.flat() = c.x.flat() - eta * c.g.flat();
    out.flat() = s.x.flat() + beta * (s.x.flat() - out.flat());
    c.report("learning_rate", eta);
    return Step::to;
  }
  const Blocks& iterate(const State& s, const Blocks&) const { return s.x; }
  Law laws() const { return learning_rate ? Law::isometries : Law::isometries | Law::scale_f; }

 private:
  /// Of y after t steps; with strong convexity the constant that a quadratic of that condition number wants.
  double extrapolation(std::uint64_t t, double eta, const Facts& facts) const {
    if (momentum) return *momentum;
    const double mu = facts.strong_convexity.value_or(0), kappa = facts.smoothness.value_or(1 / eta) / mu;
    if (mu > 0 && kappa < 1e14) return (std::sqrt(kappa) - 1) / (std::sqrt(kappa) + 1);
    return static_cast<double>(t) / (static_cast<double>(t) + 3);
  }
};

}  // namespace KAPPA_FILE

Method nesterov_convex() {
  using KAPPA_FILE::NesterovConvex;
  return optimizer<NesterovConvex>(
      {.title = "Nesterov (theory form)",
       .idea = "Extrapolate the last move, and step against the gradient from there.",
       .equation =
           "y = x + βₜ(x − x₋),  x ← y − ∇f(y)/L,  βₜ = (√κ − 1)/(√κ + 1), or (t − 1)/(t + 2) when not strongly convex",
       .cite = {{"Nesterov", 1983, "A method of solving a convex programming problem with convergence rate O(1/k²)",
                 "Soviet Mathematics Doklady 27"},
                {"Nesterov", 2004, "Introductory Lectures on Convex Optimization", ""}},
       .needs = Needs::gradient | Needs::facts},
      {{&NesterovConvex::learning_rate, "learning_rate", "η", automatic(from_zero(1e-6, 1e3)), "step size; auto: 1/L"},
       {&NesterovConvex::momentum, "momentum", "β", automatic(below(0, 1)),
        "extrapolation; auto: the theory's, from κ or from t"}});
}

}  // namespace kappa::optimizers
