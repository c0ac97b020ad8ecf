/// Chebyshev iteration: momentum whose coefficients follow the polynomial that is smallest on the whole spectrum.
#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Chebyshev {
  std::optional<double> largest;
  std::optional<double> smallest;

  struct State {
    Blocks move;
    double rho = 0;  ///< 0: no step taken yet
  };
  State init(const Blocks& x0) const { return {zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const Facts& facts = c.oracle.facts();
    const double big = largest ? *largest : known(facts.smoothness, "L");
    const double small = smallest ? *smallest : known(facts.strong_convexity, "μ");
    const double theta = (big + small) / 2, delta = (big - small) / 2;
    arma::vec& d = s.move.flat();
    if (s.rho == 0 || delta <= 0) {
      d = -c.g.flat() / theta;
      s.rho = delta / theta;
    } else {
      const double next = 1 / (2 * theta / delta - s.rho);
      d = next * s.rho * d - 2 * next / delta * c.g.flat();
      s.rho = next;
    }
    out.flat() = d;
    return Step::by;
  }
  Law laws() const { return largest || smallest ? Law::isometries : Law::isometries | Law::scale_f; }
};

}  // namespace KAPPA_FILE

Method chebyshev() {
  using KAPPA_FILE::Chebyshev;
  return optimizer<Chebyshev>(
      {.title = "Chebyshev iteration",
       .idea = "Knowing only the ends of the spectrum, the steps that are best for the worst quadratic between them.",
       .equation = "ρ₊ = 1/(2θ/δ − ρ),  d ← ρ₊ρ d − (2ρ₊/δ) g,  x ← x + d,  θ = (L+μ)/2, δ = (L−μ)/2",
       .cite = {{"Golub, Varga", 1961,
                 "Chebyshev semi-iterative methods, successive overrelaxation iterative methods, and second order "
                 "Richardson iterative methods",
                 ""}},
       .needs = Needs::gradient | Needs::facts},
      {{&Chebyshev::largest,
        "largest",
        "L",
        automatic(from_zero(1e-6, 1e3)),
        "upper end of the spectrum; auto: L",
        {.fixed = true}},
       {&Chebyshev::smallest,
        "smallest",
        "μ",
        automatic(from_zero(1e-6, 1e3)),
        "lower end of the spectrum; auto: μ",
        {.fixed = true}}});
}

}  // namespace kappa::optimizers
