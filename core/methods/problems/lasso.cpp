/// Lasso: least squares with a penalty on the one-norm, so that few weights stay.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/linalg/soft_threshold.hpp"
#include "core/random/lasso_solution.hpp"
#include "core/random/least_squares.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct Lasso : RegressionSettings {
  double regularization = 0.1;

  Lasso() { truth = TruthShape::sparse; }
  void build(Rng rng) { fit_ = LeastSquares(regression_data(*this, rng), 0.0); }
  Blocks start(Rng) const { return fit_.zeros(); }

  double value(const Blocks& x, const Sample& s) const { return fit_.value(x, s) + penalty(x); }
  /// A subgradient: the kink at zero counts as flat.
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    return with_penalty(fit_.value_gradient(x, g, s), x, g);
  }
  double smooth_gradient(const Blocks& x, Blocks& g, const Sample& s) const { return fit_.value_gradient(x, g, s); }
  void prox(const Blocks& x, double step, Blocks& out) const { out.flat() = soft(x.flat(), step * regularization); }

  std::uint64_t row_count() const { return fit_.data().rows(); }
  std::uint64_t components() const { return fit_.data().rows(); }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    return with_penalty(fit_.component_gradient(i, x, g), x, g);
  }

  bool has_test_loss() const { return fit_.has_test(); }
  double test_loss(const Blocks& x) const { return fit_.test_loss(x); }
  std::vector<NamedMatrix> data() const { return fit_.dump(); }

  /// L and mu are those of the smooth part.
  Facts facts() const {
    Facts facts = fit_.facts();
    if (regularization <= 0) return facts;
    facts.smooth = false;
    facts.hessian_spectrum.reset();
    facts.best_learning_rate.reset();
    facts.best_momentum.reset();
    facts.minimum.reset();
    facts.solution.reset();
    if (const auto w = lasso_solution(fit_.data(), regularization)) {
      facts.solution = single_block("w", *w);
      Scratch room;
      facts.minimum = value(*facts.solution, {{}, Rng(0, "facts"), room});
    }
    return facts;
  }

 private:
  double penalty(const Blocks& x) const { return regularization * arma::norm(x.flat(), 1); }
  double with_penalty(double smooth, const Blocks& x, Blocks& g) const {
    for (arma::uword i = 0; i < x.flat().n_elem; ++i) {
      const double w = x.flat()[i];
      g.flat()[i] += regularization * ((w > 0 ? 1.0 : 0.0) - (w < 0 ? 1.0 : 0.0));
    }
    return smooth + penalty(x);
  }

  LeastSquares fit_;
};

}  // namespace KAPPA_FILE

Method lasso() {
  using KAPPA_FILE::Lasso;
  Params<Lasso> params = real_regression_fields<Lasso>();
  params.push_back(
      {&Lasso::regularization, "regularization", "λ", from_zero(1e-6, 10), "weight of the penalty λ ‖w‖₁"});
  return problem<Lasso>({.title = "Lasso",
                         .idea = "Pay for every unit of weight, and most weights become exactly zero.",
                         .equation = "f(w) = 1/(2n) ‖Xw − y‖² + λ ‖w‖₁,  y = Xw* + σ N(0, I)",
                         .cite = {{"Tibshirani", 1996, "Regression Shrinkage and Selection via the Lasso",
                                   "Journal of the Royal Statistical Society B 58"}}},
                        std::move(params));
}

}  // namespace kappa::problems
