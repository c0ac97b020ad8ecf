/// Zeros: every block starts at zero.
#include "core/kinds/init.hpp"

namespace kappa::inits {
namespace KAPPA_FILE {

struct Zeros {
  Blocks start(const ProblemModel& problem, Rng rng) const { return zeros_like(problem.start(rng)); }
};

}  // namespace KAPPA_FILE

Method zeros() {
  using KAPPA_FILE::Zeros;
  return init<Zeros>({.title = "Zeros",
                      .idea = "Start at zero in every block.",
                      .equation = "x₀ = 0",
                      .cite = {{"Nocedal, Wright", 2006, "Numerical Optimization", "Springer"}}},
                     {});
}

}  // namespace kappa::inits
