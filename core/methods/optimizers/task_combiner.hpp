/// A wrapper that hands its base one direction in place of the gradients of several tasks: a problem's components.
#pragma once

#include <utility>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/task_gradients.hpp"

namespace kappa::optimizers {

/// `Rule` says `arma::vec direction(const arma::mat& g, const StepContext&) const` of equally weighted tasks, and
/// `Law kept`: what of its base's symmetries it keeps.
template <class Rule>
struct TaskCombiner : Rule {
  OptimizerSlot base;

  struct State {
    arma::mat g;
    Blocks one, combined;
    AnyState inner;
  };
  State init(const Blocks& x0) const { return {{}, zeros_like(x0), zeros_like(x0), base.init(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const std::uint64_t tasks = c.oracle.components();
    if (tasks == 0) throw Refused{"this problem has no components to be its tasks"};
    if (tasks > 500) throw Refused{"more than 500 components are too many tasks"};
    s.g.set_size(c.x.flat().n_elem, tasks);
    double f = 0;
    for (std::uint64_t i = 0; i < tasks; ++i) {
      f += c.oracle.component_gradient(i, c.x, s.one) / static_cast<double>(tasks);
      s.g.col(i) = s.one.flat();
    }
    s.combined.flat() = Rule::direction(s.g, c);
    return base.step(s.inner, c.with(f, s.combined), out);
  }
  const Blocks& iterate(const State& s, const Blocks& x) const { return base.iterate(s.inner, x); }
  bool judges_another() const { return base.judges_another(); }
  Law laws() const { return base.laws() & Rule::kept; }
};

template <class M>
Params<M> task_fields(Params<M> of_rule) {
  of_rule.push_back({&M::base, "base", "", Slot{Kind::optimizer}, "takes the step along the combined direction"});
  return of_rule;
}

}  // namespace kappa::optimizers
