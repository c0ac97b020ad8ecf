/// L-BFGS: Newton's direction guessed from the last few steps and changes of the gradient.
#include <algorithm>
#include <deque>

#include "core/kinds/optimizer.hpp"
#include "core/methods/optimizers/strong_wolfe.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Search : std::uint8_t { armijo, strong_wolfe };

struct Lbfgs {
  std::int64_t history = 10;
  Search line_search = Search::armijo;
  double curvature_condition = 0.9;
  double tolerance = 1e-12;

  struct Pair {
    arma::vec s, y;
    double rho = 0;
  };
  struct State {
    std::deque<Pair> pairs;
    arma::vec x, g;  ///< of the step before
    Blocks trial, there;
  };
  State init(const Blocks& x0) const { return {{}, {}, {}, x0, zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const arma::vec &x = c.x.flat(), &g = c.g.flat();
    if (arma::norm(g) <= tolerance) return c.finish("the gradient is within the tolerance");
    const bool is_first = s.g.is_empty();
    if (!is_first) remember(s, x, g);
    s.x = x;
    s.g = g;
    const arma::vec direction = -two_loops(s, g);
    const double slope = arma::dot(direction, g);
    if (!(slope < 0)) return c.finish("the direction does not lead downhill");
    const double first = is_first ? std::min(1.0, 1 / arma::norm(g, 1)) : 1.0;
    const std::optional<double> length =
        line_search == Search::armijo ? halved(s, c, direction, slope, first) : wolfe(s, c, direction, slope, first);
    if (!length) return c.finish("no step along the direction lowers the loss enough");
    c.report("learning_rate", *length);
    out.flat() = *length * direction;
    return Step::by;
  }
  /// Scaling f changes the first step only where the first gradient is shorter than one.
  Law laws() const { return Law::permutation | Law::sign | Law::scale_f | Law::descends; }

 private:
  void remember(State& s, const arma::vec& x, const arma::vec& g) const {
    Pair pair{x - s.x, g - s.g};
    const double sy = arma::dot(pair.s, pair.y);
    if (sy <= 1e-10 * arma::dot(pair.y, pair.y)) return;
    pair.rho = 1 / sy;
    s.pairs.push_back(std::move(pair));
    if (s.pairs.size() > static_cast<std::size_t>(history)) s.pairs.pop_front();
  }
  /// The inverse Hessian's guess times g; it begins as (s'y / y'y) I.
  static arma::vec two_loops(const State& s, arma::vec q) {
    std::vector<double> alpha(s.pairs.size());
    for (std::size_t k = s.pairs.size(); k-- > 0;) {
      alpha[k] = s.pairs[k].rho * arma::dot(s.pairs[k].s, q);
      q -= alpha[k] * s.pairs[k].y;
    }
    if (!s.pairs.empty()) q *= 1 / (s.pairs.back().rho * arma::dot(s.pairs.back().y, s.pairs.back().y));
    for (std::size_t k = 0; k < s.pairs.size(); ++k)
      q += (alpha[k] - s.pairs[k].rho * arma::dot(s.pairs[k].y, q)) * s.pairs[k].s;
    return q;
  }
  static std::optional<double> halved(State& s, const StepContext& c, const arma::vec& direction, double slope,
                                      double first) {
    for (double length = first; length > 1e-20 * first; length /= 2) {
      s.trial.flat() = c.x.flat() + length * direction;
      if (c.oracle.value(s.trial) <= c.f + 1e-4 * length * slope) return length;
    }
    return std::nullopt;
  }
  std::optional<double> wolfe(State& s, const StepContext& c, const arma::vec& direction, double slope,
                              double first) const {
    const auto at = [&](double length) {
      s.trial.flat() = c.x.flat() + length * direction;
      const double f = c.oracle.value_gradient(s.trial, s.there);
      return LinePoint{length, f, arma::dot(s.there.flat(), direction)};
    };
    const auto found = strong_wolfe(at, {0, c.f, slope}, first, 1e-4, curvature_condition);
    return found ? std::optional<double>(found->length) : std::nullopt;
  }
};

}  // namespace KAPPA_FILE

Method lbfgs() {
  using KAPPA_FILE::Lbfgs;
  return optimizer<Lbfgs>(
      {.title = "L-BFGS",
       .idea = "Build the inverse Hessian's action from the last few steps, and search along the direction it gives.",
       .equation =
           "d = −H∇f by two loops over the last pairs s = x₊ − x, y = ∇f₊ − ∇f;  H₀ = (sᵀy/yᵀy) I;  x ← x + a d, "
           "first try a = 1 (at the start min(1, 1/‖g‖₁))",
       .cite = {{"Liu, Nocedal", 1989, "On the limited memory BFGS method for large scale optimization",
                 "Mathematical Programming 45"}},
       .needs = Needs::gradient | Needs::value | Needs::extra_gradient},
      {{&Lbfgs::history, "history", "m", count(1, 200), "pairs that are kept; those with sᵀy ≤ 10⁻¹⁰ yᵀy are left out"},
       {&Lbfgs::line_search, "line_search", "", choices({"armijo", "strong_wolfe"}),
        "halve until the loss falls enough, or search for little slope too"},
       {&Lbfgs::curvature_condition,
        "curvature_condition",
        "c₂",
        Range{.lo = 1e-3, .hi = 1, .open_hi = true},
        "slope left, over the first slope",
        {.when = When{"line_search", {"strong_wolfe"}}}},
       {&Lbfgs::tolerance, "tolerance", "", from_zero(1e-16, 1), "stop when ‖g‖ is at most this", {.fixed = true}}});
}

}  // namespace kappa::optimizers
