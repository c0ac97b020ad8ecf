/// Nesterov's method: the bounds of its theory form, and the exact loss on quadratics of both forms.
#include <algorithm>
#include <cmath>

#include "core/methods/theories/momentum.hpp"

namespace kappa::theories {
namespace KAPPA_FILE {

/// L, μ and the first distance, where the step is 1/L and the extrapolation the theory's.
struct TheoryForm {
  double smoothness = 0, convexity = 0, distance = 0, minimum = 0;
  bool strong() const { return convexity > 0 && smoothness / convexity < 1e14; }
  double root() const { return std::sqrt(smoothness / convexity); }
  double beta(double t) const { return strong() ? (root() - 1) / (root() + 1) : t / (t + 3); }
};

struct NesterovRate {
  bool applies(const TheorySetup& setup) const {
    if (setup.optimizer_node.id == "nesterov") return momentum_settings(setup) && exact_quadratic(setup);
    return setup.optimizer_node.id == "nesterov_convex" && theory_form(setup) && exact_gradients(setup);
  }

  std::vector<TheoryCurve> curves(const TheorySetup& setup) const {
    if (setup.optimizer_node.id == "nesterov_convex") return theory_form_curves(setup, *theory_form(setup));
    const MomentumSettings m = *momentum_settings(setup);
    return momentum_curves(setup, m, [m](double lambda) {
      const double seen = m.beta * m.kept * lambda;
      return arma::mat22{{1 - m.eta * (lambda + seen), -m.eta * m.beta * m.beta}, {m.kept * lambda, m.beta}};
    });
  }

  std::vector<Assumption> assumptions(const TheorySetup& setup) const {
    if (setup.optimizer_node.id == "nesterov_convex") {
      const double largest = theory_form(setup)->smoothness,
                   eta = setup.constant("learning_rate").value_or(1 / largest);
      return {{.field = "learning_rate", .text = "η = 1/L: " + comparison(eta, 1 / largest), .holds = true}};
    }
    const MomentumSettings m = *momentum_settings(setup);
    const double limit =
        2 * (1 + m.beta) / ((1 + m.beta + m.beta * m.kept) * curvature_of(setup.problem.facts())->largest);
    const std::string law = m.kept == 1 ? "η < 2(1+β)/((1+2β)L): " : "η < 2(1+β)/((1+2β−βδ)L): ";
    return {{.field = "learning_rate", .text = law + comparison(m.eta, limit), .holds = m.eta < limit}};
  }

  std::vector<BestValue> best(const TheorySetup& setup) const {
    if (setup.optimizer_node.id != "nesterov" || momentum_settings(setup)->kept != 1) return {};
    const Curvature curvature = *curvature_of(setup.problem.facts());
    const double root = std::sqrt(3 * curvature.largest / curvature.smallest + 1);
    return {{.field = "learning_rate",
             .value = 4 / (3 * curvature.largest + curvature.smallest),
             .why = "η = 4/(3L+μ), with its momentum the fastest pair on quadratics"},
            {.field = "momentum",
             .value = (root - 2) / (root + 2),
             .why = "β = (√(3κ+1)−2)/(√(3κ+1)+2), with its step the fastest pair on quadratics"}};
  }

 private:
  static std::optional<TheoryForm> theory_form(const TheorySetup& setup) {
    const Facts& facts = setup.problem.facts();
    if (!facts.smoothness || !(*facts.smoothness > 0) || !facts.strong_convexity || !facts.minimum || !facts.solution)
      return std::nullopt;
    if (!facts.smooth || !facts.is_gradient || facts.solution->flat().n_elem != setup.start.flat().n_elem)
      return std::nullopt;
    const TheoryForm form{.smoothness = *facts.smoothness,
                          .convexity = *facts.strong_convexity,
                          .distance = arma::norm(setup.start.flat() - facts.solution->flat()),
                          .minimum = *facts.minimum};
    const auto& given = setup.optimizer_node.params;
    const auto chosen = [&](const char* field) {
      const auto it = given.find(field);
      return it != given.end() && !std::holds_alternative<std::string>(it->second);
    };
    if (chosen("momentum")) return std::nullopt;
    const auto eta = setup.constant("learning_rate");
    if (chosen("learning_rate") && !(eta && std::abs(*eta * form.smoothness - 1) < 1e-9)) return std::nullopt;
    return form;
  }

