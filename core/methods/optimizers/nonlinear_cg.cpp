/// Nonlinear conjugate gradients: directions that remember the last one, exact on a quadratic, searched along
/// elsewhere.
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/methods/optimizers/polak_ribiere.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Turn : std::uint8_t { polak_ribiere, fletcher_reeves, hestenes_stiefel, dai_yuan };
enum class Length : std::uint8_t { automatic, exact, backtracking };

struct NonlinearCg {
  Turn beta = Turn::polak_ribiere;
  Length step_length = Length::automatic;
  std::optional<std::int64_t> restart_every;

  struct State {
    ConjugateMemory<double> memory;
    std::uint64_t steps = 0;  ///< since the last restart by count
    Blocks trial, there;
  };
  State init(const Blocks& x0) const { return {{}, 0, x0, zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const arma::vec& g = c.g.flat();
    if (!(arma::norm(g) > 0)) return c.finish("the gradient is zero");
    const std::uint64_t longest = restart_every ? static_cast<std::uint64_t>(*restart_every) : g.n_elem;
    const bool again = s.steps >= longest;
    const double turn_by = again ? 0.0 : beta_of(s.memory, g, s.there.flat());
    if (again) s.steps = 0;
    turn(s.memory, g, turn_by);
    ++s.steps;
    const std::optional<double> length = is_exact(c) ? exact(s, c) : searched(s, c);
    if (!length) return c.finish("no step along the direction lowers the loss enough");
    c.report("learning_rate", *length);
    out.flat() = *length * s.memory.direction;
    return Step::by;
  }
  Law laws() const {
    return step_length == Length::exact ? Law::isometries | Law::scale_f : Law::isometries | Law::descends;
  }

 private:
  double beta_of(const ConjugateMemory<double>& memory, const arma::vec& g, arma::vec& change) const {
    if (memory.gradient.is_empty()) return 0;
    const arma::vec &before = memory.gradient, &d = memory.direction;
    change = g - before;
    const auto over = [](double a, double b) { return b != 0 && std::isfinite(a / b) ? a / b : 0.0; };
    switch (beta) {
      case Turn::polak_ribiere:
        return polak_ribiere_plus(g, before, change);
      case Turn::fletcher_reeves:
        return over(arma::dot(g, g), arma::dot(before, before));
      case Turn::hestenes_stiefel:
        return over(arma::dot(g, change), arma::dot(d, change));
      case Turn::dai_yuan:
        return over(arma::dot(g, g), arma::dot(d, change));
    }
    return 0;
  }
  /// A constant Hessian is known by its spectrum.
  bool is_exact(const StepContext& c) const {
    return step_length == Length::exact ||
           (step_length == Length::automatic && !c.oracle.facts().hessian_spectrum.is_empty());
  }
  /// −g·d / d'Qd, with Qd from a second gradient as far along d as x is long, where the difference loses no digits.
  static std::optional<double> exact(State& s, const StepContext& c) {
    const arma::vec &g = c.g.flat(), &d = s.memory.direction;
    const double reach = (1 + arma::norm(c.x.flat())) / arma::norm(d);
    s.trial.flat() = c.x.flat() + reach * d;
    c.oracle.value_gradient(s.trial, s.there);
    s.there.flat() -= g;
    const double bend = arma::dot(d, s.there.flat()) / reach;
    if (!(bend > 0)) return std::nullopt;
    return -arma::dot(g, d) / bend;
  }
  static std::optional<double> searched(State& s, const StepContext& c) {
    return search<double>(s.memory, c.f, [&](double a) {
      s.trial.flat() = c.x.flat() + a * s.memory.direction;
      return c.oracle.value(s.trial);
    });
  }
};

}  // namespace KAPPA_FILE

Method nonlinear_cg() {
  using KAPPA_FILE::NonlinearCg;
  return optimizer<NonlinearCg>(
      {.title = "Nonlinear conjugate gradients",
       .idea = "Conjugate gradients for any smooth function: turn each direction by what the gradient's change tells.",
       .equation = "d ← −g + βd,  β = max(0, g₊·(g₊−g)/g·g), |g₊|²/|g|², g₊·(g₊−g)/d·(g₊−g) or |g₊|²/d·(g₊−g);  "
                   "x ← x + a d;  d = −g every n steps and where g·d ≥ 0",
       .cite = {{"Fletcher, Reeves", 1964, "Function minimization by conjugate gradients", "Computer Journal 7"},
                {"Polak, Ribière", 1969, "Note sur la convergence de méthodes de directions conjuguées", ""}},
       .needs = Needs::gradient | Needs::value | Needs::extra_gradient | Needs::facts},
      {{&NonlinearCg::beta, "beta", "β", choices({"polak_ribiere", "fletcher_reeves", "hestenes_stiefel", "dai_yuan"}),
        "how the last direction is kept; Polak–Ribière never below zero"},
       {&NonlinearCg::step_length, "step_length", "a", choices({"automatic", "exact", "backtracking"}),
        "exact: −g·d / d·Qd, for quadratics; backtracking: by parabolas until the loss falls enough; automatic: exact "
        "where the Hessian is known to be constant"},
       {&NonlinearCg::restart_every,
        "restart_every",
        "n",
        automatic(count(1, 1'000'000)),
        "steps between restarts; auto: the number of parameters",
        {.unit = "steps"}}});
}

}  // namespace kappa::optimizers
