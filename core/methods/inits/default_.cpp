/// Default: where the problem itself starts.
#include "core/kinds/init.hpp"

namespace kappa::inits {
namespace KAPPA_FILE {

struct Default {
  Blocks start(const ProblemModel& problem, Rng rng) const { return problem.start(rng); }
};

}  // namespace KAPPA_FILE

Method default_() {
  using KAPPA_FILE::Default;
  return init<Default>({.title = "The problem's own",
                        .idea = "Start where the problem says: at zero, at a small random factor, at a classic point.",
                        .equation = "x₀ = start of the problem",
                        .cite = {{"Nocedal, Wright", 2006, "Numerical Optimization", "Springer"}}},
                       {});
}

}  // namespace kappa::inits