  static std::vector<TheoryCurve> theory_form_curves(const TheorySetup& setup, const TheoryForm& form) {
    const std::vector<double> steps = theory_steps(setup.horizon);
    const double gap = setup.start_loss - form.minimum, square = form.distance * form.distance;
    std::vector<TheoryCurve> out = recursion(setup, form, steps);
    TheoryCurve bound{.series = "loss",
                      .curve = form.strong() ? "(1−1/√κ)ᵗ" : "2L‖x₀−x*‖²/(t+1)²",
                      .kind = TheoryKind::bound,
                      .x = steps,
                      .y = {}};
    TheoryCurve rate{.series = "loss", .curve = "(1−1/√κ)²ᵗ", .kind = TheoryKind::guide, .x = steps, .y = {}};
    for (const double t : steps) {
      if (!form.strong()) {
        bound.y.push_back(form.minimum +
                          (t > 0 ? std::min(gap, 2 * form.smoothness * square / ((t + 1) * (t + 1))) : gap));
        continue;
      }
      const double slow = 1 - 1 / form.root();
      bound.y.push_back(form.minimum + std::pow(slow, t) * (gap + 0.5 * form.convexity * square));
      rate.y.push_back(form.minimum + std::pow(slow, 2 * t) * gap);
    }
    out.push_back(std::move(bound));
    if (form.strong()) out.push_back(std::move(rate));
    return out;
  }

  /// x ← y − ∇f(y)/L, y ← x + β(x − x₋) in eigenvector coordinates; nothing where that would take longer than a glance.
  static std::vector<TheoryCurve> recursion(const TheorySetup& setup, const TheoryForm& form,
                                            const std::vector<double>& steps) {
    const auto size = static_cast<double>(setup.start.flat().n_elem);
    if (!is_quadratic(setup.problem) || static_cast<double>(setup.horizon) * size > 5e7) return {};
    const auto modes = modes_at(setup.problem, setup.start);
    if (!modes) return {};
    TheoryCurve exact{
        .series = "loss", .curve = "recursion for each eigenvalue", .kind = TheoryKind::exact, .x = steps, .y = {}};
    const arma::vec factor = 1 - modes->eigenvalues / form.smoothness;
    arma::vec x = modes->error, y = x;
    double t = 0;
    for (const double step : steps) {
      for (; t < step; ++t) {
        const arma::vec next = factor % y;
        y = next + form.beta(t + 1) * (next - x);
        x = next;
      }
      exact.y.push_back(modes->loss(x));
    }
    return {std::move(exact)};
  }
};

}  // namespace KAPPA_FILE

Method nesterov_rate() {
  using KAPPA_FILE::NesterovRate;
  return theory<NesterovRate>(
      {.title = "Nesterov's rates",
       .idea = "The guarantee is (1 − 1/√κ)ᵗ; on a quadratic the method ends up twice as fast, and the gap is the "
               "price of a proof for all functions.",
       .equation = "f(xₜ) − f* ≤ (1 − 1/√κ)ᵗ (f(x₀) − f* + μ/2 ‖x₀ − x*‖²);  convex: 2L‖x₀ − x*‖²/(t + 1)²",
       .cite = {{"Nesterov", 2004, "Introductory Lectures on Convex Optimization", ""},
                {"Nesterov", 1983, "A method of solving a convex programming problem with convergence rate O(1/k²)",
                 "Soviet Mathematics Doklady 27"}}});
}

}  // namespace kappa::theories
