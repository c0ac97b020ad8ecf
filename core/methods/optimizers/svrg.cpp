/// SVRG: gradients of single components, corrected by a full gradient at a snapshot.
#include <vector>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Svrg {
  double learning_rate = 0.1;
  std::optional<std::int64_t> inner_steps;

  struct State {
    Blocks snapshot, mean, here, there;
    std::uint64_t steps = 0, drawn = 0;  // since the snapshot
  };
  State init(const Blocks& x0) const { return {x0, zeros_like(x0), zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    if (s.steps == 0 || is_over(s, c.oracle.components())) {
      s.snapshot = c.x;
      c.oracle.full().value_gradient(s.snapshot, s.mean);
      s.steps = s.drawn = 0;
    }
    const std::vector<std::uint64_t> chosen = components_of(c);
    out.flat() = s.mean.flat();
    for (const std::uint64_t i : chosen) {
      c.oracle.component_gradient(i, c.x, s.here);
      c.oracle.component_gradient(i, s.snapshot, s.there);
      out.flat() += (s.here.flat() - s.there.flat()) / static_cast<double>(chosen.size());
    }
    out.flat() *= -learning_rate;
    ++s.steps;
    s.drawn += chosen.size();
    return Step::by;
  }
  Law laws() const { return Law::isometries; }

 private:
  bool is_over(const State& s, std::uint64_t n) const {
    return inner_steps ? s.steps >= static_cast<std::uint64_t>(*inner_steps) : s.drawn >= n;
  }
  /// The step's minibatch where components are its rows, else one component at random.
  static std::vector<std::uint64_t> components_of(const StepContext& c) {
    const auto rows = c.oracle.rows();
    const std::uint64_t n = c.oracle.components();
    if (!rows.empty() && n == c.oracle.problem().samples()) return {rows.begin(), rows.end()};
    Rng rng = c.rng;
    return {rng.below(n)};
  }
};

}  // namespace KAPPA_FILE

Method svrg() {
  using KAPPA_FILE::Svrg;
  return optimizer<Svrg>(
      {.title = "SVRG",
       .idea = "Correct each component's gradient by what it was at a snapshot, whose full gradient is known.",
       .equation = "x ← x − η(∇fᵢ(x) − ∇fᵢ(s) + ∇f(s)),  s ← x after every pass",
       .cite = {{"Johnson, Zhang", 2013, "Accelerating Stochastic Gradient Descent using Predictive Variance Reduction",
                 "NeurIPS 26"}},
       .needs = Needs::components | Needs::full},
      {{&Svrg::learning_rate, "learning_rate", "η", from_zero(1e-6, 1e3), "step size; the theory likes 1/(3 Lmax)"},
       {&Svrg::inner_steps,
        "inner_steps",
        "m",
        automatic(count(1, 1'000'000'000, true)),
        "steps between snapshots; auto: one pass over the components",
        {.unit = "steps"}}});
}

}  // namespace kappa::optimizers
