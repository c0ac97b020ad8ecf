/// L-BFGS: Newton's direction guessed from the last few steps and changes of the gradient.
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

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
    std::vector<Pair> pairs;  ///< oldest first; what comes after the `known` ones is room for more
    std::size_t known = 0;
    Pair newest;
    arma::vec x, g;  ///< of the step before
    arma::vec direction;
    std::vector<double> alpha;
    Blocks trial, there;
  };
  State init(const Blocks& x0) const {
    const arma::vec zero(x0.flat().n_elem, arma::fill::zeros);
    const Pair empty{zero, zero};
    const auto most = static_cast<std::size_t>(history);
    return {std::vector<Pair>(most, empty), 0, empty, {}, {}, zero, std::vector<double>(most), x0, zeros_like(x0)};
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const arma::vec &x = c.x.flat(), &g = c.g.flat();
    if (arma::norm(g) <= tolerance) return c.finish("the gradient is within the tolerance");
    const bool is_first = s.g.is_empty();
    if (!is_first) remember(s, x, g);
    s.x = x;
    s.g = g;
    const arma::vec& direction = s.direction;
    two_loops(s, g);
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
    Pair& pair = s.newest;
    pair.s = x - s.x;
    pair.y = g - s.g;
    const double sy = arma::dot(pair.s, pair.y);
    if (sy <= 1e-10 * arma::dot(pair.y, pair.y)) return;
    pair.rho = 1 / sy;
    if (s.known < static_cast<std::size_t>(history))
      ++s.known;
    else
      std::rotate(s.pairs.begin(), s.pairs.begin() + 1, s.pairs.begin() + static_cast<std::ptrdiff_t>(s.known));
    if (s.pairs.size() < s.known) s.pairs.resize(s.known);  // a fork may remember more
    std::swap(s.pairs[s.known - 1], pair);
  }
  /// The direction: minus the inverse Hessian's guess times g. The guess begins as (s'y / y'y) I.
  static void two_loops(State& s, const arma::vec& g) {
    arma::vec& q = s.direction;
    q = g;
    s.alpha.resize(s.known);
    for (std::size_t k = s.known; k-- > 0;) {
      s.alpha[k] = s.pairs[k].rho * arma::dot(s.pairs[k].s, q);
      q -= s.alpha[k] * s.pairs[k].y;
    }
    if (s.known > 0) {
      const Pair& last = s.pairs[s.known - 1];
      q *= 1 / (last.rho * arma::dot(last.y, last.y));
    }
    for (std::size_t k = 0; k < s.known; ++k)
      q += (s.alpha[k] - s.pairs[k].rho * arma::dot(s.pairs[k].y, q)) * s.pairs[k].s;
    q = -q;
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
